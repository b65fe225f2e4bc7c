//! Three sites whose deliverable power can be computed by hand.

use angara_fleet::{Order, Plan, SitePlan};
use angara_quantity::{Currency, Duration, Money, Per, Price};
use angara_scenario::{
    Cooling, Equipment, EquipmentKind, GridLimit, HallPlant, Horizon, Origin, Planning, Prices,
    Promises, Scenario, Simulation, Site,
};

pub(crate) const HOST: usize = 0;
pub(crate) const UPS: usize = 1;
pub(crate) const COOLER: usize = 2;

fn rouble() -> Currency {
    "RUB".parse().expect("currency code")
}

fn nothing() -> Money {
    Money::zero(rouble())
}

fn free(per: Per) -> Price {
    Price {
        amount: 0.0,
        currency: rouble(),
        per,
    }
}

/// Halls of 1 MW; hosts of 1 kW, supplies of 500 kW, coolers of 400 kW; two years; firm grid power 10 MW.
pub(crate) fn scenario() -> Scenario {
    Scenario {
        name: "small".to_owned(),
        description: String::new(),
        horizon: Horizon {
            first_year: 2027,
            years: 2,
            service_from: 0,
        },
        currency: rouble(),
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
            discount_rate: 0.0,
            escalation: 0.0,
            maintenance: 0.0,
            carbon_per_tonne: nothing(),
        },
        hall_plant: HallPlant {
            ups: 1.2,
            transformer: 1.15,
            generator: 1.15,
            cooling: 1.25,
        },
        platforms: vec!["x".to_owned()],
        currencies: Vec::new(),
        grids: Vec::new(),
        climates: Vec::new(),
        places: Vec::new(),
        sites: vec![
            site("west", ""),
            site("middle", "valley"),
            site("east", "valley"),
        ],
        profiles: Vec::new(),
        services: Vec::new(),
        demand: Vec::new(),
        equipment: vec![
            equipment(EquipmentKind::Server, 1e3, 0.0),
            equipment(EquipmentKind::Ups, 0.0, 5e5),
            equipment(EquipmentKind::DryCooler, 0.0, 4e5),
        ],
        origins: vec![Origin {
            id: "rail".to_owned(),
            name: String::new(),
            duty: 0.0,
            freight: 0.0,
            closes_from: None,
            source: String::new(),
        }],
        supply: Vec::new(),
        links: Vec::new(),
        parties: Vec::new(),
        budgets: Vec::new(),
        futures: Vec::new(),
    }
}

fn site(id: &str, risk_group: &str) -> Site {
    Site {
        id: id.to_owned(),
        name: String::new(),
        latitude: 0.0,
        longitude: 0.0,
        residency_zone: String::new(),
        grid: 0,
        climate: 0,
        cooling: Cooling::DryCoolerTrim,
        hall_it_w: 1e6,
        halls_max: 4,
        halls_existing: 0,
        opening_cost: nothing(),
        hall_cost: nothing(),
        opening_lead: Duration::from_milliseconds(0),
        hall_lead: Duration::from_milliseconds(0),
        staff_per_hall: 0.0,
        hires_per_year: None,
        staff_cost: free(Per::Year),
        water_price: free(Per::CubicMetre),
        water_limit_m3: None,
        risk_group: risk_group.to_owned(),
        grid_limits: vec![GridLimit {
            from_year: 2027,
            power_w: 1e7,
        }],
        source: String::new(),
    }
}

fn equipment(kind: EquipmentKind, peak_w: f64, rating_w: f64) -> Equipment {
    Equipment {
        id: kind.name().to_owned(),
        name: String::new(),
        kind,
        supplier: String::new(),
        origin: 0,
        platform: kind.is_server().then_some(0),
        cores: 0,
        core_rating: 1.0,
        memory_bytes: 0.0,
        accelerators: 0,
        idle_w: 0.0,
        peak_w,
        rating_w,
        price: nothing(),
        lead_time: Duration::from_milliseconds(0),
        lead_time_late: Duration::from_milliseconds(0),
        life_years: 10,
        lot: 1,
        orderable_from: 2027,
        orderable_to: 2040,
        source: String::new(),
    }
}

/// Units of one equipment at a site, in use from the first year on.
pub(crate) fn order(equipment: usize, site: usize, units: u64) -> Order {
    Order {
        equipment,
        site,
        year: 0,
        usable_from: 0,
        lots: units,
        units,
    }
}

/// Two halls in the west, one in the middle and one in the east, each with the plant it needs.
///
/// West: 2,000 kW of halls, 1,900 hosts, 5 supplies, 7 coolers. Middle: 900 hosts, 3 supplies, 4 coolers.
/// East: 1,500 hosts in a hall of 1,000 kW, 3 supplies, 4 coolers.
pub(crate) fn plan() -> Plan {
    let halls = |count: u32| SitePlan {
        opened: Some(0),
        halls_ordered: vec![count, 0],
        halls_usable: vec![count, count],
    };
    Plan {
        sites: vec![halls(2), halls(1), halls(1)],
        orders: vec![
            order(HOST, 0, 1900),
            order(UPS, 0, 5),
            order(COOLER, 0, 7),
            order(HOST, 1, 900),
            order(UPS, 1, 3),
            order(COOLER, 1, 4),
            order(HOST, 2, 1500),
            order(UPS, 2, 3),
            order(COOLER, 2, 4),
        ],
        assignments: Vec::new(),
        leases: Vec::new(),
    }
}
