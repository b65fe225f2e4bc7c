//! A trace, a topology and settings in a folder of their own, and what comes of them.

use std::cell::Cell;
use std::path::{Path, PathBuf};

use angara_diagnostics::{Diagnostics, TextStyle, render_text};
use angara_replay::{
    NoListener, ReplayPlan, ReplayRecord, RunFigures, TraceRequest, plan_of_experiment,
    plan_of_trace, write_replay,
};
use angara_results::{Table, read_table, to_parquet};
use angara_simulation::replay::Play;
use tempfile::TempDir;

/// Milliseconds of a minute and an hour.
pub(crate) const MINUTE_MS: i64 = 60_000;
pub(crate) const HOUR_MS: i64 = 3_600_000;

/// A task that keeps its cores of 1 GHz busy: identity is its place.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Task {
    pub(crate) submission_ms: i64,
    pub(crate) cores: i32,
    pub(crate) duration_ms: i64,
}

pub(crate) fn task(submission_ms: i64, cores: i32, duration_ms: i64) -> Task {
    Task {
        submission_ms,
        cores,
        duration_ms,
    }
}

/// Clusters by name and number of hosts; each host has 4 cores of 1 GHz and draws 100 W idle and 200 W busy.
pub(crate) fn topology(clusters: &[(&str, u32)]) -> String {
    let clusters = clusters.iter().map(|(name, hosts)| {
        format!(
            r#"{{"name": "{name}", "hosts": [{{"name": "{name}-H", "count": {hosts},
            "cpu": {{"coreCount": 4, "coreSpeed": 1000}}, "memory": {{"memorySize": 100000}},
            "cpuPowerModel": {{"modelType": "linear", "idlePower": 100, "maxPower": 200}}}}]}}"#
        )
    });
    let clusters: Vec<String> = clusters.collect();
    format!(r#"{{"clusters": [{}]}}"#, clusters.join(", "))
}

/// A case in a folder.
pub(crate) struct Case {
    folder: TempDir,
    runs: Cell<usize>,
}

/// A run folder and the figures of its runs.
pub(crate) struct Done {
    out: PathBuf,
    pub(crate) figures: RunFigures,
}

impl Case {
    pub(crate) fn new(topology: &str, tasks: &[Task]) -> Self {
        let case = Self {
            folder: tempfile::tempdir().expect("a folder"),
            runs: Cell::new(0),
        };
        case.write("topology.json", topology.as_bytes());
        case.write_tasks(tasks, &[]);
        let rows = || (0..tasks.len() as i32).zip(tasks);
        let fragments = Table::new("fragments")
            .small("id", "", "", rows().map(|(id, _)| id))
            .whole("duration", "", "", rows().map(|(_, task)| task.duration_ms))
            .real(
                "cpu_usage",
                "",
                "",
                rows().map(|(_, task)| 1_000.0 * f64::from(task.cores)),
            );
        case.write(
            "trace/fragments.parquet",
            &to_parquet(&fragments).expect("a table"),
        );
        case
    }

    /// Writes the table of tasks, with more columns of texts.
    pub(crate) fn write_tasks(&self, tasks: &[Task], more: &[(&str, &[&str])]) {
        let capacity_mhz = |task: &Task| 1_000.0 * f64::from(task.cores);
        let mut table = Table::new("tasks")
            .small("id", "", "", 0..tasks.len() as i32)
            .whole(
                "submission_time",
                "",
                "",
                tasks.iter().map(|task| task.submission_ms),
            )
            .whole(
                "duration",
                "",
                "",
                tasks.iter().map(|task| task.duration_ms),
            )
            .small("cpu_count", "", "", tasks.iter().map(|task| task.cores))
            .real("cpu_capacity", "", "", tasks.iter().map(capacity_mhz))
            .whole("mem_capacity", "", "", tasks.iter().map(|_| 1_000_000));
        for (name, cells) in more {
            table = table.text(name, "", "", cells.iter().map(|cell| (*cell).to_owned()));
        }
        self.write("trace/tasks.parquet", &to_parquet(&table).expect("a table"));
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, bytes: &[u8]) {
        let path = self.path(name);
        fs_err::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs_err::write(path, bytes).expect("a file");
    }

    /// Reads the case with settings; none where the text is empty.
    pub(crate) fn plan(&self, settings: &str) -> (Option<ReplayPlan>, Diagnostics) {
        self.write("settings.yaml", settings.as_bytes());
        plan_of_trace(&TraceRequest {
            trace: vec![self.path("trace")],
            topology: self.path("topology.json"),
            lenient: false,
            core_mhz: 1_000.0,
            start_ms: None,
            allocation: None,
            play: Play::Drop,
            checkpoints: None,
            sample_ms: None,
            seed: 1,
            settings: (!settings.is_empty()).then(|| self.path("settings.yaml")),
        })
    }

    /// Replays the case with settings.
    pub(crate) fn run(&self, settings: &str) -> Done {
        let (plan, findings) = self.plan(settings);
        self.play(plan, &findings)
    }

    /// Replays an experiment on the case with settings.
    pub(crate) fn run_experiment(&self, experiment: &str, settings: &str) -> Done {
        let (plan, findings) = self.plan_experiment(experiment, settings);
        self.play(plan, &findings)
    }

    pub(crate) fn plan_experiment(
        &self,
        experiment: &str,
        settings: &str,
    ) -> (Option<ReplayPlan>, Diagnostics) {
        self.write("experiment.json", experiment.as_bytes());
        self.write("settings.yaml", settings.as_bytes());
        let settings = self.path("settings.yaml");
        plan_of_experiment(&self.path("experiment.json"), false, Some(&settings))
    }

    pub(crate) fn play(&self, plan: Option<ReplayPlan>, findings: &Diagnostics) -> Done {
        let told = self.told(findings);
        assert!(!findings.has_errors(), "{told}");
        let number = self.runs.get();
        self.runs.set(number + 1);
        let out = self.path(&format!("out-{number}"));
        let record = ReplayRecord::default();
        let plan = plan.expect("a plan");
        let written = write_replay(&plan, &record, &out, &NoListener, &|_| Ok(None));
        let (out, figures) = written.expect("a run");
        Done {
            out,
            figures: figures.into_iter().next().expect("a run"),
        }
    }

    /// What is found, as a user reads it; without the folder, which differs.
    pub(crate) fn told(&self, findings: &Diagnostics) -> String {
        let text = render_text(findings, "here", TextStyle::default());
        let folder = format!("{}/", self.folder.path().display());
        text.replace(&folder, "")
    }
}

impl Done {
    pub(crate) fn table(&self, name: &str) -> Table {
        table_of(&self.out, name)
    }

    /// When each task started [ms].
    pub(crate) fn starts(&self) -> Vec<Option<i64>> {
        self.table("tasks")
            .optional_wholes("start_ms")
            .expect("starts")
            .to_vec()
    }

    /// The host of each task.
    pub(crate) fn hosts(&self) -> Vec<String> {
        let tasks = self.table("tasks");
        let hosts = tasks.optional_texts("host").expect("hosts").iter();
        hosts.map(|host| host.clone().unwrap_or_default()).collect()
    }

    pub(crate) fn host_wholes(&self, column: &str) -> Vec<i64> {
        self.table("hosts").wholes(column).expect("a column")
    }
}

fn table_of(out: &Path, name: &str) -> Table {
    read_table(&out.join(format!("tables/{name}.parquet"))).expect("a table")
}
