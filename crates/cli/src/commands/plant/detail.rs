//! The hours of a case: what the year's sums do not tell.

use std::collections::BTreeMap;

use angara_facility::{Envelope, HourAir, Plant, PlantHour};
use serde::Serialize;

use super::weather::Weather;

/// Every observation with the plant's answer.
pub(super) struct Hours {
    pub(super) hours: Vec<PlantHour>,
    /// Hours of a year for which an observation stands.
    pub(super) each_h: f64,
}

/// A grid connection that is too small.
#[derive(Debug, Clone, Copy, Serialize)]
pub(super) struct GridLimit {
    pub(super) limit_mw: f64,
    /// Hours a year with a higher draw at the mean load.
    pub(super) hours_above: f64,
    /// Energy beyond the limit, to be curtailed or generated.
    pub(super) energy_above_kwh: f64,
}

impl Hours {
    pub(super) fn run(plant: &Plant, weather: &Weather, load: f64) -> Result<Self, String> {
        let it_w = load * plant.rated_it_w();
        let hours: Result<Vec<PlantHour>, String> = weather
            .air
            .iter()
            .map(|air| plant.hour(air, it_w).map_err(|error| error.to_string()))
            .collect();
        Ok(Self {
            hours: hours?,
            each_h: 8760.0 / weather.air.len() as f64,
        })
    }

    /// Hours a year by the envelope of the air at the servers.
    pub(super) fn envelopes(&self, weather: &Weather) -> BTreeMap<&'static str, f64> {
        let mut counts: BTreeMap<&'static str, f64> = Envelope::ALL
            .into_iter()
            .map(|envelope| (envelope.name(), 0.0))
            .collect();
        for (hour, air) in self.hours.iter().zip(&weather.air) {
            let envelope = hour.envelope(air.pressure_pa, weather.elevation_m);
            *counts.entry(envelope.name()).or_default() += self.each_h;
        }
        counts
    }

    pub(super) fn above(&self, limit_w: f64) -> GridLimit {
        let beyond: Vec<f64> = self
            .hours
            .iter()
            .map(|hour| hour.total_w - limit_w)
            .filter(|beyond_w| *beyond_w > 0.0)
            .collect();
        GridLimit {
            limit_mw: limit_w / 1e6,
            hours_above: beyond.len() as f64 * self.each_h,
            energy_above_kwh: beyond.iter().sum::<f64>() / 1e3 * self.each_h,
        }
    }

    /// The table of hours.
    pub(super) fn csv(&self, weather: &Weather) -> String {
        let mut text = "observation,dry_bulb_c,wet_bulb_c,dew_point_c,pressure_pa,it_w,ups_loss_w,distribution_loss_w,\
             lighting_w,fan_w,pump_w,compressor_w,heat_rejection_fan_w,humidifier_w,total_w,pue,water_l_per_h,\
             unmet_cooling_w,cooling_mode,envelope\n"
            .to_owned();
        for (index, (hour, air)) in self.hours.iter().zip(&weather.air).enumerate() {
            text.push_str(&row(index, hour, air, weather.elevation_m));
        }
        text
    }
}

fn row(index: usize, hour: &PlantHour, air: &HourAir, elevation_m: f64) -> String {
    let powers = [
        hour.it_w,
        hour.ups_loss_w,
        hour.distribution_loss_w,
        hour.lighting_w,
        hour.fan_w,
        hour.pump_w,
        hour.compressor_w,
        hour.heat_rejection_fan_w,
        hour.humidifier_w,
        hour.total_w,
    ]
    .map(|power| format!("{power:.1}"))
    .join(",");
    format!(
        "{index},{:.2},{:.2},{:.2},{:.0},{powers},{:.6},{:.2},{:.1},{},{}\n",
        air.dry_bulb_c,
        air.wet_bulb_c,
        air.dew_point_c,
        air.pressure_pa,
        hour.pue().unwrap_or(1.0),
        hour.water_m3_per_hour() * 1e3,
        hour.unmet_cooling_w,
        hour.cooling_mode.name(),
        hour.envelope(air.pressure_pa, elevation_m).name()
    )
}
