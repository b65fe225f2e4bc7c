//! A small scenario and plan whose money can be computed by hand.

use angara_fleet::{Lease, Order, Plan, SitePlan};
use angara_quantity::{Currency, Duration, Money, Per, Price};
use angara_scenario::{
    Budget, Cooling, CurrencyRate, Equipment, EquipmentKind, Grid, GridLimit, HallPlant, Horizon,
    Link, LinkEnd, Origin, Party, Planning, Prices, Promises, RoundTripProvenance, Scenario,
    Simulation, Site,
};

use crate::operation::{Operation, SiteYear};

pub(crate) const YEARS: u32 = 4;

pub(crate) fn currency(code: &str) -> Currency {
    code.parse().expect("currency code")
}

pub(crate) fn money(text: &str) -> Money {
    text.parse().expect("amount")
}

fn months(count: i64) -> Duration {
    Duration::from_milliseconds(count * 730 * 3_600_000)
}

fn price(amount: f64, code: &str, per: Per) -> Price {
    Price {
        amount,
        currency: currency(code),
        per,
    }
}

/// Two sites (the second with one hall standing), four kinds of equipment, one link, three parties, four years.
pub(crate) fn scenario() -> Scenario {
    Scenario {
        name: "small".to_owned(),
        description: String::new(),
        horizon: Horizon {
            first_year: 2027,
            years: YEARS,
            service_from: 1,
        },
        currency: currency("RUB"),
        seed: 1,
        promises: Promises {
            unserved_share: 0.0,
            carbon_tonnes_per_year: None,
            net_present_cost: None,
            batch_wait_hours: 1.0,
        },
        planning: Planning {
            gap: 0.01,
            node_limit: 1,
            certificate_cases: 1,
            lead_confidence: 0.5,
            rounds: 1,
            headroom: 0.0,
            unit_reserve: 0.0,
        },
        simulation: Simulation {
            step: Duration::from_milliseconds(3_600_000),
            hourly_years: Vec::new(),
            overcommit: 1.0,
            noise: 0.0,
        },
        prices: Prices {
            discount_rate: 0.09,
            escalation: 0.04,
            maintenance: 0.03,
            carbon_per_tonne: money("500 RUB"),
        },
        hall_plant: HallPlant {
            ups: 1.2,
            transformer: 1.15,
            generator: 1.15,
            cooling: 1.25,
        },
        platforms: vec!["x".to_owned()],
        currencies: vec![rate("RUB", 1.0, 0.0), rate("USD", 90.0, 0.05)],
        grids: vec![Grid {
            id: "hydro".to_owned(),
            name: String::new(),
            carbon_g_per_kwh: 40.0,
            carbon_drift_per_year: -0.02,
            energy_price: price(4.1, "RUB", Per::KilowattHour),
            demand_charge: price(700.0, "RUB", Per::KilowattMonth),
            price_growth_per_year: 0.06,
            source: String::new(),
        }],
        climates: Vec::new(),
        places: Vec::new(),
        sites: vec![site("north", 0), site("south", 1)],
        profiles: Vec::new(),
        services: Vec::new(),
        demand: Vec::new(),
        equipment: vec![
            equipment("host", EquipmentKind::Server, 0, "9000 USD"),
            equipment(
                "accelerated",
                EquipmentKind::AcceleratorServer,
                0,
                "200000 USD",
            ),
            equipment("ups", EquipmentKind::Ups, 1, "12 M RUB"),
            equipment("cooler", EquipmentKind::DryCooler, 1, "20 M RUB"),
        ],
        origins: vec![origin("sea", 0.05, 0.03), origin("rail", 0.0, 0.015)],
        supply: Vec::new(),
        links: vec![Link {
            id: "fibre".to_owned(),
            from: LinkEnd::Site(0),
            to: LinkEnd::Site(1),
            length_m: 1e6,
            round_trip_ms: 10.0,
            provenance: RoundTripProvenance::Estimated,
            capacity_bits_per_second: 1e12,
            lease_price: price(30_000.0, "RUB", Per::GigabitMonth),
            risk_group: String::new(),
            source: String::new(),
        }],
        parties: vec![
            party("region", "RUB", 0.4, 0.5),
            party("partner", "USD", 0.35, 0.3),
            party("fund", "RUB", 0.25, 0.2),
        ],
        budgets: vec![Budget {
            party: 1,
            year: 2028,
            amount: money("10 M USD"),
        }],
        futures: Vec::new(),
    }
}

fn rate(code: &str, rate: f64, drift_per_year: f64) -> CurrencyRate {
    CurrencyRate {
        currency: currency(code),
        rate,
        drift_per_year,
        source: String::new(),
    }
}

fn origin(id: &str, duty: f64, freight: f64) -> Origin {
    Origin {
        id: id.to_owned(),
        name: String::new(),
        duty,
        freight,
        closes_from: None,
        source: String::new(),
    }
}

fn party(id: &str, code: &str, capital_share: f64, capacity_share: f64) -> Party {
    Party {
        id: id.to_owned(),
        name: String::new(),
        currency: currency(code),
        capital_share,
        capacity_share,
        source: String::new(),
    }
}

fn site(id: &str, halls_existing: u32) -> Site {
    Site {
        id: id.to_owned(),
        name: String::new(),
        latitude: 52.0,
        longitude: 104.0,
        residency_zone: String::new(),
        grid: 0,
        climate: 0,
        cooling: Cooling::DryCoolerTrim,
        hall_it_w: 2e6,
        halls_max: 4,
        halls_existing,
        opening_cost: money("800 M RUB"),
        hall_cost: money("3 M USD"),
        opening_lead: months(18),
        hall_lead: months(12),
        staff_per_hall: 6.5,
        hires_per_year: None,
        staff_cost: price(1.8e6, "RUB", Per::Year),
        water_price: price(42.0, "RUB", Per::CubicMetre),
        water_limit_m3: None,
        risk_group: String::new(),
        grid_limits: vec![GridLimit {
            from_year: 2027,
            power_w: 4e7,
        }],
        source: String::new(),
    }
}

fn equipment(id: &str, kind: EquipmentKind, origin: usize, price: &str) -> Equipment {
    let server = kind.is_server();
    Equipment {
        id: id.to_owned(),
        name: String::new(),
        kind,
        supplier: String::new(),
        origin,
        platform: server.then_some(0),
        cores: if server { 64 } else { 0 },
        core_rating: 1.0,
        memory_bytes: 0.0,
        accelerators: if kind == EquipmentKind::AcceleratorServer {
            8
        } else {
            0
        },
        idle_w: 150.0,
        peak_w: match kind {
            EquipmentKind::Server => 800.0,
            EquipmentKind::AcceleratorServer => 8000.0,
            _ => 0.0,
        },
        rating_w: if server { 0.0 } else { 5e5 },
        price: money(price),
        lead_time: months(6),
        lead_time_late: months(6),
        life_years: 2,
        lot: 1,
        orderable_from: 2027,
        orderable_to: 2040,
        source: String::new(),
    }
}

fn order(equipment: usize, site: usize, year: u32, units: u64) -> Order {
    Order {
        equipment,
        site,
        year,
        usable_from: year + 1,
        lots: units,
        units,
    }
}

/// Opens the first site, adds halls at both, buys some of everything, one order late in the horizon.
pub(crate) fn plan() -> Plan {
    Plan {
        sites: vec![
            SitePlan {
                opened: Some(0),
                halls_ordered: vec![1, 1, 0, 0],
                halls_usable: vec![0, 0, 2, 2],
            },
            SitePlan {
                opened: None,
                halls_ordered: vec![0, 0, 1, 0],
                halls_usable: vec![1, 1, 1, 2],
            },
        ],
        orders: vec![
            order(0, 0, 1, 120),
            order(1, 0, 1, 7),
            order(2, 0, 1, 5),
            order(3, 0, 1, 6),
            order(0, 1, 0, 33),
            order(0, 1, 3, 40),
        ],
        assignments: Vec::new(),
        leases: vec![
            Lease {
                year: 2,
                link: 0,
                bits_per_second: 1.3e10,
            },
            Lease {
                year: 3,
                link: 0,
                bits_per_second: 1.7e10,
            },
        ],
    }
}

/// What the two sites drew in the last two years.
pub(crate) fn operation(scenario: &Scenario) -> Operation {
    let mut operation = Operation::default();
    for (site, year, it_kwh) in [(0, 2, 1_234_567.8), (0, 3, 1_301_010.1), (1, 3, 250_000.9)] {
        let facility_kwh = it_kwh * 1.21;
        operation.site_years.insert(
            (site, year),
            SiteYear {
                it_kwh,
                facility_kwh,
                peak_kw: [facility_kwh / 8000.0; 12],
                water_m3: it_kwh * 1e-4,
                carbon_tonnes: facility_kwh
                    * crate::rates::carbon_tonnes_per_kwh(scenario, site, year),
            },
        );
    }
    operation
}
