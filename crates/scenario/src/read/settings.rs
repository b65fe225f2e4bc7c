//! Promises, planning, simulation, prices and plant: the blocks of the settings file.

use angara_diagnostics::Diagnostic;
use angara_quantity::{Currency, Duration, Money, Per};

use super::section::Section;
use crate::model::{HallPlant, Horizon, Planning, Prices, Promises, Simulation};
use crate::reading::Reading;
use crate::written::{Bounds, Carbon};

/// Keys of `promises`.
pub(crate) const PROMISE_KEYS: &[&str] = &["unserved", "net_present_cost", "carbon", "batch_wait"];
/// Keys of `planning`.
pub(crate) const PLANNING_KEYS: &[&str] = &[
    "gap",
    "node_limit",
    "certificate_cases",
    "lead_confidence",
    "rounds",
    "headroom",
    "unit_reserve",
];
/// Keys of `simulation`.
pub(crate) const SIMULATION_KEYS: &[&str] = &["step", "hourly_years", "overcommit", "noise"];
/// Keys of `prices`.
pub(crate) const PRICE_KEYS: &[&str] = &["discount_rate", "escalation", "maintenance", "carbon"];
/// Keys of `hall_plant`.
pub(crate) const HALL_PLANT_KEYS: &[&str] = &["ups", "transformer", "generator", "cooling"];

/// Reads `promises`.
pub(crate) fn promises(root: &Section<'_>) -> Promises {
    let section = root.section("promises", PROMISE_KEYS);
    let wait = Bounds::new(0.0, 8760.0 * 3.6e6, "a duration from 0 to a year");
    Promises {
        unserved_share: section.field("unserved").fraction(Bounds::SHARE),
        carbon_tonnes_per_year: section
            .given("carbon")
            .map(|field| field.quantity::<Carbon>(Bounds::NOT_NEGATIVE)),
        net_present_cost: section
            .given("net_present_cost")
            .and_then(|field| field.money()),
        batch_wait_hours: section.field("batch_wait").duration(wait).hours(),
    }
}

/// Reads `planning`.
pub(crate) fn planning(root: &Section<'_>) -> Planning {
    let section = root.section("planning", PLANNING_KEYS);
    Planning {
        gap: section.field("gap").fraction(Bounds::SHARE),
        node_limit: section.field("node_limit").whole(1..=1_000_000_000),
        certificate_cases: section.field("certificate_cases").whole(1..=10_000),
        lead_confidence: section.field("lead_confidence").fraction(Bounds::new(
            0.01,
            0.99,
            "a share from 1 % to 99 %",
        )),
        rounds: section.field("rounds").count(1..=50),
        headroom: section.field("headroom").fraction(Bounds::new(
            0.0,
            10.0,
            "a share from 0 % to 1000 %",
        )),
        unit_reserve: section.field("unit_reserve").fraction(Bounds::SHARE),
    }
}

/// Reads `simulation`.
pub(crate) fn simulation(root: &Section<'_>, horizon: Horizon, reading: &Reading) -> Simulation {
    let section = root.section("simulation", SIMULATION_KEYS);
    Simulation {
        step: step(&section),
        hourly_years: hourly_years(&section, horizon, reading),
        overcommit: section.field("overcommit").number(Bounds::new(
            1.0,
            20.0,
            "a ratio from 1 to 20",
        )),
        noise: section.field("noise").fraction(Bounds::SHARE),
    }
}

fn step(section: &Section<'_>) -> Duration {
    const MINUTE_MS: f64 = 60_000.0;
    const DAY_MS: i64 = 86_400_000;
    let field = section.field("step");
    let bounds = Bounds::new(
        5.0 * MINUTE_MS,
        60.0 * MINUTE_MS,
        "a duration from 5 min to 60 min",
    );
    let milliseconds = field.quantity::<Duration>(bounds);
    if milliseconds.is_nan() {
        return Duration::default();
    }
    let step = Duration::from_milliseconds(milliseconds as i64);
    if DAY_MS % step.milliseconds() != 0 {
        field.push(
            Diagnostic::error(
                "step-does-not-divide-day",
                format!("steps of {step} do not fill a day"),
            )
            .expected("a step that divides 24 h, such as 5 min, 10 min, 15 min, 30 min or 1 h"),
        );
    }
    step
}

fn hourly_years(section: &Section<'_>, horizon: Horizon, reading: &Reading) -> Vec<u32> {
    let Some(fields) = section.items("hourly_years") else {
        reading.used_default("simulation.hourly_years");
        return vec![horizon.years - 1];
    };
    let mut years = Vec::new();
    for field in fields {
        let Some(year) = field.year() else { continue };
        match u32::try_from(year - horizon.first_year)
            .ok()
            .filter(|at| *at < horizon.years)
        {
            Some(at) => years.push(at),
            None if horizon.first_year > 0 => field.push(
                Diagnostic::error(
                    "year-outside-horizon",
                    format!("{year} is outside the horizon"),
                )
                .expected(format!(
                    "a year from {} to {}",
                    horizon.first_year,
                    horizon.calendar_year(horizon.years - 1)
                )),
            ),
            None => {}
        }
    }
    years.sort_unstable();
    years.dedup();
    years
}

/// Reads `prices`.
pub(crate) fn prices(root: &Section<'_>, currency: Currency) -> Prices {
    let section = root.section("prices", PRICE_KEYS);
    let rate = Bounds::new(0.0, 1.0, "a rate per year from 0 % to 100 %");
    Prices {
        discount_rate: section.field("discount_rate").fraction(rate),
        escalation: section.field("escalation").fraction(Bounds::DRIFT),
        maintenance: section.field("maintenance").fraction(rate),
        carbon_per_tonne: section
            .field("carbon")
            .price(Per::Tonne)
            .map_or(Money::zero(currency), |price| price.amount_for(1.0)),
    }
}

/// Reads `hall_plant`.
pub(crate) fn hall_plant(root: &Section<'_>) -> HallPlant {
    let section = root.section("hall_plant", HALL_PLANT_KEYS);
    let bounds = Bounds::new(0.0, 10.0, "a ratio from 0 % to 1000 %");
    let share = |key| section.field(key).fraction(bounds);
    HallPlant {
        ups: share("ups"),
        transformer: share("transformer"),
        generator: share("generator"),
        cooling: share("cooling"),
    }
}
