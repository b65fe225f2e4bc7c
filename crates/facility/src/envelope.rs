//! Conditions of the air at the servers against the envelopes of ASHRAE TC 9.9.
//!
//! # What it computes
//! The narrowest envelope that holds the air: recommended, then A1 to A4.
//!
//! # Assumptions
//! Limits of the fifth edition from secondary sources; the upper limit of the dry bulb falls with height above 900 m as
//! each class states. Gaseous corrosion, which halves the recommended humidity, is not asked for.
//!
//! # Valid range
//! As psychrometrics.
//!
//! # References
//! ASHRAE TC 9.9, Thermal Guidelines for Data Processing Environments, 5th edition, 2021.

/// An envelope, or outside all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Envelope {
    /// Recommended for A1 to A4.
    Recommended,
    /// Allowable A1.
    A1,
    /// Allowable A2.
    A2,
    /// Allowable A3.
    A3,
    /// Allowable A4.
    A4,
    /// Outside all.
    Outside,
}

/// Height from which the limits fall \[m\].
const DERATING_FROM_M: f64 = 900.0;

/// Dry bulb from and to \[°C\], dew point from and to \[°C\], humidity from and to, height per kelvin \[m\].
const LIMITS: [(Envelope, [f64; 7]); 5] = [
    (
        Envelope::Recommended,
        [18.0, 27.0, -9.0, 15.0, 0.0, 0.70, 300.0],
    ),
    (Envelope::A1, [15.0, 32.0, -12.0, 17.0, 0.08, 0.80, 300.0]),
    (Envelope::A2, [10.0, 35.0, -12.0, 21.0, 0.08, 0.80, 300.0]),
    (Envelope::A3, [5.0, 40.0, -12.0, 24.0, 0.08, 0.85, 175.0]),
    (Envelope::A4, [5.0, 45.0, -12.0, 24.0, 0.08, 0.90, 125.0]),
];

impl Envelope {
    /// All, narrowest first.
    pub const ALL: [Self; 6] = [
        Self::Recommended,
        Self::A1,
        Self::A2,
        Self::A3,
        Self::A4,
        Self::Outside,
    ];

    /// Name in results.
    pub fn name(self) -> &'static str {
        match self {
            Self::Recommended => "recommended",
            Self::A1 => "A1",
            Self::A2 => "A2",
            Self::A3 => "A3",
            Self::A4 => "A4",
            Self::Outside => "outside",
        }
    }

    /// The narrowest that holds air of this dry bulb \[°C\], dew point \[°C\] and humidity (0 to 1) at this height \[m\].
    pub fn of(dry_bulb_c: f64, dew_point_c: f64, relative_humidity: f64, height_m: f64) -> Self {
        LIMITS
            .into_iter()
            .find(|(_, [cold, hot, dry, moist, least, most, per_kelvin_m])| {
                let lost_k = (height_m - DERATING_FROM_M).max(0.0) / per_kelvin_m;
                (*cold..=hot - lost_k).contains(&dry_bulb_c)
                    && (*dry..=*moist).contains(&dew_point_c)
                    && (*least..=*most).contains(&relative_humidity)
            })
            .map_or(Self::Outside, |(envelope, _)| envelope)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn air_is_in_the_narrowest_envelope_that_holds_it() {
        let of = |dry_bulb_c: f64, dew_point_c: f64, humidity: f64| {
            Envelope::of(dry_bulb_c, dew_point_c, humidity, 0.0)
        };
        assert_eq!(of(24.0, 10.0, 0.41), Envelope::Recommended);
        assert_eq!(of(24.0, 16.0, 0.61), Envelope::A1);
        assert_eq!(of(34.0, 10.0, 0.23), Envelope::A2);
        assert_eq!(of(24.0, 23.0, 0.84), Envelope::A3);
        assert_eq!(of(44.0, 10.0, 0.13), Envelope::A4);
        assert_eq!(of(24.0, -20.0, 0.04), Envelope::Outside);
        assert_eq!(of(f64::NAN, 10.0, 0.4), Envelope::Outside);
    }

    #[test]
    fn thin_air_narrows_the_upper_limit() {
        let at = |height_m: f64| Envelope::of(31.5, 10.0, 0.27, height_m);
        assert_eq!(at(900.0), Envelope::A1);
        assert_eq!(at(1200.0), Envelope::A2);
    }
}
