//! Tasks as columns.

use angara_fleet::Resource;
use angara_scenario::LoadKind;

/// One row of [`Tasks`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Task {
    /// When it asks for a host [ms since the start of the year].
    pub submission_ms: i64,
    /// How long it runs [ms].
    pub duration_ms: i64,
    /// Whether its work is lost or waits where no host has room.
    pub kind: LoadKind,
    /// What it runs on.
    pub resource: Resource,
    /// Demand at full activity [milli-cores or milli-accelerators].
    pub peak_milli: u32,
    /// What a host sets aside for it [milli-cores or milli-accelerators].
    pub reserved_milli: u32,
    /// Memory a host sets aside for it [B].
    pub memory_bytes: u64,
    /// Platforms it runs on: bit `n` is platform `n` of the scenario.
    pub platforms: u64,
    /// Service, a row of the scenario; zero for traces.
    pub service: u32,
    /// Place, a row of the scenario; zero for traces.
    pub place: u32,
    /// Identity that its random streams hang on.
    pub stream: u64,
}

/// Columns of the tasks of one site; a row's number breaks ties between equal submission times.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tasks {
    /// When each asks for a host [ms since the start of the year].
    pub submission_ms: Vec<i64>,
    /// How long each runs [ms].
    pub duration_ms: Vec<i64>,
    /// Whether work is lost or waits where no host has room.
    pub kind: Vec<LoadKind>,
    /// What each runs on.
    pub resource: Vec<Resource>,
    /// Demand at full activity [milli-cores or milli-accelerators].
    pub peak_milli: Vec<u32>,
    /// What a host sets aside for each [milli-cores or milli-accelerators].
    pub reserved_milli: Vec<u32>,
    /// Memory a host sets aside for each [B].
    pub memory_bytes: Vec<u64>,
    /// Platforms each runs on: bit `n` is platform `n` of the scenario.
    pub platforms: Vec<u64>,
    /// Service, a row of the scenario.
    pub service: Vec<u32>,
    /// Place, a row of the scenario.
    pub place: Vec<u32>,
    /// Identity that the random streams of each hang on.
    pub stream: Vec<u64>,
}

impl Tasks {
    /// Number of tasks.
    pub fn len(&self) -> usize {
        self.submission_ms.len()
    }

    /// True where there is no task.
    pub fn is_empty(&self) -> bool {
        self.submission_ms.is_empty()
    }

    /// Appends a row.
    pub fn push(&mut self, task: Task) {
        self.submission_ms.push(task.submission_ms);
        self.duration_ms.push(task.duration_ms);
        self.kind.push(task.kind);
        self.resource.push(task.resource);
        self.peak_milli.push(task.peak_milli);
        self.reserved_milli.push(task.reserved_milli);
        self.memory_bytes.push(task.memory_bytes);
        self.platforms.push(task.platforms);
        self.service.push(task.service);
        self.place.push(task.place);
        self.stream.push(task.stream);
    }

    /// One row.
    pub fn row(&self, task: usize) -> Task {
        Task {
            submission_ms: self.submission_ms[task],
            duration_ms: self.duration_ms[task],
            kind: self.kind[task],
            resource: self.resource[task],
            peak_milli: self.peak_milli[task],
            reserved_milli: self.reserved_milli[task],
            memory_bytes: self.memory_bytes[task],
            platforms: self.platforms[task],
            service: self.service[task],
            place: self.place[task],
            stream: self.stream[task],
        }
    }
}

impl FromIterator<Task> for Tasks {
    fn from_iter<I: IntoIterator<Item = Task>>(rows: I) -> Self {
        let mut tasks = Self::default();
        for task in rows {
            tasks.push(task);
        }
        tasks
    }
}
