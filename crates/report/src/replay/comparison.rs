//! The runs of an experiment side by side.

use std::collections::{BTreeMap, BTreeSet};

use super::figures::{J_PER_KWH, count};
use super::runs::Run;
use super::waits::Waits;
use crate::duration::short;
use crate::format::{number, significant};
use crate::grid::{Cell, Grid, Head, numbers, words};

/// Most rows of the table.
const ROWS: usize = 200;

/// A figure that runs are compared by.
struct Measure {
    head: Head,
    value: fn(&Run, &Waits) -> f64,
    show: fn(f64) -> String,
    better: Better,
    /// What it counts, for a measure of what the runs were given.
    sizes: Option<[&'static str; 2]>,
}

/// What sets runs apart.
type Axis = fn(&Run) -> String;

#[derive(Clone, Copy, PartialEq)]
enum Better {
    Low,
    High,
    Neither,
}

fn measures(has_carbon: bool) -> Vec<Measure> {
    let whole = |value: f64| number(value, 0);
    let plain = |value: f64| significant(value, 4);
    let mut all = vec![
        Measure {
            head: numbers("Hosts", ""),
            value: |run, _| run.hosts,
            show: whole,
            better: Better::Neither,
            sizes: Some(["host", "hosts"]),
        },
        Measure {
            head: numbers("Tasks", ""),
            value: |run, _| run.tasks,
            show: whole,
            better: Better::Neither,
            sizes: Some(["task", "tasks"]),
        },
        Measure {
            head: numbers("Completed", ""),
            value: |run, _| run.completed,
            show: whole,
            better: Better::High,
            sizes: None,
        },
        Measure {
            head: numbers("Terminated", ""),
            value: |run, _| run.terminated,
            show: whole,
            better: Better::Low,
            sizes: None,
        },
        Measure {
            head: numbers("Makespan", ""),
            value: |run, _| run.makespan_ms,
            show: short,
            better: Better::Low,
            sizes: None,
        },
        Measure {
            head: numbers("Energy", "kWh"),
            value: |run, _| run.energy_j / J_PER_KWH,
            show: plain,
            better: Better::Low,
            sizes: None,
        },
    ];
    if has_carbon {
        all.push(Measure {
            head: numbers("Carbon", "kg"),
            value: |run, _| run.carbon_g / 1e3,
            show: plain,
            better: Better::Low,
            sizes: None,
        });
    }
    all.extend([
        Measure {
            head: numbers("Utilisation", "%"),
            value: |run, _| run.mean_utilisation * 100.0,
            show: |value| number(value, 1),
            better: Better::Neither,
            sizes: None,
        },
        Measure {
            head: numbers("Mean wait", ""),
            value: |run, _| run.mean_wait_ms,
            show: short,
            better: Better::Low,
            sizes: None,
        },
        Measure {
            head: numbers("Wait of 95\u{a0}%", "at most"),
            value: |_, waits| waits.quantile_ms(0.95),
            show: short,
            better: Better::Low,
            sizes: None,
        },
        Measure {
            head: numbers("Longest wait", ""),
            value: |run, _| run.longest_wait_ms,
            show: short,
            better: Better::Low,
            sizes: None,
        },
        Measure {
            head: numbers("Work done", "%"),
            value: |run, _| {
                if run.work[0] > 0.0 {
                    run.work[1] / run.work[0] * 100.0
                } else {
                    0.0
                }
            },
            show: |value| number(value, 1),
            better: Better::High,
            sizes: None,
        },
    ]);
    all
}

/// Every run with what sets it apart; the best values among runs of the same work stand out.
pub(crate) fn grid(runs: &[Run], waits: &[Waits]) -> Grid {
    let axes: [(&str, Axis); 4] = [
        ("Workload", |run| run.workload.clone()),
        ("Topology", |run| run.topology.clone()),
        ("Policy", |run| run.policy.clone()),
        ("Seed", |run| format!("{}", run.seed)),
    ];
    let differing = axes.iter().filter(|(_, of)| {
        runs.len() == 1 || runs.iter().map(of).collect::<BTreeSet<_>>().len() > 1
    });
    let differing: Vec<_> = differing.collect();
    let mut measures = measures(runs.iter().any(|run| run.carbon_g != 0.0));
    let mut note = Vec::new();
    if runs.len() > 1 {
        // What is the same everywhere takes a sentence, not a column.
        measures.retain(|measure| {
            let values = runs.iter().zip(waits);
            let mut values = values.map(|(run, waits)| (measure.value)(run, waits));
            let first = values.next().unwrap_or_default();
            let is_told = measure
                .sizes
                .is_some_and(|_| values.all(|value| value == first));
            if let (true, Some([one, many])) = (is_told, measure.sizes) {
                note.push(format!("{} in every run.", count(first, one, many)));
            }
            !is_told
        });
    }
    let mut heads = vec![words("Run")];
    heads.extend(differing.iter().map(|(name, _)| words(name)));
    heads.extend(measures.iter().map(|measure| measure.head.clone()));
    let mut grid = Grid::new("What sets the runs apart, and what came of it", heads);
    let best = best(runs, waits, &measures);
    for (run, waits) in runs.iter().zip(waits).take(ROWS) {
        let mut row = vec![Cell::text(run.name.clone())];
        row.extend(differing.iter().map(|(_, of)| Cell::text(of(run))));
        for (index, measure) in measures.iter().enumerate() {
            let value = (measure.value)(run, waits);
            let cell = Cell::text((measure.show)(value));
            let is_best = best.get(&(run.workload.as_str(), index)) == Some(&value);
            row.push(if is_best { cell.class("best") } else { cell });
        }
        grid.row(row);
    }
    if !best.is_empty() {
        note.push("Bold and green: best among the runs of the same workload.".to_owned());
    }
    if runs.len() > ROWS {
        note.push(format!(
            "The first {ROWS} of {} runs; all are in tables/runs.parquet.",
            runs.len()
        ));
    }
    grid.note(note.join(" "));
    grid
}

/// The best value of each measure by workload, where the runs of it differ.
fn best<'a>(
    runs: &'a [Run],
    waits: &[Waits],
    measures: &[Measure],
) -> BTreeMap<(&'a str, usize), f64> {
    let mut extremes: BTreeMap<(&str, usize), (f64, f64)> = BTreeMap::new();
    for (run, waits) in runs.iter().zip(waits) {
        for (index, measure) in measures.iter().enumerate() {
            let value = (measure.value)(run, waits);
            let found = extremes
                .entry((run.workload.as_str(), index))
                .or_insert((value, value));
            *found = (found.0.min(value), found.1.max(value));
        }
    }
    extremes
        .into_iter()
        .filter(|(_, (low, high))| low < high)
        .filter_map(|(key, (low, high))| match measures[key.1].better {
            Better::Low => Some((key, low)),
            Better::High => Some((key, high)),
            Better::Neither => None,
        })
        .collect()
}
