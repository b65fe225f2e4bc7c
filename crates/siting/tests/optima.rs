//! Published optima, each with a proof that the independent check accepts.

use angara_siting::certificate::{CapacitatedQuestion, Question};
use angara_siting::read::{orlib_cap, orlib_pmed, siplib_sslp, tsplib};
use angara_siting::server::server_location;
use angara_siting::table::CostTable;
use angara_siting::{Limits, capacitated, p_center, p_median, uncapacitated};

/// A file of the shared instances; none, and said so, where they are not there.
#[expect(clippy::print_stdout, reason = "a test that is skipped says so")]
fn text(path: &str) -> Option<String> {
    let path = format!(
        "{}/../../../shared/data/siting/{path}",
        env!("CARGO_MANIFEST_DIR")
    );
    let text = fs_err::read_to_string(&path).ok();
    if text.is_none() {
        println!("skipped: {path} is not there");
    }
    text
}

/// Instance, capacity that stands in, value, of one family of `optima.tsv`.
fn optima(family: &str) -> Vec<(String, f64)> {
    let list = text("optima.tsv").unwrap_or_default();
    let rows = list.lines().filter_map(|line| {
        let cells: Vec<&str> = line.split('\t').collect();
        (cells[0] == family).then(|| Some((cells[1].to_owned(), cells[3].parse().ok()?)))?
    });
    rows.collect()
}

#[test]
fn warehouses_with_capacities_reach_the_published_optima() {
    for (instance, published) in optima("cflp-multi-source") {
        let (name, capacity) = instance
            .split_once('_')
            .map_or((instance.as_str(), None), |(name, number)| {
                (name, number.parse().ok())
            });
        let Some(text) = text(&format!("orlib-cap/{name}.txt")) else {
            return;
        };
        let (facilities, findings) = orlib_cap::read(&text, capacity);
        assert!(findings.is_empty(), "{instance}: {findings:?}");
        let facilities = facilities.expect("no findings");
        let capacities = facilities.capacities.clone().expect("given");
        let siting =
            capacitated(&facilities, &capacities, &Limits::default()).expect("enough capacity");
        assert!(siting.proven, "{instance}");
        assert!(
            (siting.objective - published).abs() < 0.0011,
            "{instance}: {} {published}",
            siting.objective
        );
        let question = CapacitatedQuestion {
            facilities: &facilities,
            capacities: &capacities,
        };
        let open: Vec<u32> = siting.open.iter().map(|&site| site as u32).collect();
        let cost = question
            .cost(&open, &siting.assignment.expect("split"))
            .expect("feasible");
        let bound = question
            .bound(&siting.proof.expect("kept"))
            .expect("holds together");
        assert!(
            (cost / facilities.scale - published).abs() < 0.0011,
            "{instance}: {cost}"
        );
        assert!(
            (bound / facilities.scale - published).abs() < 0.05,
            "{instance}: {bound}"
        );
    }
}

#[test]
fn warehouses_without_capacities_reach_the_published_optima() {
    for (instance, published) in optima("uflp (capacities ignored)") {
        let Some(text) = text(&format!("orlib-cap/{instance}.txt")) else {
            return;
        };
        let facilities = orlib_cap::read(&text, Some(1.0)).0.expect("no findings");
        let siting = uncapacitated(&facilities, &Limits::default());
        assert!(siting.proven, "{instance}");
        assert!(
            (siting.objective - published).abs() < 0.0011,
            "{instance}: {} {published}",
            siting.objective
        );
        let question = Question {
            table: &facilities.costs,
            opening: &facilities.opening,
            count: None,
        };
        let open: Vec<u32> = siting.open.iter().map(|&site| site as u32).collect();
        let cost = question.cost(&open).expect("served");
        let bound = question
            .bound(&siting.proof.expect("kept"))
            .expect("holds together");
        assert!(
            bound as f64 >= cost as f64 * (1.0 - 1e-8),
            "{instance}: {bound} {cost}"
        );
    }
}

#[test]
fn medians_of_graphs_reach_the_published_optima() {
    for (instance, published) in optima("p-median") {
        let Some(text) = text(&format!("orlib-pmed/{instance}.txt")) else {
            return;
        };
        let medians = orlib_pmed::read(&text).0.expect("no findings");
        let open = medians.open.expect("in the file");
        let siting = p_median(&medians, open, &Limits::default());
        assert!(siting.proven, "{instance}");
        assert_eq!(siting.objective, published, "{instance}");
        accepted(medians.table.as_ref(), open, &siting, &instance);
    }
}

#[test]
fn medians_of_points_reach_the_published_optima() {
    for (open, published) in [
        (20, 1412108.0),
        (50, 795012.0),
        (200, 268573.0),
        (300, 177326.0),
        (400, 128332.0),
    ] {
        let Some(text) = text("pmed-tsp/rl1304.tsp") else {
            return;
        };
        let medians = tsplib::read(&text).0.expect("no findings");
        let siting = p_median(&medians, open, &Limits::default());
        assert!(siting.proven, "p = {open}");
        assert_eq!(siting.objective, published, "p = {open}");
        accepted(medians.table.as_ref(), open, &siting, "rl1304");
    }
}

fn accepted(table: &dyn CostTable, open: usize, siting: &angara_siting::Siting, instance: &str) {
    let opening = vec![0; table.sites()];
    let question = Question {
        table,
        opening: &opening,
        count: Some(open),
    };
    let plan: Vec<u32> = siting.open.iter().map(|&site| site as u32).collect();
    let proof = siting.proof.as_ref().expect("kept");
    assert_eq!(
        question.cost(&plan),
        Some(siting.objective as i64),
        "{instance}"
    );
    assert_eq!(
        question.bound(proof),
        Some(siting.objective as i64),
        "{instance}"
    );
}

#[test]
fn servers_under_uncertainty_reach_the_published_optima() {
    for (instance, published) in optima("stochastic server location") {
        let part = |end: &str| text(&format!("siplib-sslp/{instance}.{end}"));
        let (Some(core), Some(time), Some(stochastic)) = (part("cor"), part("tim"), part("sto"))
        else {
            return;
        };
        let (location, findings) = siplib_sslp::read(&core, &time, &stochastic);
        assert!(findings.is_empty(), "{instance}: {findings:?}");
        let location = location.expect("no findings");
        let found = server_location(&location, &Limits::default());
        assert!(found.siting.proven, "{instance}");
        assert!(
            (found.siting.objective - published).abs() < 1e-6,
            "{instance}: {}",
            found.siting.objective
        );
        let cost = location
            .cost(&found.siting.open, &found.assignments)
            .expect("whole");
        assert!((cost - published).abs() < 1e-6, "{instance}: {cost}");
    }
}

#[test]
fn one_open_site_is_the_centre_of_the_graph() {
    let Some(text) = text("orlib-pmed/pmed1.txt") else {
        return;
    };
    let table = orlib_pmed::read(&text).0.expect("no findings").table;
    let farthest = |site: usize| {
        (0..table.clients())
            .map(|client| table.cost(client, site))
            .max()
    };
    let least = (0..table.sites())
        .filter_map(farthest)
        .min()
        .expect("sites");
    let siting = p_center(table.as_ref(), 1, &Limits::default());
    assert!(siting.proven);
    assert_eq!(siting.objective as i64, least);
}
