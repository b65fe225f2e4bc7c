//! The plot page of a replay: what recorded work did on machines, in figures, plots and tables.
//!
//! Three kinds of folders have such a page: runs of recorded tasks on a topology, a batch log in a queue,
//! and packings of virtual machines. Which kind a folder is follows from the tables that it holds.

mod batch;
mod block;
mod comparison;
mod distributions;
mod experiment;
mod figures;
mod hosts;
mod machines;
mod over_time;
mod packing;
mod page;
mod runs;
mod series;
mod tasks;
mod waits;

use std::path::Path;

use angara_results::{Table, read_table};

use crate::ReportError;

/// The page of a replay's run folder as HTML. The manifest is used where there is one.
/// Errors: a folder of another kind, or a table that is missing, broken, or not as replays write it.
pub fn render_replay(folder: &Path) -> Result<String, ReportError> {
    let story = if folder.join("jobs.parquet").is_file() {
        batch::story(folder)?
    } else if table_path(folder, "packing").is_file() {
        packing::story(folder)?
    } else if table_path(folder, "runs").is_file() && table_path(folder, "tasks").is_file() {
        experiment::story(folder)?
    } else {
        return Err(ReportError::NoReplay {
            folder: folder.to_owned(),
        });
    };
    page::render(folder, story)
}

fn table_path(folder: &Path, name: &str) -> std::path::PathBuf {
    folder.join("tables").join(format!("{name}.parquet"))
}

/// A table of the folder. Errors: missing or broken.
fn table(folder: &Path, name: &str) -> Result<Table, ReportError> {
    Ok(read_table(&table_path(folder, name))?)
}
