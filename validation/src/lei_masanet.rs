//! Three large sites as Lei and Masanet model them.
//!
//! # What it computes
//! PUE of an air economiser with adiabatic cooling, of a water-side economiser over cooling towers, and of one over sea
//! water, each with a water-cooled chiller for the rest.
//!
//! # Assumptions
//! Theirs: powers proportional to the heat, no part load, no freeze protection; towers and pumps never turn down; moist
//! air after Buck with 1.01 and 1.84 kJ/(kg K) and 2500 kJ/kg.
//!
//! # Valid range
//! The parameters' ranges in their papers. A peer to compare with, not a model of ours.
//!
//! # References
//! N. Lei, E. Masanet, Energy 201 (2020) 117556; Resources, Conservation and Recycling 182 (2022) 106323.

/// Density of water \[kg/m³\] and its heat capacity \[kJ/(kg K)\], as they take them.
const WATER_DENSITY: f64 = 1000.0;
const WATER_HEAT_CAPACITY: f64 = 4.2;
/// Heat capacity of air \[kJ/(kg K)\].
const AIR_HEAT_CAPACITY: f64 = 1.01;

/// Outdoor air.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Outdoor {
    pub(crate) dry_bulb_c: f64,
    pub(crate) relative_humidity: f64,
    pub(crate) pressure_pa: f64,
}

/// Parameters by their names in the papers, in the order of the oracle's vectors.
pub(crate) struct Parameters<'a> {
    names: Vec<&'a str>,
    values: Vec<f64>,
}

impl<'a> Parameters<'a> {
    pub(crate) fn new(names: Vec<&'a str>, values: Vec<f64>) -> Self {
        Self { names, values }
    }

    /// A parameter; not a number where there is none.
    fn of(&self, name: &str) -> f64 {
        self.names
            .iter()
            .position(|known| *known == name)
            .and_then(|index| self.values.get(index).copied())
            .unwrap_or(f64::NAN)
    }

    /// Heat of the halls per unit of IT, and the power of what makes it.
    fn heat(&self) -> f64 {
        1.0 + self.electrical()
    }

    fn electrical(&self) -> f64 {
        (1.0 / self.of("UPS_e") - 1.0) + (1.0 / (1.0 - self.of("PD_lr")) - 1.0) + self.of("L_pct")
    }

    /// Fan power \[kW\] for a flow \[kg/s\] of air of this density.
    fn fan(&self, flow: f64, density: f64, of: &str) -> f64 {
        flow / density * self.of(&format!("dpFan_{of}")) / self.of(&format!("eFan_{of}")) / 1000.0
    }

    /// Pump power \[kW\] for a flow of water \[kg/s\].
    fn pump(&self, flow: f64, of: &str) -> f64 {
        self.of(&format!("dpPump_{of}")) * flow
            / (1000.0 * self.of(&format!("ePump_{of}")) * WATER_DENSITY)
    }

    /// COP of the chiller with condenser water of this temperature \[°C\].
    fn cop(&self, condenser_c: f64) -> f64 {
        let (load, t) = (self.of("chiller_PLR"), condenser_c);
        (16.798751 + 0.008840 * t * t - 8.528931 * load * load + 9.885294 * load - 0.760621 * t
            + 0.084615 * load * t)
            * (1.0 + self.of("pCOP"))
    }

    /// Tower water and air for this heat \[kW\]: pump and fan power.
    fn tower(&self, heat: f64, outdoor: &Outdoor) -> f64 {
        let flow = heat / (WATER_HEAT_CAPACITY * self.of("dT_CT"));
        let density = air_density(outdoor.pressure_pa, outdoor.dry_bulb_c);
        self.pump(flow, "CT") + self.fan(flow / self.of("L_to_G"), density, "CT")
    }

    /// Air economiser with adiabatic cooling.
    pub(crate) fn air_economiser(&self, outdoor: &Outdoor) -> f64 {
        let heat = self.heat();
        let supply_c = outdoor
            .dry_bulb_c
            .clamp(self.of("T_sa_lower"), self.of("T_sa_upper"));
        let moisture = humidity(
            outdoor,
            outdoor.dry_bulb_c,
            outdoor.relative_humidity,
            622.0,
        );
        let enthalpy_out = enthalpy(outdoor.dry_bulb_c, moisture);
        // Outdoor air is used below 27 °C and 15 °C dew point; warmer, up to the line of 80 %.
        let limit = humidity_of_pressure(outdoor, buck_dew(15.0), 621.98);
        let moist = humidity(outdoor, supply_c, 0.80, 621.98);
        let uses =
            enthalpy_out < enthalpy(27.0, limit) || enthalpy_out <= enthalpy(supply_c, moist);
        let rise = AIR_HEAT_CAPACITY * self.of("dT_air");
        let flow = heat / rise;
        // Used air is not mixed: the whole supply is outdoor air, moistened where it is dry or warm.
        let (removed, spray) = if uses {
            let moistened = if outdoor.dry_bulb_c <= supply_c {
                humidity(outdoor, supply_c, 0.20, 621.98).max(moisture)
            } else {
                (enthalpy_out - AIR_HEAT_CAPACITY * supply_c) * 1000.0 / (2500.0 + 1.84 * supply_c)
            };
            let added = (moistened - moisture).max(0.0) / 1000.0;
            (heat, flow - flow / (1.0 + added))
        } else {
            (0.0, 0.0)
        };
        let chilled = heat - removed;
        let compressor = chilled / self.cop(wet_bulb_c(outdoor) + self.of("AT_CT"));
        1.0 + self.electrical()
            + self.fan(flow, air_density(outdoor.pressure_pa, supply_c), "CRAC")
            + self.pump(spray, "HD")
            + compressor
            + self.pump(chilled / (WATER_HEAT_CAPACITY * self.of("dT_water")), "CW")
            + self.tower(chilled + compressor, outdoor)
    }

    /// Water-side economiser over cooling towers.
    pub(crate) fn tower_economiser(&self, outdoor: &Outdoor) -> f64 {
        let cold_c = wet_bulb_c(outdoor) + self.of("AT_CT");
        let loops = self.water_loops(cold_c, outdoor.pressure_pa);
        loops.power + self.tower(loops.rejected, outdoor)
    }

    /// Water-side economiser over sea water.
    pub(crate) fn sea_economiser(&self, sea_c: f64, pressure_pa: f64) -> f64 {
        let loops = self.water_loops(sea_c, pressure_pa);
        let flow = loops.rejected / (WATER_HEAT_CAPACITY * self.of("dT_sea"));
        loops.power + self.pump(flow, "sea")
    }

    /// Everything but the side that rejects the heat, with cold water of this temperature before the exchanger.
    fn water_loops(&self, cold_c: f64, pressure_pa: f64) -> WaterLoops {
        let heat = self.heat();
        let supply_air_c = self.of("T_sa_set");
        let rise = self.of("dT_air");
        let cooling = heat / self.of("SHR");
        let latent = cooling - heat;
        let return_air_c = supply_air_c + rise;
        let supply_c = return_air_c - rise / self.of("HTE");
        let return_c = supply_c + self.of("dT_water");
        let condensate_c = f64::midpoint(supply_c, return_c);
        let evaporation = 2500.5 - condensate_c * (2.3097 + 0.0013 * condensate_c);
        let reached_c = cold_c + self.of("AT_HE");
        let free = cooling * ((return_c - reached_c) / (return_c - supply_c)).clamp(0.0, 1.0);
        let chilled = cooling - free;
        let compressor = chilled / self.cop(cold_c);
        let water = WATER_HEAT_CAPACITY * self.of("dT_water");
        let density = air_density(pressure_pa, supply_air_c);
        WaterLoops {
            power: 1.0
                + self.electrical()
                + self.fan(heat / (AIR_HEAT_CAPACITY * rise), density, "CRAC")
                + self.pump(latent / evaporation, "HD")
                + self.pump(free / water, "WE")
                + compressor
                + self.pump(chilled / water, "CW"),
            rejected: cooling + compressor,
        }
    }
}

struct WaterLoops {
    power: f64,
    rejected: f64,
}

/// Saturation pressure after Buck \[Pa\] with this factor.
fn buck(temperature_c: f64, factor: f64) -> f64 {
    factor * libm::exp((18.678 - temperature_c / 234.5) * temperature_c / (temperature_c + 257.14))
}

/// Vapour pressure \[Pa\] at a dew point, in their shortened form.
fn buck_dew(dew_point_c: f64) -> f64 {
    611.21 * libm::exp(18.678 * dew_point_c / (257.14 + dew_point_c))
}

/// Humidity ratio \[g/kg\].
fn humidity(outdoor: &Outdoor, temperature_c: f64, relative_humidity: f64, ratio: f64) -> f64 {
    humidity_of_pressure(
        outdoor,
        relative_humidity * buck(temperature_c, 611.21),
        ratio,
    )
}

fn humidity_of_pressure(outdoor: &Outdoor, vapour_pa: f64, ratio: f64) -> f64 {
    ratio * vapour_pa / (outdoor.pressure_pa - vapour_pa)
}

/// Enthalpy \[kJ/kg\] from temperature \[°C\] and humidity ratio \[g/kg\].
fn enthalpy(temperature_c: f64, humidity: f64) -> f64 {
    1.01 * temperature_c + (2500.0 + 1.84 * temperature_c) * humidity / 1000.0
}

fn air_density(pressure_pa: f64, temperature_c: f64) -> f64 {
    1.293 * (pressure_pa / 101_325.0) * (273.15 / (273.15 + temperature_c))
}

/// Wet bulb \[°C\]: the temperature of saturated air with the same enthalpy.
fn wet_bulb_c(outdoor: &Outdoor) -> f64 {
    let vapour_pa = outdoor.relative_humidity * buck(outdoor.dry_bulb_c, 611.21);
    let target = enthalpy(
        outdoor.dry_bulb_c,
        humidity_of_pressure(outdoor, vapour_pa, 621.98),
    );
    let (mut low_c, mut high_c) = (outdoor.dry_bulb_c - 60.0, outdoor.dry_bulb_c);
    for _ in 0..60 {
        let middle_c = f64::midpoint(low_c, high_c);
        // Their factor differs here in the last digit.
        let saturated = humidity_of_pressure(outdoor, buck(middle_c, 611.2), 621.98);
        if enthalpy(middle_c, saturated) < target {
            low_c = middle_c;
        } else {
            high_c = middle_c;
        }
    }
    f64::midpoint(low_c, high_c)
}
