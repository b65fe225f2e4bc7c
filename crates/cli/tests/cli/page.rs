//! The page in a real browser: no error, no request, and the numbers of the tables.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::{siberia_run, table};

/// A Chromium of the system; `None`, said aloud, where there is none outside CI.
#[expect(clippy::print_stdout, reason = "a test that is skipped says so")]
fn chromium() -> Option<PathBuf> {
    let names = ["chromium", "chromium-browser", "google-chrome"];
    let found = std::env::var_os("PATH").and_then(|paths| {
        std::env::split_paths(&paths)
            .flat_map(|folder| names.map(|name| folder.join(name)))
            .find(|path| path.is_file())
    });
    if found.is_none() {
        assert!(std::env::var_os("CI").is_none(), "CI needs Chromium");
        println!("skipped: no Chromium found, the page is not opened");
    }
    found
}

/// The page after its scripts have run, and what the browser logged.
fn open(browser: &Path, page: &Path, net_log: &Path) -> (String, String) {
    let profile = tempfile::tempdir().expect("a temporary folder");
    let output = Command::new(browser)
        .args([
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--enable-logging=stderr",
            "--virtual-time-budget=3000",
            "--dump-dom",
        ])
        .arg(format!("--user-data-dir={}", profile.path().display()))
        .arg(format!("--log-net-log={}", net_log.display()))
        .arg(format!("file://{}", page.display()))
        .output()
        .expect("the browser starts");
    (
        String::from_utf8_lossy(&output.stdout).into_owned(),
        String::from_utf8_lossy(&output.stderr).into_owned(),
    )
}

/// Full-precision value of a metric on the page.
fn metric(page: &str, name: &str) -> f64 {
    let start = page
        .find(&format!("data-metric=\"{name}\""))
        .unwrap_or_else(|| panic!("the page has no metric {name}"));
    let tail = &page[start..];
    let value = &tail[tail.find("data-value=\"").expect("a value") + 12..];
    value[..value.find('"').expect("an end")]
        .parse()
        .expect("a number")
}

#[test]
fn the_page_opens_without_error_or_request_and_tells_the_tables_numbers() {
    let Some(browser) = chromium() else { return };
    let run = siberia_run();
    let scratch = tempfile::tempdir().expect("a temporary folder");
    let net_log = scratch.path().join("net.json");
    let (page, log) = open(&browser, &run.join("report.html"), &net_log);
    assert!(page.contains("<h1"), "the browser shows no page: {log}");
    let complaints: Vec<&str> = log
        .lines()
        .filter(|line| line.contains("CONSOLE"))
        .collect();
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
    let traffic = fs_err::read_to_string(&net_log).expect("the network log");
    let requested: Vec<&str> = traffic
        .split("\"url\":\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .filter(|url| url.starts_with("http"))
        .filter(|url| !url.contains("google") && !url.contains("gvt1"))
        .collect();
    assert!(requested.is_empty(), "the page asked for {requested:?}");

    let costs = table(run, "unit_costs");
    let names = costs.texts("metric").expect("metrics");
    let values = costs.reals("value").expect("values");
    let cost = |wanted: &str| {
        names
            .iter()
            .position(|name| name == wanted)
            .map(|row| values[row])
            .expect("a unit cost")
    };
    assert_eq!(
        metric(&page, "unit_costs:net present cost"),
        cost("net present cost")
    );
    assert_eq!(
        metric(&page, "unit_costs:per kW-month delivered"),
        cost("per kW-month delivered")
    );
    let months = table(run, "site_months");
    let years = months.smalls("year").expect("years");
    let last = years.iter().max().copied().expect("a year");
    let in_last = |column: &str| -> f64 {
        years
            .iter()
            .zip(months.reals(column).expect(column))
            .filter(|(year, _)| **year == last)
            .map(|(_, value)| value)
            .sum()
    };
    let pue = in_last("facility_kwh") / in_last("it_kwh");
    assert!((metric(&page, "pue") - pue).abs() < 1e-9, "PUE {pue}");
    let water = in_last("water_m3");
    assert!(
        (metric(&page, "water_m3") - water).abs() < 1e-6 * water,
        "water {water}"
    );
}
