//! The plan of a run is certified from the run folder, and its reasons are told.

use std::path::{Path, PathBuf};

use angara_results::{Column, Table, Values, to_parquet};

use crate::support::{angara, code, copy, scratch, small_run, stderr, stdout, table};

/// A copy of the small run in which one table is another.
fn changed(name: &str, of: &str, change: impl Fn(&Column) -> Values) -> PathBuf {
    let folder = scratch().join(name);
    copy(small_run(), &folder);
    let mut changed = Table::new(of);
    for column in table(small_run(), of).columns() {
        changed = changed.column(
            &column.name,
            &column.unit,
            &column.description,
            change(column),
        );
    }
    let bytes = to_parquet(&changed).expect("a table");
    fs_err::write(folder.join("tables").join(format!("{of}.parquet")), bytes).expect("a file");
    folder
}

fn certify(folder: &Path) -> (i32, String) {
    let output = angara(&["certify", &folder.display().to_string()]);
    (code(&output), stdout(&output) + &stderr(&output))
}

#[test]
fn the_plan_of_a_run_is_what_it_claims() {
    let folder = small_run().display().to_string();
    let output = angara(&["certify", &folder, "--json"]);
    assert_eq!(code(&output), 0, "{}{}", stdout(&output), stderr(&output));
    let found: serde_json::Value = serde_json::from_str(&stdout(&output)).expect("JSON");
    let number = |name: &str| found[name].as_f64().expect("a number");
    assert!(number("bound") > 0.0 && number("bound") <= number("cost"));
    let claimed = table(small_run(), "verdict")
        .wholes("plan_objective_minor")
        .expect("a column")[0];
    assert!((number("cost") - claimed as f64 / 100.0).abs() < 0.01);
    assert!(number("gap") < 0.2, "{}", number("gap"));
}

#[test]
fn a_plan_with_an_order_less_does_not_hold() {
    let folder = changed("fewer-orders", "plan_orders", |column| {
        match &column.values {
            Values::Whole { nullable, cells }
                if column.name == "lots" || column.name == "units" =>
            {
                let mut cells = cells.clone();
                cells[0] = Some(0);
                Values::Whole {
                    nullable: *nullable,
                    cells,
                }
            }
            other => other.clone(),
        }
    });
    let (code, text) = certify(&folder);
    assert_eq!(code, 5, "{text}");
    assert!(text.contains("does not hold: the plan breaks"), "{text}");
}

#[test]
fn a_run_that_claims_another_cost_does_not_hold() {
    let folder = changed("cheaper", "verdict", |column| match &column.values {
        Values::Whole { nullable, cells } if column.name == "plan_objective_minor" => {
            Values::Whole {
                nullable: *nullable,
                cells: cells
                    .iter()
                    .map(|cell| cell.map(|minor| minor - 100_000))
                    .collect(),
            }
        }
        other => other.clone(),
    });
    let (code, text) = certify(&folder);
    assert_eq!(code, 5, "{text}");
    assert!(text.contains("the run says"), "{text}");
}

#[test]
fn a_proof_that_proves_nothing_does_not_hold() {
    let folder = changed("empty-case", "certificate", |column| match &column.values {
        Values::Text { nullable, cells } if column.name == "kind" => Values::Text {
            nullable: *nullable,
            cells: cells.iter().map(|_| Some("empty".to_owned())).collect(),
        },
        other => other.clone(),
    });
    let (code, text) = certify(&folder);
    assert_eq!(code, 5, "{text}");
    assert!(text.contains("proves nothing"), "{text}");
}

#[test]
fn a_folder_without_a_run_is_refused() {
    let folder = scratch().join("no-run");
    fs_err::create_dir_all(&folder).expect("a folder");
    let (code, text) = certify(&folder);
    assert_eq!(code, 2, "{text}");
}

#[test]
fn the_reasons_of_a_plan_name_every_site() {
    let folder = small_run().display().to_string();
    let output = angara(&["reasons", &folder]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let text = stdout(&output);
    let sites = table(small_run(), "sites").texts("name").expect("names");
    for site in &sites {
        assert!(text.contains(site), "{site}: {text}");
    }
    let output = angara(&["reasons", &folder, "--json"]);
    let found: serde_json::Value = serde_json::from_str(&stdout(&output)).expect("JSON");
    let told = found["sites"].as_array().expect("sites");
    assert_eq!(told.len(), sites.len());
    assert!(told.iter().any(|site| site["chosen"] == true));
}
