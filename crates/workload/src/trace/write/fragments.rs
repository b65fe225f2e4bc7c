//! The table of fragments.

use std::path::Path;

use super::table::{Cells, EncodedGroup, Encoder, Table};
use super::{GROUP_ROWS, WriteError};

/// Name of the file.
pub(in crate::trace) const FRAGMENTS_FILE: &str = "fragments.parquet";

/// Rows of the table, as columns.
#[derive(Debug, Default)]
pub(in crate::trace) struct FragmentRows {
    /// Task.
    pub(in crate::trace) id: Vec<i32>,
    /// Length [ms].
    pub(in crate::trace) duration_ms: Vec<i64>,
    /// Demand over all cores [MHz].
    pub(in crate::trace) cpu_mhz: Vec<f64>,
    /// Demand over all accelerators [MHz]; used by tables that have the column.
    pub(in crate::trace) gpu_mhz: Vec<f64>,
}

impl FragmentRows {
    /// Appends one row.
    pub(in crate::trace) fn push(&mut self, id: i32, duration_ms: i64, cpu_mhz: f64, gpu_mhz: f64) {
        self.id.push(id);
        self.duration_ms.push(duration_ms);
        self.cpu_mhz.push(cpu_mhz);
        self.gpu_mhz.push(gpu_mhz);
    }

    fn clear(&mut self) {
        self.id.clear();
        self.duration_ms.clear();
        self.cpu_mhz.clear();
        self.gpu_mhz.clear();
    }
}

/// Encodes row groups of the table on any thread.
#[derive(Clone)]
pub(in crate::trace) struct FragmentEncoder {
    encoder: Encoder,
    has_gpu: bool,
}

impl FragmentEncoder {
    /// The final bytes of a row group.
    pub(in crate::trace) fn encode(&self, rows: &FragmentRows) -> Result<EncodedGroup, WriteError> {
        let mut columns = vec![
            Cells::Int32(&rows.id),
            Cells::Int64(&rows.duration_ms),
            Cells::Double(&rows.cpu_mhz),
        ];
        if self.has_gpu {
            columns.push(Cells::Double(&rows.gpu_mhz));
        }
        self.encoder.encode(&columns)
    }
}

/// The table while it is written.
pub(in crate::trace) struct FragmentTable {
    table: Table,
    has_gpu: bool,
    waiting: FragmentRows,
    rows: u64,
}

impl FragmentTable {
    /// A new file, with or without a column for the demand on accelerators.
    pub(in crate::trace) fn create(path: &Path, has_gpu: bool) -> Result<Self, WriteError> {
        let gpu = if has_gpu {
            "required double gpu_usage;"
        } else {
            ""
        };
        let schema = format!(
            "message fragment {{ required int32 id; required int64 duration; required double cpu_usage; {gpu} }}"
        );
        Ok(Self {
            table: Table::create(path, &schema)?,
            has_gpu,
            waiting: FragmentRows::default(),
            rows: 0,
        })
    }

    /// Appends one fragment; full row groups go to the disk.
    pub(in crate::trace) fn push(
        &mut self,
        id: i32,
        duration_ms: i64,
        cpu_mhz: f64,
        gpu_mhz: f64,
    ) -> Result<(), WriteError> {
        self.waiting.push(id, duration_ms, cpu_mhz, gpu_mhz);
        if self.waiting.id.len() >= GROUP_ROWS {
            self.flush()?;
        }
        Ok(())
    }

    /// What encodes row groups of this table elsewhere.
    pub(in crate::trace) fn encoder(&self) -> FragmentEncoder {
        FragmentEncoder {
            encoder: self.table.encoder().clone(),
            has_gpu: self.has_gpu,
        }
    }

    /// Appends a row group that was encoded elsewhere.
    pub(in crate::trace) fn append(
        &mut self,
        group: EncodedGroup,
        rows: usize,
    ) -> Result<(), WriteError> {
        self.rows += rows as u64;
        self.table.append(group)
    }

    fn flush(&mut self) -> Result<(), WriteError> {
        if self.waiting.id.is_empty() {
            return Ok(());
        }
        let group = self.encoder().encode(&self.waiting)?;
        let rows = self.waiting.id.len();
        self.waiting.clear();
        self.append(group, rows)
    }

    /// Writes the end of the file; the number of its rows.
    pub(in crate::trace) fn finish(mut self) -> Result<u64, WriteError> {
        self.flush()?;
        self.table.finish()?;
        Ok(self.rows)
    }
}
