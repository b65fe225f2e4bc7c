//! One page from one run folder.
//!
//! The page is a single file that fetches nothing: charts and map are inline SVG drawn here, colours come
//! from its style sheet, and its one script only shows values under the pointer, switches the year and
//! filters the promises. Replays have a page of plots of the same make. It is made from the tables and the manifest alone, and does not depend on when
//! or where the run was made, so that equal runs have equal pages.

mod chart;
mod duration;
mod error;
mod figure;
mod fleet;
mod format;
mod grid;
mod map;
mod page;
mod plant;
mod plot;
mod replay;
mod run;
mod section;
mod security;

use std::path::Path;

pub use error::ReportError;
pub use plant::{AirCell, CELL_G_PER_KG, CELL_K, DryBulbBin, PlantPage, PlantTile, render_plant};
pub use replay::render_replay;

/// The page of a run folder as HTML. The folder needs its manifest and its tables.
/// Errors: one of them is missing, broken, or not as `tables` of a run should be.
pub fn render(run: &Path) -> Result<String, ReportError> {
    page::render(&run::Run::read(run)?)
}
