//! Heat waves and cold waves by return period.
//!
//! ## What it computes
//! The temperature that a year exceeds once in so many years, and a synthetic year that holds such a wave:
//! `T_n = M + F s` with the mean M and the standard deviation s of yearly extremes and
//! `F = -(√6/π) (0.5772 + ln(ln(n/(n-1))))`. The wave is a bump of five days around the year's own extreme hour, its peak
//! at `T_n`.
//!
//! ## Assumptions
//! - Yearly extremes follow Gumbel's law. They are taken from synthetic years of the same normals, whose anomalies have no
//!   memory beyond days: a real heat wave lasts longer, and the peak may be off by some kelvin ([`EXPECTED_ERROR`]: mean yearly extremes of Chekunda, Frankfurt, Philadelphia,
//!   Tokyo, Singapore, Johannesburg and São Paulo against those of years from gridded normals).
//! - Vapour pressure stays as it is, so that a heat wave is drier in relative terms.
//!
//! ## Valid range
//! Return periods of 2 to 100 years.
//!
//! ## References
//! ASHRAE Handbook Fundamentals 2017, chapter 14, equations 1 and 2 (return period of annual extremes).

use std::fmt;

use angara_psychrometrics::saturation_pressure_pa;
use thiserror::Error;

use crate::normals::ClimateNormals;
use crate::synthetic::{SyntheticOptions, WarmingOutOfRange, synthetic_year};
use crate::weather::{DRY_BULB_RANGE_C, WeatherHour, WeatherOrigin, WeatherYear};

/// How far the peak of a wave may be off; part of its label.
pub const EXPECTED_ERROR: &str = "peak from extremes of synthetic years, within some 3 K of measured ones, longer waves not told";

/// Synthetic years behind the extremes.
const YEARS: u64 = 30;
/// Seed of those years, apart from that of any study.
const SEED: u64 = 0x5741_5645;
/// Half the length of a wave [h].
const HALF_LENGTH_H: f64 = 60.0;
/// Return periods that make sense [years].
const PERIODS: std::ops::RangeInclusive<f64> = 2.0..=100.0;

/// Which extreme.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WaveKind {
    /// The warm one.
    Heat,
    /// The cold one.
    Cold,
}

/// A wave in a synthetic year.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Wave {
    /// Which extreme.
    pub kind: WaveKind,
    /// Years in which such a wave comes once.
    pub return_years: f64,
    /// Temperature at its peak [°C].
    pub peak_c: f64,
}

impl fmt::Display for Wave {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self.kind {
            WaveKind::Heat => "heat wave",
            WaveKind::Cold => "cold wave",
        };
        write!(
            formatter,
            "with a {kind} of once in {} years, {:.1} °C at its peak ({EXPECTED_ERROR})",
            self.return_years, self.peak_c
        )
    }
}

/// Why there is no such year.
#[derive(Debug, Clone, Copy, PartialEq, Error)]
pub enum WaveError {
    /// A return period that makes no sense.
    #[error("a return period of {0} years is outside 2 to 100")]
    ReturnPeriod(f64),
    /// As of any synthetic year.
    #[error(transparent)]
    Warming(#[from] WarmingOutOfRange),
}

/// A synthetic year that holds a wave of this return period [years].
pub fn year_with_wave(
    normals: &ClimateNormals,
    options: SyntheticOptions,
    kind: WaveKind,
    return_years: f64,
) -> Result<WeatherYear, WaveError> {
    let peak_c = return_level_c(normals, options.warming_k, kind, return_years)?;
    let year = synthetic_year(normals, options)?;
    let extreme = year
        .hours()
        .iter()
        .enumerate()
        .max_by(|(_, one), (_, other)| {
            kind.sign(one.dry_bulb_c)
                .total_cmp(&kind.sign(other.dry_bulb_c))
        })
        .map_or((0, peak_c), |(hour, weather)| (hour, weather.dry_bulb_c));
    let hours = bumped(year.hours(), extreme.0, peak_c - extreme.1);
    let label = WeatherOrigin::SyntheticFromNormals {
        seed: options.seed,
        stream: options.stream,
        warming_k: options.warming_k,
        wave: Some(Wave {
            kind,
            return_years,
            peak_c,
        }),
    };
    Ok(WeatherYear::new(label, year.elevation_m(), hours)
        .expect("a bump is held within the range that the year was checked for"))
}

/// Temperature [°C] that the extreme of a year passes once in this many years.
pub fn return_level_c(
    normals: &ClimateNormals,
    warming_k: f64,
    kind: WaveKind,
    return_years: f64,
) -> Result<f64, WaveError> {
    if !PERIODS.contains(&return_years) {
        return Err(WaveError::ReturnPeriod(return_years));
    }
    let mut extremes = Vec::new();
    for stream in 0..YEARS {
        let options = SyntheticOptions {
            seed: SEED,
            stream,
            warming_k,
        };
        let year = synthetic_year(normals, options)?;
        let extreme = year
            .hours()
            .iter()
            .map(|hour| kind.sign(hour.dry_bulb_c))
            .fold(f64::NEG_INFINITY, f64::max);
        extremes.push(extreme);
    }
    let count = YEARS as f64;
    let mean = extremes.iter().sum::<f64>() / count;
    let variance = extremes
        .iter()
        .map(|extreme| (extreme - mean) * (extreme - mean))
        .sum::<f64>()
        / (count - 1.0);
    Ok(kind.sign(mean + frequency_factor(return_years) * variance.sqrt()))
}

/// Standard deviations above the mean that Gumbel's law passes once in this many years.
fn frequency_factor(return_years: f64) -> f64 {
    const EULER: f64 = 0.577_215_664_901_532_9;
    let reduced = EULER + libm::log(libm::log(return_years / (return_years - 1.0)));
    -(6.0_f64.sqrt() / std::f64::consts::PI) * reduced
}

/// The hours with a bump of this height [K] around one of them, around the end of the year.
fn bumped(hours: &[WeatherHour], peak: usize, height_k: f64) -> Vec<WeatherHour> {
    let length = hours.len();
    hours
        .iter()
        .enumerate()
        .map(|(hour, weather)| {
            let apart = hour.abs_diff(peak);
            let apart_h = apart.min(length - apart) as f64;
            if apart_h >= HALF_LENGTH_H {
                return *weather;
            }
            let share = 0.5 * (1.0 + libm::cos(std::f64::consts::PI * apart_h / HALF_LENGTH_H));
            let dry_bulb_c = (weather.dry_bulb_c + share * height_k)
                .clamp(*DRY_BULB_RANGE_C.start(), *DRY_BULB_RANGE_C.end());
            let vapour_pa = weather.relative_humidity * saturation_pressure_pa(weather.dry_bulb_c);
            WeatherHour {
                dry_bulb_c,
                relative_humidity: (vapour_pa / saturation_pressure_pa(dry_bulb_c)).min(1.0),
                ..*weather
            }
        })
        .collect()
}

impl WaveKind {
    /// A temperature so turned that the greater is the more extreme.
    fn sign(self, value: f64) -> f64 {
        match self {
            Self::Heat => value,
            Self::Cold => -value,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normals::MonthlyNormal;

    fn continental() -> ClimateNormals {
        let months = std::array::from_fn(|month| MonthlyNormal {
            mean_c: -20.0 * libm::cos(std::f64::consts::TAU * (month as f64) / 12.0),
            daily_range_k: 12.0,
            relative_humidity: 0.7,
        });
        ClimateNormals::new(months, 104.0, 450.0).unwrap()
    }

    #[test]
    fn the_factor_is_that_of_the_handbook() {
        // -(√6/π)(0.5772 + ln(ln(n/(n-1)))) for 5, 10, 20 and 50 years.
        for (years, expected) in [(5.0, 0.719), (10.0, 1.305), (20.0, 1.866), (50.0, 2.592)] {
            assert!((frequency_factor(years) - expected).abs() < 1e-3, "{years}");
        }
    }

    #[test]
    fn rarer_waves_are_more_extreme_and_peak_where_they_say() {
        let normals = continental();
        let options = SyntheticOptions::default();
        let level =
            |kind: WaveKind, years: f64| return_level_c(&normals, 0.0, kind, years).unwrap();
        assert!(level(WaveKind::Heat, 50.0) > level(WaveKind::Heat, 5.0) + 1.0);
        assert!(level(WaveKind::Cold, 50.0) < level(WaveKind::Cold, 5.0) - 1.0);
        for kind in [WaveKind::Heat, WaveKind::Cold] {
            let year = year_with_wave(&normals, options, kind, 20.0).unwrap();
            let extreme = year
                .hours()
                .iter()
                .map(|hour| kind.sign(hour.dry_bulb_c))
                .fold(f64::NEG_INFINITY, f64::max);
            assert!((kind.sign(extreme) - level(kind, 20.0)).abs() < 1e-9);
            assert!(year.label().to_string().contains("once in 20 years"));
            let usual = synthetic_year(&normals, options).unwrap();
            let changed = usual
                .hours()
                .iter()
                .zip(year.hours())
                .filter(|(before, after)| before != after)
                .count();
            assert!(changed <= 120, "{changed}");
        }
    }

    #[test]
    fn strange_periods_are_refused() {
        let normals = continental();
        for years in [1.0, 1000.0, f64::NAN] {
            let found =
                year_with_wave(&normals, SyntheticOptions::default(), WaveKind::Heat, years);
            assert!(matches!(found, Err(WaveError::ReturnPeriod(_))));
        }
    }
}
