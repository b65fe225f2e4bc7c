//! The checked scenario: plain values, every reference resolved to an index, every unit in SI.

mod climate;
mod demand;
mod equipment;
mod future;
mod grid;
mod lead_time;
mod link;
mod money;
mod origin;
mod party;
mod place;
mod promise;
mod service;
mod settings;
mod site;

pub use climate::{Climate, MonthlyNormal, WeatherSource};
pub use demand::DemandUnits;
pub use equipment::{Equipment, EquipmentKind};
pub use future::Future;
pub use grid::Grid;
pub use link::{Link, LinkEnd, RoundTripProvenance};
pub use money::CurrencyRate;
pub use origin::{Origin, SupplyLimit};
pub use party::{Budget, Party};
pub use place::Place;
pub use promise::Promises;
pub use service::{LoadKind, Profile, Residency, Service};
pub use settings::{HallPlant, Horizon, Planning, Prices, Simulation};
pub use site::{Cooling, GridLimit, Site};

use angara_quantity::Currency;

/// Index of a row in its table of the scenario.
pub type Index = usize;

/// All that the user wrote, checked.
#[derive(Debug, Clone, PartialEq)]
pub struct Scenario {
    /// Short name, shown as the title of the report.
    pub name: String,
    /// What the scenario is about, in the user's words.
    pub description: String,
    /// Years planned for.
    pub horizon: Horizon,
    /// Currency of every total.
    pub currency: Currency,
    /// Seed of every random stream.
    pub seed: u64,
    /// What the plan must keep.
    pub promises: Promises,
    /// Settings of the planner.
    pub planning: Planning,
    /// Settings of the simulator.
    pub simulation: Simulation,
    /// Discounting and prices that hold everywhere.
    pub prices: Prices,
    /// Plant that every hall needs.
    pub hall_plant: HallPlant,
    /// Processor platforms, in the order first named by the equipment.
    pub platforms: Vec<String>,
    /// Rates into the currency of the totals; that currency itself is among them with rate 1.
    pub currencies: Vec<CurrencyRate>,
    /// Electricity grids.
    pub grids: Vec<Grid>,
    /// Climates that sites refer to.
    pub climates: Vec<Climate>,
    /// Places where demand arises.
    pub places: Vec<Place>,
    /// Candidate and existing sites.
    pub sites: Vec<Site>,
    /// Shapes of demand over day, week and year.
    pub profiles: Vec<Profile>,
    /// Services.
    pub services: Vec<Service>,
    /// Users of a service at a place beyond those that follow from population.
    pub demand: Vec<DemandUnits>,
    /// Equipment catalogue.
    pub equipment: Vec<Equipment>,
    /// Supply origins.
    pub origins: Vec<Origin>,
    /// Quantity limits by origin, kind and year.
    pub supply: Vec<SupplyLimit>,
    /// Network links.
    pub links: Vec<Link>,
    /// Parties.
    pub parties: Vec<Party>,
    /// Investment budgets by party and year.
    pub budgets: Vec<Budget>,
    /// Futures; probabilities sum to one.
    pub futures: Vec<Future>,
}

impl Scenario {
    /// Users of a service at a place in a year of the horizon [1].
    ///
    /// Residents times users per thousand, times the uptake of that year, plus the units the demand table adds.
    pub fn users(&self, service: Index, place: Index, year: u32) -> f64 {
        let entry = &self.services[service];
        let uptake = entry.uptake(year, self.horizon);
        let resident = self.places[place].population * entry.users_per_resident;
        let added: f64 = self
            .demand
            .iter()
            .filter(|row| row.service == service && row.place == place)
            .map(|row| row.users)
            .sum();
        (resident + added) * uptake
    }

    /// Reference cores busy at the peak hour for a service at a place in a year, ciphers included [cores].
    pub fn peak_cores(&self, service: Index, place: Index, year: u32) -> f64 {
        let entry = &self.services[service];
        self.users(service, place, year) * entry.cores_per_user * (1.0 + entry.encryption_overhead)
    }

    /// Accelerators busy at the peak hour for a service at a place in a year [accelerators].
    pub fn peak_accelerators(&self, service: Index, place: Index, year: u32) -> f64 {
        self.users(service, place, year) * self.services[service].accelerators_per_user
    }

    /// Traffic between users and site at the peak hour for a service at a place in a year [bit/s].
    pub fn peak_traffic_bits_per_second(&self, service: Index, place: Index, year: u32) -> f64 {
        self.users(service, place, year) * self.services[service].traffic_bits_per_second_per_user
    }

    /// Firm grid power of a site in a year of the horizon [W].
    ///
    /// The latest limit dated at or before the year holds; before the first there is none.
    pub fn grid_limit_w(&self, site: Index, year: u32) -> f64 {
        let calendar_year = self.horizon.first_year + year as i32;
        self.sites[site]
            .grid_limits
            .iter()
            .filter(|limit| limit.from_year <= calendar_year)
            .max_by_key(|limit| limit.from_year)
            .map_or(0.0, |limit| limit.power_w)
    }

    /// Units of a kind that an origin can supply in a year of the horizon; `None` where no limit is given.
    pub fn supply_limit(&self, origin: Index, kind: EquipmentKind, year: u32) -> Option<u64> {
        let calendar_year = self.horizon.first_year + year as i32;
        if self.origins[origin]
            .closes_from
            .is_some_and(|closed| closed <= calendar_year)
        {
            return Some(0);
        }
        self.supply
            .iter()
            .filter(|row| {
                row.origin == origin && row.kind == kind && row.from_year <= calendar_year
            })
            .max_by_key(|row| row.from_year)
            .map(|row| row.units_per_year)
    }

    /// Units of the currency of the totals for one unit of `currency` in a year of the horizon [1].
    ///
    /// Returns `None` only for a currency the scenario does not name, which checking has excluded.
    pub fn rate(&self, currency: Currency, year: u32) -> Option<f64> {
        let rate = self
            .currencies
            .iter()
            .find(|rate| rate.currency == currency)?;
        Some((0..year).fold(rate.rate, |value, _| value * (1.0 + rate.drift_per_year)))
    }
}
