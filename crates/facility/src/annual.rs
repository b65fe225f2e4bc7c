//! Sums over time, and the load factors that a planner needs.
//!
//! # What it computes
//! Energy by part, water, mean and peak PUE over any number of steps, all through [`Plant::hour`].
//!
//! # Assumptions
//! The weather record has hourly values from the first step on and repeats when the load series is longer.
//! Mean PUE is total energy over IT energy, not the mean of hourly ratios.
//!
//! # Valid range
//! Steps of any positive length; steps shorter than an hour share the hour's weather.
//!
//! # References
//! ISO/IEC 30134-2 (PUE).

use thiserror::Error;

use crate::balance::EnergyImbalance;
use crate::plant::{Plant, PlantHour, WATER_DENSITY};
use crate::topology::CoolingMode;
use crate::weather::HourAir;

/// Why a sum could not be made.
#[derive(Debug, Clone, Copy, PartialEq, Error)]
pub enum AnnualError {
    /// There is a load but no weather.
    #[error("the weather record is empty")]
    NoWeather,
    /// The step is not a positive number.
    #[error("the step of {0} h is not a positive number")]
    StepNotPositive(f64),
    /// A step's energy does not add up.
    #[error(transparent)]
    Imbalance(#[from] EnergyImbalance),
}

/// Energy by part \[kWh\].
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct EnergyByPart {
    /// IT \[kWh\].
    pub it_kwh: f64,
    /// Loss of the UPS \[kWh\].
    pub ups_loss_kwh: f64,
    /// Loss of transformers and distribution \[kWh\].
    pub distribution_loss_kwh: f64,
    /// Lighting \[kWh\].
    pub lighting_kwh: f64,
    /// Fans that move the halls' air \[kWh\].
    pub fan_kwh: f64,
    /// Pumps \[kWh\].
    pub pump_kwh: f64,
    /// Compressors \[kWh\].
    pub compressor_kwh: f64,
    /// Fans of dry coolers and towers \[kWh\].
    pub heat_rejection_fan_kwh: f64,
    /// Humidifier \[kWh\].
    pub humidifier_kwh: f64,
}

impl EnergyByPart {
    /// Energy at the grid connection \[kWh\].
    pub fn total_kwh(&self) -> f64 {
        self.it_kwh
            + self.ups_loss_kwh
            + self.distribution_loss_kwh
            + self.lighting_kwh
            + self.fan_kwh
            + self.pump_kwh
            + self.compressor_kwh
            + self.heat_rejection_fan_kwh
            + self.humidifier_kwh
    }

    fn add(&mut self, hour: &PlantHour, step_hours: f64) {
        let kwh_per_w = step_hours / 1000.0;
        self.it_kwh += hour.it_w * kwh_per_w;
        self.ups_loss_kwh += hour.ups_loss_w * kwh_per_w;
        self.distribution_loss_kwh += hour.distribution_loss_w * kwh_per_w;
        self.lighting_kwh += hour.lighting_w * kwh_per_w;
        self.fan_kwh += hour.fan_w * kwh_per_w;
        self.pump_kwh += hour.pump_w * kwh_per_w;
        self.compressor_kwh += hour.compressor_w * kwh_per_w;
        self.heat_rejection_fan_kwh += hour.heat_rejection_fan_w * kwh_per_w;
        self.humidifier_kwh += hour.humidifier_w * kwh_per_w;
    }
}

/// What a plant did over a series of steps.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct PlantYear {
    /// Total energy over IT energy; `None` without IT energy.
    pub mean_pue: Option<f64>,
    /// Highest PUE of a step with IT load; `None` without one.
    pub peak_pue: Option<f64>,
    /// Highest power at the grid connection \[W\].
    pub peak_total_w: f64,
    /// Energy by part.
    pub energy: EnergyByPart,
    /// Time that was summed \[h\].
    pub hours: f64,
    /// Water drawn \[m³\].
    pub water_m3: f64,
    /// Water by source.
    pub water: WaterBySource,
    /// Time without compressors \[h\].
    pub free_cooling_hours: f64,
    /// Time with weather and compressors \[h\].
    pub partial_cooling_hours: f64,
    /// Time in which compressors do all \[h\].
    pub mechanical_cooling_hours: f64,
    /// Time in which more than a millionth of the rated load stays in the halls \[h\].
    pub unmet_hours: f64,
    /// Heat left in the halls \[kWh\].
    pub unmet_cooling_kwh: f64,
}

/// Water by where it goes \[m³\].
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct WaterBySource {
    /// Evaporated by towers \[m³\].
    pub tower_evaporation_m3: f64,
    /// Bled and drifted from towers \[m³\].
    pub tower_blowdown_m3: f64,
    /// Sprayed into the halls' air \[m³\].
    pub spray_m3: f64,
}

impl PlantYear {
    /// Water over IT energy \[l/kWh\]; `None` without IT energy.
    pub fn wue_l_per_kwh(&self) -> Option<f64> {
        (self.energy.it_kwh > 0.0).then(|| self.water_m3 * 1000.0 / self.energy.it_kwh)
    }

    /// Carbon over IT energy \[g/kWh\] with electricity of this carbon intensity \[g/kWh\].
    pub fn cue_g_per_kwh(&self, carbon_g_per_kwh: f64) -> Option<f64> {
        self.mean_pue.map(|pue| pue * carbon_g_per_kwh)
    }
}

/// Runs `plant` over the IT loads \[W\], one per step of `step_hours` \[h\], under hourly weather.
///
/// # Errors
/// No weather for a load, a step that is not positive, or an energy imbalance.
pub fn summarise(
    plant: &Plant,
    hours: &[HourAir],
    it_w: &[f64],
    step_hours: f64,
) -> Result<PlantYear, AnnualError> {
    if !(step_hours > 0.0 && step_hours.is_finite()) {
        return Err(AnnualError::StepNotPositive(step_hours));
    }
    let mut year = PlantYear::default();
    for (step, &step_it_w) in it_w.iter().enumerate() {
        let air = hour_of_step(hours, step, step_hours).ok_or(AnnualError::NoWeather)?;
        year.add(&plant.hour(air, step_it_w)?, plant.rated_it_w(), step_hours);
    }
    Ok(year.with_mean())
}

/// Mean PUE over the weather record with IT at `load_share` of the rated load; `None` where that is no load.
///
/// # Errors
/// As [`summarise`].
pub fn mean_pue_at_constant_load(
    plant: &Plant,
    hours: &[HourAir],
    load_share: f64,
) -> Result<Option<f64>, AnnualError> {
    Ok(constant_load(plant, hours, load_share)?.mean_pue)
}

/// Highest PUE over the weather record with IT at the rated load, for the grid connection and N-1 checks;
/// `None` for a plant without rating.
///
/// # Errors
/// As [`summarise`].
pub fn peak_pue(plant: &Plant, hours: &[HourAir]) -> Result<Option<f64>, AnnualError> {
    Ok(constant_load(plant, hours, 1.0)?.peak_pue)
}

/// One year of observations of equal weight, with IT at `load_share` of the rated load: a record of several years is
/// averaged, one of three-hourly observations stands for its hours.
///
/// # Errors
/// As [`summarise`].
pub fn mean_year(
    plant: &Plant,
    observations: &[HourAir],
    load_share: f64,
) -> Result<PlantYear, AnnualError> {
    const HOURS_PER_YEAR: f64 = 8760.0;
    if observations.is_empty() {
        return Err(AnnualError::NoWeather);
    }
    let hours_each = HOURS_PER_YEAR / observations.len() as f64;
    let it_w = load_share * plant.rated_it_w();
    let mut year = PlantYear::default();
    for air in observations {
        year.add(&plant.hour(air, it_w)?, plant.rated_it_w(), hours_each);
    }
    Ok(year.with_mean())
}

/// The weather record's whole length with IT at `load_share` of the rated load.
///
/// # Errors
/// As [`summarise`].
pub fn constant_load(
    plant: &Plant,
    hours: &[HourAir],
    load_share: f64,
) -> Result<PlantYear, AnnualError> {
    if hours.is_empty() {
        return Err(AnnualError::NoWeather);
    }
    summarise(
        plant,
        hours,
        &vec![load_share * plant.rated_it_w(); hours.len()],
        1.0,
    )
}

fn hour_of_step(hours: &[HourAir], step: usize, step_hours: f64) -> Option<&HourAir> {
    // Twelve steps of a twelfth of an hour must not round down into the hour before.
    const ROUNDING_HOURS: f64 = 1e-6;
    let hour = (step as f64 * step_hours + ROUNDING_HOURS) as usize;
    hours.get(hour.checked_rem(hours.len())?)
}

impl PlantYear {
    fn with_mean(self) -> Self {
        Self {
            mean_pue: (self.energy.it_kwh > 0.0)
                .then(|| self.energy.total_kwh() / self.energy.it_kwh),
            ..self
        }
    }

    fn add(&mut self, hour: &PlantHour, rated_it_w: f64, step_hours: f64) {
        /// Share of the rated load below which heat that stays is rounding.
        const UNMET_SHARE: f64 = 1e-6;
        self.energy.add(hour, step_hours);
        self.hours += step_hours;
        self.water_m3 += hour.water_m3_per_hour() * step_hours;
        let m3_per_kg_per_s = 3600.0 / WATER_DENSITY * step_hours;
        self.water.tower_evaporation_m3 += hour.water_evaporated_kg_per_s * m3_per_kg_per_s;
        self.water.tower_blowdown_m3 += hour.water_blowdown_kg_per_s * m3_per_kg_per_s;
        self.water.spray_m3 += hour.water_humidifier_kg_per_s * m3_per_kg_per_s;
        self.unmet_cooling_kwh += hour.unmet_cooling_w * step_hours / 1000.0;
        if hour.unmet_cooling_w > UNMET_SHARE * rated_it_w {
            self.unmet_hours += step_hours;
        }
        self.peak_total_w = self.peak_total_w.max(hour.total_w);
        if let Some(pue) = hour.pue() {
            self.peak_pue = Some(self.peak_pue.map_or(pue, |peak| peak.max(pue)));
        }
        match hour.cooling_mode {
            CoolingMode::Free => self.free_cooling_hours += step_hours,
            CoolingMode::Partial => self.partial_cooling_hours += step_hours,
            CoolingMode::Mechanical => self.mechanical_cooling_hours += step_hours,
        }
    }
}
