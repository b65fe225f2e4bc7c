//! A plot of one size.

use std::fmt::Write as _;

use askama::Template;

use super::ends::{self, End};
use super::{Curve, Plot, Range, SLICES};
use crate::chart::{Ticks, coordinate};

/// Pixels that one drawn point takes at least.
const PIXELS_PER_POINT: f64 = 1.8;

#[derive(Debug)]
struct Mark {
    at: String,
    text: String,
}

#[derive(Debug)]
struct Shape {
    path: String,
    class: String,
}

#[derive(Debug)]
struct Hit {
    x: String,
    width: String,
    middle: String,
    tip: String,
}

/// A plot of one size.
#[derive(Debug, Template)]
#[template(path = "plot.html")]
pub(crate) struct PlotDrawing {
    width: u32,
    height: u32,
    class: &'static str,
    label: String,
    axis: String,
    across: String,
    left: String,
    right: String,
    top: String,
    bottom: String,
    plot_height: String,
    middle: String,
    label_y: String,
    across_y: String,
    ticks: Vec<Mark>,
    labels: Vec<Mark>,
    shapes: Vec<Shape>,
    ends: Vec<End>,
    hits: Vec<Hit>,
}

impl askama::filters::HtmlSafe for PlotDrawing {}

/// Where values stand on the paper.
struct Frame {
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
    low: f64,
    high: f64,
}

impl Frame {
    fn y(&self, value: f64) -> f64 {
        let share = (value - self.low) / (self.high - self.low);
        self.bottom - share.clamp(0.0, 1.0) * (self.bottom - self.top)
    }

    fn x(&self, plot: &Plot, place: f64) -> f64 {
        self.left + plot.across.position(place) * (self.right - self.left)
    }
}

impl Plot {
    /// The plot for a page on a desk.
    pub(crate) fn wide(&self) -> PlotDrawing {
        self.draw(1072, 320, "wide")
    }

    /// The plot for a telephone.
    pub(crate) fn narrow(&self) -> PlotDrawing {
        self.draw(358, 270, "narrow")
    }

    /// A small plot among its like.
    pub(crate) fn small(&self) -> PlotDrawing {
        self.draw(346, 190, "small")
    }

    fn draw(&self, width: u32, height: u32, class: &'static str) -> PlotDrawing {
        let ticks = Ticks::new(0.0, self.highest(), if height > 300 { 5 } else { 4 });
        let longest = |texts: &[String]| texts.iter().map(|text| text.chars().count()).max();
        let named = class == "wide" && ends::fit(self);
        let frame = Frame {
            left: 12.0 + 7.0 * longest(&ticks.texts()).unwrap_or(1) as f64,
            right: f64::from(width) - if named { ends::room(self) } else { 10.0 },
            top: 26.0,
            bottom: f64::from(height) - 40.0,
            low: ticks.low,
            high: ticks.high,
        };
        let room = frame.right - frame.left;
        let thin = self.thinned((room / PIXELS_PER_POINT) as usize);
        let mut labels: Vec<Mark> = Vec::new();
        let mut free = 0.0;
        for (value, text) in self.across.marks((room / 80.0).max(4.0) as usize) {
            let at = frame.x(self, value);
            let half = 3.6 * text.chars().count() as f64;
            if at - half < free || at + half > f64::from(width) {
                continue;
            }
            free = at + half + 8.0;
            labels.push(Mark {
                at: coordinate(at),
                text,
            });
        }
        PlotDrawing {
            width,
            height,
            class,
            label: self.label.clone(),
            axis: format!("{} [{}]", self.quantity, self.unit),
            across: self.across.title().to_owned(),
            left: coordinate(frame.left),
            right: coordinate(frame.right),
            top: coordinate(frame.top),
            bottom: coordinate(frame.bottom),
            plot_height: coordinate(frame.bottom - frame.top),
            middle: coordinate(f64::midpoint(frame.left, frame.right)),
            label_y: coordinate(frame.bottom + 18.0),
            across_y: coordinate(f64::from(height) - 5.0),
            ticks: ticks
                .values()
                .zip(ticks.texts())
                .map(|(value, text)| Mark {
                    at: coordinate(frame.y(value)),
                    text,
                })
                .collect(),
            labels,
            shapes: if self.stacked {
                thin.areas(&frame)
            } else {
                thin.lines(&frame)
            },
            ends: if named {
                ends::of(self, |value| frame.y(value), frame.right, frame.bottom)
            } else {
                Vec::new()
            },
            hits: self.hits(&frame, if class == "wide" { 2 * SLICES } else { SLICES }),
        }
    }

    /// Bands first, so that no line is hidden under one.
    fn lines(&self, frame: &Frame) -> Vec<Shape> {
        let bands = self.curves.iter().map(|curve| Shape {
            path: self.band(frame, curve),
            class: format!("band f{}", curve.colour),
        });
        let lines = self.curves.iter().map(|curve| Shape {
            path: self.line(frame, curve),
            class: curve.line_class(),
        });
        bands
            .chain(lines)
            .filter(|shape| !shape.path.is_empty())
            .collect()
    }

    fn line(&self, frame: &Frame, curve: &Curve) -> String {
        let mut path = String::new();
        for run in self.runs(curve) {
            let points = run.iter().map(|(place, range)| (*place, range.mean));
            self.trace(frame, points, "M", &mut path);
            if let [(place, range)] = run[..] {
                // A point alone is a short stroke, or it would not be seen.
                let (x, y) = (frame.x(self, place), frame.y(range.mean));
                let _ = write!(path, "H{}", coordinate((x + 2.0).min(frame.right).max(x)));
                let _ = write!(path, "V{}", coordinate(y));
            }
        }
        path
    }

    fn band(&self, frame: &Frame, curve: &Curve) -> String {
        let mut path = String::new();
        for run in self.runs(curve) {
            let is_flat =
                |(_, range): &(f64, Range)| frame.y(range.low) - frame.y(range.high) < 0.5;
            if run.iter().all(is_flat) {
                continue;
            }
            let above = run.iter().map(|(place, range)| (*place, range.high));
            let below = run.iter().rev().map(|(place, range)| (*place, range.low));
            self.trace(frame, above, "M", &mut path);
            self.trace(frame, below, "L", &mut path);
            path.push('Z');
        }
        path
    }

    /// Points without a gap between them, gap by gap.
    fn runs(&self, curve: &Curve) -> Vec<Vec<(f64, Range)>> {
        let mut runs = vec![Vec::new()];
        for (place, range) in self.places.iter().zip(&curve.values) {
            match (range, runs.last_mut()) {
                (Some(range), Some(run)) => run.push((*place, range.clamped())),
                _ => runs.push(Vec::new()),
            }
        }
        runs.retain(|run| !run.is_empty());
        runs
    }

    /// Adds a stroke through points; those on a level stretch between two others are left out.
    fn trace(
        &self,
        frame: &Frame,
        points: impl Iterator<Item = (f64, f64)>,
        start: &str,
        path: &mut String,
    ) {
        let points: Vec<(String, String)> = points
            .map(|(place, value)| (coordinate(frame.x(self, place)), coordinate(frame.y(value))))
            .collect();
        for (index, (x, y)) in points.iter().enumerate() {
            let is_level = index > 0
                && points[index - 1].1 == *y
                && points.get(index + 1).is_some_and(|next| next.1 == *y);
            if !is_level {
                path.push_str(if index == 0 { start } else { "L" });
                let _ = write!(path, "{x} {y}");
            }
        }
    }

    fn areas(&self, frame: &Frame) -> Vec<Shape> {
        let mut base = vec![0.0; self.places.len()];
        let mut shapes = Vec::new();
        for curve in &self.curves {
            let top: Vec<f64> = base
                .iter()
                .enumerate()
                .map(|(index, base)| {
                    let range = curve.values.get(index).copied().flatten();
                    base + range.map_or(0.0, |range| range.clamped().mean)
                })
                .collect();
            let mut path = String::new();
            let pairs = |values: &[f64]| -> Vec<(f64, f64)> {
                self.places
                    .iter()
                    .copied()
                    .zip(values.iter().copied())
                    .collect()
            };
            self.trace(frame, pairs(&top).into_iter(), "M", &mut path);
            self.trace(frame, pairs(&base).into_iter().rev(), "L", &mut path);
            if !path.is_empty() {
                path.push('Z');
                shapes.push(Shape {
                    path,
                    class: format!("area f{}", curve.colour),
                });
            }
            base = top;
        }
        shapes
    }

    fn hits(&self, frame: &Frame, most: usize) -> Vec<Hit> {
        let slices = self.slices(most);
        let x = |index: usize| self.places.get(index).map(|place| frame.x(self, *place));
        slices
            .iter()
            .map(|slice| {
                // From half way to the point before to half way to the point after.
                let (first, last) = (x(slice.from), x(slice.to - 1));
                let (first, last) = (first.unwrap_or(frame.left), last.unwrap_or(frame.right));
                let from = slice
                    .from
                    .checked_sub(1)
                    .and_then(x)
                    .map_or(frame.left, |before| f64::midpoint(before, first));
                let to = x(slice.to).map_or(frame.right, |after| f64::midpoint(last, after));
                Hit {
                    x: coordinate(from),
                    width: coordinate((to - from).max(0.1)),
                    middle: coordinate(f64::midpoint(first, last)),
                    tip: self.tip(&slice.head, &slice.values),
                }
            })
            .collect()
    }
}
