//! Limits on what is read, so that no scenario can exhaust the machine.

/// Largest file [B].
pub(crate) const FILE_BYTES: u64 = 64 << 20;
/// Largest settings file [B].
pub(crate) const SETTINGS_BYTES: u64 = 1 << 20;
/// All files together [B].
pub(crate) const FOLDER_BYTES: u64 = 500 << 20;
/// Rows of a table.
pub(crate) const ROWS: usize = 200_000;
/// Columns of a table.
pub(crate) const COLUMNS: usize = 128;
/// Length of a cell [B].
pub(crate) const CELL_BYTES: usize = 64 << 10;
/// Nodes of the settings file.
pub(crate) const SETTINGS_NODES: usize = 5_000;
/// Depth of the settings file.
pub(crate) const SETTINGS_DEPTH: usize = 16;
