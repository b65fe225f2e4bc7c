//! A year of hourly weather and where it comes from.

use std::fmt;
use std::ops::RangeInclusive;

use thiserror::Error;

use crate::calendar::{DAYS_PER_MONTH, HOURS_PER_YEAR, HourOfYear};
use crate::waves::Wave;

/// Dry-bulb temperatures accepted in a year [°C]: a little beyond the records on Earth.
pub const DRY_BULB_RANGE_C: RangeInclusive<f64> = -90.0..=70.0;
/// Air pressures accepted in a year [Pa], the range of the `EnergyPlus` format.
pub const PRESSURE_RANGE_PA: RangeInclusive<f64> = 31_000.0..=120_000.0;

/// Weather during one hour.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WeatherHour {
    /// Dry-bulb temperature of the outdoor air [°C].
    pub dry_bulb_c: f64,
    /// Relative humidity, 0 to 1.
    pub relative_humidity: f64,
    /// Air pressure at the site [Pa].
    pub pressure_pa: f64,
}

/// Whether weather was measured or made up, so that no report can confuse the two.
#[derive(Debug, Clone, PartialEq)]
pub enum WeatherOrigin {
    /// Hours measured at a station; a typical year joins months of several years.
    Measured {
        /// Station with its country and number.
        station: String,
        /// Kind of file or record, for example `TMY3`.
        source: String,
    },
    /// Hours drawn at random around the monthly normals of a climate.
    SyntheticFromNormals {
        /// Seed of the draw.
        seed: u64,
        /// Stream of the draw, one per climate.
        stream: u64,
        /// Warming added to the normals [K].
        warming_k: f64,
        /// The wave that was put into the year.
        wave: Option<Wave>,
    },
}

impl WeatherOrigin {
    /// Whether the hours were made up from normals.
    pub fn is_synthetic(&self) -> bool {
        matches!(self, Self::SyntheticFromNormals { .. })
    }
}

impl fmt::Display for WeatherOrigin {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Measured { station, source } => {
                write!(formatter, "measured at {station} ({source}")?;
                if source.to_ascii_uppercase().starts_with("TMY") {
                    write!(
                        formatter,
                        ", a typical year joined from months of several years"
                    )?;
                }
                write!(formatter, ")")
            }
            Self::SyntheticFromNormals {
                seed,
                stream,
                warming_k,
                wave,
            } => {
                write!(
                    formatter,
                    "synthetic year from monthly normals, not measured (seed {seed}, stream {stream}"
                )?;
                if *warming_k != 0.0 {
                    write!(formatter, ", normals warmed by {warming_k} K")?;
                }
                if let Some(wave) = wave {
                    write!(formatter, ", {wave}")?;
                }
                write!(formatter, "); {}", crate::synthetic::EXPECTED_ERROR)
            }
        }
    }
}

/// Why hours do not make a year of weather.
#[derive(Debug, Clone, Copy, PartialEq, Error)]
pub enum WeatherError {
    /// Not 8760 hours.
    #[error("{0} hours of weather instead of 8760")]
    HourCount(usize),
    /// A value out of range or not a number.
    #[error("hour {hour}: {quantity} {value} is out of range")]
    OutOfRange {
        /// Hour of the year, counted from 0.
        hour: usize,
        /// What the value is.
        quantity: &'static str,
        /// The value.
        value: f64,
    },
}

/// 8760 hours of weather by UTC hour, each within range, and their origin.
#[derive(Debug, Clone, PartialEq)]
pub struct WeatherYear {
    label: WeatherOrigin,
    elevation_m: f64,
    hours: Vec<WeatherHour>,
}

impl WeatherYear {
    /// A year from its 8760 hours in UTC order, or the first thing that is wrong with them.
    pub fn new(
        label: WeatherOrigin,
        elevation_m: f64,
        hours: Vec<WeatherHour>,
    ) -> Result<Self, WeatherError> {
        if hours.len() != usize::from(HOURS_PER_YEAR) {
            return Err(WeatherError::HourCount(hours.len()));
        }
        for (hour, weather) in hours.iter().enumerate() {
            for (quantity, value, range) in [
                ("dry bulb [°C]", weather.dry_bulb_c, DRY_BULB_RANGE_C),
                ("relative humidity", weather.relative_humidity, 0.0..=1.0),
                ("pressure [Pa]", weather.pressure_pa, PRESSURE_RANGE_PA),
            ] {
                if !range.contains(&value) {
                    return Err(WeatherError::OutOfRange {
                        hour,
                        quantity,
                        value,
                    });
                }
            }
        }
        Ok(Self {
            label,
            elevation_m,
            hours,
        })
    }

    /// Where the hours come from.
    pub fn label(&self) -> &WeatherOrigin {
        &self.label
    }

    /// Height of the station or site above sea level [m].
    pub fn elevation_m(&self) -> f64 {
        self.elevation_m
    }

    /// All 8760 hours in UTC order.
    pub fn hours(&self) -> &[WeatherHour] {
        &self.hours
    }

    /// Weather during one UTC hour.
    pub fn hour(&self, hour: HourOfYear) -> WeatherHour {
        self.hours[usize::from(hour.index())]
    }

    /// Hours in the year with a dry bulb at or below a threshold [°C]: the plain measure of free cooling.
    pub fn hours_at_or_below(&self, dry_bulb_c: f64) -> usize {
        self.hours
            .iter()
            .filter(|hour| hour.dry_bulb_c <= dry_bulb_c)
            .count()
    }

    /// Mean dry bulb of each UTC month [°C], January first.
    pub fn monthly_mean_dry_bulb_c(&self) -> [f64; 12] {
        let mut sums = [0.0; 12];
        for (hour, weather) in HourOfYear::all().zip(&self.hours) {
            sums[usize::from(hour.month()) - 1] += weather.dry_bulb_c;
        }
        let mut means = sums;
        for (mean, days) in means.iter_mut().zip(DAYS_PER_MONTH) {
            *mean /= f64::from(days) * 24.0;
        }
        means
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mild() -> WeatherHour {
        WeatherHour {
            dry_bulb_c: 10.0,
            relative_humidity: 0.5,
            pressure_pa: 101_325.0,
        }
    }

    fn origin() -> WeatherOrigin {
        WeatherOrigin::Measured {
            station: "Northway".to_owned(),
            source: "TMY3".to_owned(),
        }
    }

    #[test]
    fn a_year_has_8760_hours_in_range() {
        let year = WeatherYear::new(origin(), 500.0, vec![mild(); 8760]).unwrap();
        assert_eq!(year.hours_at_or_below(10.0), 8760);
        assert_eq!(year.hours_at_or_below(9.9), 0);
        assert!((year.monthly_mean_dry_bulb_c()[1] - 10.0).abs() < 1e-9);
        let short = WeatherYear::new(origin(), 500.0, vec![mild(); 8759]);
        assert_eq!(short, Err(WeatherError::HourCount(8759)));
    }

    #[test]
    fn a_value_that_is_not_a_number_is_refused() {
        let mut hours = vec![mild(); 8760];
        hours[7].relative_humidity = f64::NAN;
        let error = WeatherYear::new(origin(), 0.0, hours).unwrap_err();
        assert!(
            error
                .to_string()
                .starts_with("hour 7: relative humidity NaN")
        );
    }

    #[test]
    fn the_label_says_whether_the_year_was_measured() {
        assert!(
            origin()
                .to_string()
                .starts_with("measured at Northway (TMY3")
        );
        let synthetic = WeatherOrigin::SyntheticFromNormals {
            seed: 1,
            stream: 2,
            warming_k: 1.2,
            wave: None,
        };
        assert!(synthetic.is_synthetic());
        let text = synthetic.to_string();
        assert!(
            text.contains("not measured") && text.contains("1.2 K"),
            "{text}"
        );
    }
}
