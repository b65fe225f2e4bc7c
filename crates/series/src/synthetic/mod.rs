//! A synthetic year of hourly weather from monthly normals.
//!
//! ## What it computes
//! Dry bulb = monthly mean, interpolated so that monthly means are kept, + daily anomaly + diurnal wave.
//! The anomaly follows x(d) = φ x(d−1) + ε with φ = 0.75; its standard deviation grows with the annual
//! range R of the monthly means: 0.177 R + 0.39 in January, 0.142 R + 0.50 in April, 0.077 R + 0.77 in
//! July, 0.121 R + 0.72 in October, linear between. The diurnal wave is a cosine that rises from a
//! minimum at 05 h to a maximum at 15 h local solar time and falls back, with half the daily range as
//! amplitude times a lognormal factor of mean 1. Vapour pressure is constant within a day. Pressure is the
//! standard atmosphere's.
//!
//! ## Assumptions
//! - The year is a typical one: anomalies are recentred so that each month keeps its normal. This takes
//!   out the fifth of their variance that lies in monthly means, as choosing typical months does.
//! - Anomaly and amplitude run linearly from noon to noon, so that no step appears at midnight.
//! - In months below 0 °C the normal humidity is held at 85 %: published normals of very cold stations
//!   come near ice saturation, which instruments do not show.
//! - Warming shifts all months alike and keeps relative humidity.
//! - Hours hold the value at their middle. Day 365 is followed by day 1 of the same year.
//!
//! ## Valid range
//! As [`ClimateNormals`] checks. Continental summers come out a little warm, which overstates cooling by
//! some 50 h a year at 18 and 22 °C. Annual free-cooling hours are good, extremes and single days are not:
//! no heat waves longer than the anomaly's memory, no fronts, no correlation between places.
//!
//! ## References
//! Standard deviations and φ: fit to typical-year files (reference note on facility and climate, 2026).
//! The figures for 203 stations in [`EXPECTED_ERROR`] were found there with this method; recentring, lines
//! from noon to noon and the scatter of the amplitude are choices made here. As it stands it was tried on
//! eight files: mean absolute errors of 82, 76 and 28 h on six continental ones, up to 492 h on two mild
//! coasts.
//! Method after Richardson 1981, Water Resources Research 17(1), 182-190, doi:10.1029/WR017i001p00182.

mod days;
mod monthly;

use thiserror::Error;

use crate::calendar::{DAYS_PER_YEAR, HourOfYear};
use crate::normals::ClimateNormals;
use crate::weather::{DRY_BULB_RANGE_C, WeatherHour, WeatherOrigin, WeatherYear};
use angara_psychrometrics::{saturation_pressure_pa, standard_pressure_pa};

use days::Days;

/// How far a synthetic year is expected to be from a measured one; part of its label.
pub const EXPECTED_ERROR: &str = "expected error with true normals 74, 101 and 116 h a year for hours \
    at or below 18, 22 and 27 °C (mean of 203 stations; one in ten is off by 150 to 330 h or more, mild \
    coasts by up to 500 h), and more with gridded normals, above all for humidity";

/// Hour of the daily minimum in local solar time [h].
const COLDEST_SOLAR_H: f64 = 5.0;
/// Hour of the daily maximum in local solar time [h].
const WARMEST_SOLAR_H: f64 = 15.0;
/// Degrees of longitude per hour of solar time [°/h].
const LONGITUDE_PER_HOUR_DEG: f64 = 15.0;
/// Largest warming or cooling that may be added [K].
const WARMING_MAX_K: f64 = 10.0;

/// What sets one synthetic year apart from another of the same climate.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct SyntheticOptions {
    /// Seed of the study.
    pub seed: u64,
    /// Stream of this climate: two climates with different streams are drawn independently, two sites of
    /// one climate share its stream and thus its weather.
    pub stream: u64,
    /// Added to all monthly means [K], for normals of an earlier period; −10 to 10.
    pub warming_k: f64,
}

/// A warming outside −10 to 10 K, or not a number.
#[derive(Debug, Clone, Copy, PartialEq, Error)]
#[error("warming of {0} K is outside -10 to 10 K")]
pub struct WarmingOutOfRange(pub f64);

/// Draws a year; the same normals and options give the same bytes on every machine.
pub fn synthetic_year(
    normals: &ClimateNormals,
    options: SyntheticOptions,
) -> Result<WeatherYear, WarmingOutOfRange> {
    if !(-WARMING_MAX_K..=WARMING_MAX_K).contains(&options.warming_k) {
        return Err(WarmingOutOfRange(options.warming_k));
    }
    let days = Days::draw(normals, options);
    let pressure_pa = standard_pressure_pa(normals.elevation_m());
    let solar_ahead_h = normals.longitude_deg() / LONGITUDE_PER_HOUR_DEG;
    let hours = HourOfYear::all()
        .map(|hour| {
            let solar_h = f64::from(hour.index()) + 0.5 + solar_ahead_h;
            weather_at(&days, solar_h, pressure_pa)
        })
        .collect();
    let label = WeatherOrigin::SyntheticFromNormals {
        seed: options.seed,
        stream: options.stream,
        warming_k: options.warming_k,
        wave: None,
    };
    Ok(WeatherYear::new(label, normals.elevation_m(), hours)
        .expect("every hour is held within range, and normals are checked"))
}

/// Weather at an instant in local solar time [h since the start of the year].
fn weather_at(days: &Days, solar_h: f64, pressure_pa: f64) -> WeatherHour {
    let day_length = 24.0;
    let day = (solar_h / day_length).floor();
    let solar_hour_of_day = solar_h - day * day_length;
    let dry_bulb_c = (days.mean_c.at(solar_h)
        + days.amplitude_k.at(solar_h) * diurnal_wave(solar_hour_of_day))
    .clamp(*DRY_BULB_RANGE_C.start(), *DRY_BULB_RANGE_C.end());
    let day = (day as i64).rem_euclid(i64::from(DAYS_PER_YEAR)) as usize;
    let saturation_pa = saturation_pressure_pa(dry_bulb_c);
    WeatherHour {
        dry_bulb_c,
        relative_humidity: (days.vapour_pressure_pa[day] / saturation_pa).clamp(0.0, 1.0),
        pressure_pa,
    }
}

/// The daily course of temperature from −1 at its minimum to 1 at its maximum.
fn diurnal_wave(solar_hour_of_day: f64) -> f64 {
    let rise_h = WARMEST_SOLAR_H - COLDEST_SOLAR_H;
    let fall_h = 24.0 - rise_h;
    let since_coldest_h = (solar_hour_of_day - COLDEST_SOLAR_H).rem_euclid(24.0);
    let half_turns = if since_coldest_h < rise_h {
        since_coldest_h / rise_h
    } else {
        1.0 + (since_coldest_h - rise_h) / fall_h
    };
    -libm::cos(std::f64::consts::PI * half_turns)
}

#[cfg(test)]
mod tests;
