//! `angara site` on a file small enough to be solved by hand.

use std::path::PathBuf;

use crate::support::{angara, code, scratch, stderr, stdout};

/// Two groups of three towns on a line, the middle ones with most demand.
const TOWNS: &str = "id,x,y,demand,fixed_cost\n\
    a,0,0,1,15\nb,10,0,5,15\nc,20,0,1,15\nd,100,0,1,15\ne,110,0,5,15\nf,120,0,1,15\n";

fn file(name: &str, content: &str) -> String {
    let folder: PathBuf = scratch().join("site");
    fs_err::create_dir_all(&folder).expect("a folder");
    let path = folder.join(name);
    fs_err::write(&path, content).expect("a file");
    path.display().to_string()
}

fn solved(arguments: &[&str]) -> serde_json::Value {
    let output = angara(&[&["site"], arguments, &["--json"]].concat());
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    serde_json::from_str(&stdout(&output)).expect("JSON")
}

#[test]
fn every_problem_is_solved_as_by_hand_and_proven() {
    let towns = file("towns.csv", TOWNS);
    let middles = serde_json::json!(["b", "e"]);
    for (arguments, objective, open) in [
        (&["p-median", &towns, "--p", "2"][..], 40.0, Some(&middles)),
        (&["p-center", &towns, "--p", "2"], 10.0, Some(&middles)),
        (&["p-center", &towns, "--p", "1"], 100.0, None),
        (&["lscp", &towns, "--radius", "10"], 2.0, Some(&middles)),
        (&["mclp", &towns, "--p", "1", "--radius", "10"], 7.0, None),
        (
            &["mclp", &towns, "--p", "2", "--radius", "9.5"],
            10.0,
            Some(&middles),
        ),
        (&["uflp", &towns], 70.0, Some(&middles)),
        (&["cflp", &towns, "--capacity", "7"], 70.0, Some(&middles)),
    ] {
        let answer = solved(arguments);
        assert_eq!(answer["objective"], objective, "{arguments:?}");
        assert_eq!(answer["bound"], objective, "{arguments:?}");
        assert_eq!(answer["proven"], true, "{arguments:?}");
        assert!(
            answer["seconds"]
                .as_f64()
                .is_some_and(|seconds| seconds >= 0.0)
        );
        if let Some(open) = open {
            assert_eq!(&answer["open"], open, "{arguments:?}");
        }
    }
}

#[test]
fn an_answer_is_told_in_words() {
    let towns = file("words.csv", TOWNS);
    let output = angara(&["site", "p-median", &towns, "--p", "2"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let shown = stdout(&output).replace(&towns, "towns.csv");
    let told: Vec<&str> = shown
        .lines()
        .filter(|line| !line.contains("Time"))
        .collect();
    insta::assert_snapshot!(told.join("\n"));
}

#[test]
fn a_question_that_cannot_be_put_is_refused_with_what_is_missing() {
    let towns = file("refused.csv", TOWNS);
    let wrong = file("wrong.csv", "id,x,y\na,0,north\nb,1\n");
    let refused = |arguments: &[&str], words: &[&str]| {
        let output = angara(&[&["site"], arguments].concat());
        assert_eq!(code(&output), 2, "{arguments:?}");
        let told = stderr(&output);
        for word in words {
            assert!(told.contains(word), "{told}");
        }
    };
    refused(&["p-median", &towns], &["how many sites", "--p"]);
    refused(&["p-median", &towns, "--p", "7"], &["6 sites"]);
    refused(&["lscp", &towns, "--radius=-1"], &["0 to 1e12"]);
    refused(&["cflp", &towns], &["--capacity"]);
    refused(
        &["cflp", &towns, "--capacity", "1"],
        &["cannot serve all demand"],
    );
    refused(
        &["p-median", &wrong, "--p", "1"],
        &["line 2", "north", "line 3"],
    );
    refused(&["p-median", "nowhere.csv", "--p", "1"], &["nowhere.csv"]);
}

#[test]
fn published_instances_are_recognised_and_proven() {
    let folder = PathBuf::from(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../../shared/data/siting"
    ));
    if !folder.exists() {
        println!("skipped: {} is absent", folder.display());
        return;
    }
    let path = |name: &str| folder.join(name).display().to_string();
    let median = solved(&["p-median", &path("orlib-pmed/pmed1.txt")]);
    assert_eq!(
        (&median["objective"], &median["proven"]),
        (&5819.0.into(), &true.into())
    );
    let warehouses = solved(&["cflp", &path("orlib-cap/cap101.txt")]);
    let objective = warehouses["objective"].as_f64().expect("a number");
    assert!((objective - 796_648.437).abs() < 1e-2 && warehouses["proven"] == true);
    let servers = solved(&["sslp", &path("siplib-sslp/sslp_5_25_50.cor")]);
    let objective = servers["objective"].as_f64().expect("a number");
    assert!((objective + 121.6).abs() < 1e-6 && servers["proven"] == true);
}
