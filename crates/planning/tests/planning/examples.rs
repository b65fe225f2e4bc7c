//! The shipped examples have plans, proven to a thousandth.

use std::path::Path;

use angara_scenario::{Scenario, load};

use crate::builder::solved;

pub(crate) fn example(name: &str) -> Scenario {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../examples")
        .join(name);
    let mut scenario = load(&folder).scenario.expect("an example without findings");
    scenario.planning.gap = 0.001;
    scenario.planning.node_limit = 2000;
    scenario
}

#[test]
fn siberia_is_planned_to_its_gap() {
    let solution = solved(&example("siberia"), &[]).expect("a plan");
    assert!(solution.proven && solution.gap <= 0.001 + 1e-6);
}

#[test]
fn southern_africa_is_planned_to_its_gap() {
    let solution = solved(&example("southern-africa"), &[]).expect("a plan");
    assert!(solution.proven && solution.gap <= 0.001 + 1e-6);
}
