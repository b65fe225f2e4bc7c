//! Small scenarios built in code.

use angara_network::Routes;
use angara_planning::{
    Effort, PlanningError, PlanningInput, Repair, SiteFactors, Solution, bound_by, check, solve,
};
use angara_quantity::{Currency, Duration, Money, Per, Price};
use angara_scenario::{
    Climate, Cooling, CurrencyRate, Equipment, EquipmentKind, Grid, GridLimit, HallPlant, Horizon,
    Index, Link, LinkEnd, LoadKind, MonthlyNormal, Origin, Party, Place, Planning, Prices, Profile,
    Promises, Residency, RoundTripProvenance, Scenario, Service, Simulation, Site, WeatherSource,
};

pub(crate) fn euro() -> Currency {
    "EUR".parse().expect("a currency")
}

pub(crate) fn euros(major: f64) -> Money {
    Money::from_major(major, euro())
}

pub(crate) fn price(amount: f64, per: Per) -> Price {
    Price {
        amount,
        currency: euro(),
        per,
    }
}

pub(crate) fn months(count: i64) -> Duration {
    Duration::from_milliseconds(count * 730 * 3_600_000)
}

/// A scenario without places, sites and services; servers and plant can be ordered from one origin.
pub(crate) fn bare(years: u32) -> Scenario {
    Scenario {
        name: "test".to_owned(),
        description: String::new(),
        horizon: Horizon {
            first_year: 2030,
            years,
            service_from: 2,
        },
        currency: euro(),
        seed: 1,
        promises: Promises {
            unserved_share: 0.001,
            carbon_tonnes_per_year: None,
            net_present_cost: None,
            batch_wait_hours: 12.0,
        },
        planning: Planning {
            gap: 0.0,
            node_limit: 20_000,
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
            discount_rate: 0.08,
            escalation: 0.02,
            maintenance: 0.03,
            carbon_per_tonne: euros(0.0),
        },
        hall_plant: HallPlant {
            ups: 1.2,
            transformer: 0.0,
            generator: 0.0,
            cooling: 1.25,
        },
        platforms: vec!["x".to_owned(), "y".to_owned()],
        currencies: vec![CurrencyRate {
            currency: euro(),
            rate: 1.0,
            drift_per_year: 0.0,
            source: String::new(),
        }],
        grids: vec![Grid {
            id: "grid".to_owned(),
            name: "Grid".to_owned(),
            carbon_g_per_kwh: 100.0,
            carbon_drift_per_year: 0.0,
            energy_price: price(0.06, Per::KilowattHour),
            demand_charge: price(8.0, Per::KilowattMonth),
            price_growth_per_year: 0.02,
            source: String::new(),
        }],
        climates: vec![Climate {
            id: "cold".to_owned(),
            weather: WeatherSource::Normals {
                longitude: 0.0,
                elevation_m: 0.0,
                months: [MonthlyNormal::default(); 12],
            },
            source: String::new(),
        }],
        places: Vec::new(),
        sites: Vec::new(),
        profiles: vec![Profile {
            id: "flat".to_owned(),
            hours: [1.0; 24],
            weekend: 1.0,
            months: [1.0; 12],
        }],
        services: Vec::new(),
        demand: Vec::new(),
        equipment: vec![
            server("server", Some(0)),
            plant("ups", EquipmentKind::Ups, 500e3, 100_000.0),
            plant("air-handler", EquipmentKind::AirHandler, 250e3, 40_000.0),
        ],
        origins: vec![origin("home")],
        supply: Vec::new(),
        links: Vec::new(),
        parties: vec![Party {
            id: "all".to_owned(),
            name: "All".to_owned(),
            currency: euro(),
            capital_share: 1.0,
            capacity_share: 1.0,
            source: String::new(),
        }],
        budgets: Vec::new(),
        futures: Vec::new(),
    }
}

pub(crate) fn origin(id: &str) -> Origin {
    Origin {
        id: id.to_owned(),
        name: id.to_owned(),
        duty: 0.1,
        freight: 0.05,
        closes_from: None,
        source: String::new(),
    }
}

/// 100 reference cores, 400 GiB, 500 W, lots of 20.
pub(crate) fn server(id: &str, platform: Option<Index>) -> Equipment {
    Equipment {
        id: id.to_owned(),
        name: id.to_owned(),
        kind: EquipmentKind::Server,
        supplier: "maker".to_owned(),
        origin: 0,
        platform,
        cores: 100,
        core_rating: 1.0,
        memory_bytes: 400.0 * 1_073_741_824.0,
        accelerators: 0,
        idle_w: 150.0,
        peak_w: 500.0,
        rating_w: 0.0,
        price: euros(10_000.0),
        lead_time: months(6),
        lead_time_late: months(6),
        life_years: 5,
        lot: 20,
        orderable_from: 2000,
        orderable_to: 2100,
        source: String::new(),
    }
}

pub(crate) fn plant(id: &str, kind: EquipmentKind, rating_w: f64, cost: f64) -> Equipment {
    Equipment {
        id: id.to_owned(),
        name: id.to_owned(),
        kind,
        platform: None,
        cores: 0,
        memory_bytes: 0.0,
        idle_w: 0.0,
        peak_w: 0.0,
        rating_w,
        price: euros(cost),
        life_years: 20,
        lot: 1,
        ..server(id, None)
    }
}

pub(crate) fn place(id: &str, population: f64) -> Place {
    Place {
        id: id.to_owned(),
        name: id.to_owned(),
        latitude: 50.0,
        longitude: 10.0,
        population,
        time_zone: "UTC".to_owned(),
        residency_zone: "north".to_owned(),
        source: String::new(),
    }
}

/// Room for 8 halls of 100 kW.
pub(crate) fn site(id: &str) -> Site {
    Site {
        id: id.to_owned(),
        name: id.to_owned(),
        latitude: 50.0,
        longitude: 10.0,
        residency_zone: "north".to_owned(),
        grid: 0,
        climate: 0,
        cooling: Cooling::AirEconomiser,
        hall_it_w: 100e3,
        halls_max: 8,
        halls_existing: 0,
        opening_cost: euros(500_000.0),
        hall_cost: euros(300_000.0),
        opening_lead: months(18),
        hall_lead: months(12),
        staff_per_hall: 2.0,
        hires_per_year: None,
        staff_cost: price(50_000.0, Per::Year),
        water_price: price(1.0, Per::CubicMetre),
        water_limit_m3: None,
        risk_group: String::new(),
        grid_limits: vec![GridLimit {
            from_year: 2000,
            power_w: 2e6,
        }],
        source: String::new(),
    }
}

/// One core per user, all residents, anywhere within 20 ms.
pub(crate) fn service(id: &str, platforms: &[Index]) -> Service {
    Service {
        id: id.to_owned(),
        name: id.to_owned(),
        kind: LoadKind::Interactive,
        profile: 0,
        users_per_resident: 1.0,
        uptake_first: 0.5,
        uptake_last: 1.0,
        cores_per_user: 1.0,
        accelerators_per_user: 0.0,
        memory_per_unit_bytes: 2.0 * 1_073_741_824.0,
        task_units: 1,
        job_duration: Duration::from_milliseconds(0),
        latency_limit: Duration::from_milliseconds(20),
        residency: Residency::Any,
        replicas: 1,
        replica_distance_m: 0.0,
        replicas_apart: false,
        platforms: platforms.to_vec(),
        traffic_bits_per_second_per_user: 1e5,
        cipher: String::new(),
        encryption_overhead: 0.0,
        source: String::new(),
    }
}

pub(crate) fn link(from: LinkEnd, to: LinkEnd, round_trip_ms: f64) -> Link {
    Link {
        id: format!("{from:?}-{to:?}"),
        from,
        to,
        length_m: round_trip_ms / 2.0 / 4.897e-6,
        round_trip_ms,
        provenance: RoundTripProvenance::Measured,
        capacity_bits_per_second: 1e13,
        lease_price: price(100.0, Per::GigabitMonth),
        risk_group: String::new(),
        source: String::new(),
    }
}

/// Two places and two sites: each place 5 ms from its own site, 15 ms from the other.
pub(crate) fn twin_towns() -> Scenario {
    let mut scenario = bare(5);
    scenario.places = vec![place("alpha", 8_000.0), place("beta", 5_000.0)];
    scenario.sites = vec![site("north-hall"), site("south-hall")];
    scenario.services = vec![service("portal", &[0])];
    for town in 0..2 {
        for hall in 0..2 {
            let round_trip_ms = if town == hall { 5.0 } else { 15.0 };
            scenario.links.push(link(
                LinkEnd::Place(town),
                LinkEnd::Site(hall),
                round_trip_ms,
            ));
        }
    }
    scenario
}

pub(crate) fn factors(scenario: &Scenario) -> Vec<SiteFactors> {
    vec![
        SiteFactors {
            mean_pue: 1.2,
            peak_pue: 1.4,
            water_m3_per_it_kwh: 0.0005,
        };
        scenario.sites.len()
    ]
}

/// Runs a closure on the input of a scenario.
pub(crate) fn with_input<T>(
    scenario: &Scenario,
    repairs: &[Repair],
    run: impl FnOnce(&PlanningInput<'_>) -> T,
) -> T {
    let routes = Routes::new(scenario);
    let sites = factors(scenario);
    run(&PlanningInput {
        scenario,
        routes: &routes,
        sites: &sites,
        repairs,
        effort: Effort::of(scenario),
    })
}

/// Solves and holds the plan against the checker and the ledger.
pub(crate) fn solved(scenario: &Scenario, repairs: &[Repair]) -> Result<Solution, PlanningError> {
    with_input(scenario, repairs, |input| {
        let solution = solve(input)?;
        let violations = check(input, &solution.plan);
        assert!(violations.is_empty(), "{violations:#?}");
        let ledger = angara_finance::account(scenario, &solution.plan, &solution.operation)
            .expect("a plan that can be booked");
        let booked = ledger.net_present_cost();
        assert!(
            (booked - solution.objective).abs() <= 1e-6 * booked.abs() + 1.0,
            "booked {booked}, planned {}",
            solution.objective
        );
        assert!(solution.bound <= solution.objective);
        let certified = bound_by(input, &solution.certificate)?;
        assert!(
            certified > f64::NEG_INFINITY && certified <= solution.objective,
            "certified {certified}, planned {}",
            solution.objective
        );
        Ok(solution)
    })
}
