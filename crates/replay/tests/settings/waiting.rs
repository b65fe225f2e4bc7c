//! Tasks that wait for clean or cheap power.

use super::support::{Case, HOUR_MS, task, topology};

/// Hours, the third of which is clean and the fourth of which is cheap.
const HOURS: &str = "timestamp,carbon_intensity,price
1970-01-01T00:00:00,300,90
1970-01-01T01:00:00,300,90
1970-01-01T02:00:00,100,90
1970-01-01T03:00:00,300,20
1970-01-01T04:00:00,300,90
1970-01-01T05:00:00,300,90
";

fn start(settings: &str) -> Option<i64> {
    let case = Case::new(&topology(&[("A", 1)]), &[task(0, 1, HOUR_MS / 2)]);
    case.write("hours.csv", HOURS.as_bytes());
    case.run(settings).starts()[0]
}

const SERIES: &str = "
carbon: [{cluster: A, file: hours.csv}]
prices: {currency: EUR, series: [{file: hours.csv}]}
";

#[test]
fn tasks_that_may_wait_start_when_power_is_clean_or_cheap() {
    let rule = "quantile: 0.0, hours: 5, all_tasks: true";
    assert_eq!(start(SERIES), Some(0));
    let by = |signal: &str| start(&format!("{SERIES}deferral: {{signal: {signal}, {rule}}}"));
    assert_eq!(by("carbon"), Some(2 * HOUR_MS));
    assert_eq!(by("price"), Some(3 * HOUR_MS));
    // Nobody has said that tasks may wait.
    assert_eq!(
        start(&format!("{SERIES}deferral: {{quantile: 0.0}}")),
        Some(0)
    );
}

#[test]
fn a_task_waits_no_longer_than_it_may() {
    let rule = "deferral: {signal: price, quantile: 0.0, hours: 5";
    let at_most = |more: &str| start(&format!("{SERIES}{rule}{more}"));
    assert_eq!(
        at_most(", all_tasks: true, wait_max: 90 min}"),
        Some(HOUR_MS / 2 * 3)
    );
    // The deadline is met by starting half an hour before it.
    let tasks = "}\ntasks: {rules: [{task: '0', may_wait: true, deadline: 1 h}]}";
    assert_eq!(at_most(tasks), Some(HOUR_MS / 2));
}
