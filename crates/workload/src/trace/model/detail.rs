//! Columns that only one format has, row for row beside the tasks.

use std::collections::BTreeMap;

use super::TextColumn;

/// What a format tells beyond the common columns.
#[derive(Debug, Clone, PartialEq)]
pub enum Detail {
    /// Nothing.
    None,
    /// Columns of a batch log.
    BatchJobs(Box<BatchJobs>),
    /// Machines, one per row; such a trace has no tasks.
    Machines(Machines),
    /// Columns of pods.
    Pods(Pods),
    /// Columns of training jobs: the queue or tenant each was submitted to.
    Queues(TextColumn),
    /// Tokens of inference requests.
    Requests(Requests),
    /// Columns of virtual machines.
    VirtualMachines(Box<VirtualMachines>),
    /// Facts about a workflow.
    Workflow(Workflow),
}

/// The 18 fields of the Standard Workload Format as recorded; -1 is unknown.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct BatchJobs {
    /// What the header of the log says.
    pub header: BatchHeader,
    /// Number of the job.
    pub job: Vec<i64>,
    /// When it was submitted [s].
    pub submit_s: Vec<i64>,
    /// How long it waited [s].
    pub wait_s: Vec<i64>,
    /// How long it ran [s].
    pub run_s: Vec<i64>,
    /// Processors it was given.
    pub processors_allocated: Vec<i64>,
    /// Processor time per processor [s].
    pub processor_time_s: Vec<f64>,
    /// Memory used per processor [KiB].
    pub memory_used_kib: Vec<f64>,
    /// Processors it asked for.
    pub processors_requested: Vec<i64>,
    /// Run time, or processor time, it asked for [s].
    pub time_requested_s: Vec<i64>,
    /// Memory it asked for per processor [KiB].
    pub memory_requested_kib: Vec<f64>,
    /// 1 completed, 0 failed, 5 cancelled, 2 to 4 parts of a job.
    pub status: Vec<i64>,
    /// User.
    pub user: Vec<i64>,
    /// Group.
    pub group: Vec<i64>,
    /// Application.
    pub executable: Vec<i64>,
    /// Queue.
    pub queue: Vec<i64>,
    /// Partition.
    pub partition: Vec<i64>,
    /// Job it had to wait for.
    pub preceding_job: Vec<i64>,
    /// Time between the end of that job and the submission of this one [s].
    pub think_time_s: Vec<i64>,
}

impl BatchJobs {
    /// Number of jobs.
    pub fn len(&self) -> usize {
        self.job.len()
    }

    /// True where there is no job.
    pub fn is_empty(&self) -> bool {
        self.job.is_empty()
    }

    /// Processors a job occupied: those it was given, else those it asked for; -1 where neither is known.
    pub fn processors(&self, job: usize) -> i64 {
        if self.processors_allocated[job] > 0 {
            self.processors_allocated[job]
        } else {
            self.processors_requested[job]
        }
    }
}

/// Header of a batch log.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct BatchHeader {
    /// Processors of the machine: `MaxProcs`, else `MaxNodes`.
    pub processors: Option<i64>,
    /// Records the log says it has.
    pub records: Option<i64>,
    /// Start of the log [s since 1970].
    pub unix_start_s: Option<i64>,
    /// All `Label: value` lines, the first of each label.
    pub labels: BTreeMap<String, String>,
}

/// Machines as columns.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Machines {
    /// Name.
    pub name: TextColumn,
    /// Cores [milli-cores]; zero where the trace does not tell.
    pub cpu_milli: Vec<u32>,
    /// Memory [B]; zero where the trace does not tell.
    pub memory_bytes: Vec<u64>,
    /// Accelerators.
    pub gpu_count: Vec<u32>,
    /// Model of the accelerators; empty where there is none or the trace does not tell.
    pub gpu_model: TextColumn,
}

impl Machines {
    /// Number of machines.
    pub fn len(&self) -> usize {
        self.cpu_milli.len()
    }

    /// True where there is no machine.
    pub fn is_empty(&self) -> bool {
        self.cpu_milli.is_empty()
    }
}

/// Columns of pods.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pods {
    /// Accelerator models a pod accepts, separated by `|`; empty accepts all.
    pub gpu_models: TextColumn,
    /// Quality of service.
    pub service_class: TextColumn,
    /// State when the trace was taken.
    pub phase: TextColumn,
    /// When it was placed [ms on the clock of the trace]; `None` if never.
    pub scheduled_ms: Vec<Option<i64>>,
}

/// Columns of inference requests.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Requests {
    /// When each arrived [µs since 1970].
    pub arrival_us: Vec<i64>,
    /// Tokens given.
    pub context_tokens: Vec<u32>,
    /// Tokens generated.
    pub generated_tokens: Vec<u32>,
}

/// Columns of virtual machines; a column the format does not have is empty.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct VirtualMachines {
    /// Subscription.
    pub subscription: TextColumn,
    /// Deployment.
    pub deployment: TextColumn,
    /// Category of the workload.
    pub category: TextColumn,
    /// Highest CPU utilisation [%].
    pub cpu_max_percent: Vec<f64>,
    /// Mean CPU utilisation [%].
    pub cpu_mean_percent: Vec<f64>,
    /// 95th percentile of the CPU utilisation [%].
    pub cpu_p95_percent: Vec<f64>,
    /// Batch of one tenant that arrived together, numbered through the trace.
    pub batch: Vec<u32>,
    /// Flavour.
    pub flavour: TextColumn,
    /// Bin of the lifetime.
    pub lifetime_bin: Vec<u16>,
    /// Shortest and longest lifetime of that bin [s]; for a censored one the time it had run.
    pub lifetime_s: Vec<(i64, i64)>,
    /// Whether it was still running at the end of the trace: its lifetime is only known to be longer.
    pub censored: Vec<bool>,
}

/// Facts about a workflow.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Workflow {
    /// Name of the instance.
    pub name: String,
    /// Version of the schema.
    pub schema_version: String,
    /// Recorded makespan [s].
    pub makespan_s: Option<f64>,
    /// Machines it ran on.
    pub machines: Machines,
    /// Mean CPU use of each task over its cores [%]; 100 where not recorded.
    pub cpu_percent: Vec<f64>,
}
