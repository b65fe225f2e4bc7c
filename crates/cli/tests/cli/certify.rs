//! `angara expand` and `angara certify`: a plan, its proof, and what becomes of a proof that was tampered with.

use std::path::{Path, PathBuf};

use crate::support::{angara, code, scratch, stderr, stdout};

fn folder(name: &str) -> PathBuf {
    let folder = scratch().join("certify").join(name);
    fs_err::create_dir_all(&folder).expect("a folder");
    folder
}

fn done(arguments: &[&str]) -> String {
    let output = angara(arguments);
    assert_eq!(code(&output), 0, "{arguments:?}: {}", stderr(&output));
    stdout(&output)
}

/// A region of few places in its folder, with a plan whose proof is one leaf.
fn planned(name: &str) -> (PathBuf, PathBuf) {
    let folder = folder(name);
    let (region, plan) = (folder.join("region.txt"), folder.join("plan.txt"));
    let (region_name, plan_name) = (region.display().to_string(), plan.display().to_string());
    let sizes = [
        "--places",
        "12",
        "--sites",
        "4",
        "--periods",
        "3",
        "--seed",
        "7",
    ];
    done(
        &[
            &["expand", "generate"],
            &sizes[..],
            &["--out", &region_name],
        ]
        .concat(),
    );
    done(&[
        "expand",
        "solve",
        &region_name,
        "--nodes",
        "1",
        "--out",
        &plan_name,
    ]);
    (region, plan)
}

fn certified(plan: &Path) -> (i32, serde_json::Value) {
    let output = angara(&["certify", &plan.display().to_string(), "--json"]);
    let verdict = serde_json::from_str(&stdout(&output)).unwrap_or_default();
    (code(&output), verdict)
}

/// Changes the first line that begins so; says what the checker then says.
fn tampered(file: &Path, plan: &Path, line: &str, change: impl Fn(&str) -> String) -> String {
    let before = fs_err::read_to_string(file).expect("text");
    let mut changed = false;
    let lines: Vec<String> = before
        .lines()
        .map(|found| {
            if !changed && found.starts_with(line) {
                changed = true;
                change(found)
            } else {
                found.to_owned()
            }
        })
        .collect();
    assert!(changed, "no line {line}");
    fs_err::write(file, lines.join("\n") + "\n").expect("written");
    let (code, verdict) = certified(plan);
    fs_err::write(file, before).expect("written");
    assert_eq!(code, 5, "{line}: {verdict}");
    assert_eq!(verdict["holds"], false);
    verdict["violated"].as_str().expect("a reason").to_owned()
}

/// The last number of a line, plus a thousand.
fn more(line: &str) -> String {
    let (head, last) = line.rsplit_once(' ').expect("words");
    format!("{head} {}", last.parse::<i64>().expect("a number") + 1_000)
}

#[test]
fn a_plan_holds_and_the_gap_is_told() {
    let (_, plan) = planned("holds");
    let (code, verdict) = certified(&plan);
    assert_eq!((code, &verdict["holds"]), (0, &true.into()), "{verdict}");
    let number = |name: &str| verdict[name].as_f64().expect("a number");
    assert!(number("bound") > 0.9 * number("cost") && number("bound") <= number("cost"));
    let told = done(&["certify", &plan.display().to_string()]);
    assert!(told.contains("holds: recomputed from the data"), "{told}");
}

#[test]
fn the_same_seed_gives_the_same_bytes_of_region_and_plan() {
    let (one, two) = (planned("once"), planned("twice"));
    let read = |path: &Path| fs_err::read(path).expect("bytes");
    assert_eq!(read(&one.0), read(&two.0));
    assert_eq!(read(&one.1), read(&two.1));
}

#[test]
fn one_changed_number_makes_the_proof_of_a_fleet_fail() {
    let (region, plan) = planned("tampered");
    let twice = |line: &str| {
        let (head, last) = line.rsplit_once(' ').expect("words");
        format!("{head} {}", 2 * last.parse::<i64>().expect("a number"))
    };
    let reason = tampered(&plan, &plan, "demand", twice);
    assert!(reason.starts_with("claimed bound"), "{reason}");
    let reason = tampered(&plan, &plan, "serve 0", |line| {
        line.rsplit_once(' ').expect("words").0.to_owned()
    });
    assert!(reason.contains("served 0 of"), "{reason}");
    let reason = tampered(&plan, &plan, "cost", more);
    assert!(reason.starts_with("claimed cost"), "{reason}");
    let reason = tampered(&plan, &plan, "bound", more);
    assert!(reason.starts_with("claimed bound"), "{reason}");
    let reason = tampered(&region, &plan, "capacity", more);
    assert!(
        reason.starts_with("data:") && reason.contains("hash"),
        "{reason}"
    );
    assert_eq!(certified(&plan).0, 0);
}

#[test]
fn one_changed_number_makes_the_proof_of_a_siting_plan_fail() {
    let folder = folder("siting");
    let towns = folder.join("towns.csv");
    let rows = "a,0,0,1,15\nb,10,0,5,15\nc,20,0,1,15\nd,100,0,1,15\ne,110,0,5,15\nf,120,0,1,15\n";
    fs_err::write(&towns, format!("id,x,y,demand,fixed_cost\n{rows}")).expect("written");
    let proof = folder.join("proof.txt");
    let (towns_name, proof_name) = (towns.display().to_string(), proof.display().to_string());
    for question in [
        &["p-median", "--p", "2"][..],
        &["p-center", "--p", "1"],
        &["lscp", "--radius", "10"],
        &["mclp", "--p", "1", "--radius", "10"],
        &["uflp"],
        &["cflp", "--capacity", "7"],
    ] {
        let asked = [&["site", question[0], &towns_name], &question[1..]].concat();
        done(&[&asked[..], &["--proof", &proof_name]].concat());
        let (code, verdict) = certified(&proof);
        assert_eq!(code, 0, "{question:?}: {verdict}");
        assert_eq!(verdict["cost"], verdict["bound"], "{question:?}");
        let twice = |line: &str| {
            let (head, last) = line.rsplit_once(' ').expect("words");
            format!("{head} {:?}", 2.0 * last.parse::<f64>().expect("a number"))
        };
        tampered(&proof, &proof, "objective", twice);
        tampered(&proof, &proof, "bound", twice);
        tampered(&proof, &proof, "open", |_| "open 0".to_owned());
        let reason = tampered(&towns, &proof, "b,10", |_| "b,11,0,5,15".to_owned());
        assert!(reason.starts_with("data:"), "{reason}");
    }
}

#[test]
fn what_is_no_proof_is_refused_with_all_that_is_wrong() {
    let (region, plan) = planned("refused");
    let refused = |path: &Path, words: &[&str]| {
        let output = angara(&["certify", &path.display().to_string()]);
        assert_eq!(code(&output), 2, "{}", stdout(&output));
        for word in words {
            assert!(stderr(&output).contains(word), "{}", stderr(&output));
        }
    };
    refused(&region, &["line 1: is no proof"]);
    refused(Path::new("nowhere.txt"), &["nowhere.txt"]);
    let text = fs_err::read_to_string(&plan).expect("text");
    let wrong = plan.with_file_name("wrong.txt");
    let broken = text
        .replacen("data region.txt", "data ../region.txt", 1)
        .replacen("\ncost ", "\ncost x", 1)
        .replacen("node leaf ", "node leaf -", 1);
    fs_err::write(&wrong, broken).expect("written");
    refused(
        &wrong,
        &[
            "line 3: data is `../region.txt`",
            "cost is `x",
            "node is `-",
        ],
    );
    fs_err::remove_file(&region).expect("removed");
    refused(&plan, &["region.txt", "--data"]);
}

#[test]
fn towns_of_a_table_become_a_region() {
    let folder = folder("towns");
    let towns = folder.join("towns.csv");
    let row = |n: u32| {
        let (latitude, longitude, people) = (50 + n % 5, 100 + n, 10_000 * (n + 1));
        format!("\"Town, {n}\",{latitude},{longitude},{people}")
    };
    let rows = (0..20).map(row).collect::<Vec<_>>().join("\n");
    fs_err::write(&towns, format!("name,lat,lon,population\n{rows}")).expect("written");
    let out = folder.join("region.txt").display().to_string();
    let table = towns.display().to_string();
    let sizes = [
        "--places",
        "20",
        "--sites",
        "3",
        "--periods",
        "2",
        "--out",
        &out,
    ];
    done(&[&["expand", "generate", "--towns", &table], &sizes[..]].concat());
    let text = fs_err::read_to_string(&out).expect("text");
    assert!(text.contains("place 54.0° 119.0° Town, 19"), "{text}");
    fs_err::write(&towns, "name,lat,lon,population\na,91,0,1\nb,0,0,many\n").expect("written");
    let output = angara(&[&["expand", "generate", "--towns", &table], &sizes[..]].concat());
    assert_eq!(code(&output), 2);
    for word in ["line 2: latitude", "line 3: population is `many`"] {
        assert!(stderr(&output).contains(word), "{}", stderr(&output));
    }
}
