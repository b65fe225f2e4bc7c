//! `angara plant` on weather made by hand, and on real records where they are at hand.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use crate::support::{angara, code, example, scratch, stderr, stdout};

fn file(name: &str, content: &str) -> String {
    let folder: PathBuf = scratch().join("plant");
    fs_err::create_dir_all(&folder).expect("a folder");
    let path = folder.join(name);
    fs_err::write(&path, content).expect("a file");
    path.display().to_string()
}

/// A hundred days between -20 and 27 °C, colder by night.
fn hours(name: &str) -> String {
    let mut text = "time,temperature_2m,relative_humidity_2m,surface_pressure\n".to_owned();
    for hour in 0..2400 {
        let day = hour / 24;
        let month = 1 + day / 28;
        let dry_bulb_c = -20.0 + 0.4 * f64::from(day) + 0.3 * f64::from(hour % 24);
        let _ = writeln!(
            text,
            "2020-{month:02}-{:02}T{:02}:00,{dry_bulb_c:.1},60,950",
            1 + day % 28,
            hour % 24
        );
    }
    file(name, &text)
}

/// Two stations, one on the equator and one south of it.
fn normals() -> String {
    let mut text = "NAME,LAT,LON,ELEV".to_owned();
    for quantity in ["tmp", "dtr", "reh"] {
        for month in 1..=12 {
            let _ = write!(text, ",{quantity}_{month:02}");
        }
    }
    for (place, mean) in [("Zero,0,0,0", 25.0), ("South,-33.4,-70.6,500", 14.0)] {
        let _ = write!(text, "\n{place}");
        for value in [mean, 10.0, 70.0] {
            let _ = write!(text, "{}", format!(",{value}").repeat(12));
        }
    }
    file("normals.csv", &text)
}

fn answer(arguments: &[&str]) -> serde_json::Value {
    let output = angara(&[&["plant"], arguments, &["--json"]].concat());
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    serde_json::from_str(&stdout(&output)).expect("JSON")
}

fn number(value: &serde_json::Value) -> f64 {
    value.as_f64().expect("a number")
}

#[test]
fn a_year_under_a_table_of_hours_has_its_figures_in_json() {
    let weather = hours("hours.csv");
    let year = answer(&["--weather", &weather, "--topology", "dry-cooler-trim"]);
    let pue = number(&year["pue"]);
    assert!(pue > 1.05 && pue < 1.3, "{pue}");
    assert_eq!(number(&year["wue_l_per_kwh"]), 0.0);
    assert_eq!(number(&year["unmet_hours"]), 0.0);
    let modes: f64 = ["free", "partial", "mechanical"]
        .iter()
        .map(|mode| number(&year[format!("{mode}_cooling_hours")]))
        .sum();
    assert!((modes - 8760.0).abs() < 1e-6);
    let dry = &year["hours_dry_bulb_at_most"];
    let wet = &year["hours_wet_bulb_at_most"];
    assert_eq!(number(&dry["-60"]), 0.0);
    assert!((number(&dry["60"]) - 8760.0).abs() < 1e-6);
    assert!(number(&wet["10"]) > number(&dry["10"]));
    let parts: f64 = year["partial_pue"]
        .as_object()
        .expect("parts")
        .values()
        .map(number)
        .sum();
    assert!((parts - pue).abs() < 1e-9, "{parts}");
}

#[test]
fn cases_are_compared_and_the_same_for_any_number_of_threads() {
    let weather = hours("compare.csv");
    let arguments = [
        "plant",
        "--weather",
        &weather,
        "--compare",
        "--json",
        "--quiet",
    ];
    let of_threads = |threads: &str| {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_angara"))
            .args(arguments)
            .env("RAYON_NUM_THREADS", threads)
            .output()
            .expect("the binary starts");
        stdout(&output)
    };
    let one = of_threads("1");
    assert_eq!(one, of_threads("7"));
    let cases: serde_json::Value = serde_json::from_str(&one).expect("JSON");
    let names: Vec<&str> = cases["cases"]
        .as_array()
        .expect("cases")
        .iter()
        .map(|case| case["topology"].as_str().expect("a name"))
        .collect();
    assert_eq!(
        names,
        [
            "air-economiser",
            "dry-cooler-trim",
            "tower-chiller-wse",
            "liquid-warm-water",
            "dx-small",
            "indirect-air"
        ]
    );
    let text = angara(&["plant", "--weather", &weather, "--compare"]);
    assert_eq!(stdout(&text).matches("compare.csv").count(), 6);
}

#[test]
fn a_point_gets_a_synthetic_year_that_says_so() {
    let normals = normals();
    let asked = [
        "-33.4,-70.6",
        "--normals",
        &normals,
        "--topology",
        "air-economiser",
    ];
    let year = answer(&asked);
    assert_eq!(year["synthetic"], true);
    assert!((number(&year["elevation_m"]) - 500.0).abs() < 1.0);
    let origin = year["weather_origin"].as_str().expect("words");
    assert!(
        origin.contains("not measured") && origin.contains("South (0 km)"),
        "{origin}"
    );
    assert!((number(&year["dry_bulb_c"]["mean"]) - 14.0).abs() < 0.3);
    let warmer = answer(&[&asked[..], &["--warming", "2"]].concat());
    assert!((number(&warmer["dry_bulb_c"]["mean"]) - 16.0).abs() < 0.3);
    let wave = answer(&[&asked[..], &["--heat-wave", "20"]].concat());
    let hottest = |year: &serde_json::Value| number(&year["dry_bulb_c"]["greatest"]);
    assert!(hottest(&wave) > hottest(&year));
    let origin = wave["weather_origin"].as_str().expect("words");
    assert!(origin.contains("heat wave of once in 20 years"), "{origin}");
    let by_name = answer(&[
        "south",
        "--normals",
        &normals,
        "--topology",
        "air-economiser",
    ]);
    assert_eq!(by_name["pue"], year["pue"]);
}

#[test]
fn sites_of_a_scenario_stand_under_their_own_weather() {
    let siberia = example("siberia").display().to_string();
    let all = answer(&["--scenario", &siberia, "--quiet"]);
    let cases = all["cases"].as_array().expect("cases");
    assert!(cases.len() > 3, "{}", cases.len());
    let first = cases[0]["weather"].as_str().expect("an id");
    let own = cases[0]["topology"].as_str().expect("a topology");
    let one = answer(&[first, "--scenario", &siberia, "--topology", own, "--quiet"]);
    assert_eq!(one["pue"], cases[0]["pue"]);
    let output = angara(&["plant", "nowhere", "--scenario", &siberia, "--compare"]);
    assert_eq!(code(&output), 2);
    assert!(stderr(&output).contains(first), "{}", stderr(&output));
}

#[test]
fn what_stands_around_the_plant_is_told() {
    let weather = hours("around.csv");
    let asked = [
        "--weather",
        &weather,
        "--topology",
        "liquid-warm-water",
        "--carbon",
        "400",
        "--carbon-marginal",
        "700",
        "--reuse",
        "0.5",
        "--grid-limit",
        "1 MW",
        "--storage",
        "500",
    ];
    let year = answer(&asked);
    let pue = number(&year["pue"]);
    assert!((number(&year["cue_g_per_kwh"]) - 400.0 * pue).abs() < 1e-9);
    assert!((number(&year["cue_marginal_g_per_kwh"]) - 700.0 * pue).abs() < 1e-9);
    let erf = number(&year["heat_reuse"]["erf"]);
    assert!(erf > 0.4 && erf < 0.5, "{erf}");
    assert!((number(&year["grid_limit"]["hours_above"]) - 8760.0).abs() < 1e-6);
    assert_eq!(year["ride_through"]["holds"], true);
    assert!(number(&year["generators"]["start_probability"]) > 0.99);
    let inlet: f64 = year["inlet_hours"]
        .as_object()
        .expect("envelopes")
        .values()
        .map(number)
        .sum();
    assert!((inlet - 8760.0).abs() < 1e-6);
    let text = stdout(&angara(&[&["plant"][..], &asked].concat()));
    for words in [
        "CUE, marginal",
        "Heat reused",
        "Beyond the grid",
        "Without grid",
        "holds",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    let broken = answer(&[
        "--weather",
        &weather,
        "--topology",
        "dry-cooler-trim",
        "--unit-lost",
    ]);
    assert_eq!(broken["cooling_redundancy"], "N");
    assert_eq!(number(&broken["unmet_hours"]), 0.0);
}

#[test]
fn a_folder_holds_the_page_and_the_hours_and_is_never_written_over() {
    let weather = hours("folder.csv");
    let folder = scratch().join("plant").join("out");
    let out = folder.display().to_string();
    let asked = [
        "plant",
        "--weather",
        &weather,
        "--topology",
        "air-economiser",
        "--out",
        &out,
    ];
    let output = angara(&asked);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let page = fs_err::read_to_string(folder.join("plant.html")).expect("a page");
    assert!(page.contains("Psychrometric chart") && !page.contains("NaN"));
    let table = fs_err::read_to_string(folder.join("hours.csv")).expect("a table");
    assert!(table.lines().count() > 2400);
    let again = angara(&asked);
    assert_eq!(code(&again), 1);
    assert!(
        stderr(&again).contains("is there already"),
        "{}",
        stderr(&again)
    );
    let several = scratch()
        .join("plant")
        .join("several")
        .display()
        .to_string();
    let output = angara(&[
        "plant",
        "--weather",
        &weather,
        "--compare",
        "--out",
        &several,
    ]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let folders = fs_err::read_dir(&several).expect("folders").count();
    assert_eq!(folders, 6);
}

#[test]
fn what_cannot_be_answered_says_what_is_missing() {
    let weather = hours("missing.csv");
    let normals = normals();
    for (arguments, words) in [
        (&["--compare"][..], "--weather FILE"),
        (&["--weather", &weather], "--topology NAME"),
        (&["1,1", "--compare"], "--normals FILE"),
        (
            &["Atlantis", "--compare", "--normals", &normals],
            "neither LAT,LON",
        ),
        (&["60,100", "--compare", "--normals", &normals], "km away"),
        (&["95,100", "--compare", "--normals", &normals], "no point"),
        (&["--compare", "--weather", &normals], "temperature_2m"),
        (
            &["--compare", "--weather", &weather, "--liquid-share", "0.1"],
            "0.3 to 0.95",
        ),
        (&["--compare", "--weather", "nowhere.epw"], "nowhere.epw"),
        (&["--weather", &weather, "--topology", "fridge"], "dx-small"),
    ] {
        let output = angara(&[&["plant"], arguments].concat());
        assert_eq!(code(&output), 2, "{arguments:?}");
        assert!(
            stderr(&output).contains(words),
            "{arguments:?}: {}",
            stderr(&output)
        );
    }
}

#[test]
fn a_real_year_has_the_free_cooling_hours_of_the_reference_table() {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/weather");
    for (path, dry, wet) in [
        (
            "epw/USA_AK_Northway.AP.702910_TMY3.epw.xz",
            [("18", 8202.0), ("22", 8575.0), ("27", 8748.0)],
            [("10", 7703.0), ("18", 8756.0)],
        ),
        (
            "hourly/ZA_2020-2024.csv.xz",
            [("18", 5762.0), ("22", 7381.0), ("27", 8511.0)],
            [("10", 3929.0), ("18", 8708.0)],
        ),
    ] {
        let path = shared.join(path);
        if !path.exists() {
            println!("skipped: no {} in the shared data folder", path.display());
            continue;
        }
        let path = path.display().to_string();
        let year = answer(&[
            "--weather",
            &path,
            "--topology",
            "dry-cooler-trim",
            "--quiet",
        ]);
        for (name, counts) in [("dry", &dry[..]), ("wet", &wet[..])] {
            for (degree, expected) in counts {
                let found = number(&year[format!("hours_{name}_bulb_at_most")][degree]);
                assert!(
                    (found - expected).abs() <= 1.0,
                    "{path} {name} {degree}: {found}"
                );
            }
        }
    }
}
