//! How much a trace may ask for before it is refused.

/// Bounds on what the readers accept. The defaults let the largest published traces pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one file after decompression.
    pub decoded_bytes_max: u64,
    /// Bytes of one member of an archive, of one JSON document or of one table kept whole.
    pub member_bytes_max: u64,
    /// Members of an archive or files of a folder.
    pub members_max: u64,
    /// Bytes of a line or of a CSV record.
    pub line_bytes_max: usize,
    /// Tasks, machines or requests of a trace.
    pub tasks_max: u64,
    /// Fragments or samples of a trace.
    pub fragments_max: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            decoded_bytes_max: 1 << 38,
            member_bytes_max: 1 << 28,
            members_max: 1 << 20,
            line_bytes_max: 1 << 20,
            tasks_max: 50_000_000,
            fragments_max: 1 << 34,
        }
    }
}
