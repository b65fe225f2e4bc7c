//! Wetted media that cool outdoor air before it meets a heat exchanger.
//!
//! # What it computes
//! The air behind the media, `t = t_db - ε (t_db - t_wb)` at constant wet bulb, and the water that it takes up.
//!
//! # Assumptions
//! Saturation effectiveness does not depend on the flow. Water recirculates; what evaporates leaves at the wet bulb.
//!
//! # Valid range
//! Air above 2 °C; below, the media stay dry.
//!
//! # References
//! ASHRAE Handbook HVAC Systems and Equipment 2020, chapter 41: 80 to 90 % of rigid media of 200 to 300 mm.

use crate::psychrometrics::humidity_ratio_from_wet_bulb;
use crate::weather::HourAir;

/// Share of the way from dry bulb to wet bulb.
const EFFECTIVENESS: f64 = 0.85;
/// Coldest air on wet media \[°C\].
const WET_MIN_C: f64 = 2.0;

/// Air behind the media.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MediaOutlet {
    /// Dry bulb \[°C\].
    pub dry_bulb_c: f64,
    /// Water taken up \[kg per kg dry air\].
    pub water_kg_per_kg: f64,
}

/// Outdoor air behind wet media; `None` in frost.
pub fn media_outlet(air: &HourAir) -> Option<MediaOutlet> {
    if air.dry_bulb_c < WET_MIN_C {
        return None;
    }
    let dry_bulb_c = air.dry_bulb_c - EFFECTIVENESS * (air.dry_bulb_c - air.wet_bulb_c);
    let ratio = humidity_ratio_from_wet_bulb(dry_bulb_c, air.wet_bulb_c, air.pressure_pa);
    Some(MediaOutlet {
        dry_bulb_c,
        water_kg_per_kg: (ratio - air.humidity_ratio).max(0.0),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::weather::Air;

    #[test]
    fn hot_dry_air_cools_by_most_of_the_way_to_its_wet_bulb() {
        let air = HourAir::from(Air::from_relative_humidity(38.0, 0.15, 97_000.0));
        let outlet = media_outlet(&air).unwrap();
        assert!((outlet.dry_bulb_c - (38.0 - 0.85 * (38.0 - air.wet_bulb_c))).abs() < 1e-9);
        // 16 K of air take some 6.5 g/kg of water.
        assert!(
            (0.005..0.008).contains(&outlet.water_kg_per_kg),
            "{outlet:?}"
        );
        let frost = HourAir::from(Air::from_relative_humidity(-5.0, 0.5, 97_000.0));
        assert_eq!(media_outlet(&frost), None);
        let fog = HourAir::from(Air::from_relative_humidity(20.0, 1.0, 97_000.0));
        assert!(media_outlet(&fog).unwrap().water_kg_per_kg < 1e-6);
    }
}
