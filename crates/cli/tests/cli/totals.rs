//! Planner, simulator and report tell the same totals.

use std::path::Path;

use crate::support::{siberia_run, small_run, table};

/// How far planned and simulated energy of a year may be apart [1].
///
/// The planner counts every service at its mean and every site at one PUE; the simulator plays measured curves, noise,
/// packing and weather. A year that draws a tenth more than planned goes back to the planner.
const ENERGY_TOLERANCE: f64 = 0.10;

fn sum_by(run: &Path, name: &str, key: &str, wanted: &str, value: &str) -> f64 {
    let rows = table(run, name);
    let keys = rows.texts(key).expect("keys");
    let values = rows.reals(value).expect("values");
    keys.iter()
        .zip(values)
        .filter(|(key, _)| *key == wanted)
        .map(|(_, value)| value)
        .sum()
}

fn totals_agree(run: &Path) {
    let months = table(run, "site_months");
    let monthly = |column: &str| -> f64 { months.reals(column).expect(column).iter().sum() };
    let near = |a: f64, b: f64, tolerance: f64, what: &str| {
        assert!(
            (a - b).abs() <= tolerance * b.abs().max(1.0),
            "{what}: {a} and {b}"
        );
    };

    // Report tables against the simulation's months: exact but for the order of sums.
    let compared =
        |quantity: &str, side: &str| sum_by(run, "energy_compare", "quantity", quantity, side);
    near(
        compared("IT energy", "simulated"),
        monthly("it_kwh"),
        1e-9,
        "IT energy",
    );
    near(
        compared("facility energy", "simulated"),
        monthly("facility_kwh"),
        1e-9,
        "facility energy",
    );

    // Planner against simulator.
    for quantity in ["IT energy", "facility energy"] {
        near(
            compared(quantity, "planned"),
            compared(quantity, "simulated"),
            ENERGY_TOLERANCE,
            quantity,
        );
    }
    near(
        compared("IT nameplate", "planned"),
        compared("IT nameplate", "simulated"),
        1e-9,
        "capacity",
    );
    let plan_sites = table(run, "plan_sites");
    let nameplate: f64 = plan_sites
        .reals("nameplate_it_kw")
        .expect("power")
        .iter()
        .sum();
    near(
        compared("IT nameplate", "simulated"),
        nameplate,
        1e-9,
        "capacity of the plan",
    );

    // Money: the bill by category, the parties, and the comparison give one total, to the minor unit.
    let bill: i64 = table(run, "money")
        .wholes("amount_minor")
        .expect("amounts")
        .iter()
        .sum();
    let parties = table(run, "parties");
    let theirs: i64 = ["capital_minor", "operating_minor"]
        .iter()
        .flat_map(|column| parties.wholes(column).expect("amounts"))
        .sum();
    assert_eq!(bill, theirs, "the parties pay the bill to the minor unit");
    near(
        compared("cost", "simulated") * 100.0,
        bill as f64,
        1e-12,
        "cost",
    );
    near(
        compared("cost", "planned"),
        compared("cost", "simulated"),
        ENERGY_TOLERANCE,
        "cost",
    );
}

#[test]
fn energy_cost_and_capacity_agree_in_the_small_example() {
    totals_agree(small_run());
}

#[test]
fn energy_cost_and_capacity_agree_in_the_siberian_example() {
    totals_agree(siberia_run());
}

#[test]
fn the_planner_minimises_what_the_accounting_books() {
    for run in [small_run(), siberia_run()] {
        let verdict = table(run, "verdict");
        let objective = verdict.wholes("plan_objective_minor").expect("objective")[0] as f64;
        let booked = verdict.wholes("planned_cost_minor").expect("cost")[0] as f64;
        assert!(
            (objective - booked).abs() <= 1e-6 * booked,
            "objective {objective}, booked {booked}"
        );
        let bound = verdict.wholes("plan_bound_minor").expect("bound")[0] as f64;
        assert!(bound <= objective * (1.0 + 1e-9), "a bound above its plan");
    }
}

#[test]
fn conservation_leaves_nothing_over() {
    let manifest = angara_results::Manifest::read(siberia_run()).expect("the manifest");
    assert!(manifest.residuals.len() >= 5);
    for residual in manifest.residuals {
        assert!(
            residual.value <= residual.limit,
            "{}: {}",
            residual.name,
            residual.value
        );
    }
}
