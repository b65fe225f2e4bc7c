//! Settings of the scenario as a whole.

use angara_quantity::{Duration, Money};

/// The planned years.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Horizon {
    /// First calendar year.
    pub first_year: i32,
    /// Number of years; a period is one year.
    pub years: u32,
    /// First year of the horizon in which demand is served; before it only building goes on.
    pub service_from: u32,
}

impl Horizon {
    /// Calendar year of a year of the horizon.
    pub fn calendar_year(self, year: u32) -> i32 {
        self.first_year + year as i32
    }
}

/// Settings of the planner.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Planning {
    /// Relative gap at which a plan counts as proven [1].
    pub gap: f64,
    /// Branch-and-bound nodes after which the best plan so far is taken, with its gap named.
    pub node_limit: u64,
    /// Cases of the proof of the plan's bound, which `angara certify` checks; one is the relaxation alone.
    pub certificate_cases: u64,
    /// Share of orders that come in time with the lead time that is planned with [1].
    pub lead_confidence: f64,
    /// Rounds of plan, prove, repair.
    pub rounds: u32,
    /// Capacity held above the peak demand [1].
    pub headroom: f64,
    /// Racks kept spare per hall for the loss of a unit [1].
    pub unit_reserve: f64,
}

/// Settings of the simulator.
#[derive(Debug, Clone, PartialEq)]
pub struct Simulation {
    /// Length of a step, 5 to 60 minutes.
    pub step: Duration,
    /// Years of the horizon whose hourly tables are kept in the run folder.
    pub hourly_years: Vec<u32>,
    /// Reserved cores over physical cores for interactive services [1].
    pub overcommit: f64,
    /// Standard deviation of a task's demand around its profile [1].
    pub noise: f64,
}

/// Prices and rates that hold everywhere.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Prices {
    /// Discount rate per year, nominal [1].
    pub discount_rate: f64,
    /// Growth of wages and other operating prices per year [1].
    pub escalation: f64,
    /// Yearly maintenance as a share of capital spent [1].
    pub maintenance: f64,
    /// Price of carbon per tonne; zero where none is paid.
    pub carbon_per_tonne: Money,
}

/// Plant that every hall needs, as rated power over hall IT power [1].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct HallPlant {
    /// Uninterruptible supplies.
    pub ups: f64,
    /// Transformers.
    pub transformer: f64,
    /// Generators.
    pub generator: f64,
    /// Heat rejection: the kind follows from the site's cooling.
    pub cooling: f64,
}
