//! Names at the right end of the curves, where there are few.

use super::{Plot, Range};
use crate::chart::coordinate;

/// Most curves that are named at their end.
const MOST: usize = 5;
/// Longest name that stands there [letters].
const LETTERS: usize = 18;
/// Least distance between two names [px].
const APART: f64 = 15.0;

/// A name at the end of its curve.
#[derive(Debug)]
pub(crate) struct End {
    pub(crate) mark: String,
    pub(crate) x: String,
    pub(crate) y: String,
    pub(crate) colour: usize,
    pub(crate) name: String,
}

/// Whether the curves of a plot are named at their ends.
pub(crate) fn fit(plot: &Plot) -> bool {
    (2..=MOST).contains(&plot.curves.len())
}

/// Room for the names [px].
pub(crate) fn room(plot: &Plot) -> f64 {
    let letters = plot
        .curves
        .iter()
        .map(|curve| name(&curve.name).chars().count());
    26.0 + 7.4 * letters.max().unwrap_or(0) as f64
}

/// The names, moved apart where ends meet.
pub(crate) fn of(plot: &Plot, y_of: impl Fn(f64) -> f64, right: f64, bottom: f64) -> Vec<End> {
    let mut base = 0.0;
    let mut ends: Vec<(f64, usize, String)> = Vec::new();
    for curve in &plot.curves {
        let last = curve.values.iter().rev().flatten().next().copied();
        let value = last.map_or(0.0, |range: Range| range.clamped().mean);
        let height = if plot.stacked {
            base += value;
            y_of(base - value / 2.0)
        } else {
            y_of(value)
        };
        ends.push((height, curve.colour, name(&curve.name)));
    }
    ends.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    for index in 1..ends.len() {
        ends[index].0 = ends[index].0.max(ends[index - 1].0 + APART);
    }
    let mut floor = bottom;
    for end in ends.iter_mut().rev() {
        end.0 = end.0.min(floor);
        floor = end.0 - APART;
    }
    ends.into_iter()
        .map(|(y, colour, name)| End {
            mark: format!("M{} {}h9", coordinate(right + 5.0), coordinate(y)),
            x: coordinate(right + 19.0),
            y: coordinate(y),
            colour,
            name,
        })
        .collect()
}

fn name(full: &str) -> String {
    if full.chars().count() <= LETTERS {
        return full.to_owned();
    }
    full.chars().take(LETTERS - 1).chain(['…']).collect()
}
