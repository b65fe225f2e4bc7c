//! Laws of routes on small and random networks.

use angara_network::{EQUIPMENT_MS_PER_HOP, Routes, geodesic_distance_m, lowest_round_trip_ms};
use angara_quantity::{Currency, Duration, Money, Per, Price};
use angara_scenario::{
    Cooling, HallPlant, Horizon, Link, LinkEnd, Place, Planning, Prices, Promises,
    RoundTripProvenance, Scenario, Simulation, Site,
};
use proptest::prelude::*;

fn euro() -> Currency {
    "EUR".parse().expect("a currency")
}

fn price(per: Per) -> Price {
    Price {
        amount: 1.0,
        currency: euro(),
        per,
    }
}

fn place(index: usize, (latitude, longitude): (f64, f64)) -> Place {
    Place {
        id: format!("place-{index}"),
        name: format!("Place {index}"),
        latitude,
        longitude,
        population: 1.0,
        time_zone: "UTC".to_owned(),
        residency_zone: "zone".to_owned(),
        source: String::new(),
    }
}

fn site(index: usize, (latitude, longitude): (f64, f64)) -> Site {
    let no_money = Money::zero(euro());
    let no_time = Duration::from_milliseconds(0);
    Site {
        id: format!("site-{index}"),
        name: format!("Site {index}"),
        latitude,
        longitude,
        residency_zone: "zone".to_owned(),
        grid: 0,
        climate: 0,
        cooling: Cooling::AirEconomiser,
        hall_it_w: 1e6,
        halls_max: 1,
        halls_existing: 0,
        opening_cost: no_money,
        hall_cost: no_money,
        opening_lead: no_time,
        hall_lead: no_time,
        staff_per_hall: 0.0,
        hires_per_year: None,
        staff_cost: price(Per::Year),
        water_price: price(Per::CubicMetre),
        water_limit_m3: None,
        risk_group: String::new(),
        grid_limits: Vec::new(),
        source: String::new(),
    }
}

fn link(from: LinkEnd, to: LinkEnd, round_trip_ms: f64, provenance: RoundTripProvenance) -> Link {
    Link {
        id: format!("{from:?}-{to:?}"),
        from,
        to,
        length_m: 1.0,
        round_trip_ms,
        provenance,
        capacity_bits_per_second: 1e12,
        lease_price: price(Per::GigabitMonth),
        risk_group: String::new(),
        source: String::new(),
    }
}

fn scenario(places: Vec<Place>, sites: Vec<Site>, links: Vec<Link>) -> Scenario {
    Scenario {
        name: String::new(),
        description: String::new(),
        horizon: Horizon {
            first_year: 2030,
            years: 1,
            service_from: 0,
        },
        currency: euro(),
        seed: 1,
        promises: Promises {
            unserved_share: 0.0,
            carbon_tonnes_per_year: None,
            net_present_cost: None,
            batch_wait_hours: 1.0,
        },
        planning: Planning {
            gap: 0.0,
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
            carbon_per_tonne: Money::zero(euro()),
        },
        hall_plant: HallPlant {
            ups: 1.0,
            transformer: 1.0,
            generator: 1.0,
            cooling: 1.0,
        },
        platforms: Vec::new(),
        currencies: Vec::new(),
        grids: Vec::new(),
        climates: Vec::new(),
        places,
        sites,
        profiles: Vec::new(),
        services: Vec::new(),
        demand: Vec::new(),
        equipment: Vec::new(),
        origins: Vec::new(),
        supply: Vec::new(),
        links,
        parties: Vec::new(),
        budgets: Vec::new(),
        futures: Vec::new(),
    }
}

fn measured(ends: &[(LinkEnd, LinkEnd, f64)]) -> Vec<Link> {
    ends.iter()
        .map(|(from, to, round_trip_ms)| {
            link(*from, *to, *round_trip_ms, RoundTripProvenance::Measured)
        })
        .collect()
}

const HERE: (f64, f64) = (50.0, 10.0);

#[test]
fn the_shorter_of_two_ways_is_taken_through_other_places() {
    let links = measured(&[
        (LinkEnd::Place(0), LinkEnd::Site(0), 10.0),
        (LinkEnd::Place(0), LinkEnd::Place(1), 3.0),
        (LinkEnd::Site(0), LinkEnd::Place(1), 4.0),
    ]);
    let routes = Routes::new(&scenario(
        vec![place(0, HERE), place(1, HERE)],
        vec![site(0, HERE)],
        links,
    ));
    assert_eq!(routes.round_trip_ms(0, 0), Some(7.0));
    assert_eq!(routes.links(0, 0), [1, 2]);
    assert_eq!(routes.links(1, 0), [2]);
}

#[test]
fn of_two_equal_ways_the_one_of_fewer_links_then_of_the_earlier_link_is_taken() {
    let links = measured(&[
        (LinkEnd::Place(0), LinkEnd::Place(1), 2.0),
        (LinkEnd::Place(1), LinkEnd::Site(0), 2.0),
        (LinkEnd::Place(0), LinkEnd::Site(0), 4.0),
        (LinkEnd::Place(0), LinkEnd::Site(0), 4.0),
    ]);
    let routes = Routes::new(&scenario(
        vec![place(0, HERE), place(1, HERE)],
        vec![site(0, HERE)],
        links,
    ));
    assert_eq!(routes.links(0, 0), [2]);
}

#[test]
fn a_place_without_a_link_has_no_route() {
    let routes = Routes::new(&scenario(
        vec![place(0, HERE)],
        vec![site(0, HERE)],
        Vec::new(),
    ));
    assert_eq!(routes.round_trip_ms(0, 0), None);
    assert!(routes.links(0, 0).is_empty());
}

#[test]
fn an_estimated_link_gains_the_delay_of_its_equipment() {
    let links = vec![link(
        LinkEnd::Place(0),
        LinkEnd::Site(0),
        5.0,
        RoundTripProvenance::Estimated,
    )];
    let routes = Routes::new(&scenario(vec![place(0, HERE)], vec![site(0, HERE)], links));
    assert_eq!(routes.round_trip_ms(0, 0), Some(5.0 + EQUIPMENT_MS_PER_HOP));
}

/// A random network: places, sites, and links as long as the geodesic times a detour.
fn any_network() -> impl Strategy<Value = Scenario> {
    let point = (-60.0_f64..60.0, -170.0_f64..170.0);
    (
        proptest::collection::vec(point.clone(), 1..6),
        proptest::collection::vec(point, 1..4),
        proptest::collection::vec((0_usize..9, 0_usize..9, 1.0_f64..2.0), 1..16),
    )
        .prop_map(|(places, sites, wires)| {
            let points: Vec<(f64, f64)> = places.iter().chain(&sites).copied().collect();
            let end = |node: usize| {
                if node < places.len() {
                    LinkEnd::Place(node)
                } else {
                    LinkEnd::Site(node - places.len())
                }
            };
            let links = wires
                .into_iter()
                .map(|(from, to, detour)| {
                    let (from, to) = (from % points.len(), to % points.len());
                    let (a, b) = (points[from], points[to]);
                    let length_m = geodesic_distance_m(a.0, a.1, b.0, b.1) * detour;
                    let round_trip_ms = lowest_round_trip_ms(length_m);
                    let provenance = RoundTripProvenance::Measured;
                    link(end(from), end(to), round_trip_ms, provenance)
                })
                .collect();
            let places = places
                .iter()
                .enumerate()
                .map(|(i, p)| place(i, *p))
                .collect();
            let sites = sites.iter().enumerate().map(|(i, p)| site(i, *p)).collect();
            scenario(places, sites, links)
        })
}

proptest! {
    #[test]
    fn no_route_is_faster_than_light_along_the_geodesic(network in any_network()) {
        let routes = Routes::new(&network);
        for (p, from) in network.places.iter().enumerate() {
            for (s, to) in network.sites.iter().enumerate() {
                if let Some(round_trip_ms) = routes.round_trip_ms(p, s) {
                    let distance_m = geodesic_distance_m(
                        from.latitude, from.longitude, to.latitude, to.longitude,
                    );
                    prop_assert!(round_trip_ms >= lowest_round_trip_ms(distance_m) - 1e-6);
                }
            }
        }
    }

    #[test]
    fn round_trips_are_symmetric_and_obey_the_triangle(network in any_network()) {
        let routes = Routes::new(&network);
        for a in 0..network.sites.len() {
            prop_assert_eq!(routes.round_trip_between_sites_ms(a, a), Some(0.0));
            for b in 0..network.sites.len() {
                let direct = routes.round_trip_between_sites_ms(a, b);
                prop_assert_eq!(direct, routes.round_trip_between_sites_ms(b, a));
                for p in 0..network.places.len() {
                    if let (Some(one), Some(two)) = (routes.round_trip_ms(p, a), routes.round_trip_ms(p, b)) {
                        let between = direct.expect("a place joins both");
                        prop_assert!(between <= one + two + 1e-9);
                        prop_assert!(one <= two + between + 1e-9);
                    }
                }
            }
        }
    }

    #[test]
    fn a_route_is_the_sum_of_its_links_and_leads_to_the_site(network in any_network()) {
        let routes = Routes::new(&network);
        for p in 0..network.places.len() {
            for s in 0..network.sites.len() {
                let Some(round_trip_ms) = routes.round_trip_ms(p, s) else { continue };
                let mut here = LinkEnd::Place(p);
                let mut sum = 0.0;
                for index in routes.links(p, s) {
                    let link = &network.links[*index];
                    here = if link.from == here { link.to } else { link.from };
                    sum += link.round_trip_ms;
                }
                prop_assert_eq!(here, LinkEnd::Site(s));
                prop_assert!((sum - round_trip_ms).abs() < 1e-4);
            }
        }
    }
}
