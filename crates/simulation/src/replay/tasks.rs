//! Tasks as columns.

/// One task as it is added to [`ReplayTasks`].
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ReplayTask {
    /// Identity in the trace.
    pub id: i64,
    /// When it is submitted [ms on the clock of the trace].
    pub submission_ms: i64,
    /// Cores it reserves.
    pub cores: u32,
    /// Speed of its cores together [Hz]; zero where not told.
    pub capacity_hz: u64,
    /// Memory it reserves [MiB].
    pub memory_mib: u64,
    /// Accelerator cores it reserves.
    pub gpu_cores: u32,
    /// Rows of the tasks it waits for.
    pub parents: Vec<u32>,
    /// Whether it may start later than asked.
    pub deferrable: bool,
    /// By when it must have ended [ms on the clock of the trace].
    pub deadline_ms: Option<i64>,
    /// Tasks of one group are kept apart by anti-affinity.
    pub group: Option<u32>,
    /// Tasks of higher priority are placed first.
    pub priority: i32,
    /// Platform it runs on; any where not told.
    pub platform: Option<u32>,
    /// Zone it must stay in; any where not told.
    pub zone: Option<u32>,
}

/// Tasks as columns, in the order of the trace.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ReplayTasks {
    /// Identity in the trace.
    pub id: Vec<i64>,
    /// When each is submitted [ms on the clock of the trace].
    pub submission_ms: Vec<i64>,
    /// Cores each reserves.
    pub cores: Vec<u32>,
    /// Speed of the cores of each together [Hz]; zero where not told.
    pub capacity_hz: Vec<u64>,
    /// Memory each reserves [MiB].
    pub memory_mib: Vec<u64>,
    /// Accelerator cores each reserves.
    pub gpu_cores: Vec<u32>,
    /// Whether each may start later than asked.
    pub deferrable: Vec<bool>,
    /// By when each must have ended [ms on the clock of the trace].
    pub deadline_ms: Vec<Option<i64>>,
    /// Group of each.
    pub group: Vec<Option<u32>>,
    /// Priority of each.
    pub priority: Vec<i32>,
    /// Platform of each.
    pub platform: Vec<Option<u32>>,
    /// Zone of each.
    pub zone: Vec<Option<u32>>,
    /// First parent of each task in `parent_rows`, and the end of the last.
    parent_starts: Vec<usize>,
    parent_rows: Vec<u32>,
}

impl ReplayTasks {
    /// Number of tasks.
    pub fn len(&self) -> usize {
        self.id.len()
    }

    /// True where there is no task.
    pub fn is_empty(&self) -> bool {
        self.id.is_empty()
    }

    /// Appends a task.
    pub fn push(&mut self, task: ReplayTask) {
        if self.parent_starts.is_empty() {
            self.parent_starts.push(0);
        }
        self.id.push(task.id);
        self.submission_ms.push(task.submission_ms);
        self.cores.push(task.cores);
        self.capacity_hz.push(task.capacity_hz);
        self.memory_mib.push(task.memory_mib);
        self.gpu_cores.push(task.gpu_cores);
        self.deferrable.push(task.deferrable);
        self.deadline_ms.push(task.deadline_ms);
        self.group.push(task.group);
        self.priority.push(task.priority);
        self.platform.push(task.platform);
        self.zone.push(task.zone);
        self.parent_rows.extend(task.parents);
        self.parent_starts.push(self.parent_rows.len());
    }

    /// Rows of the tasks that a task waits for.
    pub fn parents(&self, task: usize) -> &[u32] {
        &self.parent_rows[self.parent_starts[task]..self.parent_starts[task + 1]]
    }

    /// True where no task waits for another.
    pub fn are_independent(&self) -> bool {
        self.parent_rows.is_empty()
    }

    /// First submission [ms on the clock of the trace]; zero where there is no task.
    pub fn first_ms(&self) -> i64 {
        self.submission_ms.iter().copied().min().unwrap_or(0)
    }

    /// Rows in the order of submission; those of one instant by falling priority, then as they stand in the trace.
    pub(crate) fn by_submission(&self) -> Vec<u32> {
        let mut order: Vec<u32> = (0..self.len() as u32).collect();
        order.sort_by_key(|row| {
            let row = *row as usize;
            (self.submission_ms[row], -i64::from(self.priority[row]))
        });
        order
    }

    /// True where all columns have one length and parents are rows.
    pub(crate) fn are_whole(&self) -> bool {
        let tasks = self.len();
        let lengths = [
            self.submission_ms.len(),
            self.cores.len(),
            self.capacity_hz.len(),
            self.memory_mib.len(),
            self.gpu_cores.len(),
            self.deferrable.len(),
            self.deadline_ms.len(),
            self.group.len(),
            self.priority.len(),
            self.platform.len(),
            self.zone.len(),
        ];
        lengths.iter().all(|length| *length == tasks)
            && (tasks == 0 || self.parent_starts.len() == tasks + 1)
            && self.parent_rows.iter().all(|row| (*row as usize) < tasks)
    }
}
