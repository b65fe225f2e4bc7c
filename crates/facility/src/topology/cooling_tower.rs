//! Water-cooled chillers with cooling towers and a water-side economiser.
//!
//! # What it computes
//! Each step: below 2 °C the dry section of the towers carries the load without water; else, where the tower can
//! make water cold enough, the economiser carries it; else the cheaper of economiser plus chillers in
//! series, or chillers alone. An economiser beside the chillers (parallel) carries everything or nothing; closed towers
//! cost their coil and its spray.
//!
//! ```text
//!  halls ─► air handlers ─► pump ─► heat exchanger ─► chiller evaporators ─► air handlers
//!                                      ▲    │
//!  towers ◄── chiller condensers ◄─────│────┘ (tower water, warmed by both)
//!     └──► tower pump ─────────────────┘
//! ```
//!
//! # Assumptions
//! Towers are hybrid cells with a dry coil that carries the whole load at 2 °C. In frost the chillers stay off:
//! what the dry section cannot carry is unmet. Fan heat of towers and dry section goes straight to the
//! air. The range of the tower water for the approach is the one at the design COP.
//!
//! # Valid range
//! As the components.
//!
//! # References
//! As the components. Water of 18/26 °C, 2 K in the heat exchanger (Lei and Masanet: 1.7 to 2.8 K).

use super::{CoolingHour, CoolingMode};
use crate::cooling::chiller::Chiller;
use crate::cooling::chiller::curves::WATER_COOLED_CENTRIFUGAL;
use crate::cooling::pump::{CHILLED_WATER_HEAD_PA, Pump, PumpDesign, TOWER_WATER_HEAD_PA};
use crate::cooling::tower::{self, Tower, WET_OPERATION_MIN_C, closed};
use crate::cooling::{AirHandler, AirStream, DryCooler, DryCoolerDesign, pump_power_factor};
use crate::design::DesignConditions;
use crate::redundancy::UnitBank;
use crate::settings::{PlantSettings, TowerKind, WaterEconomiser};
use crate::weather::HourAir;

/// Total pressure of the air handlers' fans \[Pa\]; an assumption inside Lei and Masanet's 300 to 1000 Pa.
const FAN_PRESSURE_PA: f64 = 350.0;
/// Chilled water supply \[°C\].
const SUPPLY_C: f64 = 18.0;
/// Chilled water range at design \[K\].
const RANGE_K: f64 = 8.0;
/// Approach of the heat exchanger of the economiser \[K\].
const EXCHANGER_APPROACH_K: f64 = 2.0;
/// Warming of the air in the dry section at design \[K\].
const DRY_AIR_RISE_K: f64 = 12.0;
/// Largest pump \[W of heat\]; an assumption.
const PUMP_CAPACITY_MAX_W: f64 = 2.0e6;
/// Least share of the chilled water flow.
const FLOW_SHARE_MIN: f64 = 0.20;

/// Sized chillers and towers.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct CoolingTower {
    handler: AirHandler,
    loop_bank: UnitBank,
    pump: Pump,
    chiller: Chiller,
    tower: Tower,
    tower_pump: Pump,
    dry_section: DryCooler,
    /// Whether the economiser precools what the chillers finish.
    precools: bool,
    /// Water of the loop above that of the towers \[K\].
    coil_approach_k: f64,
    /// Pumps of closed towers' spray \[W\].
    spray_pump_w: f64,
    /// Heat at the towers over heat of the loop while all of it passes the chillers at design.
    rejection_factor: f64,
}

/// What both water loops do in one step, before the way to run is chosen.
struct Loops {
    stream: AirStream,
    pump_w: f64,
    tower_pump_w: f64,
    /// Heat of the chilled water.
    loop_w: f64,
    chilled_rate: f64,
    return_c: f64,
    water_share: f64,
    tower_rate: f64,
}

impl CoolingTower {
    pub(super) fn new(
        hall_heat_w: f64,
        design: &DesignConditions,
        settings: &PlantSettings,
    ) -> Self {
        let (coil_approach_k, spray_pump_share) = match settings.tower {
            TowerKind::Open => (0.0, 0.0),
            TowerKind::Closed => (closed::COIL_APPROACH_K, closed::SPRAY_PUMP_SHARE),
        };
        let redundancy = design.cooling_redundancy;
        let handler = AirHandler::new(hall_heat_w, FAN_PRESSURE_PA, design.pressure_pa, redundancy);
        let coil_w = handler.supply(hall_heat_w, design.pressure_pa).heat_w;
        let loop_bank = UnitBank::new(coil_w, PUMP_CAPACITY_MAX_W, redundancy);
        let pump = Pump::new(&PumpDesign {
            installed_heat_w: loop_bank.total_rating(),
            range_k: RANGE_K,
            head_pa: CHILLED_WATER_HEAD_PA,
            power_factor: 1.0,
        });
        let loop_w = coil_w + pump.power_w(1.0);
        let tower_pump_of = |installed_heat_w: f64| {
            Pump::new(&PumpDesign {
                installed_heat_w,
                range_k: tower::RANGE_K,
                head_pa: TOWER_WATER_HEAD_PA,
                power_factor: pump_power_factor(design.coldest_dry_bulb_c),
            })
        };
        // The tower pumps' heat widens the range, and so warms the condensers.
        let range_k = tower::RANGE_K * (1.0 + tower_pump_of(1.0).power_w(1.0));
        let condenser_c = tower::leaving_c(design.wet_bulb_c, range_k) + coil_approach_k;
        let chiller = Chiller::new(
            &WATER_COOLED_CENTRIFUGAL,
            loop_w,
            SUPPLY_C,
            condenser_c,
            redundancy,
        );
        let rejection_factor = if loop_w > 0.0 {
            1.0 + chiller.run(loop_w, condenser_c).compressor_w / loop_w
        } else {
            1.0
        };
        let tower = Tower::new(
            loop_w * rejection_factor,
            design.wet_bulb_c,
            design.pressure_pa,
            redundancy,
        );
        let exchanger_c = SUPPLY_C - EXCHANGER_APPROACH_K;
        let tower_pump = tower_pump_of(tower.installed_heat_w());
        let dry_heat_w = loop_w + tower_pump.power_w(1.0);
        Self {
            precools: settings.economiser == WaterEconomiser::Series,
            coil_approach_k,
            spray_pump_w: spray_pump_share * tower.installed_heat_w(),
            handler,
            loop_bank,
            pump,
            chiller,
            tower,
            tower_pump,
            dry_section: DryCooler::new(&DryCoolerDesign {
                heat_w: dry_heat_w,
                return_c: exchanger_c + tower::RANGE_K / rejection_factor,
                supply_c: exchanger_c,
                ambient_c: WET_OPERATION_MIN_C,
                air_rise_k: DRY_AIR_RISE_K,
                pressure_pa: design.pressure_pa,
                redundancy,
            }),
            rejection_factor,
        }
    }

    pub(super) fn hour(&self, air: &HourAir, hall_heat_w: f64) -> CoolingHour {
        let stream = self.handler.supply(hall_heat_w, air.pressure_pa);
        if stream.heat_w <= 0.0 {
            return CoolingHour {
                unmet_w: stream.unmet_w,
                ..CoolingHour::default()
            };
        }
        if self.loop_bank.total_rating() <= 0.0 || self.tower.installed_heat_w() <= 0.0 {
            // The only pump or the only tower has failed.
            return CoolingHour {
                mode: CoolingMode::Mechanical,
                fan_w: stream.fan_w,
                unmet_w: stream.unmet_w + stream.heat_w,
                ..CoolingHour::default()
            };
        }
        let loops = self.loops(stream);
        if air.dry_bulb_c < WET_OPERATION_MIN_C {
            self.dry(air, &loops)
        } else {
            let rejected = self
                .free(air, &loops)
                .unwrap_or_else(|| self.mechanical(air, &loops));
            rejected.with_water(air)
        }
    }

    /// The cheaper of the economiser with the chillers behind it, and the chillers alone.
    fn mechanical(&self, air: &HourAir, loops: &Loops) -> Rejected {
        let leaving_c =
            tower::leaving_c(air.wet_bulb_c, self.full_range_k(loops)) + self.coil_approach_k;
        let precooled_w = (loops.chilled_rate
            * (loops.return_c - leaving_c - EXCHANGER_APPROACH_K))
            .clamp(0.0, loops.loop_w);
        let chillers_alone = self.chilled(loops, leaving_c, 0.0);
        if self.precools && precooled_w > 0.0 {
            self.chilled(loops, leaving_c, precooled_w)
                .better(chillers_alone)
        } else {
            chillers_alone
        }
    }

    fn loops(&self, stream: AirStream) -> Loops {
        let flow_share = self
            .loop_bank
            .share(stream.heat_w)
            .clamp(FLOW_SHARE_MIN, 1.0);
        let pump_w = self.pump.power_w(flow_share);
        let loop_w = stream.heat_w + pump_w;
        let chilled_rate = self.loop_bank.total_rating() / RANGE_K * flow_share;
        let water_share = self.tower.water_share(loop_w * self.rejection_factor);
        Loops {
            stream,
            pump_w,
            tower_pump_w: self.tower_pump.power_w(water_share),
            loop_w,
            chilled_rate,
            return_c: SUPPLY_C + loop_w / chilled_rate,
            water_share,
            tower_rate: self.tower.capacity_rate(water_share),
        }
    }

    /// Range of the tower water with all heat through the chillers at the design COP.
    fn full_range_k(&self, loops: &Loops) -> f64 {
        (loops.loop_w * self.rejection_factor + loops.tower_pump_w) / loops.tower_rate
    }

    /// Frost: the dry section holds the economiser's water temperature without evaporation.
    fn dry(&self, air: &HourAir, loops: &Loops) -> CoolingHour {
        let heat_w = loops.loop_w + loops.tower_pump_w;
        let supply_c = SUPPLY_C - EXCHANGER_APPROACH_K;
        let return_c = supply_c + heat_w / self.dry_section.capacity_rate(loops.water_share);
        let dry = self
            .dry_section
            .cool(heat_w, return_c, loops.water_share, air.dry_bulb_c);
        CoolingHour {
            heat_rejection_fan_w: dry.fan_w,
            heat_rejected_w: dry.heat_w,
            heat_outdoors_w: dry.fan_w,
            unmet_w: loops.stream.unmet_w + heat_w - dry.heat_w,
            ..loops.hour(CoolingMode::Free)
        }
    }

    /// The economiser alone, where the towers make water cold enough.
    fn free(&self, air: &HourAir, loops: &Loops) -> Option<Rejected> {
        let heat_w = loops.loop_w + loops.tower_pump_w;
        let range_k = heat_w / loops.tower_rate;
        let leaving_c = SUPPLY_C - EXCHANGER_APPROACH_K;
        let fan_share =
            tower::fan_share(air.wet_bulb_c, range_k, leaving_c - self.coil_approach_k)?;
        let hour = loops.hour(CoolingMode::Free);
        let mean_water_c = leaving_c + range_k / 2.0;
        Some(self.rejected(hour, heat_w, mean_water_c, fan_share * loops.water_share))
    }

    /// Full fans, `precooled_w` through the economiser, the rest through the chillers behind it.
    fn chilled(&self, loops: &Loops, leaving_c: f64, precooled_w: f64) -> Rejected {
        let load_w = loops.loop_w - precooled_w;
        let entering_c = leaving_c + precooled_w / loops.tower_rate;
        let state = self.chiller.run(load_w, entering_c);
        let heat_w = precooled_w + state.cooling_w + state.compressor_w + loops.tower_pump_w;
        let mode = if precooled_w > 0.0 {
            CoolingMode::Partial
        } else {
            CoolingMode::Mechanical
        };
        let hour = CoolingHour {
            compressor_w: state.compressor_w,
            unmet_w: loops.stream.unmet_w + load_w - state.cooling_w,
            ..loops.hour(mode)
        };
        let mean_water_c = leaving_c + heat_w / loops.tower_rate / 2.0;
        self.rejected(hour, heat_w, mean_water_c, loops.water_share)
    }

    fn rejected(
        &self,
        hour: CoolingHour,
        heat_w: f64,
        mean_water_c: f64,
        air_share: f64,
    ) -> Rejected {
        let heat_rejection_fan_w = self.tower.fan_w(air_share);
        Rejected {
            hour: CoolingHour {
                heat_rejection_fan_w,
                pump_w: hour.pump_w + self.spray_pump_w,
                heat_rejected_w: heat_w,
                heat_outdoors_w: heat_rejection_fan_w + self.spray_pump_w,
                ..hour
            },
            mean_water_c: mean_water_c - self.coil_approach_k,
        }
    }
}

/// A way to run the wet towers, before its water is known.
#[derive(Clone, Copy)]
struct Rejected {
    hour: CoolingHour,
    mean_water_c: f64,
}

impl Rejected {
    fn better(self, other: Self) -> Self {
        if other.hour.is_better_than(&self.hour) {
            other
        } else {
            self
        }
    }

    /// Adds the water that evaporates and is bled.
    fn with_water(self, air: &HourAir) -> CoolingHour {
        let evaporated =
            tower::evaporation_kg_per_s(air, self.hour.heat_rejected_w, self.mean_water_c);
        CoolingHour {
            water_evaporated_kg_per_s: evaporated,
            water_blowdown_kg_per_s: tower::blowdown_kg_per_s(evaporated),
            ..self.hour
        }
    }
}

impl Loops {
    fn hour(&self, mode: CoolingMode) -> CoolingHour {
        CoolingHour {
            mode,
            fan_w: self.stream.fan_w,
            pump_w: self.pump_w + self.tower_pump_w,
            unmet_w: self.stream.unmet_w,
            ..CoolingHour::default()
        }
    }
}
