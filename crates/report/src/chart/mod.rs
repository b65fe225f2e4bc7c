//! Charts over categories (years, months): stacked bars and lines, as inline SVG.
//!
//! A chart is drawn for one size; a page that must read on a telephone and on a desk draws it twice and
//! lets the style sheet choose. Colours are classes of the style sheet, so that light and dark follow
//! the reader's system without a script. Values appear in a `title` per category; the page's script
//! shows them at once under the pointer.

mod scale;

use std::fmt::Write as _;

use askama::Template;

use crate::format::{SPACE, number};
pub(crate) use scale::Ticks;

/// How a series is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mark {
    /// Bars, stacked on the bars of the series before.
    Bar,
    /// A line.
    Line,
    /// A dashed line.
    Dashed,
    /// A dotted line.
    Dotted,
}

impl Mark {
    fn class(self) -> &'static str {
        match self {
            Self::Bar => "bar",
            Self::Line => "line",
            Self::Dashed => "line dashed",
            Self::Dotted => "line dotted",
        }
    }
}

/// One series of a chart.
#[derive(Debug, Clone)]
pub(crate) struct Series {
    /// What the legend and the values call it.
    pub(crate) name: String,
    /// Number of its colour in the style sheet, from 0.
    pub(crate) colour: usize,
    /// How it is drawn.
    pub(crate) mark: Mark,
    /// A value per category.
    pub(crate) values: Vec<Option<f64>>,
}

/// Number of colours in the style sheet; later series repeat them.
pub(crate) const COLOURS: usize = 10;
/// The colour of ink.
pub(crate) const INK: usize = 8;
/// A quiet colour for what stands behind.
pub(crate) const QUIET: usize = 9;
/// Colours that tell sites and categories apart; the first ones of the style sheet.
pub(crate) const DISTINCT: usize = 8;

/// What a chart shows, before it has a size.
#[derive(Debug, Clone)]
pub(crate) struct Chart {
    /// What it shows, for those who do not see it.
    pub(crate) label: String,
    /// What the vertical axis measures.
    pub(crate) quantity: &'static str,
    /// Unit of the values; empty for a ratio.
    pub(crate) unit: String,
    /// Title of the horizontal axis.
    pub(crate) across: &'static str,
    /// Whether names of categories are thinned out from the last one back rather than from the first on.
    pub(crate) last_counts: bool,
    /// Categories from left to right.
    pub(crate) categories: Vec<String>,
    /// The series, bars before lines.
    pub(crate) series: Vec<Series>,
    /// Where the vertical axis begins.
    pub(crate) floor: f64,
    /// Decimals of the values shown under the pointer.
    pub(crate) decimals: usize,
}

#[derive(Debug)]
struct Tick {
    y: String,
    text: String,
    is_floor: bool,
}

#[derive(Debug)]
struct Label {
    x: String,
    text: String,
}

#[derive(Debug)]
struct Bar {
    x: String,
    y: String,
    width: String,
    height: String,
    class: String,
}

#[derive(Debug)]
struct Line {
    path: String,
    class: String,
    dots: Vec<(String, String)>,
}

#[derive(Debug)]
struct Hit {
    x: String,
    width: String,
    middle: String,
    tip: String,
}

/// A chart of one size.
#[derive(Debug, Template)]
#[template(path = "chart.html")]
pub(crate) struct Drawing {
    width: u32,
    height: u32,
    class: &'static str,
    label: String,
    axis: String,
    across: &'static str,
    left: String,
    right: String,
    top: String,
    bottom: String,
    plot_height: String,
    middle: String,
    label_y: String,
    across_y: String,
    ticks: Vec<Tick>,
    labels: Vec<Label>,
    bars: Vec<Bar>,
    lines: Vec<Line>,
    hits: Vec<Hit>,
}

impl askama::filters::HtmlSafe for Drawing {}

/// A coordinate with the precision of a tenth of a pixel.
pub(crate) fn coordinate(value: f64) -> String {
    let text = format!("{value:.1}");
    text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
}

impl Chart {
    /// The chart for a page on a desk.
    pub(crate) fn wide(&self) -> Drawing {
        self.draw(1072, 360, "wide")
    }

    /// The chart for a telephone.
    pub(crate) fn narrow(&self) -> Drawing {
        self.draw(358, 300, "narrow")
    }

    /// A small chart among its like.
    pub(crate) fn small(&self) -> Drawing {
        self.draw(346, 220, "small")
    }

    fn draw(&self, width: u32, height: u32, class: &'static str) -> Drawing {
        let ticks = Ticks::new(
            self.floor,
            self.highest().max(self.floor),
            if height > 330 { 6 } else { 4 },
        );
        let widest = ticks
            .texts()
            .iter()
            .map(|text| text.chars().count())
            .max()
            .unwrap_or(1);
        let left = 12.0 + 7.0 * widest as f64;
        let (right, top, bottom) = (f64::from(width) - 6.0, 26.0, f64::from(height) - 40.0);
        let slot = (right - left) / self.categories.len().max(1) as f64;
        let y_of =
            |value: f64| bottom - (value - ticks.low) / (ticks.high - ticks.low) * (bottom - top);
        let x_of = |index: usize| left + slot * (index as f64 + 0.5);
        Drawing {
            width,
            height,
            class,
            label: self.label.clone(),
            axis: if self.unit.is_empty() {
                self.quantity.to_owned()
            } else {
                format!("{} [{}]", self.quantity, self.unit)
            },
            across: self.across,
            left: coordinate(left),
            right: coordinate(right),
            top: coordinate(top),
            bottom: coordinate(bottom),
            plot_height: coordinate(bottom - top),
            middle: coordinate(f64::midpoint(left, right)),
            label_y: coordinate(bottom + 17.0),
            across_y: coordinate(f64::from(height) - 5.0),
            ticks: ticks
                .values()
                .zip(ticks.texts())
                .map(|(value, text)| Tick {
                    y: coordinate(y_of(value)),
                    text,
                    is_floor: value == ticks.low,
                })
                .collect(),
            labels: self.labels(slot, &x_of),
            bars: self.bars(slot, &x_of, &y_of),
            lines: self.lines(&x_of, &y_of),
            hits: (0..self.categories.len())
                .map(|index| Hit {
                    x: coordinate(x_of(index) - slot / 2.0),
                    width: coordinate(slot),
                    middle: coordinate(x_of(index)),
                    tip: self.tip(index),
                })
                .collect(),
        }
    }

    /// Highest line or stack of bars.
    fn highest(&self) -> f64 {
        let mut highest = self.floor;
        for index in 0..self.categories.len() {
            let mut stack = 0.0;
            for series in &self.series {
                let value = series.values.get(index).copied().flatten().unwrap_or(0.0);
                if series.mark == Mark::Bar {
                    stack += value.max(0.0);
                    highest = highest.max(stack);
                } else {
                    highest = highest.max(value);
                }
            }
        }
        highest
    }

    /// Names of the categories, as many as there is room for.
    fn labels(&self, slot: f64, x_of: &dyn Fn(usize) -> f64) -> Vec<Label> {
        let longest = self
            .categories
            .iter()
            .map(|name| name.chars().count())
            .max()
            .unwrap_or(1);
        let room = 7.5 * longest as f64 + 6.0;
        let every = (room / slot).ceil().max(1.0) as usize;
        let last = self.categories.len().saturating_sub(1);
        self.categories
            .iter()
            .enumerate()
            .filter(|(index, _)| {
                if self.last_counts {
                    last - index
                } else {
                    *index
                }
                .is_multiple_of(every)
            })
            .map(|(index, name)| Label {
                x: coordinate(x_of(index)),
                text: name.clone(),
            })
            .collect()
    }

    fn bars(&self, slot: f64, x_of: &dyn Fn(usize) -> f64, y_of: &dyn Fn(f64) -> f64) -> Vec<Bar> {
        let width = (slot * 0.68).min(56.0);
        let mut bars = Vec::new();
        for index in 0..self.categories.len() {
            let mut base = self.floor.max(0.0);
            for series in self.series.iter().filter(|series| series.mark == Mark::Bar) {
                let value = series
                    .values
                    .get(index)
                    .copied()
                    .flatten()
                    .unwrap_or(0.0)
                    .max(0.0);
                let (low, high) = (y_of(base), y_of(base + value));
                base += value;
                if low - high < 0.05 {
                    continue;
                }
                bars.push(Bar {
                    x: coordinate(x_of(index) - width / 2.0),
                    y: coordinate(high),
                    width: coordinate(width),
                    height: coordinate(low - high),
                    class: format!("f{}", series.colour % COLOURS),
                });
            }
        }
        bars
    }

    fn lines(&self, x_of: &dyn Fn(usize) -> f64, y_of: &dyn Fn(f64) -> f64) -> Vec<Line> {
        let lines = self.series.iter().filter(|series| series.mark != Mark::Bar);
        lines
            .map(|series| {
                let (mut path, mut pen_down, mut dots) = (String::new(), false, Vec::new());
                for (index, value) in series.values.iter().enumerate() {
                    let Some(value) = value else {
                        pen_down = false;
                        continue;
                    };
                    let (x, y) = (coordinate(x_of(index)), coordinate(y_of(*value)));
                    path.push_str(if pen_down { "L" } else { "M" });
                    let _ = write!(path, "{x} {y}");
                    dots.push((x, y));
                    pen_down = true;
                }
                Line {
                    path,
                    class: format!("{} s{}", series.mark.class(), series.colour % COLOURS),
                    dots,
                }
            })
            .collect()
    }

    /// All values of a category, one per line.
    fn tip(&self, index: usize) -> String {
        let mut tip = self.categories[index].clone();
        let mut total = 0.0;
        let mut bars = 0;
        let unit = |value: f64| {
            let space = if self.unit.is_empty() {
                String::new()
            } else {
                format!("{SPACE}{}", self.unit)
            };
            format!("{}{space}", number(value, self.decimals))
        };
        for series in &self.series {
            let Some(value) = series.values.get(index).copied().flatten() else {
                continue;
            };
            if series.mark == Mark::Bar {
                total += value;
                bars += 1;
            }
            let _ = write!(tip, "\n{}: {}", series.name, unit(value));
        }
        if bars > 1 {
            let _ = write!(tip, "\nTotal: {}", unit(total));
        }
        tip
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chart(values: Vec<Option<f64>>) -> Chart {
        Chart {
            label: "test".into(),
            quantity: "IT power",
            unit: "MW".into(),
            last_counts: true,
            across: "year",
            categories: vec!["2029".into(), "2030".into(), "2031".into()],
            series: vec![
                Series {
                    name: "a".into(),
                    colour: 0,
                    mark: Mark::Bar,
                    values: values.clone(),
                },
                Series {
                    name: "b".into(),
                    colour: 1,
                    mark: Mark::Bar,
                    values: values.clone(),
                },
                Series {
                    name: "c".into(),
                    colour: 2,
                    mark: Mark::Line,
                    values,
                },
            ],
            floor: 0.0,
            decimals: 1,
        }
    }

    #[test]
    fn bars_stack_and_the_axis_reaches_their_top() {
        let chart = chart(vec![Some(1.0), Some(2.0), Some(3.0)]);
        assert_eq!(chart.highest(), 6.0);
        let drawing = chart.wide();
        assert_eq!(drawing.bars.len(), 6);
        let top: f64 = drawing.top.parse().unwrap();
        assert!(
            drawing
                .bars
                .iter()
                .all(|bar| bar.y.parse::<f64>().unwrap() >= top)
        );
    }

    #[test]
    fn a_gap_breaks_the_line() {
        let drawing = chart(vec![Some(1.0), None, Some(3.0)]).wide();
        assert_eq!(drawing.lines[0].path.matches('M').count(), 2);
    }

    #[test]
    fn values_under_the_pointer_carry_their_unit_and_the_total() {
        let tip = chart(vec![Some(1.25), None, None]).tip(0);
        assert_eq!(
            tip,
            "2029\na: 1.2\u{a0}MW\nb: 1.2\u{a0}MW\nc: 1.2\u{a0}MW\nTotal: 2.5\u{a0}MW"
        );
    }

    #[test]
    fn a_chart_of_nothing_draws() {
        let mut empty = chart(Vec::new());
        empty.categories.clear();
        assert!(empty.narrow().render().is_ok());
    }
}
