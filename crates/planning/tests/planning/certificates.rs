//! A bound is proven by its certificate alone, and only by a right one.

use angara_planning::{Case, Certificate, Effort, PlanningError, Solution, bound_by, solve};
use angara_scenario::Scenario;

use crate::builder::{euros, twin_towns, with_input};
use crate::examples::example;

/// Two towns that a single hall would serve, if halls came in parts.
fn towns() -> Scenario {
    let mut scenario = twin_towns();
    scenario.places[0].population = 9_000.0;
    scenario.places[1].population = 7_000.0;
    scenario.sites[0].opening_cost = euros(400_000.0);
    scenario.sites[1].opening_cost = euros(700_000.0);
    scenario
}

fn proven(scenario: &Scenario, cases: u64) -> (Solution, f64) {
    with_input(scenario, &[], |input| {
        let input = angara_planning::PlanningInput {
            effort: Effort {
                cases,
                ..input.effort
            },
            ..*input
        };
        let solution = solve(&input).expect("a plan");
        let bound = bound_by(&input, &solution.certificate).expect("a proof");
        (solution, bound)
    })
}

fn judged(scenario: &Scenario, certificate: &Certificate) -> Result<f64, PlanningError> {
    with_input(scenario, &[], |input| bound_by(input, certificate))
}

#[test]
fn more_cases_never_prove_less() {
    let scenario = towns();
    let (solution, one) = proven(&scenario, 1);
    let (_, many) = proven(&scenario, 41);
    assert!(one <= many && many <= solution.objective);
    assert!(
        many >= 0.9 * solution.objective,
        "{many} of {}",
        solution.objective
    );
}

#[test]
fn no_change_of_multipliers_proves_more_than_the_cost() {
    let scenario = towns();
    let (solution, bound) = proven(&scenario, 1);
    for factor in [-1.0, 0.0, 0.5, 0.999, 1.001, 2.0, 1e6] {
        let mut changed = solution.certificate.clone();
        for case in &mut changed.cases {
            if let Case::Bounded(multipliers) = case {
                for (_, multiplier) in multipliers {
                    *multiplier *= factor;
                }
            }
        }
        let changed = judged(&scenario, &changed).expect("a weaker proof");
        assert!(
            changed <= bound + 1e-6 * bound.abs(),
            "{factor}: {changed} over {bound}"
        );
    }
}

#[test]
fn a_certificate_without_cases_proves_nothing() {
    let error = judged(&towns(), &Certificate::default()).expect_err("no proof");
    assert!(matches!(error, PlanningError::Certificate(_)), "{error}");
}

#[test]
fn a_case_called_empty_must_be_shown_to_be_so() {
    let certificate = Certificate {
        cases: vec![Case::Empty(vec![(0, 1.0)])],
    };
    let error = judged(&towns(), &certificate).expect_err("no proof");
    assert!(error.to_string().contains("called empty"), "{error}");
}

#[test]
fn a_split_leaves_out_no_case_and_no_number_between() {
    let scenario = example("southern-africa");
    let (solution, _) = proven(&scenario, 3);
    let broken = |change: fn(&mut Case)| {
        let mut certificate = solution.certificate.clone();
        change(&mut certificate.cases[0]);
        judged(&scenario, &certificate)
            .expect_err("no proof")
            .to_string()
    };
    let left_out = broken(|case| {
        if let Case::Split { above, .. } = case {
            *above = 99;
        }
    });
    assert!(left_out.contains("not in the certificate"), "{left_out}");
    let twice = broken(|case| {
        if let Case::Split { below, above, .. } = case {
            *above = *below;
        }
    });
    assert!(
        twice.contains("reached twice") || twice.contains("not shown"),
        "{twice}"
    );
    let between = broken(|case| {
        if let Case::Split { at, .. } = case {
            *at += 0.5;
        }
    });
    assert!(between.contains("lie between"), "{between}");
    let no_decision = broken(|case| {
        if let Case::Split { column, .. } = case {
            *column = usize::MAX;
        }
    });
    assert!(no_decision.contains("the program lacks"), "{no_decision}");
}

#[test]
fn a_multiplier_of_a_row_that_is_not_there_proves_nothing() {
    let certificate = Certificate {
        cases: vec![Case::Bounded(vec![(1_000_000, 1.0)])],
    };
    assert_eq!(judged(&towns(), &certificate), Ok(f64::NEG_INFINITY));
}
