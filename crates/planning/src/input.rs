//! What the planner is given.

use angara_network::Routes;
use angara_scenario::{Index, Scenario};

/// Everything a plan follows from.
#[derive(Debug, Clone, Copy)]
pub struct PlanningInput<'a> {
    /// The checked scenario.
    pub scenario: &'a Scenario,
    /// Shortest routes of that scenario.
    pub routes: &'a Routes,
    /// Energy and water factors by site, in the order of the scenario's sites.
    pub sites: &'a [SiteFactors],
    /// What a simulation of an earlier plan has taught; each repair only tightens.
    pub repairs: &'a [Repair],
    /// How hard to look.
    pub effort: Effort,
}

/// What a site draws beyond its servers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SiteFactors {
    /// Energy drawn from the grid over energy of the servers, over a year [1].
    pub mean_pue: f64,
    /// Power drawn from the grid over power of the servers, at the worst hour [1].
    pub peak_pue: f64,
    /// Water drawn per energy of the servers [m³/kWh].
    pub water_m3_per_it_kwh: f64,
}

/// When to stop looking for a better plan.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Effort {
    /// Relative gap at which a plan counts as proven [1].
    pub gap: f64,
    /// Branch-and-bound nodes after which the best plan so far is taken.
    pub node_limit: u64,
    /// Cases of the proof of a bound; one is the relaxation alone.
    pub cases: u64,
}

impl Effort {
    /// The effort that the scenario asks for.
    pub fn of(scenario: &Scenario) -> Self {
        Self {
            gap: scenario.planning.gap,
            node_limit: scenario.planning.node_limit,
            cases: scenario.planning.certificate_cases,
        }
    }
}

/// One lesson of a simulation, sent back to the planner.
///
/// Repairs add up: of several values for one factor the worst holds, shares multiply, amounts sum.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Repair {
    /// The yearly energy of a site was worse than planned with: facility energy over IT energy is `value` [1].
    MeanPue {
        /// Site.
        site: Index,
        /// Year of the horizon.
        year: u32,
        /// Facility energy over IT energy [1].
        value: f64,
    },
    /// The worst hour of a site was worse than planned with: facility power over IT power is `value` [1].
    PeakPue {
        /// Site.
        site: Index,
        /// Year of the horizon.
        year: u32,
        /// Facility power over IT power [1].
        value: f64,
    },
    /// Demand went unserved at a site: hold `factor` times the capacity for the same demand.
    MoreHeadroom {
        /// Site.
        site: Index,
        /// Year of the horizon.
        year: u32,
        /// Capacity held over capacity planned with so far [1], at least one.
        factor: f64,
    },
    /// A service went unserved or its jobs waited too long: hold `factor` times the capacity for it.
    MoreForService {
        /// Service.
        service: Index,
        /// Year of the horizon.
        year: u32,
        /// Capacity held over capacity planned with so far [1], at least one.
        factor: f64,
    },
    /// A site drew more than its firm grid power: plan with `by_w` less of it [W].
    LessGrid {
        /// Site.
        site: Index,
        /// Year of the horizon.
        year: u32,
        /// Power withheld [W].
        by_w: f64,
    },
    /// A site drew more water than planned with: water per IT energy is `value` [m³/kWh].
    Water {
        /// Site.
        site: Index,
        /// Year of the horizon.
        year: u32,
        /// Water per IT energy [m³/kWh].
        value: f64,
    },
    /// Energy, and with it carbon, was underestimated: count `factor` times the energy of a site in a year.
    MoreEnergy {
        /// Site.
        site: Index,
        /// Year of the horizon.
        year: u32,
        /// Energy simulated over energy planned [1], at least one.
        factor: f64,
    },
}
