//! The plant of one site: power chain and cooling around an IT load.
//!
//! # What it computes
//! Everything the meters of a site would show in one step, from outdoor air and IT power.
//!
//! ```text
//!  grid ─► transformer ─┬─► UPS ─► distribution ─► IT
//!                       ├─► lighting
//!                       └─► fans, pumps, compressors, humidifier
//! ```
//!
//! # Assumptions
//! Quasi-steady: no storage of heat, no ramps. IT, distribution, UPS and lighting heat the halls; the
//! transformer stands outdoors. Cooling is not on the UPS.
//!
//! # Valid range
//! IT load 0 to the rated load. Beyond it, heat that the plant cannot carry is reported as unmet.
//!
//! # References
//! ISO/IEC 30134-2 (PUE) and 30134-9 (WUE) for the boundaries of the totals. Lighting: Lei and Masanet,
//! Energy 2020, 117556 (0 to 0.2 % of IT in large sites).

use crate::balance::{Balance, EnergyImbalance, check};
use crate::cooling::SUPPLY_AIR_C;
use crate::design::DesignConditions;
use crate::envelope::Envelope;
use crate::power_chain::{Distribution, Transformer, Ups};
use crate::psychrometrics;
use crate::settings::PlantSettings;
use crate::topology::{CoolingMode, CoolingPlant, CoolingTopology, HallHeat};
use crate::weather::HourAir;

/// Lighting and building services over rated IT load, day and night.
const LIGHTING_SHARE: f64 = 0.002;
/// Density of water \[kg/m³\].
pub(crate) const WATER_DENSITY: f64 = 998.0;

/// A plant sized for a site.
#[derive(Debug, Clone, PartialEq)]
pub struct Plant {
    topology: CoolingTopology,
    rated_it_w: f64,
    lighting_w: f64,
    ups: Ups,
    distribution: Distribution,
    transformer: Transformer,
    cooling: CoolingPlant,
}

/// One step of a plant. All powers are means over the step.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PlantHour {
    /// IT load \[W\].
    pub it_w: f64,
    /// Loss of the UPS \[W\].
    pub ups_loss_w: f64,
    /// Loss of transformers and distribution \[W\].
    pub distribution_loss_w: f64,
    /// Lighting \[W\].
    pub lighting_w: f64,
    /// Fans that move the halls' air \[W\].
    pub fan_w: f64,
    /// Pumps of all loops \[W\].
    pub pump_w: f64,
    /// Compressors, with the condenser fans of packaged chillers \[W\].
    pub compressor_w: f64,
    /// Fans of dry coolers and towers \[W\].
    pub heat_rejection_fan_w: f64,
    /// Humidifier \[W\].
    pub humidifier_w: f64,
    /// Power at the grid connection \[W\].
    pub total_w: f64,
    /// Heat carried out of the building by exhaust air, dry coolers, condensers and towers \[W\].
    pub heat_rejected_w: f64,
    /// Heat of machines that stand outdoors: transformer, heat rejection fans, humidifier pump \[W\].
    pub heat_outdoors_w: f64,
    /// Heat that the plant cannot carry and that stays in the halls \[W\].
    pub unmet_cooling_w: f64,
    /// Water evaporated by towers \[kg/s\].
    pub water_evaporated_kg_per_s: f64,
    /// Water bled and drifted from towers \[kg/s\].
    pub water_blowdown_kg_per_s: f64,
    /// Water evaporated into the halls' air for humidity or adiabatic cooling \[kg/s\].
    pub water_humidifier_kg_per_s: f64,
    /// Humidity ratio of the outdoor air supplied to the halls \[kg/kg\]; `None` where they are closed.
    pub outdoor_supply_humidity_ratio: Option<f64>,
    /// How much of the cooling the weather does.
    pub cooling_mode: CoolingMode,
}

impl PlantHour {
    /// Power usage effectiveness: total over IT; `None` without IT load.
    pub fn pue(&self) -> Option<f64> {
        (self.it_w > 0.0).then(|| self.total_w / self.it_w)
    }

    /// Envelope of the air at the servers, at this air pressure \[Pa\] and height \[m\]. Closed halls are held at 8 g/kg; air
    /// that the plant cannot cool counts as outside.
    pub fn envelope(&self, pressure_pa: f64, height_m: f64) -> Envelope {
        const CLOSED_HUMIDITY_RATIO: f64 = 0.008;
        const UNMET_SHARE: f64 = 1e-6;
        // Control holds the limits themselves; rounding must not put the air beyond them.
        const CONTROL: f64 = 1e-6;
        if self.unmet_cooling_w > UNMET_SHARE * self.total_w {
            return Envelope::Outside;
        }
        let ratio = self
            .outdoor_supply_humidity_ratio
            .unwrap_or(CLOSED_HUMIDITY_RATIO);
        let dew_point_c = psychrometrics::dew_point_c(ratio, pressure_pa);
        let humidity = psychrometrics::relative_humidity(SUPPLY_AIR_C, ratio, pressure_pa);
        Envelope::of(
            SUPPLY_AIR_C,
            dew_point_c - CONTROL * dew_point_c.signum(),
            humidity - CONTROL,
            height_m,
        )
    }

    /// Water drawn \[m³/h\].
    pub fn water_m3_per_hour(&self) -> f64 {
        let kg_per_s = self.water_evaporated_kg_per_s
            + self.water_blowdown_kg_per_s
            + self.water_humidifier_kg_per_s;
        kg_per_s * 3600.0 / WATER_DENSITY
    }
}

impl Plant {
    /// Sized to hold `rated_it_w` \[W\] under the design conditions, with the usual settings.
    pub fn new(topology: CoolingTopology, rated_it_w: f64, design: &DesignConditions) -> Self {
        Self::with_settings(topology, rated_it_w, design, &PlantSettings::default())
    }

    /// As [`Plant::new`] with other settings.
    pub fn with_settings(
        topology: CoolingTopology,
        rated_it_w: f64,
        design: &DesignConditions,
        settings: &PlantSettings,
    ) -> Self {
        let redundancy = design.power_redundancy;
        let lighting_w = LIGHTING_SHARE * rated_it_w;
        let distribution = Distribution::new(rated_it_w, redundancy);
        let ups_output_w = rated_it_w + distribution.loss_w(rated_it_w);
        let ups = Ups::new(settings.ups, ups_output_w, redundancy);
        let hall_heat_w = ups_output_w + ups.loss_w(ups_output_w) + lighting_w;
        let heat = HallHeat {
            hall_w: hall_heat_w,
            it_w: rated_it_w,
        };
        let cooling = CoolingPlant::new(topology, heat, design, settings);
        let cooling_w = cooling.hour(&design.hottest_air(), heat).power_w();
        Self {
            topology,
            rated_it_w,
            lighting_w,
            ups,
            distribution,
            transformer: Transformer::new(hall_heat_w + cooling_w, redundancy),
            cooling,
        }
    }

    /// How the plant cools.
    pub fn topology(&self) -> CoolingTopology {
        self.topology
    }

    /// Rated IT load \[W\].
    pub fn rated_it_w(&self) -> f64 {
        self.rated_it_w
    }

    /// One step under this air at this IT load \[W\].
    ///
    /// # Errors
    /// [`EnergyImbalance`] when an energy balance does not close to 1e-9, which a load that is negative or
    /// not a number always causes. Fatal for the run.
    #[inline]
    pub fn hour(&self, air: &HourAir, it_w: f64) -> Result<PlantHour, EnergyImbalance> {
        let distribution_loss_w = self.distribution.loss_w(it_w);
        let ups_output_w = it_w + distribution_loss_w;
        let ups_loss_w = self.ups.loss_w(ups_output_w);
        let hall_heat_w = ups_output_w + ups_loss_w + self.lighting_w;
        let heat = HallHeat {
            hall_w: hall_heat_w,
            it_w,
        };
        let cooling = self.cooling.hour(air, heat);
        let low_voltage_w = hall_heat_w + cooling.power_w();
        let transformer_loss_w = self.transformer.loss_w(low_voltage_w);
        let hour = PlantHour {
            it_w,
            ups_loss_w,
            distribution_loss_w: distribution_loss_w + transformer_loss_w,
            lighting_w: self.lighting_w,
            fan_w: cooling.fan_w,
            pump_w: cooling.pump_w,
            compressor_w: cooling.compressor_w,
            heat_rejection_fan_w: cooling.heat_rejection_fan_w,
            humidifier_w: cooling.humidifier_w,
            total_w: low_voltage_w + transformer_loss_w,
            heat_rejected_w: cooling.heat_rejected_w,
            heat_outdoors_w: cooling.heat_outdoors_w + transformer_loss_w,
            unmet_cooling_w: cooling.unmet_w,
            water_evaporated_kg_per_s: cooling.water_evaporated_kg_per_s,
            water_blowdown_kg_per_s: cooling.water_blowdown_kg_per_s,
            water_humidifier_kg_per_s: cooling.water_humidifier_kg_per_s,
            outdoor_supply_humidity_ratio: (cooling.outdoor_supply_humidity_ratio > 0.0)
                .then_some(cooling.outdoor_supply_humidity_ratio),
            cooling_mode: cooling.mode,
        };
        hour.check()?;
        Ok(hour)
    }
}

impl PlantHour {
    #[inline]
    fn check(&self) -> Result<(), EnergyImbalance> {
        let parts_w = self.it_w
            + self.ups_loss_w
            + self.distribution_loss_w
            + self.lighting_w
            + self.fan_w
            + self.pump_w
            + self.compressor_w
            + self.heat_rejection_fan_w
            + self.humidifier_w;
        check(Balance::Electrical, self.it_w, self.total_w, parts_w)?;
        let heat_w = self.heat_rejected_w + self.heat_outdoors_w + self.unmet_cooling_w;
        check(Balance::Heat, self.it_w, self.total_w, heat_w)
    }
}
