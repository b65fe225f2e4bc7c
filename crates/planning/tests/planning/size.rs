//! A region of full size: 28 places, 8 sites, 8 services, 10 years.

use angara_planning::{PlanningError, Promise};
use angara_quantity::{Duration, Per};
use angara_scenario::{
    Budget, EquipmentKind, GridLimit, LinkEnd, LoadKind, Residency, Scenario, SupplyLimit,
};

use crate::builder::{
    bare, euros, link, months, origin, place, plant, price, server, service, site, solved,
};

/// Places along a line, sites at some of them, services of every sort; all figures follow from indices.
#[expect(clippy::too_many_lines, reason = "one table after the other")]
fn region() -> Scenario {
    let mut scenario = bare(10);
    scenario.planning.gap = 0.005;
    scenario.planning.node_limit = 2000;
    scenario.planning.headroom = 0.1;
    scenario.planning.unit_reserve = 0.05;
    scenario.simulation.overcommit = 1.25;
    scenario.hall_plant.transformer = 1.15;
    scenario.hall_plant.generator = 1.15;
    let varied = |index: usize, step: usize, modulus: usize| ((index * step) % modulus) as f64;
    for index in 0..28 {
        let mut town = place(
            &format!("town-{index}"),
            60_000.0 + 40_000.0 * varied(index, 7, 29),
        );
        town.residency_zone = if index < 22 { "north" } else { "south" }.into();
        scenario.places.push(town);
    }
    for index in 0..8 {
        let mut hall = site(&format!("site-{index}"));
        hall.hall_it_w = 2e6;
        hall.halls_max = 6 + index as u32 % 5;
        hall.opening_cost = euros(30e6 + 4e6 * varied(index, 3, 8));
        hall.hall_cost = euros(9e6 + 0.4e6 * varied(index, 5, 8));
        hall.residency_zone = if index < 6 { "north" } else { "south" }.into();
        hall.grid_limits = vec![
            GridLimit {
                from_year: 2030,
                power_w: 8e6 + 2e6 * varied(index, 3, 8),
            },
            GridLimit {
                from_year: 2034,
                power_w: 18e6 + 3e6 * varied(index, 5, 8),
            },
        ];
        scenario.sites.push(hall);
    }
    for town in 0..27 {
        scenario.links.push(link(
            LinkEnd::Place(town),
            LinkEnd::Place(town + 1),
            2.0 + varied(town, 5, 7),
        ));
    }
    for hall in 0..8 {
        scenario.links.push(link(
            LinkEnd::Place(hall * 27 / 7),
            LinkEnd::Site(hall),
            0.5,
        ));
    }
    for (index, entry) in scenario.links.iter_mut().enumerate() {
        entry.id = format!("link-{index}");
        entry.lease_price = price(800.0 + 50.0 * varied(index, 3, 11), Per::GigabitMonth);
        entry.capacity_bits_per_second = 4e12;
    }
    scenario.origins = (0..4)
        .map(|index| origin(&format!("origin-{index}")))
        .collect();
    scenario.origins[3].closes_from = Some(2035);
    scenario.equipment = vec![
        plant("ups", EquipmentKind::Ups, 500e3, 120_000.0),
        plant("transformer", EquipmentKind::Transformer, 2.5e6, 150_000.0),
        plant("generator", EquipmentKind::Generator, 2e6, 700_000.0),
        plant("air-handler", EquipmentKind::AirHandler, 400e3, 60_000.0),
    ];
    for (index, lead) in [12, 18, 6, 10].into_iter().enumerate() {
        scenario.equipment[index].lead_time = months(lead);
        scenario.equipment[index].origin = index % 2;
    }
    for index in 0..4 {
        let mut entry = server(&format!("server-{index}"), Some(index % 2));
        entry.origin = index;
        entry.core_rating = 1.0 + 0.15 * index as f64;
        entry.price = euros(9_000.0 + 1_500.0 * index as f64);
        entry.peak_w = 600.0 + 40.0 * index as f64;
        entry.lead_time = months(4 + 4 * index as i64);
        scenario.equipment.push(entry);
    }
    let mut accelerator = server("accelerator", Some(0));
    accelerator.kind = EquipmentKind::AcceleratorServer;
    accelerator.accelerators = 8;
    accelerator.peak_w = 6_000.0;
    accelerator.idle_w = 1_200.0;
    accelerator.memory_bytes *= 4.0;
    accelerator.price = euros(180_000.0);
    accelerator.lot = 4;
    accelerator.origin = 3;
    scenario.equipment.push(accelerator.clone());
    accelerator.id = "accelerator-late".into();
    accelerator.platform = Some(1);
    accelerator.origin = 2;
    accelerator.price = euros(200_000.0);
    scenario.equipment.push(accelerator);
    scenario.supply = vec![
        SupplyLimit {
            origin: 0,
            kind: EquipmentKind::Server,
            from_year: 2030,
            units_per_year: 6_000,
        },
        SupplyLimit {
            origin: 3,
            kind: EquipmentKind::AcceleratorServer,
            from_year: 2030,
            units_per_year: 300,
        },
    ];
    for index in 0..8 {
        let mut entry = service(
            &format!("service-{index}"),
            if index % 3 == 0 { &[0] } else { &[0, 1] },
        );
        entry.users_per_resident = 0.2 + 0.05 * varied(index, 3, 8);
        entry.uptake_first = 0.3 + 0.05 * varied(index, 3, 7);
        entry.cores_per_user = 0.04 + 0.01 * varied(index, 5, 8);
        entry.latency_limit = Duration::from_milliseconds(20 + 8 * index as i64);
        entry.traffic_bits_per_second_per_user = 2e4 * (1.0 + varied(index, 3, 5));
        entry.residency = if index % 2 == 0 {
            Residency::SameZone
        } else {
            Residency::Any
        };
        if index == 1 {
            entry.replicas = 2;
            entry.latency_limit = Duration::from_milliseconds(60);
        }
        if index >= 6 {
            entry.kind = LoadKind::Batch;
            entry.latency_limit = Duration::from_milliseconds(200);
        }
        if index == 7 {
            entry.cores_per_user = 0.0;
            entry.accelerators_per_user = 0.000_5;
            entry.memory_per_unit_bytes *= 20.0;
            entry.platforms = vec![0, 1];
        }
        scenario.services.push(entry);
    }
    for year in 2030..2034 {
        scenario.budgets.push(Budget {
            party: 0,
            year,
            amount: euros(900e6),
        });
    }
    scenario
}

#[test]
fn a_region_of_full_size_is_planned_to_its_gap() {
    let solution = solved(&region(), &[]).expect("a plan");
    assert!(solution.gap <= 0.005, "gap {}", solution.gap);
}

#[test]
fn a_region_of_full_size_that_cannot_be_is_explained() {
    let mut scenario = region();
    for site in &mut scenario.sites {
        for limit in &mut site.grid_limits {
            limit.power_w *= 0.1;
        }
    }
    let Err(PlanningError::Infeasible(conflict)) = solved(&scenario, &[]) else {
        panic!("a plan for a tenth of the power");
    };
    let grids = conflict
        .promises
        .iter()
        .filter(|broken| matches!(broken.promise, Promise::Grid { .. }))
        .count();
    assert!(grids > 0 && conflict.promises.len() > grids, "{conflict}");
}
