//! Energy costs what the price of its moment says.

use super::support::{Case, HOUR_MS, MINUTE_MS, task, topology};

/// Prices by the hour, one of them negative [EUR/MWh].
const PRICES: [(i64, f64); 4] = [(0, 80_000.0), (1, 120_000.0), (2, -15_000.0), (4, 60_000.0)];

fn price_at(instant_ms: i64) -> f64 {
    let begun = PRICES
        .iter()
        .rev()
        .find(|(hour, _)| hour * HOUR_MS <= instant_ms);
    begun.map_or(PRICES[0].1, |(_, price)| *price)
}

#[test]
fn the_cost_is_the_sum_of_energy_times_price() {
    let tasks = [
        task(0, 2, 70 * MINUTE_MS),
        task(30 * MINUTE_MS, 1, 5 * HOUR_MS),
        task(2 * HOUR_MS, 4, 90 * MINUTE_MS),
    ];
    let case = Case::new(&topology(&[("A", 1), ("B", 1)]), &tasks);
    let rows = PRICES
        .iter()
        .map(|(hour, price)| format!("{},{}\n", hour * HOUR_MS, price / 1e3));
    let table = format!("timestamp,eur\n{}", rows.collect::<String>());
    case.write("day-ahead.csv", table.as_bytes());
    let done = case.run(
        "
prices:
  currency: EUR
  per: kWh
  series:
    - {cluster: '*', fixed: 250}
    - {cluster: A, file: day-ahead.csv, column: eur}
",
    );
    // Minute by minute: 100 W, and 25 W for each of the cores that are busy. The third fits only on B.
    let busy = |at_ms: i64, rows: &[usize]| -> f64 {
        let run = |row: &&usize| {
            let task = tasks[**row];
            (task.submission_ms..task.submission_ms + task.duration_ms).contains(&at_ms)
        };
        rows.iter()
            .filter(run)
            .map(|row| f64::from(tasks[*row].cores))
            .sum()
    };
    assert_eq!(done.hosts(), ["A-H", "A-H", "B-H"]);
    let end_ms = done.figures.makespan_ms;
    assert_eq!(end_ms, 330 * MINUTE_MS);
    let (mut first, mut second) = (0.0, 0.0);
    for minute in 0..end_ms / MINUTE_MS {
        let at_ms = minute * MINUTE_MS;
        let energy_mwh = |rows: &[usize]| (100.0 + 25.0 * busy(at_ms, rows)) / 60.0 / 1e6;
        first += energy_mwh(&[0, 1]) * price_at(at_ms);
        second += energy_mwh(&[2]) * 250_000.0;
    }
    let minor = [first, second].map(|cost| (cost * 100.0).round() as i64);
    assert_eq!(
        done.table("sources")
            .optional_wholes("cost_minor")
            .expect("costs"),
        minor.map(Some)
    );
    let runs = done.table("runs");
    assert_eq!(
        runs.optional_wholes("cost_minor").expect("costs"),
        [Some(minor[0] + minor[1])]
    );
    assert_eq!(
        runs.optional_texts("currency").expect("currencies"),
        [Some("EUR".to_owned())]
    );
    assert_eq!(
        done.figures.cost.map(|cost| cost.minor),
        Some(i128::from(minor[0] + minor[1]))
    );
    assert!(minor.iter().all(|minor| *minor > 1_000), "{minor:?}");
}

#[test]
fn without_prices_nothing_is_paid() {
    let case = Case::new(&topology(&[("A", 1)]), &[task(0, 2, HOUR_MS)]);
    let done = case.run("");
    assert_eq!(done.figures.cost, None);
    assert_eq!(
        done.table("sources")
            .optional_wholes("cost_minor")
            .expect("costs"),
        [None]
    );
}

#[test]
fn each_cluster_may_have_its_own_carbon_intensities() {
    let case = Case::new(&topology(&[("A", 1), ("B", 2)]), &[task(0, 4, HOUR_MS)]);
    let done = case.run("carbon: [{cluster: A, fixed: 100}, {cluster: B, fixed: 400}]");
    let carbon_g = done.table("sources").reals("carbon_g").expect("emissions");
    // 200 Wh at 100 g/kWh, and 200 Wh at 400.
    assert!(
        (carbon_g[0] - 20.0).abs() < 1e-9 && (carbon_g[1] - 80.0).abs() < 1e-9,
        "{carbon_g:?}"
    );
}
