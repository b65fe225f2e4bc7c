//! A glycol loop over dry coolers with chillers behind them, at any water temperature.
//!
//! # What it computes
//! Each step, the cheaper of two ways: dry coolers first and chillers for what they cannot take, or chillers
//! alone with the dry coolers' fans off.
//!
//! ```text
//!  heat ─► pump ─► dry coolers ─► chiller evaporators ─► heat
//!                    └─ bypass ─────▲
//! ```
//!
//! # Assumptions
//! Variable flow, in series through dry coolers and chillers; the bypass keeps the supply temperature at any cold. The
//! chillers carry the whole load on the hottest day.
//!
//! # Valid range
//! As the components.
//!
//! # References
//! As the components.

use super::CoolingMode;
use super::packaged_chiller::PackagedChiller;
use crate::cooling::pump::{CHILLED_WATER_HEAD_PA, Pump, PumpDesign};
use crate::cooling::{DryCooler, DryCoolerDesign, pump_power_factor};
use crate::design::DesignConditions;
use crate::redundancy::UnitBank;

/// Largest pump \[W of heat\]; an assumption.
const PUMP_CAPACITY_MAX_W: f64 = 2.0e6;

/// What a loop is sized for.
#[derive(Debug, Clone, Copy)]
pub(super) struct DryLoopDesign {
    /// Heat at design \[W\].
    pub(super) heat_w: f64,
    /// Supply temperature \[°C\].
    pub(super) supply_c: f64,
    /// Range at design \[K\].
    pub(super) range_k: f64,
    /// Ambient up to which the dry coolers carry the whole load \[°C\].
    pub(super) free_up_to_c: f64,
    /// Warming of the air in the dry coolers at design \[K\].
    pub(super) air_rise_k: f64,
}

/// A sized loop.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct DryLoop {
    supply_c: f64,
    bank: UnitBank,
    pump: Pump,
    dry_cooler: DryCooler,
    chiller: PackagedChiller,
}

/// What it does in one step.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct LoopHour {
    pub(super) mode: CoolingMode,
    pub(super) pump_w: f64,
    pub(super) compressor_w: f64,
    pub(super) fan_w: f64,
    pub(super) heat_rejected_w: f64,
    pub(super) unmet_w: f64,
}

impl DryLoop {
    pub(super) fn new(loop_design: &DryLoopDesign, design: &DesignConditions) -> Self {
        let redundancy = design.cooling_redundancy;
        let bank = UnitBank::new(loop_design.heat_w, PUMP_CAPACITY_MAX_W, redundancy);
        let pump = Pump::new(&PumpDesign {
            installed_heat_w: bank.total_rating(),
            range_k: loop_design.range_k,
            head_pa: CHILLED_WATER_HEAD_PA,
            power_factor: pump_power_factor(design.coldest_dry_bulb_c),
        });
        let loop_heat_w = loop_design.heat_w + pump.power_w(1.0);
        Self {
            supply_c: loop_design.supply_c,
            bank,
            pump,
            dry_cooler: DryCooler::new(&DryCoolerDesign {
                heat_w: loop_heat_w,
                return_c: loop_design.supply_c + loop_design.range_k,
                supply_c: loop_design.supply_c,
                ambient_c: loop_design.free_up_to_c,
                air_rise_k: loop_design.air_rise_k,
                pressure_pa: design.pressure_pa,
                redundancy,
            }),
            chiller: PackagedChiller::new(loop_heat_w, loop_design.supply_c, design),
        }
    }

    /// Takes `heat_w` \[W\] at this ambient \[°C\].
    pub(super) fn run(&self, heat_w: f64, ambient_c: f64) -> LoopHour {
        if heat_w <= 0.0 {
            return LoopHour::default();
        }
        let flow_share = self
            .bank
            .share(heat_w)
            .clamp(DryCooler::FLUID_SHARE_MIN, 1.0);
        let pump_w = self.pump.power_w(flow_share);
        let loop_w = heat_w + pump_w;
        let return_c = self.supply_c + loop_w / self.dry_cooler.capacity_rate(flow_share);
        let dry = self
            .dry_cooler
            .cool(loop_w, return_c, flow_share, ambient_c);
        let way = |dry_w: f64, fan_w: f64| self.way(ambient_c, pump_w, loop_w, dry_w, fan_w);
        if dry.heat_w >= loop_w {
            way(loop_w, dry.fan_w)
        } else if dry.heat_w > 0.0 {
            way(dry.heat_w, dry.fan_w).better(way(0.0, 0.0))
        } else {
            way(0.0, 0.0)
        }
    }

    /// The dry coolers take `dry_w` of the loop's heat, the chillers the rest.
    fn way(&self, ambient_c: f64, pump_w: f64, loop_w: f64, dry_w: f64, fan_w: f64) -> LoopHour {
        let trim = self.chiller.run(loop_w - dry_w, ambient_c);
        let mode = if dry_w >= loop_w {
            CoolingMode::Free
        } else if dry_w > 0.0 {
            CoolingMode::Partial
        } else {
            CoolingMode::Mechanical
        };
        LoopHour {
            mode,
            pump_w,
            compressor_w: trim.compressor_w,
            fan_w,
            heat_rejected_w: dry_w + trim.heat_rejected_w,
            unmet_w: trim.unmet_w,
        }
    }
}

impl LoopHour {
    /// The better of two ways to run: first less unmet heat, then less power.
    fn better(self, other: Self) -> Self {
        let power_w = |hour: &Self| hour.compressor_w + hour.fan_w;
        if super::is_better(
            (other.unmet_w, power_w(&other)),
            (self.unmet_w, power_w(&self)),
        ) {
            other
        } else {
            self
        }
    }
}
