//! One topology under one weather.

use std::collections::BTreeMap;
use std::sync::Arc;

use angara_facility::cooling::{HeatRecovery, ThermalStorage};
use angara_facility::power_chain::{Battery, Generators};
use angara_facility::{
    CoolingTopology, DesignConditions, Plant, PlantSettings, PlantYear, RideThrough, mean_year,
};
use serde::Serialize;

use super::Arguments;
use super::detail::{GridLimit, Hours};
use super::question::Found;
use super::weather::Weather;

/// What `--json` prints of a case, and what the text is made of.
#[derive(Debug, Serialize)]
pub(super) struct Case {
    pub(super) weather: String,
    pub(super) weather_origin: String,
    pub(super) synthetic: bool,
    pub(super) elevation_m: f64,
    pub(super) years: f64,
    pub(super) topology: &'static str,
    #[serde(skip)]
    pub(super) description: &'static str,
    pub(super) it_rated_mw: f64,
    pub(super) it_load_share: f64,
    pub(super) power_redundancy: &'static str,
    pub(super) cooling_redundancy: &'static str,
    pub(super) pue: f64,
    pub(super) peak_pue: f64,
    pub(super) wue_l_per_kwh: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) cue_g_per_kwh: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) cue_marginal_g_per_kwh: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) heat_reuse: Option<Reuse>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) grid_limit: Option<GridLimit>,
    pub(super) peak_grid_mw: f64,
    pub(super) free_cooling_hours: f64,
    pub(super) partial_cooling_hours: f64,
    pub(super) mechanical_cooling_hours: f64,
    pub(super) unmet_hours: f64,
    pub(super) unmet_cooling_kwh: f64,
    pub(super) ride_through: Ride,
    pub(super) generators: Sets,
    /// Hours a year by the envelope of the air at the servers.
    pub(super) inlet_hours: BTreeMap<&'static str, f64>,
    /// Energy of a part over energy of the servers.
    pub(super) partial_pue: Parts,
    pub(super) energy_kwh: Parts,
    pub(super) water_m3: Water,
    pub(super) dry_bulb_c: Range,
    pub(super) wet_bulb_c: Range,
    pub(super) hours_dry_bulb_at_most: BTreeMap<i32, f64>,
    pub(super) hours_wet_bulb_at_most: BTreeMap<i32, f64>,
    pub(super) hours_dew_point_at_most: BTreeMap<i32, f64>,
}

#[derive(Debug, Clone, Copy, Serialize)]
pub(super) struct Reuse {
    pub(super) reused_kwh: f64,
    pub(super) delivered_kwh: f64,
    pub(super) heat_pump_kwh: f64,
    pub(super) erf: f64,
}

#[derive(Debug, Clone, Copy, Serialize)]
pub(super) struct Ride {
    pub(super) battery_minutes: f64,
    pub(super) thermal_minutes: f64,
    pub(super) restart_minutes: f64,
    pub(super) holds: bool,
}

#[derive(Debug, Clone, Copy, Serialize)]
pub(super) struct Sets {
    pub(super) installed: u32,
    pub(super) start_probability: f64,
    pub(super) fuel_l_per_hour: f64,
}

#[derive(Debug, Clone, Copy, Serialize)]
pub(super) struct Parts {
    pub(super) it: f64,
    pub(super) ups: f64,
    pub(super) distribution: f64,
    pub(super) lighting: f64,
    pub(super) fans: f64,
    pub(super) pumps: f64,
    pub(super) compressors: f64,
    pub(super) heat_rejection_fans: f64,
    pub(super) humidifier: f64,
}

#[derive(Debug, Clone, Copy, Serialize)]
pub(super) struct Water {
    pub(super) tower_evaporation: f64,
    pub(super) tower_blowdown: f64,
    pub(super) spray: f64,
}

#[derive(Debug, Clone, Copy, Serialize)]
pub(super) struct Range {
    pub(super) least: f64,
    pub(super) mean: f64,
    pub(super) greatest: f64,
}

/// Sizes the plant for the weather's extremes and runs it over the record.
pub(super) fn run(
    weather: Arc<Weather>,
    topology: CoolingTopology,
    settings: &PlantSettings,
    arguments: &Arguments,
) -> Result<Found, String> {
    let design = design(&weather, arguments)?;
    let plant = Plant::with_settings(topology, arguments.it.watts(), &design, settings);
    let told = |error: angara_facility::AnnualError| format!("{}: {error}", weather.name);
    let year = mean_year(&plant, &weather.air, arguments.load).map_err(told)?;
    let peak = mean_year(&plant, &weather.air, 1.0).map_err(told)?;
    let hours = Hours::run(&plant, &weather, arguments.load)?;
    let around = &arguments.around;
    let case = Case {
        weather: weather.name.clone(),
        weather_origin: weather.origin.clone(),
        synthetic: weather.is_synthetic,
        elevation_m: weather.elevation_m,
        years: weather.years,
        topology: topology.name(),
        description: topology.description(),
        it_rated_mw: arguments.it.watts() / 1e6,
        it_load_share: arguments.load,
        power_redundancy: design.power_redundancy.name(),
        cooling_redundancy: design.cooling_redundancy.name(),
        pue: year.mean_pue.unwrap_or(1.0),
        peak_pue: year.peak_pue.unwrap_or(1.0),
        wue_l_per_kwh: year.wue_l_per_kwh().unwrap_or(0.0),
        cue_g_per_kwh: around.carbon.and_then(|carbon| year.cue_g_per_kwh(carbon)),
        cue_marginal_g_per_kwh: around
            .carbon_marginal
            .and_then(|carbon| year.cue_g_per_kwh(carbon)),
        heat_reuse: around.reuse.map(|share| {
            let recovery = HeatRecovery {
                share,
                source_c: topology.reuse_source_c(settings),
                network_c: around.reuse_supply,
            };
            let reused = recovery.year(year.heat_rejected_kwh, year.energy.total_kwh());
            Reuse {
                reused_kwh: reused.reused_kwh,
                delivered_kwh: reused.delivered_kwh,
                heat_pump_kwh: reused.heat_pump_kwh,
                erf: reused.energy_reuse_factor,
            }
        }),
        grid_limit: around.grid_limit.map(|limit| hours.above(limit.watts())),
        peak_grid_mw: peak.peak_total_w / 1e6,
        free_cooling_hours: year.free_cooling_hours,
        partial_cooling_hours: year.partial_cooling_hours,
        mechanical_cooling_hours: year.mechanical_cooling_hours,
        unmet_hours: year.unmet_hours,
        unmet_cooling_kwh: year.unmet_cooling_kwh,
        ride_through: ride(&year, arguments),
        generators: sets(&year, &peak, &design),
        inlet_hours: hours.envelopes(&weather),
        partial_pue: parts(&year).over(year.energy.it_kwh),
        energy_kwh: parts(&year),
        water_m3: Water {
            tower_evaporation: year.water.tower_evaporation_m3,
            tower_blowdown: year.water.tower_blowdown_m3,
            spray: year.water.spray_m3,
        },
        dry_bulb_c: weather.hours.dry_bulb_c.into(),
        wet_bulb_c: weather.hours.wet_bulb_c.into(),
        hours_dry_bulb_at_most: weather.hours.dry_bulb_at_most.clone(),
        hours_wet_bulb_at_most: weather.hours.wet_bulb_at_most.clone(),
        hours_dew_point_at_most: weather.hours.dew_point_at_most.clone(),
    };
    Ok(Found {
        case,
        hours,
        weather,
    })
}

fn design(weather: &Weather, arguments: &Arguments) -> Result<DesignConditions, String> {
    let build = &arguments.build;
    let extremes = DesignConditions::from_hours(&weather.air)
        .ok_or_else(|| format!("{}: no observations", weather.name))?;
    let design = DesignConditions {
        power_redundancy: build.power_redundancy,
        cooling_redundancy: build.cooling_redundancy,
        ..extremes
    };
    Ok(if build.unit_lost {
        design.with_unit_lost()
    } else {
        design
    })
}

/// From the loss of the grid to the restart, at the mean load. Chillers are waited for where they ever run.
fn ride(year: &PlantYear, arguments: &Arguments) -> Ride {
    const SECONDS: f64 = 60.0;
    const STORAGE_RANGE_K: f64 = 10.0;
    let rated_w = arguments.it.watts();
    let found = RideThrough::of(
        Battery {
            rated_s: arguments.around.battery * SECONDS,
        },
        ThermalStorage {
            volume_m3: arguments.around.storage,
            range_k: STORAGE_RANGE_K,
        },
        arguments.load * rated_w,
        rated_w,
        year.partial_cooling_hours + year.mechanical_cooling_hours > 0.0,
    );
    Ride {
        battery_minutes: found.battery_s / SECONDS,
        thermal_minutes: found.thermal_s / SECONDS,
        restart_minutes: found.restart_s / SECONDS,
        holds: found.holds(),
    }
}

/// Generators for the highest draw, with the cooling's redundancy.
fn sets(year: &PlantYear, peak: &PlantYear, design: &DesignConditions) -> Sets {
    let generators = Generators::new(peak.peak_total_w, design.cooling_redundancy);
    let mean_w = year.energy.total_kwh() * 1e3 / year.hours.max(1.0);
    Sets {
        installed: generators.installed(),
        start_probability: generators.starts(),
        fuel_l_per_hour: generators.fuel_l_per_hour(mean_w),
    }
}

fn parts(year: &PlantYear) -> Parts {
    let energy = &year.energy;
    Parts {
        it: energy.it_kwh,
        ups: energy.ups_loss_kwh,
        distribution: energy.distribution_loss_kwh,
        lighting: energy.lighting_kwh,
        fans: energy.fan_kwh,
        pumps: energy.pump_kwh,
        compressors: energy.compressor_kwh,
        heat_rejection_fans: energy.heat_rejection_fan_kwh,
        humidifier: energy.humidifier_kwh,
    }
}

impl Parts {
    fn over(self, it_kwh: f64) -> Self {
        let share = |kwh: f64| kwh / it_kwh;
        Self {
            it: share(self.it),
            ups: share(self.ups),
            distribution: share(self.distribution),
            lighting: share(self.lighting),
            fans: share(self.fans),
            pumps: share(self.pumps),
            compressors: share(self.compressors),
            heat_rejection_fans: share(self.heat_rejection_fans),
            humidifier: share(self.humidifier),
        }
    }
}

impl From<angara_facility::Extremes> for Range {
    fn from(extremes: angara_facility::Extremes) -> Self {
        Self {
            least: extremes.least,
            mean: extremes.mean,
            greatest: extremes.greatest,
        }
    }
}
