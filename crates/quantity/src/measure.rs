//! Physical quantities as newtypes over their base unit.

use std::fmt;
use std::ops::{Add, AddAssign, Div, Mul, Neg, Sub};
use std::str::FromStr;

use serde::{Serialize, Serializer};

use crate::text::{ParseQuantityError, Quantity, UnitName, significant};

macro_rules! units {
    ($($name:literal = $factor:expr),+ $(,)?) => {
        &[$(UnitName { name: $name, factor: $factor }),+]
    };
}

macro_rules! measure {
    ($(#[$doc:meta])* $type:ident, $kind:literal, $base_doc:literal, $getter:ident, $units:expr) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Default)]
        pub struct $type(f64);

        impl $type {
            /// Nothing of it.
            pub const ZERO: Self = Self(0.0);

            #[doc = concat!("From its value ", $base_doc, ".")]
            pub const fn new(value: f64) -> Self {
                Self(value)
            }

            #[doc = concat!("Value ", $base_doc, ".")]
            pub const fn $getter(self) -> f64 {
                self.0
            }
        }

        impl Quantity for $type {
            const KIND: &'static str = $kind;
            const UNITS: &'static [UnitName] = $units;
            fn from_base(value: f64) -> Self {
                Self(value)
            }
            fn base(self) -> f64 {
                self.0
            }
        }

        impl FromStr for $type {
            type Err = ParseQuantityError;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::parse(text)
            }
        }

        impl fmt::Display for $type {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                let unit = Self::UNITS
                    .iter()
                    .filter(|unit| self.0.abs() >= unit.factor)
                    .max_by(|a, b| a.factor.total_cmp(&b.factor))
                    .or_else(|| Self::UNITS.iter().min_by(|a, b| a.factor.total_cmp(&b.factor)));
                match unit {
                    Some(unit) => write!(
                        formatter,
                        "{} {}",
                        significant(self.0 / unit.factor, 4),
                        unit.name
                    ),
                    None => write!(formatter, "{}", self.0),
                }
            }
        }

        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_f64(self.0)
            }
        }

        impl Add for $type {
            type Output = Self;
            fn add(self, other: Self) -> Self {
                Self(self.0 + other.0)
            }
        }
        impl AddAssign for $type {
            fn add_assign(&mut self, other: Self) {
                self.0 += other.0;
            }
        }
        impl Sub for $type {
            type Output = Self;
            fn sub(self, other: Self) -> Self {
                Self(self.0 - other.0)
            }
        }
        impl Neg for $type {
            type Output = Self;
            fn neg(self) -> Self {
                Self(-self.0)
            }
        }
        impl Mul<f64> for $type {
            type Output = Self;
            fn mul(self, factor: f64) -> Self {
                Self(self.0 * factor)
            }
        }
        impl Div for $type {
            type Output = f64;
            fn div(self, other: Self) -> f64 {
                self.0 / other.0
            }
        }
        impl std::iter::Sum for $type {
            fn sum<I: Iterator<Item = Self>>(items: I) -> Self {
                items.fold(Self::ZERO, Add::add)
            }
        }
    };
}

measure!(
    /// Power.
    Power, "power", "[W]", watts,
    units!("W" = 1.0, "kW" = 1e3, "MW" = 1e6, "GW" = 1e9)
);
measure!(
    /// Energy.
    Energy, "energy", "[J]", joules,
    units!("J" = 1.0, "Wh" = 3.6e3, "kWh" = 3.6e6, "MWh" = 3.6e9, "GWh" = 3.6e12, "TWh" = 3.6e15)
);
measure!(
    /// Length, distance, height.
    Length, "length", "[m]", metres,
    units!("m" = 1.0, "km" = 1e3)
);
measure!(
    /// Area.
    Area, "area", "[m²]", square_metres,
    units!("m2" = 1.0, "ha" = 1e4)
);
measure!(
    /// Volume of water.
    Volume, "volume", "[m³]", cubic_metres,
    units!("L" = 1e-3, "m3" = 1.0)
);
measure!(
    /// Amount of data or memory.
    DataSize, "data size", "[B]", bytes,
    units!(
        "B" = 1.0, "kB" = 1e3, "MB" = 1e6, "GB" = 1e9, "TB" = 1e12, "PB" = 1e15,
        "KiB" = 1024.0, "MiB" = 1_048_576.0, "GiB" = 1_073_741_824.0, "TiB" = 1_099_511_627_776.0,
    )
);
measure!(
    /// Rate of data on a link.
    DataRate, "data rate", "[bit/s]", bits_per_second,
    units!("bit/s" = 1.0, "kbit/s" = 1e3, "Mbit/s" = 1e6, "Gbit/s" = 1e9, "Tbit/s" = 1e12)
);
measure!(
    /// Share or ratio.
    Fraction, "share", "[1]", ratio,
    units!("%" = 0.01, "‰" = 0.001)
);
measure!(
    /// Carbon emitted per energy delivered.
    CarbonIntensity, "carbon intensity", "[g/kWh]", grams_per_kwh,
    units!("g/kWh" = 1.0, "kg/MWh" = 1.0, "kg/kWh" = 1e3)
);

impl Power {
    /// Value [kW].
    pub fn kilowatts(self) -> f64 {
        self.watts() / 1e3
    }
    /// Value [MW].
    pub fn megawatts(self) -> f64 {
        self.watts() / 1e6
    }
}

impl Energy {
    /// Value [kWh].
    pub fn kilowatt_hours(self) -> f64 {
        self.joules() / 3.6e6
    }
}

impl Length {
    /// Value [km].
    pub fn kilometres(self) -> f64 {
        self.metres() / 1e3
    }
}

/// Temperature on the Celsius scale; it has no prefix and no sum.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Default)]
pub struct Temperature(f64);

impl Temperature {
    /// From its value [°C].
    pub const fn new(celsius: f64) -> Self {
        Self(celsius)
    }
    /// Value [°C].
    pub const fn celsius(self) -> f64 {
        self.0
    }
}

impl Quantity for Temperature {
    const KIND: &'static str = "temperature";
    const UNITS: &'static [UnitName] = units!("°C" = 1.0, "degC" = 1.0, "C" = 1.0);
    fn from_base(value: f64) -> Self {
        Self(value)
    }
    fn base(self) -> f64 {
        self.0
    }
}

impl FromStr for Temperature {
    type Err = ParseQuantityError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl fmt::Display for Temperature {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} °C", significant(self.0, 4))
    }
}

impl Serialize for Temperature {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(self.0)
    }
}

/// Span of time, whole milliseconds.
///
/// A month is a twelfth of a 365-day year, as in lead times.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Hash)]
pub struct Duration(i64);

const HOUR_MS: f64 = 3.6e6;

impl Duration {
    /// From whole milliseconds [ms].
    pub const fn from_milliseconds(milliseconds: i64) -> Self {
        Self(milliseconds)
    }
    /// Value [ms].
    pub const fn milliseconds(self) -> i64 {
        self.0
    }
    /// Value [s].
    pub fn seconds(self) -> f64 {
        self.0 as f64 / 1e3
    }
    /// Value [h].
    pub fn hours(self) -> f64 {
        self.0 as f64 / HOUR_MS
    }
    /// Value in years of 365 days [yr].
    pub fn years(self) -> f64 {
        self.hours() / 8760.0
    }
}

impl Quantity for Duration {
    const KIND: &'static str = "duration";
    const UNITS: &'static [UnitName] = units!(
        "ms" = 1.0,
        "s" = 1e3,
        "min" = 6e4,
        "h" = HOUR_MS,
        "d" = 24.0 * HOUR_MS,
        "weeks" = 168.0 * HOUR_MS,
        "months" = 730.0 * HOUR_MS,
        "years" = 8760.0 * HOUR_MS,
    );
    fn from_base(value: f64) -> Self {
        Self(libm::round(value) as i64)
    }
    fn base(self) -> f64 {
        self.0 as f64
    }
}

impl FromStr for Duration {
    type Err = ParseQuantityError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl fmt::Display for Duration {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let value = self.base();
        let unit = Self::UNITS
            .iter()
            .rev()
            .find(|unit| value.abs() >= unit.factor)
            .unwrap_or(&Self::UNITS[0]);
        write!(
            formatter,
            "{} {}",
            significant(value / unit.factor, 3),
            unit.name
        )
    }
}

impl Serialize for Duration {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_i64(self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_power_reads_with_its_prefix() {
        assert_eq!("40 MW".parse::<Power>(), Ok(Power::new(40e6)));
        assert_eq!("2.5e3kW".parse::<Power>(), Ok(Power::new(2.5e6)));
        assert_eq!("1_000 W".parse::<Power>(), Ok(Power::new(1000.0)));
    }

    #[test]
    fn an_energy_unit_is_not_a_power_unit() {
        let error = "96 MWh".parse::<Power>().expect_err("MWh is energy");
        assert_eq!(
            error.to_string(),
            "unknown power unit `MWh`: use W, kW, MW or GW"
        );
    }

    #[test]
    fn a_bare_number_is_refused_unless_the_header_names_the_unit() {
        assert!(matches!(
            "40".parse::<Power>(),
            Err(ParseQuantityError::MissingUnit { .. })
        ));
        assert_eq!(
            Power::parse_with_default("40", Some("MW")),
            Ok(Power::new(40e6))
        );
    }

    #[test]
    fn not_a_number_is_not_finite() {
        assert!(matches!(
            "NaN MW".parse::<Power>(),
            Err(ParseQuantityError::NotFinite { .. })
        ));
        assert!(matches!(
            "inf MW".parse::<Power>(),
            Err(ParseQuantityError::NotFinite { .. })
        ));
        assert!(matches!(
            "1e999 MW".parse::<Power>(),
            Err(ParseQuantityError::NotFinite { .. })
        ));
    }

    #[test]
    fn durations_read_from_milliseconds_to_years() {
        assert_eq!(
            "20 ms".parse::<Duration>(),
            Ok(Duration::from_milliseconds(20))
        );
        assert_eq!(
            "18 months".parse::<Duration>().map(Duration::years),
            Ok(1.5)
        );
    }

    #[test]
    fn display_picks_the_fitting_prefix() {
        assert_eq!(Power::new(40e6).to_string(), "40 MW");
        assert_eq!(Power::new(812.5).to_string(), "812.5 W");
        assert_eq!(Duration::from_milliseconds(90_000).to_string(), "1.5 min");
        assert_eq!(Fraction::new(0.125).to_string(), "12.5 %");
    }

    proptest! {
        #[test]
        fn what_is_printed_reads_back_to_four_digits(value in 1.0f64..1e12) {
            let power = Power::new(value);
            let back: Power = power.to_string().parse().expect("own text");
            prop_assert!((back.watts() / value - 1.0).abs() < 5.1e-4);
        }

        #[test]
        fn no_text_makes_the_reader_panic(text in "\\PC{0,24}") {
            let _ = text.parse::<Power>();
            let _ = text.parse::<Duration>();
            let _ = text.parse::<Temperature>();
        }
    }
}
