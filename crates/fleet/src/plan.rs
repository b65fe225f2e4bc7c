//! The decision: sites, halls, orders, assignment of demand, leases.

use angara_scenario::{Index, Scenario};

/// What to build, order and lease, and who serves whom.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Plan {
    /// Halls by site and year, in the order of the scenario's sites.
    pub sites: Vec<SitePlan>,
    /// Orders, by order year, site and equipment.
    pub orders: Vec<Order>,
    /// Demand served, by year, service, place and site; rows of share zero are left out.
    pub assignments: Vec<Assignment>,
    /// Leased rates, by year and link; rows of rate zero are left out.
    pub leases: Vec<Lease>,
}

/// Growth of one site.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SitePlan {
    /// Year of the horizon in which opening is decided; `None` where the site is never opened.
    pub opened: Option<u32>,
    /// Halls decided on, by year of the decision; existing halls are not among them.
    pub halls_ordered: Vec<u32>,
    /// Halls usable, by year of the horizon, existing ones included.
    pub halls_usable: Vec<u32>,
}

/// One order of equipment for a site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Order {
    /// Equipment.
    pub equipment: Index,
    /// Site it goes to.
    pub site: Index,
    /// Year of the horizon in which it is ordered and paid.
    pub year: u32,
    /// Year of the horizon from which it is usable.
    pub usable_from: u32,
    /// Smallest orders taken.
    pub lots: u64,
    /// Units: lots times the lot size.
    pub units: u64,
}

/// Share of the demand of a service at a place that a site serves in a year.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Assignment {
    /// Year of the horizon.
    pub year: u32,
    /// Service.
    pub service: Index,
    /// Place.
    pub place: Index,
    /// Site.
    pub site: Index,
    /// Share of the demand for which this site holds capacity [1]; shares of a pair sum to its replicas.
    pub share: f64,
}

/// Rate leased on a link in a year.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Lease {
    /// Year of the horizon.
    pub year: u32,
    /// Link.
    pub link: Index,
    /// Rate [bit/s].
    pub bits_per_second: f64,
}

impl Plan {
    /// Units of an equipment in use at a site in a year: arrived and not yet at the end of their life.
    pub fn units_in_use(
        &self,
        scenario: &Scenario,
        equipment: Index,
        site: Index,
        year: u32,
    ) -> u64 {
        let life_years = scenario.equipment[equipment].life_years;
        self.orders
            .iter()
            .filter(|order| {
                order.equipment == equipment
                    && order.site == site
                    && order.usable_from <= year
                    && year < order.usable_from + life_years
            })
            .map(|order| order.units)
            .sum()
    }

    /// Nameplate power of the servers in use at a site in a year [W].
    pub fn nameplate_it_w(&self, scenario: &Scenario, site: Index, year: u32) -> f64 {
        scenario
            .equipment
            .iter()
            .enumerate()
            .filter(|(_, entry)| entry.kind.is_server())
            .map(|(equipment, entry)| {
                self.units_in_use(scenario, equipment, site, year) as f64 * entry.peak_w
            })
            .sum()
    }
}
