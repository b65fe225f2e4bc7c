//! Dry cooler: a finned coil with fans, fluid inside, outdoor air outside.
//!
//! # What it computes
//! Fan speed and power that take a given heat out of the fluid, or the heat that full speed takes.
//! Effectiveness-NTU for crossflow, both sides unmixed; `1/UA = r/x_w^0.85 + (1-r)/x_a^0.8` relative to
//! design, `x_w` and `x_a` the shares of fluid and air flow.
//!
//! # Assumptions
//! A three-way bypass keeps the supply temperature: at low ambient the fans stop and the bypass mixes.
//! Stopped fans leave a natural draught of 10 % of the air flow. Effectiveness is tabulated over both flow
//! shares once, and interpolated linearly. Both sides have half the thermal resistance at design.
//!
//! # Valid range
//! Fluid flow share 0.2 to 1 (below, the least flow is kept); ambient below the fluid.
//!
//! # References
//! Incropera et al., Fundamentals of Heat and Mass Transfer, table 11.3. Exponents: Modelica
//! Buildings library, `DryCoilEffectivenessNTU`. Fan pressure: 257 Pa over efficiency, from the catalogue
//! rating of a 2.9 MW cooler (117.7 kW of fans, 5.56 K of range at 11.1 K of initial difference, equal
//! heat capacity flows assumed).

use super::Fan;
use crate::psychrometrics::volume_m3_per_kg;
use crate::redundancy::{Redundancy, UnitBank};

/// Static pressure of the fans \[Pa\].
const FAN_PRESSURE_PA: f64 = 140.0;
/// Efficiency of the fans, so that pressure over efficiency is the catalogue's 257 Pa.
const FAN_EFFICIENCY: f64 = 0.545;
/// Heat capacity of outdoor air \[J/(kg K)\].
const AIR_HEAT_CAPACITY: f64 = 1006.0;
/// Share of the fluid side in the thermal resistance at design.
const FLUID_RESISTANCE_SHARE: f64 = 0.5;
/// Air flow share left by natural draught.
const DRAUGHT_SHARE: f64 = 0.10;
/// Least fluid flow share.
const FLUID_SHARE_MIN: f64 = DryCooler::FLUID_SHARE_MIN;
/// Largest unit \[W\]; an assumption from catalogue sizes.
const UNIT_CAPACITY_MAX_W: f64 = 1.0e6;
/// Table rows over the fluid flow share.
const FLUID_STEPS: usize = 16;
/// Table columns over the air flow share.
const AIR_STEPS: usize = 36;

/// What a dry cooler is sized for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DryCoolerDesign {
    /// Heat at design \[W\].
    pub heat_w: f64,
    /// Fluid entering \[°C\].
    pub return_c: f64,
    /// Fluid leaving \[°C\].
    pub supply_c: f64,
    /// Air entering \[°C\].
    pub ambient_c: f64,
    /// Warming of the air at design \[K\].
    pub air_rise_k: f64,
    /// Air pressure \[Pa\].
    pub pressure_pa: f64,
    /// Redundancy of the coolers.
    pub redundancy: Redundancy,
}

/// The dry coolers of a plant.
#[derive(Debug, Clone, PartialEq)]
pub struct DryCooler {
    installed_capacity_rate: f64,
    installed_air_kg_per_s: f64,
    fan: Fan,
    /// Effectiveness on the fluid side, one row per fluid flow share.
    effectiveness: Vec<[f64; AIR_STEPS + 1]>,
}

/// What the dry coolers do in one step.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct DryCoolerState {
    /// Heat taken from the fluid \[W\].
    pub heat_w: f64,
    /// Share of the installed air flow moved by fans.
    pub air_share: f64,
    /// Fan power \[W\].
    pub fan_w: f64,
}

impl DryCooler {
    /// Least fluid flow share of the loop.
    pub const FLUID_SHARE_MIN: f64 = 0.20;

    /// Sized for this design; the return must be warmer than the supply, the supply warmer than the air.
    pub fn new(design: &DryCoolerDesign) -> Self {
        let bank = UnitBank::new(design.heat_w, UNIT_CAPACITY_MAX_W, design.redundancy);
        let range_k = design.return_c - design.supply_c;
        let installed_air_kg_per_s = bank.total_rating() / (AIR_HEAT_CAPACITY * design.air_rise_k);
        let volume = volume_m3_per_kg(design.ambient_c, 0.0, design.pressure_pa);
        Self {
            installed_capacity_rate: bank.total_rating() / range_k,
            installed_air_kg_per_s,
            fan: Fan::new(
                installed_air_kg_per_s * volume,
                FAN_PRESSURE_PA,
                FAN_EFFICIENCY,
            ),
            effectiveness: tabulate(
                range_k / (design.return_c - design.ambient_c),
                design.air_rise_k / range_k,
            ),
        }
    }

    /// Heat capacity rate of the fluid \[W/K\] at this flow share.
    pub fn capacity_rate(&self, fluid_share: f64) -> f64 {
        self.installed_capacity_rate * fluid_share.clamp(FLUID_SHARE_MIN, 1.0)
    }

    /// Outdoor air that fans move \[kg/s\] at this share of the installed flow.
    pub fn air_kg_per_s(&self, air_share: f64) -> f64 {
        self.installed_air_kg_per_s * air_share
    }

    /// Takes up to `heat_w` \[W\] from fluid entering at `return_c` \[°C\] with this flow share.
    pub fn cool(
        &self,
        heat_w: f64,
        return_c: f64,
        fluid_share: f64,
        ambient_c: f64,
    ) -> DryCoolerState {
        let potential_w = self.capacity_rate(fluid_share) * (return_c - ambient_c);
        // Written so that no coolers, whose fluid is endlessly warm, take nothing.
        let has_potential = potential_w > 0.0 && potential_w.is_finite();
        if !has_potential || heat_w <= 0.0 {
            return DryCoolerState::default();
        }
        let needed = heat_w / potential_w;
        let row = self.row(fluid_share);
        if needed <= row.at(0) {
            return DryCoolerState {
                heat_w,
                ..DryCoolerState::default()
            };
        }
        let best = row.at(AIR_STEPS);
        if needed >= best {
            return DryCoolerState {
                heat_w: potential_w * best,
                air_share: 1.0,
                fan_w: self.fan.power_w(1.0),
            };
        }
        let air_share = row.air_share(needed);
        DryCoolerState {
            heat_w,
            air_share,
            fan_w: self.fan.power_w(air_share),
        }
    }

    fn row(&self, fluid_share: f64) -> Row<'_> {
        let position = (fluid_share.clamp(FLUID_SHARE_MIN, 1.0) - FLUID_SHARE_MIN)
            / (1.0 - FLUID_SHARE_MIN)
            * FLUID_STEPS as f64;
        let below = (position as usize).min(FLUID_STEPS - 1);
        Row {
            low: &self.effectiveness[below],
            high: &self.effectiveness[below + 1],
            weight: position - below as f64,
        }
    }
}

/// The effectiveness at one fluid flow share, between two rows of the table.
struct Row<'a> {
    low: &'a [f64; AIR_STEPS + 1],
    high: &'a [f64; AIR_STEPS + 1],
    weight: f64,
}

impl Row<'_> {
    fn at(&self, column: usize) -> f64 {
        self.low[column] + self.weight * (self.high[column] - self.low[column])
    }

    /// Air share whose effectiveness is `needed`, which lies inside the row.
    fn air_share(&self, needed: f64) -> f64 {
        let (mut below, mut above) = (0, AIR_STEPS);
        while above - below > 1 {
            let middle = usize::midpoint(below, above);
            if self.at(middle) < needed {
                below = middle;
            } else {
                above = middle;
            }
        }
        let (low, high) = (self.at(below), self.at(above));
        let column = below as f64 + (needed - low) / (high - low);
        DRAUGHT_SHARE + (1.0 - DRAUGHT_SHARE) * column / AIR_STEPS as f64
    }
}

/// Table of the fluid-side effectiveness from its design value and the capacity rate of fluid over air.
fn tabulate(design_effectiveness: f64, fluid_over_air: f64) -> Vec<[f64; AIR_STEPS + 1]> {
    let conductance = conductance_for(design_effectiveness, fluid_over_air);
    (0..=FLUID_STEPS)
        .map(|row| {
            let fluid = share(row, FLUID_STEPS, FLUID_SHARE_MIN);
            let mut columns = [0.0; AIR_STEPS + 1];
            for (column, value) in columns.iter_mut().enumerate() {
                let air = share(column, AIR_STEPS, DRAUGHT_SHARE);
                let relative = 1.0
                    / (FLUID_RESISTANCE_SHARE / libm::pow(fluid, 0.85)
                        + (1.0 - FLUID_RESISTANCE_SHARE) / libm::pow(air, 0.8));
                *value = fluid_effectiveness(conductance * relative, fluid, air / fluid_over_air);
            }
            columns
        })
        .collect()
}

fn share(step: usize, steps: usize, least: f64) -> f64 {
    least + (1.0 - least) * step as f64 / steps as f64
}

/// UA relative to the fluid's design capacity rate that reaches the design effectiveness.
fn conductance_for(design_effectiveness: f64, fluid_over_air: f64) -> f64 {
    let (mut low, mut high) = (0.0, 100.0);
    for _ in 0..60 {
        let middle = f64::midpoint(low, high);
        if fluid_effectiveness(middle, 1.0, 1.0 / fluid_over_air) < design_effectiveness {
            low = middle;
        } else {
            high = middle;
        }
    }
    f64::midpoint(low, high)
}

/// Effectiveness relative to the fluid: temperature drop of the fluid over the initial difference.
fn fluid_effectiveness(conductance: f64, fluid_rate: f64, air_rate: f64) -> f64 {
    let least = fluid_rate.min(air_rate);
    let ratio = least / fluid_rate.max(air_rate);
    let transfer_units = conductance / least;
    crossflow_effectiveness(transfer_units, ratio) * least / fluid_rate
}

/// Crossflow, both fluids unmixed, from transfer units and the ratio of the capacity rates.
fn crossflow_effectiveness(transfer_units: f64, ratio: f64) -> f64 {
    if transfer_units <= 0.0 {
        return 0.0;
    }
    let exponent = libm::exp(-ratio * libm::pow(transfer_units, 0.78)) - 1.0;
    1.0 - libm::exp(libm::pow(transfer_units, 0.22) / ratio * exponent)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cooler(redundancy: Redundancy) -> DryCooler {
        DryCooler::new(&DryCoolerDesign {
            heat_w: 1e6,
            return_c: 30.0,
            supply_c: 20.0,
            ambient_c: 14.0,
            air_rise_k: 10.0,
            pressure_pa: 101_325.0,
            redundancy,
        })
    }

    #[test]
    fn meets_its_design_point_at_full_speed() {
        let state = cooler(Redundancy::N).cool(1e6, 30.0, 1.0, 14.0);
        assert!((state.heat_w - 1e6).abs() < 1.0);
        assert!((state.air_share - 1.0).abs() < 1e-6);
        // 2.1 % of the heat
        assert!((state.fan_w / 1e6 - 0.021).abs() < 0.001, "{}", state.fan_w);
    }

    #[test]
    fn catalogue_rating_gives_its_fan_power() {
        let rated = DryCooler::new(&DryCoolerDesign {
            heat_w: 2.931e6,
            return_c: 46.11,
            supply_c: 40.55,
            ambient_c: 35.0,
            air_rise_k: 5.56,
            pressure_pa: 101_325.0,
            redundancy: Redundancy::N,
        });
        let fan_w = rated.cool(2.931e6, 46.11, 1.0, 35.0).fan_w;
        assert!((fan_w / 117_680.0 - 1.0).abs() < 0.02, "{fan_w}");
    }

    #[test]
    fn textbook_crossflow_effectiveness() {
        // Incropera, figure 11.14: NTU 1, ratio 1: about 0.48; NTU 3, ratio 0.5: about 0.82
        assert!((crossflow_effectiveness(1.0, 1.0) - 0.476).abs() < 0.01);
        assert!((crossflow_effectiveness(3.0, 0.5) - 0.82).abs() < 0.01);
    }

    #[test]
    fn bitter_cold_needs_no_fans() {
        let state = cooler(Redundancy::NPlusOne).cool(1e6, 30.0, 0.5, -45.0);
        assert_eq!(state.fan_w, 0.0);
        assert_eq!(state.heat_w, 1e6);
    }

    #[test]
    fn air_warmer_than_the_fluid_takes_nothing() {
        assert_eq!(
            cooler(Redundancy::N).cool(1e6, 30.0, 1.0, 31.0),
            DryCoolerState::default()
        );
    }

    proptest! {
        #[test]
        fn warmer_air_needs_more_fan_and_takes_no_more_heat(
            ambient in -60.0..40.0_f64, warmer in 0.0..20.0_f64, share in 0.1..1.0_f64,
        ) {
            let cooler = cooler(Redundancy::NPlusOne);
            let heat_w = 1e6 * share;
            let return_c = 20.0 + heat_w / cooler.capacity_rate(share / 2.0);
            let cold = cooler.cool(heat_w, return_c, share / 2.0, ambient);
            let warm = cooler.cool(heat_w, return_c, share / 2.0, ambient + warmer);
            prop_assert!(warm.heat_w <= cold.heat_w + 1e-6);
            if warm.heat_w > 0.0 {
                prop_assert!(warm.fan_w >= cold.fan_w - 1e-6);
            }
        }
    }
}
