//! Tables of clusters, energy sources, hosts and tasks.

use super::figures::J_PER_KWH;
use super::hosts::{Fleet, Host};
use super::runs::Run;
use super::series::Course;
use super::tasks::Task;
use crate::duration::short;
use crate::format::{number, significant};
use crate::grid::{Cell, Grid, numbers, words};

/// Most rows of a table over all runs.
const ROWS: usize = 300;

fn kwh(joule: f64) -> Cell {
    Cell::text(significant(joule / J_PER_KWH, 4))
}

fn percent(share: f64) -> Cell {
    Cell::number(share * 100.0, 1)
}

/// The clusters of some runs.
pub(crate) fn clusters(
    runs: &[Run],
    fleet: &Fleet,
    courses: &[Option<Course>],
    shown: std::ops::Range<usize>,
) -> Grid {
    let mut grid = Grid::new(
        "Hosts of a cluster together, utilisation as the mean of its hosts",
        vec![
            words("Run"),
            words("Cluster"),
            numbers("Hosts", ""),
            numbers("Tasks", ""),
            numbers("Utilisation", "%"),
            numbers("Energy", "kWh"),
            numbers("Share", "%"),
            numbers("Highest power", "kW"),
            numbers("Carbon", "kg"),
            numbers("Outages", ""),
            numbers("Hosts down", "together"),
        ],
    );
    let mut left_out = 0;
    for run in shown {
        let whole: f64 = fleet.of_run(run).map(|(_, cluster)| cluster.energy_j).sum();
        let peaks = courses.get(run).and_then(Option::as_ref);
        for (name, cluster) in fleet.of_run(run) {
            if grid.len() >= ROWS {
                left_out += 1;
                continue;
            }
            let peak = peaks.and_then(|course| course.peaks_w.get(name));
            grid.row(vec![
                runs[run].name.as_str().into(),
                name.into(),
                Cell::number(cluster.hosts, 0),
                Cell::number(cluster.tasks, 0),
                percent(cluster.utilisation_sum / cluster.hosts.max(1.0)),
                kwh(cluster.energy_j),
                percent(if whole > 0.0 {
                    cluster.energy_j / whole
                } else {
                    0.0
                }),
                peak.map_or_else(
                    || Cell::text("–"),
                    |watt| Cell::text(significant(watt / 1e3, 3)),
                ),
                Cell::text(significant(cluster.carbon_g / 1e3, 3)),
                Cell::number(cluster.outages, 0),
                Cell::text(short(cluster.down_ms)),
            ]);
        }
    }
    if left_out > 0 {
        grid.note(format!(
            "{left_out} more rows are in the tables of the run."
        ));
    }
    grid
}

/// The energy sources of all runs.
pub(crate) fn sources(runs: &[Run], fleet: &Fleet) -> Grid {
    let mut grid = Grid::new(
        "Energy of each source over the whole run",
        vec![
            words("Run"),
            words("Cluster"),
            words("Source"),
            numbers("Energy", "kWh"),
            numbers("Carbon", "kg"),
            numbers("Carbon intensity", "g/kWh"),
            numbers("Battery change", "kWh"),
        ],
    );
    for source in fleet.sources.iter().take(ROWS) {
        let used_kwh = source.energy_j / J_PER_KWH;
        grid.row(vec![
            runs[source.run].name.as_str().into(),
            source.cluster.as_str().into(),
            source.name.as_str().into(),
            kwh(source.energy_j),
            Cell::text(significant(source.carbon_g / 1e3, 3)),
            Cell::optional((used_kwh > 0.0).then(|| source.carbon_g / used_kwh), 1),
            kwh(source.battery_change_j),
        ]);
    }
    if fleet.sources.len() > ROWS {
        let left_out = fleet.sources.len() - ROWS;
        grid.note(format!(
            "{left_out} more rows are in tables/sources.parquet."
        ));
    }
    grid
}

/// The hosts that used most energy.
pub(crate) fn hosts(hosts: &[Host]) -> Grid {
    let mut grid = Grid::new(
        "At most ten, most energy first",
        vec![
            words("Host"),
            words("Cluster"),
            numbers("Energy", "kWh"),
            numbers("Utilisation", "%"),
            numbers("Tasks", ""),
            numbers("Up", ""),
            numbers("Down", ""),
            numbers("Outages", ""),
        ],
    );
    for host in hosts {
        grid.row(vec![
            host.name.as_str().into(),
            host.cluster.as_str().into(),
            kwh(host.energy_j),
            percent(host.utilisation),
            Cell::number(host.tasks, 0),
            Cell::text(short(host.up_ms)),
            Cell::text(short(host.down_ms)),
            Cell::number(host.outages, 0),
        ]);
    }
    grid
}

/// The tasks that waited longest; `first_ms` is when the first task came.
pub(crate) fn slowest(tasks: &[Task], first_ms: f64) -> Grid {
    let mut grid = Grid::new(
        "At most ten, longest first",
        vec![
            words("Task"),
            numbers("Submitted", "after the first"),
            numbers("Wait", ""),
            words("Host"),
            words("State"),
            numbers("Failures", ""),
        ],
    );
    for task in tasks {
        let mut wait = short(task.wait_ms);
        if !task.started {
            wait.push_str(", never started");
        }
        grid.row(vec![
            task.name.as_str().into(),
            Cell::text(short(task.submission_ms - first_ms)),
            Cell::text(wait),
            if task.host.is_empty() {
                "–"
            } else {
                &task.host
            }
            .into(),
            task.state.replace('_', " ").to_lowercase().into(),
            Cell::text(number(task.failures, 0)),
        ]);
    }
    grid
}
