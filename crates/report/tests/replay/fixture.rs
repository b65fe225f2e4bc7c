//! Folders of replays with made-up but plausible numbers, in the shape that replays write.

use std::path::Path;

use angara_results::{Manifest, RunFolder, Table, to_parquet};

const RUNS: [&str; 2] = ["0/seed=0", "0/seed=1"];

fn write(path: &Path, table: &Table) {
    let bytes = to_parquet(table).expect("the sample is whole");
    fs_err::create_dir_all(path.parent().expect("the sample is whole"))
        .expect("the sample is whole");
    fs_err::write(path, bytes).expect("the sample is whole");
}

/// What an experiment holds.
pub(crate) struct Experiment<'a> {
    /// Name of the first cluster, host, task, source, policy, topology and workload.
    pub(crate) name: &'a str,
    pub(crate) runs: usize,
    pub(crate) hosts: usize,
    pub(crate) tasks: usize,
    pub(crate) samples: usize,
    pub(crate) interval_ms: i64,
}

impl Experiment<'_> {
    pub(crate) fn plain() -> Self {
        Self {
            name: "irkutsk",
            runs: 2,
            hosts: 6,
            tasks: 40,
            samples: 48,
            interval_ms: 3_600_000,
        }
    }

    fn cluster(&self, index: usize) -> String {
        [self.name, "bratsk"][index % 2].to_owned()
    }

    /// Writes the tables and the manifest.
    pub(crate) fn write(&self, folder: &Path) {
        let mut run = RunFolder::create(folder).expect("the sample is whole");
        for table in [
            self.runs(),
            self.tasks(),
            self.hosts(),
            self.sources(),
            self.series(),
        ] {
            run.write_table(&table).expect("the sample is whole");
        }
        let manifest = Manifest::new(
            "0.1.0",
            "Week in Irkutsk",
            1,
            "angara replay week",
            "2026-01-01T00:00:00Z",
        );
        run.commit(&manifest).expect("the sample is whole");
    }

    fn runs(&self) -> Table {
        let runs = 0..self.runs;
        let span = self.samples as i64 * self.interval_ms;
        let same = |value: i64| vec![value; self.runs];
        let work = |value: f64| vec![value; self.runs];
        let names = |text: &str| vec![text.to_owned(); self.runs];
        Table::new("runs")
            .text("run", "", "", runs.clone().map(|run| RUNS[run].to_owned()))
            .small("scenario", "", "", vec![0; self.runs])
            .whole("seed", "", "", runs.clone().map(|run| run as i64))
            .text("topology", "", "", names(self.name))
            .text("workload", "", "", names("bitbrains"))
            .text("policy", "", "", names(self.name))
            .whole("hosts", "", "", same(self.hosts as i64))
            .whole("tasks", "", "", same(self.tasks as i64))
            .whole("completed", "", "", same(self.tasks as i64 * 9 / 10))
            .whole("terminated", "", "", same(self.tasks as i64 / 10))
            .whole(
                "makespan_ms",
                "ms",
                "",
                runs.clone().map(|run| span - run as i64),
            )
            .real(
                "energy_j",
                "J",
                "",
                runs.clone().map(|run| 7.2e8 - 1e7 * run as f64),
            )
            .real("carbon_g", "g", "", work(6.1e4))
            .optional_whole("cost_minor", "1", "", (0..self.runs).map(|_| Some(123_456)))
            .optional_text(
                "currency",
                "",
                "",
                (0..self.runs).map(|_| Some("EUR".to_owned())),
            )
            .real("mean_utilisation", "1", "", work(0.4375))
            .real("mean_wait_ms", "ms", "", work(90_500.0))
            .whole("longest_wait_ms", "ms", "", same(7_322_000))
            .real("cpu_demanded_mhz_ms", "MHz·ms", "", work(2e12))
            .real("cpu_done_mhz_ms", "MHz·ms", "", work(1.9e12))
            .real("cpu_lost_mhz_ms", "MHz·ms", "", work(1e11))
    }

    /// A row per run and index.
    fn rows<T>(&self, count: usize, of: impl Fn(usize, usize) -> T) -> Vec<T> {
        let rows = (0..self.runs).flat_map(|run| (0..count).map(move |row| (run, row)));
        rows.map(|(run, row)| of(run, row)).collect()
    }

    fn run_names(&self, count: usize) -> Vec<String> {
        self.rows(count, |run, _| RUNS[run].to_owned())
    }

    fn tasks(&self) -> Table {
        let count = self.tasks;
        let came = |task: usize| task as i64 * 600_000;
        let wait = |task: usize| (task % 4) as i64 * 61_000;
        let starts = |task: usize| task % 10 != 9;
        Table::new("tasks")
            .text("run", "", "", self.run_names(count))
            .text(
                "task",
                "",
                "",
                self.rows(count, |_, task| format!("{}-{task}", self.name)),
            )
            .optional_text(
                "host",
                "",
                "",
                self.rows(count, |_, task| starts(task).then(|| self.name.to_owned())),
            )
            .text(
                "state",
                "",
                "",
                self.rows(count, |_, task| {
                    if starts(task) {
                        "COMPLETED"
                    } else {
                        "TERMINATED"
                    }
                    .to_owned()
                }),
            )
            .whole(
                "submission_ms",
                "ms",
                "",
                self.rows(count, |_, task| came(task)),
            )
            .optional_whole(
                "start_ms",
                "ms",
                "",
                self.rows(count, |_, task| {
                    starts(task).then(|| came(task) + wait(task))
                }),
            )
            .whole("wait_ms", "ms", "", self.rows(count, |_, task| wait(task)))
            .small(
                "failures",
                "",
                "",
                self.rows(count, |_, task| (task % 20 / 19) as i32),
            )
    }

    fn hosts(&self) -> Table {
        let count = self.hosts;
        Table::new("hosts")
            .text("run", "", "", self.run_names(count))
            .text(
                "host",
                "",
                "",
                self.rows(count, |_, host| format!("{}/{host}", self.name)),
            )
            .text(
                "cluster",
                "",
                "",
                self.rows(count, |_, host| self.cluster(host)),
            )
            .whole(
                "tasks",
                "",
                "",
                self.rows(count, |_, host| 10 + host as i64),
            )
            .real(
                "utilisation",
                "1",
                "",
                self.rows(count, |_, host| 0.9 / (host + 1) as f64),
            )
            .real(
                "energy_j",
                "J",
                "",
                self.rows(count, |_, host| 1e8 + host as f64 * 1e6),
            )
            .whole("up_ms", "ms", "", self.rows(count, |_, _| 172_000_000))
            .whole(
                "down_ms",
                "ms",
                "",
                self.rows(count, |_, host| host as i64 * 60_000),
            )
            .whole(
                "outages",
                "",
                "",
                self.rows(count, |_, host| host as i64 % 2),
            )
    }

    fn sources(&self) -> Table {
        Table::new("sources")
            .text("run", "", "", self.run_names(2))
            .text("cluster", "", "", self.rows(2, |_, row| self.cluster(row)))
            .text("source", "", "", self.rows(2, |_, _| self.name.to_owned()))
            .real("energy_j", "J", "", self.rows(2, |_, _| 3.6e8))
            .real("carbon_g", "g", "", self.rows(2, |_, _| 3e4))
            .real("battery_change_j", "J", "", self.rows(2, |_, _| -3.6e6))
    }

    fn series(&self) -> Table {
        let count = self.samples * 2;
        let level = |row: usize| ((row / 2) % 24) as f64 / 24.0;
        let rows = |of: &dyn Fn(usize) -> f64| self.rows(count, |_, row| of(row));
        Table::new("series")
            .text("run", "", "", self.run_names(count))
            .text(
                "cluster",
                "",
                "",
                self.rows(count, |_, row| self.cluster(row)),
            )
            .whole(
                "time_ms",
                "ms",
                "",
                self.rows(count, |_, row| (row as i64 / 2 + 1) * self.interval_ms),
            )
            .whole(
                "interval_ms",
                "ms",
                "",
                self.rows(count, |_, _| self.interval_ms),
            )
            .real("power_w", "W", "", rows(&|row| 2000.0 + 500.0 * level(row)))
            .real("utilisation", "1", "", rows(&level))
            .real("carbon_g", "g", "", rows(&|row| 600.0 * level(row)))
            .whole(
                "running",
                "",
                "",
                self.rows(count, |_, row| row as i64 % 17),
            )
            .whole("pending", "", "", self.rows(count, |_, row| row as i64 % 5))
    }
}

/// A batch log of twenty jobs on eight processors.
pub(crate) fn batch(folder: &Path, name: &str) {
    let jobs = || 0..20_i64;
    let table = Table::new("jobs")
        .text("job", "", "", jobs().map(|job| format!("{name}-{job}")))
        .whole("submit_s", "s", "", jobs().map(|job| 1000 + job * 100))
        .whole("start_s", "s", "", jobs().map(|job| 1000 + job * 150))
        .whole("wait_s", "s", "", jobs().map(|job| job * 50))
        .whole("run_s", "s", "", jobs().map(|_| 600))
        .whole("processors", "", "", jobs().map(|job| 1 + job % 2));
    write(&folder.join("jobs.parquet"), &table);
    let figures = Table::new("runs")
        .text("policy", "", "", [name.to_owned()])
        .whole("processors", "", "", [8])
        .real("mean_bounded_slowdown", "1", "", [1.75])
        .whole("p95_wait_s", "s", "", [950]);
    write(&folder.join("tables/runs.parquet"), &figures);
}

/// Packings of two policies over three seeds.
pub(crate) fn packing(folder: &Path, name: &str) {
    let mut rows = Vec::new();
    for (order, policy) in [name, "first-fit"].into_iter().enumerate() {
        for seed in 0..3_i64 {
            rows.extend((0..=12).map(|tenth| (order, policy, seed, f64::from(tenth) * 10.0)));
        }
    }
    let limit = |order: usize, seed: i64| 95.0 - 4.0 * order as f64 - seed as f64;
    let table = Table::new("packing")
        .text("policy", "", "", rows.iter().map(|row| row.1.to_owned()))
        .whole("seed", "", "", rows.iter().map(|row| row.2))
        .real("arrived_percent", "%", "", rows.iter().map(|row| row.3))
        .real(
            "allocated_percent",
            "%",
            "",
            rows.iter().map(|row| row.3.min(limit(row.0, row.2))),
        )
        .real(
            "fragmented_percent",
            "%",
            "",
            rows.iter()
                .map(|row| (row.3 - limit(row.0, row.2)).max(0.0)),
        );
    write(&folder.join("tables/packing.parquet"), &table);
}
