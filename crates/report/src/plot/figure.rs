//! A plot in both sizes with its legend, and the same numbers as a table.

use askama::Template;

use super::{Plot, PlotDrawing, SLICES};
use crate::figure::{Key, Legend};
use crate::grid::{Cell, Grid, numbers, words};

/// A plot in both sizes with legend and table.
#[derive(Debug, Template)]
#[template(path = "plot_figure.html")]
pub(crate) struct PlotFigure {
    title: String,
    note: String,
    legend: Option<Legend>,
    wide: PlotDrawing,
    narrow: PlotDrawing,
    table: Grid,
}

impl askama::filters::HtmlSafe for PlotFigure {}

impl PlotFigure {
    /// A plot with its title and what to know in reading it.
    pub(crate) fn new(title: &str, note: &str, plot: &Plot) -> Self {
        Self {
            title: title.to_owned(),
            note: note.to_owned(),
            legend: (plot.curves.len() > 1).then(|| plot.legend()),
            wide: plot.wide(),
            narrow: plot.narrow(),
            table: plot.table(),
        }
    }
}

/// A small plot with its title, among its like.
#[derive(Debug, Template)]
#[template(path = "plot_small.html")]
pub(crate) struct PlotSmall {
    title: String,
    drawing: PlotDrawing,
}

impl askama::filters::HtmlSafe for PlotSmall {}

impl PlotSmall {
    /// A small plot with its title.
    pub(crate) fn new(title: &str, plot: &Plot) -> Self {
        Self {
            title: title.to_owned(),
            drawing: plot.small(),
        }
    }
}

impl Plot {
    /// The legend of the curves.
    pub(crate) fn legend(&self) -> Legend {
        let keys = self.curves.iter().map(|curve| {
            let class = if self.stacked {
                format!("f{}", curve.colour)
            } else {
                curve.line_class()
            };
            Key::new(&curve.name, class, self.stacked)
        });
        Legend::of_keys(keys.collect())
    }

    /// A row per slice, a column per curve.
    fn table(&self) -> Grid {
        let mut heads = vec![words(self.across.title())];
        heads.extend(
            self.curves
                .iter()
                .map(|curve| numbers(&curve.name, self.unit)),
        );
        let label = if self.stacked {
            format!("{}; totals at the end of each part", self.label)
        } else {
            format!(
                "{}; mean of each part, and its lowest and highest value",
                self.label
            )
        };
        let mut grid = Grid::new(&label, heads);
        for slice in self.slices(SLICES) {
            let mut row = vec![Cell::text(slice.head)];
            row.extend(slice.values.into_iter().map(|range| {
                range.map_or_else(
                    || Cell::text("–"),
                    |range| {
                        Cell::text(if self.stacked {
                            crate::format::significant(range.high, 3)
                        } else {
                            Self::value(range)
                        })
                    },
                )
            }));
            grid.row(row);
        }
        grid
    }
}
