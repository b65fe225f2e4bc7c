//! Every problem kind against trying every choice, on random tiny instances.

use angara_siting::certificate::{CapacitatedQuestion, Question};
use angara_siting::instance::{Facilities, Medians};
use angara_siting::table::{CostTable, Covering, Matrix};
use angara_siting::{
    Limits, capacitated, center_is_least, maximal_covering, p_center, p_median, set_covering,
    uncapacitated,
};
use proptest::prelude::*;

/// Clients, sites and costs.
fn tables() -> impl Strategy<Value = Matrix> {
    (1usize..9, 1usize..8).prop_flat_map(|(clients, sites)| {
        proptest::collection::vec(0i64..60, clients * sites)
            .prop_map(move |costs| Matrix::new(clients, sites, costs).expect("sizes fit"))
    })
}

/// Every set of sites.
fn choices(sites: usize) -> impl Iterator<Item = Vec<usize>> {
    (0u32..1 << sites).map(move |bits| (0..sites).filter(|site| bits >> site & 1 == 1).collect())
}

fn nearest(table: &Matrix, client: usize, open: &[usize]) -> i64 {
    let costs = open.iter().map(|&site| table.cost(client, site));
    costs.min().unwrap_or(i64::MAX / 100)
}

fn total(table: &Matrix, open: &[usize]) -> i64 {
    (0..table.clients())
        .map(|client| nearest(table, client, open))
        .sum()
}

fn plan_of(open: &[usize]) -> Vec<u32> {
    open.iter().map(|&site| site as u32).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn p_median_is_the_best_of_all_choices(table in tables(), wanted in 1usize..8) {
        let open = wanted.min(table.sites());
        let best = choices(table.sites()).filter(|choice| choice.len() == open).map(|choice| total(&table, &choice)).min();
        let medians = Medians::new(table.clone(), Some(open));
        let siting = p_median(&medians, open, &Limits::default());
        prop_assert_eq!(Some(siting.objective as i64), best);
        prop_assert!(siting.proven);
        let question = Question { table: &table, opening: &vec![0; table.sites()], count: Some(open) };
        prop_assert_eq!(question.cost(&plan_of(&siting.open)), best);
        prop_assert_eq!(question.bound(&siting.proof.expect("small")), best);
    }

    #[test]
    fn uncapacitated_location_is_the_best_of_all_choices(table in tables(), seed in proptest::collection::vec(0i64..80, 8)) {
        let opening = seed[..table.sites()].to_vec();
        let cost = |choice: &Vec<usize>| total(&table, choice) + choice.iter().map(|&site| opening[site]).sum::<i64>();
        let best = choices(table.sites()).map(|choice| cost(&choice)).min();
        let facilities = Facilities { opening: opening.clone(), capacities: None, demands: vec![1; table.clients()], costs: table.clone(), scale: 1.0 };
        let siting = uncapacitated(&facilities, &Limits::default());
        prop_assert_eq!(Some(siting.objective as i64), best);
        prop_assert!(siting.proven);
        let question = Question { table: &table, opening: &opening, count: None };
        prop_assert_eq!(question.cost(&plan_of(&siting.open)), best);
        prop_assert_eq!(question.bound(&siting.proof.expect("small")), best);
    }

    #[test]
    fn set_covering_needs_the_fewest_sites(table in tables(), radius in 0i64..60) {
        let covers = |choice: &Vec<usize>| (0..table.clients()).all(|client| nearest(&table, client, choice) <= radius);
        let best = choices(table.sites()).filter(covers).map(|choice| choice.len() as i64).min();
        match set_covering(&table, radius, &Limits::default()) {
            Ok(siting) => {
                prop_assert_eq!(Some(siting.objective as i64), best);
                prop_assert!(siting.proven);
                let covering = Covering::required(&table, radius);
                let question = Question { table: &covering, opening: &vec![1; table.sites()], count: None };
                prop_assert_eq!(question.cost(&plan_of(&siting.open)), best);
                prop_assert_eq!(question.bound(&siting.proof.expect("small")), best);
            }
            Err(out) => {
                prop_assert_eq!(best, None);
                prop_assert!(!out.0.is_empty());
            }
        }
    }

    #[test]
    fn maximal_covering_covers_the_most(table in tables(), radius in 0i64..60, wanted in 1usize..8, seed in proptest::collection::vec(0i64..9, 9)) {
        let open = wanted.min(table.sites());
        let weights = seed[..table.clients()].to_vec();
        let covered = |choice: Vec<usize>| (0..table.clients()).filter(|&client| nearest(&table, client, &choice) <= radius).map(|client| weights[client]).sum::<i64>();
        let best = choices(table.sites()).filter(|choice| choice.len() == open).map(covered).max();
        let siting = maximal_covering(&table, &weights, radius, open, &Limits::default());
        prop_assert_eq!(Some(siting.objective as i64), best);
        prop_assert!(siting.proven);
        let covering = Covering::weighted(&table, radius, &weights);
        let question = Question { table: &covering, opening: &vec![0; table.sites()], count: Some(open) };
        let far = weights.iter().sum::<i64>() - siting.objective as i64;
        prop_assert_eq!(question.cost(&plan_of(&siting.open)), Some(far));
        prop_assert_eq!(question.bound(&siting.proof.expect("small")), Some(far));
    }

    #[test]
    fn p_center_has_the_smallest_radius(table in tables(), wanted in 1usize..8) {
        let open = wanted.min(table.sites());
        let radius = |choice: Vec<usize>| (0..table.clients()).map(|client| nearest(&table, client, &choice)).max();
        let best = choices(table.sites()).filter(|choice| choice.len() == open).filter_map(radius).min();
        let siting = p_center(&table, open, &Limits::default());
        prop_assert_eq!(Some(siting.objective as i64), best);
        prop_assert!(siting.proven);
        prop_assert_eq!(radius(siting.open.clone()), best);
        prop_assert!(center_is_least(&table, open, siting.objective as i64, siting.proof.as_ref()));
    }

    #[test]
    fn capacitated_location_is_the_best_of_all_choices(
        table in tables(),
        opening in proptest::collection::vec(0i64..200, 8),
        demands in proptest::collection::vec(0i64..9, 9),
        capacities in proptest::collection::vec(0i64..25, 8),
    ) {
        let facilities = Facilities {
            opening: opening[..table.sites()].to_vec(),
            capacities: Some(capacities[..table.sites()].to_vec()),
            demands: demands[..table.clients()].to_vec(),
            costs: table.clone(),
            scale: 1.0,
        };
        let best = choices(table.sites())
            .filter_map(|choice| Some(served(&facilities, &choice)? + choice.iter().map(|&site| opening[site] as f64).sum::<f64>()))
            .min_by(f64::total_cmp);
        let siting = capacitated(&facilities, &capacities[..table.sites()], &Limits::default());
        prop_assert_eq!(siting.is_some(), best.is_some());
        if let (Some(siting), Some(best)) = (siting, best) {
            prop_assert!((siting.objective - best).abs() < 1e-6 * (1.0 + best), "{} {}", siting.objective, best);
            prop_assert!(siting.proven);
            let question = CapacitatedQuestion { facilities: &facilities, capacities: &capacities[..table.sites()] };
            let cost = question.cost(&plan_of(&siting.open), &siting.assignment.expect("split")).expect("feasible");
            prop_assert!((cost - best).abs() < 1e-6 * (1.0 + best));
            let proof = siting.proof.expect("small");
            let bound = question.bound(&proof).expect("a proof");
            prop_assert!((bound - best).abs() < 0.01, "{} {} {:?}", bound, best, proof);
        }
    }
}

/// Least cost of serving from given sites, unit by unit along cheapest augmenting paths (Bellman-Ford).
fn served(facilities: &Facilities, open: &[usize]) -> Option<f64> {
    let capacities = facilities.capacities.as_ref()?;
    let clients = facilities.demands.len();
    let unit = |client: usize, site: usize| {
        facilities.costs.cost(client, site) as f64 / facilities.demands[client] as f64
    };
    let mut flow = vec![vec![0i64; open.len()]; clients];
    let mut load = vec![0i64; open.len()];
    let mut cost: f64 = (0..clients)
        .filter(|&client| facilities.demands[client] == 0)
        .map(|_| 0.0)
        .sum();
    for client in 0..clients {
        for _ in 0..facilities.demands[client] {
            // Distance to each site from the client, then on through clients that give way.
            let mut distance: Vec<f64> = open.iter().map(|&site| unit(client, site)).collect();
            let mut from: Vec<Option<(usize, usize)>> = vec![None; open.len()];
            for _ in 0..open.len() {
                for one in 0..open.len() {
                    for other in 0..open.len() {
                        for (mover, flow) in flow.iter().enumerate() {
                            if flow[one] > 0 {
                                let length = distance[one] + unit(mover, open[other])
                                    - unit(mover, open[one]);
                                if length < distance[other] - 1e-9 {
                                    distance[other] = length;
                                    from[other] = Some((one, mover));
                                }
                            }
                        }
                    }
                }
            }
            let target = (0..open.len())
                .filter(|&place| load[place] < capacities[open[place]])
                .min_by(|&a, &b| distance[a].total_cmp(&distance[b]))?;
            cost += distance[target];
            load[target] += 1;
            let mut place = target;
            while let Some((before, mover)) = from[place] {
                flow[mover][place] += 1;
                flow[mover][before] -= 1;
                place = before;
            }
            flow[client][place] += 1;
        }
    }
    Some(cost)
}
