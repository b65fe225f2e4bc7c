//! A chart in both sizes with its legend, and the same numbers as a table.

use askama::Template;

use crate::chart::{COLOURS, Chart, Drawing, Mark};
use crate::format::number;
use crate::grid::{Cell, Grid, numbers, words};

/// An entry of a legend.
#[derive(Debug)]
pub(crate) struct Key {
    name: String,
    class: String,
    is_bar: bool,
}

impl Key {
    /// An entry with the classes of the style sheet that draw it.
    pub(crate) fn new(name: &str, class: String, is_bar: bool) -> Self {
        Self {
            name: name.to_owned(),
            class,
            is_bar,
        }
    }

    /// The entries for the series of a chart.
    pub(crate) fn of(chart: &Chart) -> Vec<Self> {
        chart
            .series
            .iter()
            .map(|series| Self {
                name: series.name.clone(),
                is_bar: series.mark == Mark::Bar,
                class: match series.mark {
                    Mark::Bar => format!("f{}", series.colour % COLOURS),
                    Mark::Line => format!("line s{}", series.colour % COLOURS),
                    Mark::Dashed => format!("line dashed s{}", series.colour % COLOURS),
                    Mark::Dotted => format!("line dotted s{}", series.colour % COLOURS),
                },
            })
            .collect()
    }
}

/// A legend.
#[derive(Debug, Template)]
#[template(path = "legend.html")]
pub(crate) struct Legend {
    keys: Vec<Key>,
}

impl askama::filters::HtmlSafe for Legend {}

impl Legend {
    /// A legend of these entries.
    pub(crate) fn of_keys(keys: Vec<Key>) -> Self {
        Self { keys }
    }

    /// The legend of a chart.
    pub(crate) fn of(chart: &Chart) -> Self {
        Self {
            keys: Key::of(chart),
        }
    }
}

/// A chart in both sizes with legend and table.
#[derive(Debug, Template)]
#[template(path = "figure.html")]
pub(crate) struct Figure {
    title: String,
    legend: Legend,
    wide: Drawing,
    narrow: Drawing,
    table: Grid,
}

impl askama::filters::HtmlSafe for Figure {}

impl Figure {
    /// A chart with this table beside it.
    pub(crate) fn new(title: &str, chart: &Chart, table: Grid) -> Self {
        Self {
            title: title.to_owned(),
            legend: Legend::of(chart),
            wide: chart.wide(),
            narrow: chart.narrow(),
            table,
        }
    }
}

/// The numbers of a chart: a row per category, a column per series, and the total of stacked bars.
pub(crate) fn table_of(label: &str, chart: &Chart) -> Grid {
    let mut heads = vec![words(chart.across)];
    heads.extend(
        chart
            .series
            .iter()
            .map(|series| numbers(&series.name, &chart.unit)),
    );
    let bars = chart
        .series
        .iter()
        .filter(|series| series.mark == Mark::Bar);
    let is_stacked = bars.clone().count() > 1;
    if is_stacked {
        heads.push(numbers("Total", &chart.unit));
    }
    let mut grid = Grid::new(label, heads);
    for (index, category) in chart.categories.iter().enumerate() {
        let value = |values: &[Option<f64>]| values.get(index).copied().flatten();
        let mut cells = vec![Cell::text(category.clone())];
        cells.extend(
            chart
                .series
                .iter()
                .map(|series| Cell::optional(value(&series.values), chart.decimals)),
        );
        if is_stacked {
            let total: f64 = bars
                .clone()
                .filter_map(|series| value(&series.values))
                .sum();
            cells.push(Cell::text(number(total, chart.decimals)));
        }
        grid.row(cells);
    }
    grid
}
