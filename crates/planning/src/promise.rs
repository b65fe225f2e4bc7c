//! Promises of a scenario, as the planner knows them: each is a named group of rows that holds or gives.

use angara_scenario::{EquipmentKind, Index, Scenario};

/// One promise; the years are years of the horizon.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Promise {
    /// The demand of a service at a place is served.
    Serve {
        /// Service.
        service: Index,
        /// Place.
        place: Index,
    },
    /// A service answers a place within its latency limit.
    Latency {
        /// Service.
        service: Index,
        /// Place.
        place: Index,
    },
    /// Data of a place whose services require it stay in the residency zone of the place.
    Residency {
        /// The first place of the scenario that lies in the zone.
        place: Index,
    },
    /// A site draws no more than its firm grid power.
    Grid {
        /// Site.
        site: Index,
        /// Year.
        year: u32,
    },
    /// An origin supplies no more of a kind than it can.
    Supply {
        /// Origin.
        origin: Index,
        /// Kind of equipment.
        kind: EquipmentKind,
        /// Year of order.
        year: u32,
    },
    /// A party spends no more capital than its budget.
    Budget {
        /// Party.
        party: Index,
        /// Year.
        year: u32,
    },
    /// A site has no more halls than fit.
    Halls {
        /// Site.
        site: Index,
    },
    /// Copies of a service stand far enough apart.
    Apart {
        /// Service.
        service: Index,
    },
    /// A site hires no more technicians in a year than it can.
    Hiring {
        /// Site.
        site: Index,
    },
    /// A site draws no more water than it may.
    Water {
        /// Site.
        site: Index,
    },
    /// A link carries no more than can be leased.
    LinkCapacity {
        /// Link.
        link: Index,
    },
    /// A year emits no more carbon than promised.
    Carbon {
        /// Year.
        year: u32,
    },
    /// The programme costs no more than promised.
    NetPresentCost,
}

impl Promise {
    /// The promise in the scenario's own words.
    pub fn text(self, scenario: &Scenario) -> String {
        let calendar = |year: u32| scenario.horizon.calendar_year(year);
        match self {
            Self::Serve { service, place } => format!(
                "serve {} at {}",
                scenario.services[service].name, scenario.places[place].name
            ),
            Self::Latency { service, place } => format!(
                "latency limit of {} at {}",
                scenario.services[service].name, scenario.places[place].name
            ),
            Self::Residency { place } => format!(
                "residency of zone {}",
                scenario.places[place].residency_zone
            ),
            Self::Grid { site, year } => format!(
                "firm grid power at {} in {}",
                scenario.sites[site].name,
                calendar(year)
            ),
            Self::Supply { origin, kind, year } => format!(
                "supply of {} from {} in {}",
                kind.name(),
                scenario.origins[origin].name,
                calendar(year)
            ),
            Self::Budget { party, year } => format!(
                "budget of {} in {}",
                scenario.parties[party].name,
                calendar(year)
            ),
            Self::Apart { service } => {
                format!("copies of {} apart", scenario.services[service].name)
            }
            Self::Hiring { site } => {
                format!("technicians hired a year at {}", scenario.sites[site].name)
            }
            Self::Halls { site } => format!("halls that fit at {}", scenario.sites[site].name),
            Self::Water { site } => format!("water at {}", scenario.sites[site].name),
            Self::LinkCapacity { link } => format!("capacity of link {}", scenario.links[link].id),
            Self::Carbon { year } => format!("carbon in {}", calendar(year)),
            Self::NetPresentCost => "net present cost".to_owned(),
        }
    }
}
