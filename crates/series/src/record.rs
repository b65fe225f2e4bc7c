//! Weather at a fixed step over any length of time: what a plant is run under outside a study.

use crate::weather::{WeatherHour, WeatherOrigin, WeatherYear};

/// Hours of an average use of the word year \[h\].
const HOURS_PER_YEAR: f64 = 8760.0;

/// Observations at a fixed step, in order of time, each in range, with their origin.
#[derive(Debug, Clone, PartialEq)]
pub struct WeatherRecord {
    /// Where the observations come from.
    pub origin: WeatherOrigin,
    /// Height above sea level [m].
    pub elevation_m: f64,
    /// Time for which an observation stands [h].
    pub step_h: f64,
    /// The observations.
    pub observations: Vec<WeatherHour>,
}

impl WeatherRecord {
    /// Years that the record covers, 8760 h each.
    pub fn years(&self) -> f64 {
        self.observations.len() as f64 * self.step_h / HOURS_PER_YEAR
    }

    /// Hours of a year for which one observation stands, so that all together are 8760 h.
    pub fn hours_per_observation(&self) -> f64 {
        HOURS_PER_YEAR / self.observations.len() as f64
    }
}

impl From<WeatherYear> for WeatherRecord {
    fn from(year: WeatherYear) -> Self {
        Self {
            origin: year.label().clone(),
            elevation_m: year.elevation_m(),
            step_h: 1.0,
            observations: year.hours().to_vec(),
        }
    }
}
