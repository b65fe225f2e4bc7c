//! Weather and plants shared by the tests of this folder.

use angara_facility::{Air, CoolingTopology, DesignConditions, HourAir, Plant, Redundancy};

/// A smooth year: yearly and daily cosine around a mean, with a fixed dew point depression.
pub(crate) struct Climate {
    pub(crate) mean_c: f64,
    pub(crate) yearly_amplitude_k: f64,
    pub(crate) daily_amplitude_k: f64,
    pub(crate) dew_point_depression_k: f64,
    pub(crate) pressure_pa: f64,
}

/// Irkutsk and its neighbours: -19 °C in January, +18 °C in July, moist summers.
pub(crate) const SIBERIA: Climate = Climate {
    mean_c: 0.0,
    yearly_amplitude_k: 19.0,
    daily_amplitude_k: 6.0,
    dew_point_depression_k: 6.0,
    pressure_pa: 96_000.0,
};

/// Singapore: 27 °C all year, close to saturation.
pub(crate) const TROPICS: Climate = Climate {
    mean_c: 27.2,
    yearly_amplitude_k: 0.8,
    daily_amplitude_k: 3.0,
    dew_point_depression_k: 3.5,
    pressure_pa: 101_000.0,
};

/// Phoenix: hot and dry.
pub(crate) const DESERT: Climate = Climate {
    mean_c: 24.7,
    yearly_amplitude_k: 11.0,
    daily_amplitude_k: 7.0,
    dew_point_depression_k: 22.0,
    pressure_pa: 97_500.0,
};

impl Climate {
    pub(crate) fn hours(&self) -> Vec<HourAir> {
        (0..8760)
            .map(|hour| {
                let year = std::f64::consts::TAU * f64::from(hour) / 8760.0;
                let day = std::f64::consts::TAU * f64::from(hour % 24) / 24.0;
                let dry_bulb_c = self.mean_c
                    - self.yearly_amplitude_k * libm::cos(year)
                    - self.daily_amplitude_k * libm::cos(day);
                let dew_point_c = dry_bulb_c - self.dew_point_depression_k;
                Air::from_dew_point(dry_bulb_c, dew_point_c, self.pressure_pa).into()
            })
            .collect()
    }
}

pub(crate) fn plant(topology: CoolingTopology, hours: &[HourAir], rated_it_w: f64) -> Plant {
    Plant::new(
        topology,
        rated_it_w,
        &DesignConditions::from_hours(hours).expect("a climate has hours"),
    )
}

pub(crate) fn design(pressure_pa: f64) -> DesignConditions {
    DesignConditions {
        dry_bulb_c: 36.0,
        wet_bulb_c: 25.0,
        coldest_dry_bulb_c: -45.0,
        pressure_pa,
        power_redundancy: Redundancy::TwoN,
        cooling_redundancy: Redundancy::NPlusOne,
    }
}
