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
    /// Heat carried out of the building \[kWh\].
    pub heat_rejected_kwh: f64,
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
    if hours.is_empty() && !it_w.is_empty() {
        return Err(AnnualError::NoWeather);
    }
    let mut sums = Sums::new(plant);
    let mut clock = HourClock::new(hours.len(), step_hours);
    for &step_it_w in it_w {
        let air = &hours[clock.hour];
        sums.add(&plant.hour(air, step_it_w)?);
        clock.advance();
    }
    Ok(sums.over_steps_of(step_hours))
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
    let mut sums = Sums::new(plant);
    for air in observations {
        sums.add(&plant.hour(air, it_w)?);
    }
    Ok(sums.over_steps_of(hours_each))
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

/// The hour of the weather record in which a step begins, around the end of the record.
struct HourClock {
    hours: usize,
    step_hours: f64,
    step: usize,
    hour: usize,
    /// Whole hours since the start at which the next hour begins.
    next_begins: f64,
}

impl HourClock {
    fn new(hours: usize, step_hours: f64) -> Self {
        Self {
            hours,
            step_hours,
            step: 0,
            hour: 0,
            next_begins: 1.0,
        }
    }

    fn advance(&mut self) {
        // Twelve steps of a twelfth of an hour must not round down into the hour before.
        const ROUNDING_HOURS: f64 = 1e-6;
        self.step += 1;
        let elapsed = self.step as f64 * self.step_hours + ROUNDING_HOURS;
        if elapsed >= self.next_begins {
            let whole = elapsed.floor();
            self.next_begins = whole + 1.0;
            self.hour = whole as usize % self.hours;
        }
    }
}

/// Sums over steps of one length, before they become energies and times.
#[derive(Default)]
struct Sums {
    /// Heat below which what stays in the halls is rounding \[W\].
    unmet_least_w: f64,
    it_w: f64,
    ups_loss_w: f64,
    distribution_loss_w: f64,
    lighting_w: f64,
    fan_w: f64,
    pump_w: f64,
    compressor_w: f64,
    heat_rejection_fan_w: f64,
    humidifier_w: f64,
    unmet_w: f64,
    heat_rejected_w: f64,
    evaporated_kg_per_s: f64,
    blowdown_kg_per_s: f64,
    spray_kg_per_s: f64,
    peak_total_w: f64,
    /// Zero until a step with IT load has come.
    peak_pue: f64,
    free_steps: u32,
    partial_steps: u32,
    mechanical_steps: u32,
    unmet_steps: u32,
}

impl Sums {
    fn new(plant: &Plant) -> Self {
        /// Share of the rated load below which heat that stays is rounding.
        const UNMET_SHARE: f64 = 1e-6;
        Self {
            unmet_least_w: UNMET_SHARE * plant.rated_it_w(),
            ..Self::default()
        }
    }

    #[inline]
    fn add(&mut self, hour: &PlantHour) {
        self.it_w += hour.it_w;
        self.ups_loss_w += hour.ups_loss_w;
        self.distribution_loss_w += hour.distribution_loss_w;
        self.lighting_w += hour.lighting_w;
        self.fan_w += hour.fan_w;
        self.pump_w += hour.pump_w;
        self.compressor_w += hour.compressor_w;
        self.heat_rejection_fan_w += hour.heat_rejection_fan_w;
        self.humidifier_w += hour.humidifier_w;
        self.unmet_w += hour.unmet_cooling_w;
        self.heat_rejected_w += hour.heat_rejected_w;
        self.evaporated_kg_per_s += hour.water_evaporated_kg_per_s;
        self.blowdown_kg_per_s += hour.water_blowdown_kg_per_s;
        self.spray_kg_per_s += hour.water_humidifier_kg_per_s;
        self.peak_total_w = self.peak_total_w.max(hour.total_w);
        if hour.it_w > 0.0 {
            self.peak_pue = self.peak_pue.max(hour.total_w / hour.it_w);
        }
        self.unmet_steps += u32::from(hour.unmet_cooling_w > self.unmet_least_w);
        match hour.cooling_mode {
            CoolingMode::Free => self.free_steps += 1,
            CoolingMode::Partial => self.partial_steps += 1,
            CoolingMode::Mechanical => self.mechanical_steps += 1,
        }
    }

    fn over_steps_of(&self, step_hours: f64) -> PlantYear {
        let kwh = |sum_w: f64| sum_w * step_hours / 1000.0;
        let m3 = |sum_kg_per_s: f64| sum_kg_per_s * 3600.0 / WATER_DENSITY * step_hours;
        let hours = |steps: u32| f64::from(steps) * step_hours;
        let energy = EnergyByPart {
            it_kwh: kwh(self.it_w),
            ups_loss_kwh: kwh(self.ups_loss_w),
            distribution_loss_kwh: kwh(self.distribution_loss_w),
            lighting_kwh: kwh(self.lighting_w),
            fan_kwh: kwh(self.fan_w),
            pump_kwh: kwh(self.pump_w),
            compressor_kwh: kwh(self.compressor_w),
            heat_rejection_fan_kwh: kwh(self.heat_rejection_fan_w),
            humidifier_kwh: kwh(self.humidifier_w),
        };
        let water = WaterBySource {
            tower_evaporation_m3: m3(self.evaporated_kg_per_s),
            tower_blowdown_m3: m3(self.blowdown_kg_per_s),
            spray_m3: m3(self.spray_kg_per_s),
        };
        PlantYear {
            mean_pue: (energy.it_kwh > 0.0).then(|| energy.total_kwh() / energy.it_kwh),
            peak_pue: (self.peak_pue > 0.0).then_some(self.peak_pue),
            peak_total_w: self.peak_total_w,
            energy,
            hours: hours(self.free_steps + self.partial_steps + self.mechanical_steps),
            water_m3: water.tower_evaporation_m3 + water.tower_blowdown_m3 + water.spray_m3,
            water,
            free_cooling_hours: hours(self.free_steps),
            partial_cooling_hours: hours(self.partial_steps),
            mechanical_cooling_hours: hours(self.mechanical_steps),
            unmet_hours: hours(self.unmet_steps),
            unmet_cooling_kwh: kwh(self.unmet_w),
            heat_rejected_kwh: kwh(self.heat_rejected_w),
        }
    }
}
