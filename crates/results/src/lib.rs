//! Run folders: Parquet tables with units, manifest, written whole or not at all.

mod error;
mod hash;
mod manifest;
mod relative_path;
mod run_folder;
mod table;
mod table_file;
mod verify;

pub use error::ResultsError;
pub use hash::{FileRecord, hash_bytes, hash_file};
pub use manifest::{MANIFEST, Manifest, PRODUCT, RUN_FORMAT, Residual};
pub use relative_path::check_relative_path;
pub use run_folder::{RunFolder, is_run_folder};
pub use table::{
    Cell, Column, ReadLimits, TABLE_FORMAT, Table, Values, read_table, read_table_with, to_parquet,
};
pub use table_file::TableFile;
pub use verify::{Difference, check_run, compare_runs};
