//! Plots over a number (time, waits, shares): lines with the band between their lowest and highest
//! values, and stacked areas, as inline SVG.
//!
//! A plot holds more points than a screen has pixels. Drawn narrower, neighbouring points join into one
//! with the lowest, mean and highest value of all, so that no peak is ever lost. Values appear in a `title`
//! per slice of the plot; the page's script shows them at once under the pointer.

mod axis;
mod bins;
mod draw;
mod ends;
mod figure;

use std::fmt::Write as _;

use crate::format::{SPACE, significant};

pub(crate) use axis::{Across, TimeUnit};
pub(crate) use bins::Bins;
pub(crate) use draw::PlotDrawing;
pub(crate) use figure::{PlotFigure, PlotSmall};

/// Values beyond this are drawn at this height; no axis can tell them apart.
const LARGEST: f64 = 1e15;
/// Slices of a plot that show their values under the pointer and in its table.
const SLICES: usize = 24;

/// The values that one point stands for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Range {
    /// Lowest value.
    pub(crate) low: f64,
    /// Mean value.
    pub(crate) mean: f64,
    /// Highest value.
    pub(crate) high: f64,
}

impl Range {
    /// A point that stands for one value.
    pub(crate) fn exact(value: f64) -> Self {
        Self {
            low: value,
            mean: value,
            high: value,
        }
    }

    /// All of these together, each counting the same; nothing where there is none.
    pub(crate) fn of(ranges: &[Option<Self>]) -> Option<Self> {
        let mut known = ranges.iter().flatten();
        let first = *known.next()?;
        let (mut joined, mut count) = (first, 1.0);
        for range in known {
            joined.low = joined.low.min(range.low);
            joined.high = joined.high.max(range.high);
            joined.mean += range.mean;
            count += 1.0;
        }
        joined.mean = (joined.mean / count).clamp(joined.low, joined.high);
        Some(joined)
    }

    fn clamped(self) -> Self {
        Self {
            low: self.low.clamp(0.0, LARGEST),
            mean: self.mean.clamp(0.0, LARGEST),
            high: self.high.clamp(0.0, LARGEST),
        }
    }
}

/// One line or area of a plot.
#[derive(Debug, Clone)]
pub(crate) struct Curve {
    /// What the legend and the values call it.
    pub(crate) name: String,
    /// Number of its colour in the style sheet, from 0.
    pub(crate) colour: usize,
    /// A value per place of the plot.
    pub(crate) values: Vec<Option<Range>>,
}

impl Curve {
    /// A curve of exact values.
    pub(crate) fn exact(name: &str, colour: usize, values: impl Iterator<Item = f64>) -> Self {
        Self {
            name: name.to_owned(),
            colour,
            values: values.map(|value| Some(Range::exact(value))).collect(),
        }
    }

    /// Later curves are dashed as well, so that colour alone need not tell eight of them apart.
    fn line_class(&self) -> String {
        let dashed = if self.colour >= 4 && self.colour < 8 {
            " dashed"
        } else {
            ""
        };
        format!("line{dashed} s{}", self.colour)
    }
}

/// What a plot shows, before it has a size.
#[derive(Debug, Clone)]
pub(crate) struct Plot {
    /// What it shows, for those who do not see it.
    pub(crate) label: String,
    /// What the vertical axis measures.
    pub(crate) quantity: &'static str,
    /// Unit of the values.
    pub(crate) unit: &'static str,
    /// The horizontal axis.
    pub(crate) across: Across,
    /// Whether the curves are areas, each upon the one before.
    pub(crate) stacked: bool,
    /// Where the vertical axis ends at least.
    pub(crate) reach: f64,
    /// Where the points stand, rising.
    pub(crate) places: Vec<f64>,
    /// The curves.
    pub(crate) curves: Vec<Curve>,
}

impl Plot {
    /// The same plot with at most about so many points.
    fn thinned(&self, most: usize) -> Self {
        let group = self.places.len().div_ceil(most.max(1)).max(1);
        if group == 1 {
            return self.clone();
        }
        Self {
            places: self
                .places
                .chunks(group)
                .map(|places| places.iter().sum::<f64>() / places.len() as f64)
                .collect(),
            curves: self
                .curves
                .iter()
                .map(|curve| Curve {
                    name: curve.name.clone(),
                    colour: curve.colour,
                    values: curve.values.chunks(group).map(Range::of).collect(),
                })
                .collect(),
            ..self.clone()
        }
    }

    /// Highest value, or highest stack.
    fn highest(&self) -> f64 {
        let at = |index: usize| {
            let values = self
                .curves
                .iter()
                .filter_map(|curve| curve.values.get(index).copied().flatten())
                .map(Range::clamped);
            if self.stacked {
                values.map(|range| range.mean).sum()
            } else {
                values.map(|range| range.high).fold(0.0, f64::max)
            }
        };
        (0..self.places.len())
            .map(at)
            .fold(self.reach, f64::max)
            .min(LARGEST)
    }

    /// A value as it is shown, without its unit.
    fn value(range: Range) -> String {
        let mean = significant(range.mean, 3);
        let (low, high) = (significant(range.low, 3), significant(range.high, 3));
        if low == high {
            mean
        } else {
            format!("{mean} ({low}–{high})")
        }
    }

    /// All values of a slice, one per line.
    fn tip(&self, head: &str, values: &[Option<Range>]) -> String {
        let mut tip = head.to_owned();
        for (curve, range) in self.curves.iter().zip(values) {
            if let Some(range) = range {
                let shown = if self.stacked {
                    significant(range.high, 3)
                } else {
                    Self::value(*range)
                };
                let _ = write!(
                    tip,
                    "
{}: {shown}{SPACE}{}",
                    curve.name, self.unit
                );
            }
        }
        tip
    }

    /// The slices of the plot: what the first and last place of each is called, and the values of each curve.
    fn slices(&self, most: usize) -> Vec<Slice> {
        let group = self.places.len().div_ceil(most).max(1);
        let count = self.places.len().div_ceil(group);
        (0..count)
            .map(|index| {
                let (from, to) = (index * group, ((index + 1) * group).min(self.places.len()));
                Slice {
                    from,
                    to,
                    head: self.across.slice(self.places[from], self.places[to - 1]),
                    values: self
                        .curves
                        .iter()
                        .map(|curve| Range::of(curve.values.get(from..to).unwrap_or_default()))
                        .collect(),
                }
            })
            .collect()
    }
}

/// Neighbouring points as one.
struct Slice {
    from: usize,
    to: usize,
    head: String,
    values: Vec<Option<Range>>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plot(values: Vec<f64>) -> Plot {
        Plot {
            label: "test".into(),
            quantity: "Power",
            unit: "kW",
            across: Across::time(TimeUnit::of(values.len() as f64 * 3.6e6), 0.0, 1.0),
            stacked: false,
            reach: 0.0,
            places: (0..values.len()).map(|index| index as f64).collect(),
            curves: vec![Curve::exact("a", 0, values.into_iter())],
        }
    }

    #[test]
    fn thinning_keeps_every_peak_and_the_mean() {
        let mut values = vec![1.0; 1000];
        values[617] = 50.0;
        values[123] = 0.0;
        let thin = plot(values.clone()).thinned(40);
        assert!(thin.places.len() <= 40);
        assert_eq!(thin.highest(), 50.0);
        let ranges: Vec<Range> = thin.curves[0].values.iter().flatten().copied().collect();
        assert!(ranges.iter().any(|range| range.low == 0.0));
        let mean = ranges.iter().map(|range| range.mean).sum::<f64>() / ranges.len() as f64;
        assert!((mean - values.iter().sum::<f64>() / 1000.0).abs() < 1e-9);
    }

    #[test]
    fn a_plot_of_nothing_and_one_of_monsters_draw() {
        use askama::Template as _;
        assert!(plot(Vec::new()).narrow().render().is_ok());
        let page = plot(vec![f64::MAX, -f64::MAX, 0.0])
            .wide()
            .render()
            .unwrap();
        assert!(!page.contains("NaN") && !page.contains("inf"), "{page}");
    }

    #[test]
    fn values_of_a_slice_show_mean_and_extremes() {
        let slices = plot(vec![1.0, 3.0]).slices(1);
        let tip = plot(vec![1.0, 3.0]).tip(&slices[0].head, &slices[0].values);
        assert!(tip.ends_with("\na: 2.00 (1.00–3.00)\u{a0}kW"), "{tip}");
    }
}
