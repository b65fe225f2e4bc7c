//! The check believes no one: a proof that has been tampered with gives a lower bound, or none.

use angara_siting::certificate::{MULTIPLIER_BITS, Multipliers, Proof, Question, Step};
use angara_siting::instance::Medians;
use angara_siting::table::{CostTable, Matrix};
use angara_siting::{Limits, p_median};

const SITES: usize = 40;
const OPEN: usize = 5;

/// Distances of points scattered by a fixed rule.
fn table() -> Matrix {
    let point = |index: usize| ((index * 7919 % 97) as i64, (index * 104_729 % 89) as i64);
    let mut costs = Vec::new();
    for client in 0..SITES {
        for site in 0..SITES {
            let (a, b) = (point(client), point(site));
            costs.push((a.0 - b.0).abs() + (a.1 - b.1).abs());
        }
    }
    Matrix::new(SITES, SITES, costs).expect("sizes fit")
}

fn solved() -> (Matrix, Vec<u32>, i64, Proof) {
    let table = table();
    let siting = p_median(
        &Medians::new(table.clone(), Some(OPEN)),
        OPEN,
        &Limits::default(),
    );
    assert!(siting.proven);
    let plan = siting.open.iter().map(|&site| site as u32).collect();
    (
        table,
        plan,
        siting.objective as i64,
        siting.proof.expect("kept"),
    )
}

fn bound(table: &Matrix, proof: &Proof) -> Option<i64> {
    let opening = vec![0; table.sites()];
    Question {
        table,
        opening: &opening,
        count: Some(OPEN),
    }
    .bound(proof)
}

#[test]
fn an_honest_proof_gives_the_cost() {
    let (table, plan, cost, proof) = solved();
    assert_eq!(bound(&table, &proof), Some(cost));
    let opening = vec![0; table.sites()];
    let question = Question {
        table: &table,
        opening: &opening,
        count: Some(OPEN),
    };
    assert_eq!(question.cost(&plan), Some(cost));
    assert_eq!(question.cost(&plan[1..]), None, "a site is missing");
}

#[test]
fn changed_multipliers_prove_less() {
    let (table, _, cost, proof) = solved();
    for factor in [0, 2] {
        let mut changed = proof.clone();
        for multipliers in &mut changed.multipliers {
            for value in &mut multipliers.values {
                *value *= factor;
            }
        }
        assert!(
            bound(&table, &changed).is_none_or(|bound| bound < cost),
            "{factor}"
        );
    }
}

#[test]
fn a_branch_that_is_left_out_is_noticed() {
    let (table, _, cost, mut proof) = solved();
    proof.steps = vec![Step::Enumerate];
    assert_eq!(bound(&table, &proof), None);
    proof.steps = vec![Step::Bound { multipliers: 0 }];
    proof.multipliers.clear();
    assert_eq!(bound(&table, &proof), None);
    let decisions = (0..SITES as u32 - OPEN as u32)
        .map(|site| (site, false))
        .collect();
    let (_, _, _, honest) = solved();
    let decide = Step::Decide {
        multipliers: 0,
        decisions,
        then: 1,
    };
    let lie = Proof {
        multipliers: honest.multipliers,
        steps: vec![decide, Step::Enumerate],
    };
    assert!(bound(&table, &lie).is_none_or(|bound| bound < cost));
}

#[test]
fn a_proof_that_runs_in_circles_is_refused() {
    let (table, _, _, mut proof) = solved();
    proof.steps = vec![Step::Decide {
        multipliers: 0,
        decisions: Vec::new(),
        then: 0,
    }];
    assert_eq!(bound(&table, &proof), None);
}

#[test]
fn a_proof_of_another_problem_is_not_accepted() {
    let (table, _, cost, proof) = solved();
    let cheaper: Vec<i64> = (0..SITES)
        .flat_map(|client| {
            table
                .row(client)
                .iter()
                .map(|cost| cost * 9 / 10)
                .collect::<Vec<_>>()
        })
        .collect();
    let other = Matrix::new(SITES, SITES, cheaper).expect("sizes fit");
    assert!(bound(&other, &proof).is_none_or(|bound| bound < cost));
}

/// A table small enough to try every choice, its optimum and its size.
fn small() -> (Matrix, i64, usize) {
    let sites = 8;
    let whole = table();
    let costs: Vec<i64> = (0..sites)
        .flat_map(|client| whole.row(client)[..sites].to_vec())
        .collect();
    let table = Matrix::new(sites, sites, costs).expect("sizes fit");
    let all = Proof {
        multipliers: Vec::new(),
        steps: vec![Step::Enumerate],
    };
    let least = bound(&table, &all).expect("few sites");
    (table, least, sites)
}

#[test]
fn the_halves_of_a_reach_hold_every_plan() {
    let (table, least, sites) = small();
    for client in 0..sites {
        for site in 0..sites {
            let reach = Step::Reach {
                client: client as u32,
                most: table.cost(client, site),
                near: 1,
                far: 1,
            };
            let proof = Proof {
                multipliers: Vec::new(),
                steps: vec![reach, Step::Enumerate],
            };
            assert_eq!(bound(&table, &proof), Some(least), "{client} {site}");
        }
    }
}

#[test]
fn lists_that_end_early_prove_no_more_than_the_bound_and_the_slack() {
    let (table, least, sites) = small();
    for price in [0, 5, 10, 20, 40] {
        let multipliers = vec![Multipliers {
            clients: (0..sites as u32).collect(),
            values: vec![price << MULTIPLIER_BITS; sites],
        }];
        let plain = Proof {
            multipliers: multipliers.clone(),
            steps: vec![Step::Bound { multipliers: 0 }],
        };
        let relaxed = bound(&table, &plain).expect("holds together");
        for slack in [0, 3, 10, 30, 100] {
            let shorten = Step::Shorten {
                multipliers: 0,
                slack: slack << MULTIPLIER_BITS,
                then: 1,
            };
            let proof = Proof {
                multipliers: multipliers.clone(),
                steps: vec![shorten, Step::Enumerate],
            };
            let found = bound(&table, &proof).expect("holds together");
            let most = least.min(relaxed + slack);
            assert_eq!(found, most, "price {price} slack {slack}");
        }
    }
}
