//! Traces written as files: the two tables of `OpenDC`'s current schema in a folder that appears whole or not at all.

mod convert;
mod error;
mod folder;
mod fragments;
mod ids;
mod options;
mod table;
mod tasks;

pub use convert::{Converted, convert};
pub use error::WriteError;
pub(super) use folder::NewFolder;
pub(super) use fragments::{FRAGMENTS_FILE, FragmentRows, FragmentTable};
pub use options::ConvertOptions;
pub(super) use table::EncodedGroup;
pub(super) use tasks::{TASKS_FILE, TaskRows, TaskTable};

/// Rows of a row group.
pub(super) const GROUP_ROWS: usize = 1 << 20;
