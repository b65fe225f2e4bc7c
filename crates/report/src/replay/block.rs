//! What the parts of the page are made of.

use crate::duration::short;
use crate::figure::Legend;
use crate::format::{full, number};
use crate::grid::Grid;
use crate::plot::{PlotFigure, PlotSmall};

/// A piece of a part, in reading order.
pub(crate) enum Block {
    /// A smaller heading.
    Heading(String),
    /// A remark.
    Note(String),
    /// A plot with legend and numbers.
    Figure(Box<PlotFigure>),
    /// What the colours of the plots that follow mean.
    Key(Legend),
    /// Small plots side by side.
    Smalls(Vec<PlotSmall>),
    /// A table.
    Table(Grid),
    /// A table that opens on demand, with what to call it.
    Folded(String, Grid),
}

/// A part of the page.
pub(crate) struct Part {
    pub(crate) id: &'static str,
    pub(crate) title: &'static str,
    pub(crate) blocks: Vec<Block>,
}

/// One figure under the headline.
#[derive(Debug)]
pub(crate) struct Tile {
    pub(crate) name: &'static str,
    pub(crate) text: String,
    pub(crate) unit: &'static str,
    pub(crate) metric: &'static str,
    pub(crate) value: String,
}

/// A tile: what it says, and the number behind it for programs.
pub(crate) fn tile(
    name: &'static str,
    text: String,
    unit: &'static str,
    metric: &'static str,
    value: f64,
) -> Tile {
    Tile {
        name,
        text,
        unit,
        metric,
        value: full(value),
    }
}

/// A tile of a number of things.
pub(crate) fn count_tile(name: &'static str, metric: &'static str, value: f64) -> Tile {
    tile(name, number(value, 0), "", metric, value)
}

/// A tile of a span of time [ms].
pub(crate) fn time_tile(name: &'static str, metric: &'static str, ms: f64) -> Tile {
    tile(name, short(ms), "", metric, ms)
}

/// All that a page says.
pub(crate) struct Story {
    /// What is replayed, for a folder whose manifest does not say.
    pub(crate) title: String,
    /// Kind of page.
    pub(crate) kind: &'static str,
    /// The outcome in one sentence.
    pub(crate) headline: String,
    /// What else to know at once.
    pub(crate) lead: String,
    pub(crate) tiles: Vec<Tile>,
    pub(crate) parts: Vec<Part>,
}
