//! What follows from the scenario and the repairs before any decision: needs, factors, lead times, allowed pairs.
//!
//! Need of a service at a place in a year, in reference cores or accelerators:
//! peak · (1 + headroom) · (1 + unit reserve) · repairs, divided by the overcommitment for interactive cores only.
//! Memory, accelerators and batch work are never overcommitted.

use angara_catalog::PowerCurve;
use angara_network::{Routes, geodesic_distance_m};
use angara_quantity::Duration;
use angara_scenario::{
    Cooling, Equipment, EquipmentKind, Index, LoadKind, Residency, Scenario, Service,
};

use crate::input::{PlanningInput, Repair};
use crate::promise::Promise;

/// Hours of a year of 365 days [h].
pub(crate) const HOURS_PER_YEAR: f64 = 8760.0;
pub(crate) const WATTS_PER_KILOWATT: f64 = 1e3;
pub(crate) const BITS_PER_GIGABIT: f64 = 1e9;
const BYTES_PER_GIBIBYTE: f64 = 1_073_741_824.0;
const MILLISECONDS_PER_YEAR: i64 = 8760 * 3_600_000;

/// Rounding of a round trip that still counts as kept [ms].
const LATENCY_ROUNDING_MS: f64 = 1e-6;

/// What a site draws in one year, repairs included.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SiteYearFacts {
    /// Facility energy over IT energy [1].
    pub(crate) mean_pue: f64,
    /// Facility power over IT power at the worst hour [1].
    pub(crate) peak_pue: f64,
    /// Water per IT energy [m³/kWh].
    pub(crate) water_m3_per_it_kwh: f64,
    /// Capacity held over capacity needed [1].
    pub(crate) headroom: f64,
    /// Energy counted over energy estimated [1].
    pub(crate) energy: f64,
    /// Firm grid power [kW].
    pub(crate) grid_kw: f64,
}

/// Demand of a service at a place in a year.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Demand {
    pub(crate) service: Index,
    pub(crate) place: Index,
    pub(crate) year: u32,
    /// Reference cores, or accelerators, to hold.
    pub(crate) need: f64,
    /// Memory to hold [GiB].
    pub(crate) memory_gib: f64,
    /// Reference cores, or accelerators, busy at the peak hour.
    pub(crate) peak: f64,
    /// Reference cores, or accelerators, busy on average.
    pub(crate) mean: f64,
    /// Traffic at the peak hour [Gbit/s].
    pub(crate) traffic_gbit: f64,
}

/// Everything known before deciding.
#[derive(Debug)]
pub(crate) struct Facts<'a> {
    pub(crate) scenario: &'a Scenario,
    pub(crate) routes: &'a Routes,
    /// Years of the horizon.
    pub(crate) years: u32,
    /// By site and year.
    pub(crate) site_years: Vec<Vec<SiteYearFacts>>,
    /// Demand above zero, by year, service and place.
    pub(crate) demands: Vec<Demand>,
    /// By service and year: power that one busy core or accelerator adds [kW].
    pub(crate) busy_kw: Vec<Vec<f64>>,
}

impl<'a> Facts<'a> {
    pub(crate) fn new(input: &PlanningInput<'a>) -> Self {
        let scenario = input.scenario;
        let years = scenario.horizon.years;
        let mut facts = Self {
            scenario,
            routes: input.routes,
            years,
            site_years: Vec::new(),
            demands: Vec::new(),
            busy_kw: Vec::new(),
        };
        facts.site_years = (0..scenario.sites.len())
            .map(|site| {
                (0..years)
                    .map(|year| site_year(input, site, year))
                    .collect()
            })
            .collect();
        facts.demands = demands(input);
        facts.busy_kw = (0..scenario.services.len())
            .map(|service| {
                (0..years)
                    .map(|year| facts.busy_kw_of(service, year))
                    .collect()
            })
            .collect();
        facts
    }

    pub(crate) fn site_year(&self, site: Index, year: u32) -> &SiteYearFacts {
        &self.site_years[site][year as usize]
    }

    /// Promises that keep a site from serving a service at a place; `None` where no route joins them.
    pub(crate) fn barriers(
        &self,
        service: Index,
        place: Index,
        site: Index,
    ) -> Option<Vec<Promise>> {
        let round_trip_ms = self.routes.round_trip_ms(place, site)?;
        let entry = &self.scenario.services[service];
        let mut barriers = Vec::new();
        if round_trip_ms > latency_limit_ms(entry) + LATENCY_ROUNDING_MS {
            barriers.push(Promise::Latency { service, place });
        }
        let zone = &self.scenario.places[place].residency_zone;
        if entry.residency == Residency::SameZone
            && self.scenario.sites[site].residency_zone != *zone
        {
            let first = self
                .scenario
                .places
                .iter()
                .position(|other| other.residency_zone == *zone)
                .unwrap_or(place);
            barriers.push(Promise::Residency { place: first });
        }
        Some(barriers)
    }

    /// Orders of an equipment placed in a year: first year of use, where that lies within the horizon.
    pub(crate) fn usable_from(&self, equipment: Index, year: u32) -> Option<u32> {
        let entry = &self.scenario.equipment[equipment];
        let calendar_year = self.scenario.horizon.calendar_year(year);
        let lead = entry.lead_time_at(self.scenario.planning.lead_confidence);
        let usable = year + lead_years(lead);
        let orderable =
            (entry.orderable_from..=entry.orderable_to).contains(&calendar_year) && entry.lot > 0;
        (orderable && usable < self.years).then_some(usable)
    }

    /// True where some order of an equipment can be in use in a year.
    pub(crate) fn can_be_in_use(&self, equipment: Index, year: u32) -> bool {
        (0..=year).any(|ordered| {
            self.usable_from(equipment, ordered).is_some_and(|from| {
                from <= year && year < from + self.scenario.equipment[equipment].life_years
            })
        })
    }

    /// Equipment that can be of use at a site.
    pub(crate) fn of_use(&self, equipment: Index, site: Index) -> bool {
        let entry = &self.scenario.equipment[equipment];
        if entry.kind.is_server() {
            return self
                .scenario
                .services
                .iter()
                .any(|service| runs_on(service, entry));
        }
        plant_kinds(self.scenario.sites[site].cooling).contains(&entry.kind)
    }

    /// Mean over the servers that can be in use: power that one busy core or accelerator adds [kW].
    ///
    /// Which server runs a task is decided in operation; the mean is the same for planning and for its estimate.
    fn busy_kw_of(&self, service: Index, year: u32) -> f64 {
        let entry = &self.scenario.services[service];
        let mut sum = 0.0;
        let mut count = 0.0;
        for (equipment, server) in self.scenario.equipment.iter().enumerate() {
            if runs_on(entry, server) && self.can_be_in_use(equipment, year) {
                let busy_w =
                    (server.peak_w - server.idle_w) * self.power_share(entry, server, year);
                sum += busy_w / server_units(server) / WATTS_PER_KILOWATT;
                count += 1.0;
            }
        }
        if count > 0.0 { sum / count } else { 0.0 }
    }

    /// Power above idle that a server draws at the mean load of a service, over what a straight line from idle to peak
    /// would give [1]: the curve is the one that the simulation plays.
    fn power_share(&self, service: &Service, server: &Equipment, year: u32) -> f64 {
        let calendar_year = self.scenario.horizon.calendar_year(year);
        let curve = if server.kind == EquipmentKind::AcceleratorServer {
            PowerCurve::of_accelerators(calendar_year)
        } else {
            PowerCurve::of_servers(calendar_year)
        };
        let planning = &self.scenario.planning;
        let held = (1.0 + planning.headroom) * (1.0 + planning.unit_reserve)
            / overcommit(self.scenario, service);
        let busy = self.scenario.profiles[service.profile].mean_share()
            / f64::from(service.replicas)
            / held;
        let utilisation = busy.clamp(0.01, 1.0);
        curve.power_w(0.0, 1.0, utilisation) / utilisation
    }

    /// Sum over the months of their highest share of the year's peak [1].
    pub(crate) fn peak_months(&self, service: Index) -> f64 {
        self.scenario.profiles[self.scenario.services[service].profile]
            .months
            .iter()
            .sum()
    }
}

/// Kinds of plant that a hall with this cooling needs.
pub(crate) fn plant_kinds(cooling: Cooling) -> [EquipmentKind; 4] {
    let heat_rejection = match cooling {
        Cooling::AirEconomiser => EquipmentKind::AirHandler,
        Cooling::DryCoolerTrim => EquipmentKind::DryCooler,
        Cooling::CoolingTower => EquipmentKind::CoolingTower,
    };
    [
        EquipmentKind::Ups,
        EquipmentKind::Transformer,
        EquipmentKind::Generator,
        heat_rejection,
    ]
}

/// Rated power of a kind of plant over hall IT power [1].
pub(crate) fn plant_factor(scenario: &Scenario, kind: EquipmentKind) -> f64 {
    match kind {
        EquipmentKind::Ups => scenario.hall_plant.ups,
        EquipmentKind::Transformer => scenario.hall_plant.transformer,
        EquipmentKind::Generator => scenario.hall_plant.generator,
        EquipmentKind::AirHandler | EquipmentKind::DryCooler | EquipmentKind::CoolingTower => {
            scenario.hall_plant.cooling
        }
        EquipmentKind::Server | EquipmentKind::AcceleratorServer => 0.0,
    }
}

/// True where two copies of a service must not stand at two sites: too close, or in one risk group.
pub(crate) fn too_near(scenario: &Scenario, service: &Service, a: Index, b: Index) -> bool {
    let (a, b) = (&scenario.sites[a], &scenario.sites[b]);
    let together =
        service.replicas_apart && !a.risk_group.is_empty() && a.risk_group == b.risk_group;
    let close = service.replica_distance_m > 0.0
        && geodesic_distance_m(a.latitude, a.longitude, b.latitude, b.longitude)
            < service.replica_distance_m;
    together || close
}

/// True where a server can run the tasks of a service: its kind and its platform fit.
pub(crate) fn runs_on(service: &Service, server: &Equipment) -> bool {
    let kind = if service.uses_accelerators() {
        EquipmentKind::AcceleratorServer
    } else {
        EquipmentKind::Server
    };
    server.kind == kind
        && server_units(server) > 0.0
        && server
            .platform
            .is_some_and(|platform| service.platforms.contains(&platform))
}

/// Reference cores of a server, or accelerators of one that has them.
pub(crate) fn server_units(server: &Equipment) -> f64 {
    if server.kind == EquipmentKind::AcceleratorServer {
        f64::from(server.accelerators)
    } else {
        f64::from(server.cores) * server.core_rating
    }
}

/// Memory of a server [GiB].
pub(crate) fn server_memory_gib(server: &Equipment) -> f64 {
    server.memory_bytes / BYTES_PER_GIBIBYTE
}

/// Latency limit of a service [ms].
pub(crate) fn latency_limit_ms(service: &Service) -> f64 {
    service.latency_limit.milliseconds() as f64
}

/// Whole years from an order to its use.
pub(crate) fn lead_years(lead: Duration) -> u32 {
    let years = (lead.milliseconds() + MILLISECONDS_PER_YEAR - 1) / MILLISECONDS_PER_YEAR;
    u32::try_from(years.max(0)).unwrap_or(u32::MAX / 2)
}

/// Reference cores or accelerators busy at the peak hour.
pub(crate) fn peak_units(scenario: &Scenario, service: Index, place: Index, year: u32) -> f64 {
    if scenario.services[service].uses_accelerators() {
        scenario.peak_accelerators(service, place, year)
    } else {
        scenario.peak_cores(service, place, year)
    }
}

/// Reference cores, or accelerators, of a server that whole tasks can set aside: the least over the services that run
/// on it.
///
/// A task never spans servers, so what is left beside the last whole task on a server is of no use. Where services cut
/// their tasks to different sizes, gaps of one fill with tasks of another, and the least is on the safe side.
pub(crate) fn usable_units(scenario: &Scenario, server: &Equipment) -> f64 {
    /// Rounding that lets exactly fitting tasks fit [1].
    const ROUNDING: f64 = 1e-9;
    let units = server_units(server);
    scenario
        .services
        .iter()
        .filter(|service| runs_on(service, server))
        .map(|service| f64::from(service.task_units) / overcommit(scenario, service))
        .filter(|set_aside| *set_aside <= units * (1.0 + ROUNDING))
        .map(|set_aside| libm::floor(units / set_aside + ROUNDING) * set_aside)
        .fold(units, f64::min)
}

/// Reservations per physical core or accelerator [1].
pub(crate) fn overcommit(scenario: &Scenario, service: &Service) -> f64 {
    if service.kind == LoadKind::Interactive && !service.uses_accelerators() {
        scenario.simulation.overcommit
    } else {
        1.0
    }
}

fn demands(input: &PlanningInput<'_>) -> Vec<Demand> {
    let scenario = input.scenario;
    let margin = (1.0 + scenario.planning.headroom) * (1.0 + scenario.planning.unit_reserve);
    let mut demands = Vec::new();
    for year in scenario.horizon.service_from..scenario.horizon.years {
        for (service, entry) in scenario.services.iter().enumerate() {
            let repaired = input
                .repairs
                .iter()
                .fold(margin, |held, repair| match *repair {
                    Repair::MoreForService {
                        service: of,
                        year: at,
                        factor,
                    } if of == service && at == year => held * factor.max(1.0),
                    _ => held,
                });
            for place in 0..scenario.places.len() {
                let peak = peak_units(scenario, service, place, year);
                if peak <= 0.0 {
                    continue;
                }
                demands.push(Demand {
                    service,
                    place,
                    year,
                    need: peak * repaired / overcommit(scenario, entry),
                    memory_gib: peak * repaired * entry.memory_per_unit_bytes / BYTES_PER_GIBIBYTE,
                    peak,
                    mean: peak * scenario.profiles[entry.profile].mean_share(),
                    traffic_gbit: scenario.peak_traffic_bits_per_second(service, place, year)
                        / BITS_PER_GIGABIT,
                });
            }
        }
    }
    demands
}

fn site_year(input: &PlanningInput<'_>, site: Index, year: u32) -> SiteYearFacts {
    let factors = &input.sites[site];
    let mut facts = SiteYearFacts {
        mean_pue: factors.mean_pue,
        peak_pue: factors.peak_pue,
        water_m3_per_it_kwh: factors.water_m3_per_it_kwh,
        headroom: 1.0,
        energy: 1.0,
        grid_kw: input.scenario.grid_limit_w(site, year) / WATTS_PER_KILOWATT,
    };
    let here = (site, year);
    for repair in input.repairs {
        match *repair {
            Repair::MeanPue { site, year, value } if (site, year) == here => {
                facts.mean_pue = facts.mean_pue.max(value);
            }
            Repair::PeakPue { site, year, value } if (site, year) == here => {
                facts.peak_pue = facts.peak_pue.max(value);
            }
            Repair::Water { site, year, value } if (site, year) == here => {
                facts.water_m3_per_it_kwh = facts.water_m3_per_it_kwh.max(value);
            }
            Repair::MoreHeadroom { site, year, factor } if (site, year) == here => {
                facts.headroom *= factor.max(1.0);
            }
            Repair::MoreEnergy { site, year, factor } if (site, year) == here => {
                facts.energy *= factor.max(1.0);
            }
            Repair::LessGrid { site, year, by_w } if (site, year) == here => {
                facts.grid_kw = (facts.grid_kw - by_w.max(0.0) / WATTS_PER_KILOWATT).max(0.0);
            }
            _ => {}
        }
    }
    facts
}
