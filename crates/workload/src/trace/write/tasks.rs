//! The table of tasks.

use std::path::Path;

use parquet::data_type::ByteArray;

use super::WriteError;
use super::table::{Cells, Table};

/// Name of the file.
pub(in crate::trace) const TASKS_FILE: &str = "tasks.parquet";
/// What stands for a task without deadline.
pub(in crate::trace) const NO_DEADLINE: i64 = -1;

/// Rows of the table, as columns. Those after the memory are left empty where no task has them.
#[derive(Debug, Default)]
pub(in crate::trace) struct TaskRows {
    /// Identity.
    pub(in crate::trace) id: Vec<i32>,
    /// When each is submitted [ms since 1970].
    pub(in crate::trace) submission_ms: Vec<i64>,
    /// How long each runs [ms].
    pub(in crate::trace) duration_ms: Vec<i64>,
    /// Cores.
    pub(in crate::trace) cpu_count: Vec<i32>,
    /// Speed of all cores together [MHz].
    pub(in crate::trace) cpu_capacity_mhz: Vec<f64>,
    /// Memory [KB of 1000 B].
    pub(in crate::trace) memory_kb: Vec<i64>,
    /// Name.
    pub(in crate::trace) name: Vec<ByteArray>,
    /// Accelerators.
    pub(in crate::trace) gpu_count: Vec<i32>,
    /// Speed of all accelerators together [MHz].
    pub(in crate::trace) gpu_capacity_mhz: Vec<f64>,
    /// Tasks each waits for, and where the list of each ends.
    pub(in crate::trace) parents: (Vec<i32>, Vec<usize>),
    /// Tasks that wait for each, and where the list of each ends.
    pub(in crate::trace) children: (Vec<i32>, Vec<usize>),
    /// Whether each may start later than asked.
    pub(in crate::trace) deferrable: Vec<bool>,
    /// By when each must have ended [ms since 1970], or [`NO_DEADLINE`].
    pub(in crate::trace) deadline_ms: Vec<i64>,
}

/// A column that only some traces need.
struct Optional<'a> {
    declaration: &'static str,
    cells: Cells<'a>,
    is_used: bool,
}

impl TaskRows {
    fn required(&self) -> [Cells<'_>; 6] {
        [
            Cells::Int32(&self.id),
            Cells::Int64(&self.submission_ms),
            Cells::Int64(&self.duration_ms),
            Cells::Int32(&self.cpu_count),
            Cells::Double(&self.cpu_capacity_mhz),
            Cells::Int64(&self.memory_kb),
        ]
    }

    fn optional(&self) -> [Optional<'_>; 7] {
        let column = |declaration, cells, is_used| Optional {
            declaration,
            cells,
            is_used,
        };
        let (parents, children) = (&self.parents, &self.children);
        [
            column(
                "required binary name (UTF8);",
                Cells::Texts(&self.name),
                !self.name.is_empty(),
            ),
            column(
                "required int32 gpu_count;",
                Cells::Int32(&self.gpu_count),
                !self.gpu_count.is_empty(),
            ),
            column(
                "required double gpu_capacity;",
                Cells::Double(&self.gpu_capacity_mhz),
                !self.gpu_capacity_mhz.is_empty(),
            ),
            column(
                "optional group parents (LIST) { repeated group list { optional int32 element; } }",
                Cells::Lists(&parents.0, &parents.1),
                !parents.1.is_empty(),
            ),
            column(
                "optional group children (LIST) { repeated group list { optional int32 element; } }",
                Cells::Lists(&children.0, &children.1),
                !children.1.is_empty(),
            ),
            column(
                "required boolean deferrable;",
                Cells::Flags(&self.deferrable),
                !self.deferrable.is_empty(),
            ),
            column(
                "required int64 deadline;",
                Cells::Int64(&self.deadline_ms),
                !self.deadline_ms.is_empty(),
            ),
        ]
    }
}

/// The table while it is written.
pub(in crate::trace) struct TaskTable(Table);

impl TaskTable {
    /// A new file with the columns that `like` uses.
    pub(in crate::trace) fn create(path: &Path, like: &TaskRows) -> Result<Self, WriteError> {
        let mut schema = "message task { required int32 id; required int64 submission_time; \
            required int64 duration; required int32 cpu_count; required double cpu_capacity; \
            required int64 mem_capacity; "
            .to_owned();
        for column in like.optional().iter().filter(|column| column.is_used) {
            schema.push_str(column.declaration);
        }
        schema.push('}');
        Ok(Self(Table::create(path, &schema)?))
    }

    /// Appends a row group; every one uses the same columns.
    pub(in crate::trace) fn write(&mut self, rows: &TaskRows) -> Result<(), WriteError> {
        if rows.id.is_empty() {
            return Ok(());
        }
        let optional = rows.optional().into_iter();
        let used = optional.filter(|column| column.is_used);
        let columns: Vec<Cells<'_>> = rows
            .required()
            .into_iter()
            .chain(used.map(|column| column.cells))
            .collect();
        self.0.write(&columns)
    }

    /// Writes the end of the file.
    pub(in crate::trace) fn finish(self) -> Result<(), WriteError> {
        self.0.finish()
    }
}
