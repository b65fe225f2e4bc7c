//! Part 3: how waits and utilisation are spread.

use std::fmt::Write as _;

use super::block::{Block, Part};
use super::figures::{count, shortened};
use super::runs::Run;
use super::waits::{self, Waits};
use crate::plot::{Across, Curve, Plot, PlotFigure, Range};

/// Runs in one plot; the tables show all.
const CURVES: usize = 8;
/// Points of the curve of hosts.
const POINTS: usize = 200;

/// Waits of tasks and utilisation of hosts, a curve per run.
pub(crate) fn part(runs: &[Run], all_waits: &[Waits], utilisations: &[Vec<f64>]) -> Part {
    let name = |run: &Run| {
        if runs.len() == 1 {
            "Tasks".to_owned()
        } else {
            shortened(&format!("{} · {}", run.name, run.policy), 40)
        }
    };
    let curves: Vec<(String, usize, &Waits)> = runs
        .iter()
        .zip(all_waits)
        .take(CURVES)
        .enumerate()
        .map(|(colour, (run, waits))| (name(run), colour, waits))
        .collect();
    let never: usize = curves.iter().map(|(_, _, waits)| waits.never).sum();
    let mut note = "How many tasks started within a wait of this length; what starts at once stands at the left edge."
        .to_owned();
    if never > 0 {
        let _ = write!(
            note,
            " {} never started and {} the curve below 100 %.",
            count(never as f64, "task", "tasks"),
            if never == 1 { "keeps" } else { "keep" }
        );
    }
    let mut blocks = vec![
        Block::Figure(Box::new(PlotFigure::new(
            "Waits of the tasks",
            &note,
            &waits::plot("tasks", &curves),
        ))),
        Block::Figure(Box::new(PlotFigure::new(
            "Utilisation of the hosts",
            "Mean of each host over its run, busiest first.",
            &hosts(runs, utilisations, &name),
        ))),
    ];
    if runs.len() > CURVES {
        blocks.push(Block::Note(format!(
            "The first {CURVES} of {} runs.",
            runs.len()
        )));
    }
    Part {
        id: "spread",
        title: "Waits and hosts",
        blocks,
    }
}

/// Utilisation of the hosts, busiest first, over their share.
fn hosts(runs: &[Run], utilisations: &[Vec<f64>], name: &dyn Fn(&Run) -> String) -> Plot {
    let curves =
        runs.iter()
            .zip(utilisations)
            .take(CURVES)
            .enumerate()
            .map(|(colour, (run, sorted))| Curve {
                name: if runs.len() == 1 {
                    "Hosts".into()
                } else {
                    name(run)
                },
                colour,
                values: (0..POINTS).map(|point| at(sorted, point)).collect(),
            });
    Plot {
        label: "Mean utilisation of the hosts, busiest first".into(),
        quantity: "Mean utilisation",
        unit: "%",
        across: Across::percent("Hosts, busiest first", 100.0),
        stacked: false,
        reach: 0.0,
        places: (0..POINTS)
            .map(|point| 100.0 * (point as f64 + 0.5) / POINTS as f64)
            .collect(),
        curves: curves.collect(),
    }
}

/// The hosts that one point stands for: at least the one at its place.
fn at(sorted: &[f64], point: usize) -> Option<Range> {
    let from = point * sorted.len() / POINTS;
    let to = ((point + 1) * sorted.len() / POINTS).max(from + 1);
    let ranges: Vec<Option<Range>> = sorted
        .get(from..to.min(sorted.len()))?
        .iter()
        .map(|share| Some(Range::exact(share * 100.0)))
        .collect();
    Range::of(&ranges)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_host_is_in_a_point_and_every_point_has_a_host() {
        for count in [1, 7, 200, 10_000] {
            let sorted: Vec<f64> = (0..count).rev().map(|host| f64::from(host) / 1e4).collect();
            let points: Vec<Range> = (0..POINTS).filter_map(|point| at(&sorted, point)).collect();
            assert_eq!(points.len(), POINTS);
            assert_eq!(points[0].high, sorted[0] * 100.0);
            assert_eq!(points[POINTS - 1].low, sorted[sorted.len() - 1] * 100.0);
        }
        assert_eq!(at(&[], 3), None);
    }
}
