//! The weekly PUE of Summit, the computer at Oak Ridge, in 2020.
//!
//! # What it computes
//! PUE of each week from its median wet bulb and IT power, out of our components: transformers, pumps, towers, a heat
//! exchanger, and chillers that trim.
//!
//! # Assumptions
//! From what is public about the plant: all heat goes to water of 21.1 °C (70 °F); towers make it as long as they can;
//! chillers of the central plant trim with water of 5.6 °C (42 °F); the machine has no UPS. The loop is sized for 13 MW.
//! Nothing is fitted.
//!
//! # References
//! Weekly values: digitised from the facility's published trend of 2020.

use angara_facility::Redundancy;
use angara_facility::cooling::chiller::Chiller;
use angara_facility::cooling::chiller::curves::WATER_COOLED_CENTRIFUGAL;
use angara_facility::cooling::pump::{
    CHILLED_WATER_HEAD_PA, Pump, PumpDesign, TOWER_WATER_HEAD_PA,
};
use angara_facility::cooling::tower::{self, Tower};
use angara_facility::power_chain::Transformer;

use crate::row::Row;
use crate::shared;

const FILE: &str = "plant/summit_2020_weekly_pue.csv";
/// Rated power of the machine \[W\].
const RATED_W: f64 = 13.0e6;
/// Water to the racks \[°C\].
const SUPPLY_C: f64 = 21.1;
/// Approach of the heat exchanger \[K\].
const EXCHANGER_K: f64 = 2.0;
/// Range of the racks' water at the rated power \[K\].
const RANGE_K: f64 = 10.0;
/// Water of the central chillers \[°C\].
const CHILLED_C: f64 = 5.6;
/// Wet bulb for which the towers are sized \[°C\].
const DESIGN_WET_BULB_C: f64 = 25.6;
const PRESSURE_PA: f64 = 98_500.0;

struct Plant {
    transformer: Transformer,
    rack_pump: Pump,
    tower: Tower,
    tower_pump: Pump,
    chiller: Chiller,
    chilled_pump: Pump,
}

pub(crate) fn rows() -> Vec<Row> {
    let Some(text) = shared::text(FILE) else {
        return vec![Row::absent("weekly PUE of Summit", FILE)];
    };
    let plant = Plant::new();
    let errors: Vec<(f64, f64)> = shared::rows(&text)
        .iter()
        .filter_map(|fields| {
            let number = |index: usize| fields.get(index)?.parse::<f64>().ok();
            let (pue, wet_bulb_f, it_mw) = (number(2)?, number(5)?, number(7)?);
            let wet_bulb_c = (wet_bulb_f - 32.0) / 1.8;
            Some((wet_bulb_c, plant.pue(it_mw * 1e6, wet_bulb_c) - pue))
        })
        .collect();
    let mean = |chosen: &[f64]| chosen.iter().sum::<f64>() / chosen.len().max(1) as f64;
    let all: Vec<f64> = errors.iter().map(|(_, error)| error.abs()).collect();
    let of = |warm: bool| -> Vec<f64> {
        errors
            .iter()
            .filter(|(wet_bulb_c, _)| (*wet_bulb_c > 18.0) == warm)
            .map(|(_, error)| *error)
            .collect()
    };
    let (cool, warm) = (of(false), of(true));
    let bias = mean(&errors.iter().map(|(_, error)| *error).collect::<Vec<_>>());
    let shape: Vec<f64> = errors
        .iter()
        .map(|(_, error)| (error - bias).abs())
        .collect();
    vec![
        Row::distance(
            "Summit 2020, weekly PUE, mean absolute error",
            "measured",
            all.len(),
            (mean(&all), 0.02),
            "",
        )
        .explained(),
        Row::reported(
            "Summit 2020, weekly PUE, mean absolute error about the bias",
            "measured",
            shape.len(),
            format!("{:.3}", mean(&shape)),
        ),
        Row::reported(
            "Summit 2020, bias in weeks of at most 18 °C wet bulb",
            "measured",
            cool.len(),
            format!("{:+.3}", mean(&cool)),
        ),
        Row::reported(
            "Summit 2020, bias in warmer weeks",
            "measured",
            warm.len(),
            format!("{:+.3}", mean(&warm)),
        ),
    ]
}

impl Plant {
    fn new() -> Self {
        let redundancy = Redundancy::N;
        let pump = |heat_w: f64, range_k: f64, head_pa: f64| {
            Pump::new(&PumpDesign {
                installed_heat_w: heat_w,
                range_k,
                head_pa,
                power_factor: 1.0,
            })
        };
        let tower = Tower::new(1.2 * RATED_W, DESIGN_WET_BULB_C, PRESSURE_PA, redundancy);
        Self {
            transformer: Transformer::new(RATED_W, redundancy),
            rack_pump: pump(RATED_W, RANGE_K, CHILLED_WATER_HEAD_PA),
            tower_pump: pump(
                tower.installed_heat_w(),
                tower::RANGE_K,
                TOWER_WATER_HEAD_PA,
            ),
            tower,
            chiller: Chiller::new(
                &WATER_COOLED_CENTRIFUGAL,
                RATED_W,
                CHILLED_C,
                tower::leaving_c(DESIGN_WET_BULB_C, tower::RANGE_K),
                redundancy,
            ),
            chilled_pump: pump(RATED_W, RANGE_K, CHILLED_WATER_HEAD_PA),
        }
    }

    fn pue(&self, it_w: f64, wet_bulb_c: f64) -> f64 {
        let rack_pump_w = self.rack_pump.power_w(it_w / RATED_W);
        let loop_w = it_w + rack_pump_w;
        let water_share = self.tower.water_share(loop_w);
        let tower_pump_w = self.tower_pump.power_w(water_share);
        let range_k = (loop_w + tower_pump_w) / self.tower.capacity_rate(water_share);
        let wanted_c = SUPPLY_C - EXCHANGER_K;
        let (fan_share, chilled_w, condenser_c) =
            if let Some(share) = tower::fan_share(wet_bulb_c, range_k, wanted_c) {
                (share, 0.0, wanted_c)
            } else {
                let leaving_c = tower::leaving_c(wet_bulb_c, range_k);
                let share = ((leaving_c - wanted_c) / RANGE_K).clamp(0.0, 1.0);
                (1.0, share * loop_w, leaving_c)
            };
        let compressor_w = self.chiller.run(chilled_w, condenser_c).compressor_w;
        let mechanical_w = rack_pump_w
            + tower_pump_w
            + self.tower.fan_w(fan_share * water_share)
            + compressor_w
            + self.chilled_pump.power_w(chilled_w / RATED_W);
        let low_voltage_w = it_w + mechanical_w;
        (low_voltage_w + self.transformer.loss_w(low_voltage_w)) / it_w
    }
}
