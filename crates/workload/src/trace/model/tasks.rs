//! Tasks as columns.

use super::{Parents, TaskIds};

/// A duration the trace does not tell.
pub const UNKNOWN_MS: i64 = -1;

/// One row of [`TraceTasks`], without identity and parents.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TaskRow {
    /// When it is submitted [ms on the clock of the trace].
    pub submission_ms: i64,
    /// How long it ran [ms], or [`UNKNOWN_MS`].
    pub duration_ms: i64,
    /// Cores it reserves [milli-cores].
    pub cpu_milli: u32,
    /// Speed of all its cores together [MHz]; zero where the trace does not tell.
    pub cpu_capacity_mhz: f64,
    /// Memory it reserves [B].
    pub memory_bytes: u64,
    /// Accelerators it spreads over.
    pub gpu_count: u32,
    /// Share it takes of each of them [milli-accelerators].
    pub gpu_share_milli: u32,
    /// Speed of its accelerators together [MHz]; zero where the trace does not tell.
    pub gpu_capacity_mhz: f64,
    /// Whether it may be started later than asked.
    pub deferrable: bool,
    /// By when it must have ended [ms on the clock of the trace].
    pub deadline_ms: Option<i64>,
}

impl Default for TaskRow {
    fn default() -> Self {
        Self {
            submission_ms: 0,
            duration_ms: UNKNOWN_MS,
            cpu_milli: 0,
            cpu_capacity_mhz: 0.0,
            memory_bytes: 0,
            gpu_count: 0,
            gpu_share_milli: 0,
            gpu_capacity_mhz: 0.0,
            deferrable: false,
            deadline_ms: None,
        }
    }
}

/// Columns of the tasks of a trace, in the order of the file.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TraceTasks {
    /// Identity.
    pub id: TaskIds,
    /// When each is submitted [ms on the clock of the trace].
    pub submission_ms: Vec<i64>,
    /// How long each ran [ms], or [`UNKNOWN_MS`].
    pub duration_ms: Vec<i64>,
    /// Cores each reserves [milli-cores].
    pub cpu_milli: Vec<u32>,
    /// Speed of all cores of each together [MHz]; zero where the trace does not tell.
    pub cpu_capacity_mhz: Vec<f64>,
    /// Memory each reserves [B].
    pub memory_bytes: Vec<u64>,
    /// Accelerators each spreads over.
    pub gpu_count: Vec<u32>,
    /// Share each takes of each of its accelerators [milli-accelerators].
    pub gpu_share_milli: Vec<u32>,
    /// Speed of the accelerators of each together [MHz]; zero where the trace does not tell.
    pub gpu_capacity_mhz: Vec<f64>,
    /// Whether each may be started later than asked.
    pub deferrable: Vec<bool>,
    /// By when each must have ended [ms on the clock of the trace].
    pub deadline_ms: Vec<Option<i64>>,
    /// Which tasks each waits for; empty as a whole for a trace without dependences.
    pub parents: Parents,
}

impl TraceTasks {
    /// Number of tasks.
    pub fn len(&self) -> usize {
        self.submission_ms.len()
    }

    /// True where there is no task.
    pub fn is_empty(&self) -> bool {
        self.submission_ms.is_empty()
    }

    /// One row.
    pub fn row(&self, task: usize) -> TaskRow {
        TaskRow {
            submission_ms: self.submission_ms[task],
            duration_ms: self.duration_ms[task],
            cpu_milli: self.cpu_milli[task],
            cpu_capacity_mhz: self.cpu_capacity_mhz[task],
            memory_bytes: self.memory_bytes[task],
            gpu_count: self.gpu_count[task],
            gpu_share_milli: self.gpu_share_milli[task],
            gpu_capacity_mhz: self.gpu_capacity_mhz[task],
            deferrable: self.deferrable[task],
            deadline_ms: self.deadline_ms[task],
        }
    }

    /// Recorded duration of a task [ms], where the trace tells it.
    pub fn known_duration_ms(&self, task: usize) -> Option<i64> {
        Some(self.duration_ms[task]).filter(|duration_ms| *duration_ms >= 0)
    }

    /// Accelerators a task takes in all [milli-accelerators].
    pub fn gpu_milli(&self, task: usize) -> u64 {
        u64::from(self.gpu_count[task]) * u64::from(self.gpu_share_milli[task])
    }

    /// Appends a row with a number for its identity.
    pub(crate) fn push_numbered(&mut self, id: i64, row: TaskRow) {
        self.id.push_number(id);
        self.push(row);
    }

    /// Appends a row with a text for its identity.
    pub(crate) fn push_named(&mut self, id: &str, row: TaskRow) {
        self.id.push_text(id);
        self.push(row);
    }

    fn push(&mut self, row: TaskRow) {
        self.submission_ms.push(row.submission_ms);
        self.duration_ms.push(row.duration_ms);
        self.cpu_milli.push(row.cpu_milli);
        self.cpu_capacity_mhz.push(row.cpu_capacity_mhz);
        self.memory_bytes.push(row.memory_bytes);
        self.gpu_count.push(row.gpu_count);
        self.gpu_share_milli.push(row.gpu_share_milli);
        self.gpu_capacity_mhz.push(row.gpu_capacity_mhz);
        self.deferrable.push(row.deferrable);
        self.deadline_ms.push(row.deadline_ms);
    }
}
