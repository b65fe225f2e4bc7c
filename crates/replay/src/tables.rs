//! The tables of a replay: runs, tasks, hosts, sources, series.

use angara_quantity::Money;
use angara_results::{ResultsError, RunFolder, TableFile};
use angara_simulation::replay::{ReplayOutcome, Topology};
use rayon::prelude::*;

use crate::figures::{HZ_PER_MHZ, RunFigures, cost_of, share};
use crate::plan::PlannedWorkload;
use crate::rows::{Cell, ColumnSpec, Kind, start};
use crate::series::SeriesPoint;

const RUN: ColumnSpec = (
    "run",
    "",
    "Run: number of the combination and seed",
    Kind::Text,
);

const COST: ColumnSpec = (
    "cost_minor",
    "1",
    "Price of that energy [minor units of the currency]",
    Kind::OptionalWhole,
);

const CURRENCY: ColumnSpec = ("currency", "", "Currency of the price", Kind::OptionalText);

const RUNS: [ColumnSpec; 22] = [
    RUN,
    ("scenario", "1", "Number of the combination", Kind::Small),
    ("seed", "1", "Seed", Kind::Whole),
    ("topology", "", "Topology", Kind::Text),
    ("workload", "", "Workload", Kind::Text),
    ("policy", "", "Allocation policy", Kind::Text),
    ("hosts", "1", "Hosts", Kind::Whole),
    ("tasks", "1", "Tasks", Kind::Whole),
    ("completed", "1", "Tasks completed", Kind::Whole),
    ("terminated", "1", "Tasks given up", Kind::Whole),
    (
        "makespan_ms",
        "ms",
        "End of the last task since the first submission",
        Kind::Whole,
    ),
    ("energy_j", "J", "Energy drawn from all sources", Kind::Real),
    ("carbon_g", "g", "Emissions of that energy", Kind::Real),
    (
        "mean_utilisation",
        "1",
        "Work given over what the hosts could give",
        Kind::Real,
    ),
    (
        "mean_wait_ms",
        "ms",
        "Mean time that tasks waited for a host",
        Kind::Real,
    ),
    (
        "longest_wait_ms",
        "ms",
        "Longest time that a task waited for a host",
        Kind::Real,
    ),
    (
        "cpu_demanded_mhz_ms",
        "MHz ms",
        "Work demanded of processors",
        Kind::Real,
    ),
    (
        "cpu_done_mhz_ms",
        "MHz ms",
        "Work given by processors",
        Kind::Real,
    ),
    (
        "cpu_lost_mhz_ms",
        "MHz ms",
        "Work demanded and not given",
        Kind::Real,
    ),
    COST,
    CURRENCY,
    ("migrations", "1", "Tasks moved while they ran", Kind::Whole),
];

const TASKS: [ColumnSpec; 12] = [
    RUN,
    ("task", "", "Task", Kind::Text),
    ("host", "", "Host it ran on last", Kind::OptionalText),
    ("state", "", "State at the end", Kind::Text),
    (
        "submission_ms",
        "ms",
        "Submission since the first",
        Kind::Whole,
    ),
    (
        "start_ms",
        "ms",
        "Latest start since the first submission",
        Kind::OptionalWhole,
    ),
    (
        "end_ms",
        "ms",
        "End since the first submission",
        Kind::OptionalWhole,
    ),
    (
        "wait_ms",
        "ms",
        "Time it waited for a host, over all its starts",
        Kind::Whole,
    ),
    ("failures", "1", "Times a failure stopped it", Kind::Small),
    (
        "checkpoint_ms",
        "ms",
        "Time spent on checkpoints",
        Kind::Real,
    ),
    ("cpu_done_mhz_ms", "MHz ms", "Work it was given", Kind::Real),
    (
        "cpu_lost_mhz_ms",
        "MHz ms",
        "Work it demanded and was not given",
        Kind::Real,
    ),
];

const HOSTS: [ColumnSpec; 12] = [
    RUN,
    ("host", "", "Host", Kind::Text),
    ("cluster", "", "Cluster of the host", Kind::Text),
    ("tasks", "1", "Tasks that started on it", Kind::Whole),
    (
        "utilisation",
        "1",
        "Work given over what it could give",
        Kind::Real,
    ),
    ("energy_j", "J", "Energy", Kind::Real),
    ("up_ms", "ms", "Time up", Kind::Whole),
    ("down_ms", "ms", "Time down", Kind::Whole),
    ("outages", "1", "Outages", Kind::Whole),
    ("asleep_ms", "ms", "Time asleep while up", Kind::Whole),
    ("off_ms", "ms", "Time off while up", Kind::Whole),
    ("waking_ms", "ms", "Time waking while up", Kind::Whole),
];

const SOURCES: [ColumnSpec; 8] = [
    RUN,
    ("cluster", "", "Cluster", Kind::Text),
    ("source", "", "Source of power of the cluster", Kind::Text),
    ("energy_j", "J", "Energy drawn", Kind::Real),
    ("carbon_g", "g", "Emissions of that energy", Kind::Real),
    (
        "battery_change_j",
        "J",
        "Charge of the battery at the end less that at the start",
        Kind::Real,
    ),
    COST,
    CURRENCY,
];

const SERIES: [ColumnSpec; 9] = [
    RUN,
    ("cluster", "", "Cluster", Kind::Text),
    (
        "time_ms",
        "ms",
        "End of the interval since the first submission",
        Kind::Whole,
    ),
    ("interval_ms", "ms", "Length of the interval", Kind::Whole),
    (
        "power_w",
        "W",
        "Mean power drawn from the source",
        Kind::Real,
    ),
    (
        "utilisation",
        "1",
        "Mean utilisation of the processors",
        Kind::Real,
    ),
    ("carbon_g", "g", "Emissions in the interval", Kind::Real),
    (
        "running",
        "1",
        "Tasks of the whole run that run at the end of the interval",
        Kind::Whole,
    ),
    (
        "pending",
        "1",
        "Tasks of the whole run that wait at the end of the interval",
        Kind::Whole,
    ),
];

fn cost_cell(cost: Option<Money>) -> Cell<'static> {
    let held = |minor: i128| minor.clamp(i64::MIN.into(), i64::MAX.into()) as i64;
    Cell::whole(cost.map(|cost| held(cost.minor)))
}

fn currency_cell(cost: Option<&Money>) -> Cell<'_> {
    cost.map_or(Cell::Empty, |cost| Cell::Text(cost.currency.code()))
}

/// All tables, open.
pub(crate) struct Tables {
    runs: TableFile,
    tasks: TableFile,
    hosts: TableFile,
    sources: TableFile,
    series: TableFile,
}

impl Tables {
    pub(crate) fn start(folder: &RunFolder) -> Result<Self, ResultsError> {
        let start = |name: &'static str, columns: &[ColumnSpec]| {
            start(folder, &format!("tables/{name}.parquet"), name, columns)
        };
        Ok(Self {
            runs: start("runs", &RUNS)?,
            tasks: start("tasks", &TASKS)?,
            hosts: start("hosts", &HOSTS)?,
            sources: start("sources", &SOURCES)?,
            series: start("series", &SERIES)?,
        })
    }

    /// Appends a run to every table.
    pub(crate) fn append(
        &mut self,
        figures: &RunFigures,
        topology: &Topology,
        workload: &PlannedWorkload,
        outcome: &ReplayOutcome,
        series: &[SeriesPoint],
    ) -> Result<(), ResultsError> {
        self.append_run(figures)?;
        let run = Cell::Text(&figures.run);
        self.append_tasks(run, topology, workload, outcome)?;
        for (host, totals) in topology.hosts.iter().zip(&outcome.hosts) {
            self.hosts.push(&[
                run,
                Cell::Text(&host.name),
                Cell::Text(&topology.clusters[host.cluster as usize].name),
                Cell::count(totals.tasks),
                Cell::Real(share(totals.served, totals.served + totals.idle)),
                Cell::Real(totals.energy_j),
                Cell::Whole(totals.up_ms),
                Cell::Whole(totals.down_ms),
                Cell::count(totals.outages),
                Cell::Whole(totals.times.asleep_ms),
                Cell::Whole(totals.times.off_ms),
                Cell::Whole(totals.times.waking_ms),
            ])?;
        }
        for (cluster, totals) in topology.clusters.iter().zip(&outcome.sources) {
            self.sources.push(&[
                run,
                Cell::Text(&cluster.name),
                Cell::Text(&cluster.source),
                Cell::Real(totals.energy_j),
                Cell::Real(totals.carbon_g),
                Cell::Real(totals.battery_change_j),
                cost_cell(figures.cost.map(|all| cost_of(totals, all.currency))),
                currency_cell(figures.cost.as_ref()),
            ])?;
        }
        for point in series {
            self.series.push(&[
                run,
                Cell::Text(&topology.clusters[point.cluster].name),
                Cell::Whole(point.time_ms),
                Cell::Whole(point.interval_ms),
                Cell::Real(point.power_w),
                Cell::Real(point.utilisation),
                Cell::Real(point.carbon_g),
                Cell::count(point.running),
                Cell::count(point.pending),
            ])?;
        }
        Ok(())
    }

    fn append_run(&mut self, figures: &RunFigures) -> Result<(), ResultsError> {
        self.runs.push(&[
            Cell::Text(&figures.run),
            Cell::count(figures.scenario as u64),
            Cell::count(figures.seed),
            Cell::Text(&figures.topology),
            Cell::Text(&figures.workload),
            Cell::Text(&figures.policy),
            Cell::count(figures.hosts as u64),
            Cell::count(figures.tasks as u64),
            Cell::count(figures.completed as u64),
            Cell::count(figures.terminated as u64),
            Cell::Whole(figures.makespan_ms),
            Cell::Real(figures.energy_j),
            Cell::Real(figures.carbon_g),
            Cell::Real(figures.mean_utilisation),
            Cell::Real(figures.mean_wait_ms),
            Cell::Real(figures.longest_wait_ms as f64),
            Cell::Real(figures.cpu_demanded_mhz_ms),
            Cell::Real(figures.cpu_done_mhz_ms),
            Cell::Real(figures.cpu_lost_mhz_ms),
            cost_cell(figures.cost),
            currency_cell(figures.cost.as_ref()),
            Cell::count(figures.migrations),
        ])
    }

    fn append_tasks(
        &mut self,
        run: Cell<'_>,
        topology: &Topology,
        workload: &PlannedWorkload,
        outcome: &ReplayOutcome,
    ) -> Result<(), ResultsError> {
        let first_ms = workload.tasks.first_ms();
        let results = &outcome.tasks;
        for task in 0..workload.tasks.len() {
            let name = workload.task_name(task);
            let host = results.host[task].map(|host| &topology.hosts[host as usize]);
            self.tasks.push(&[
                run,
                Cell::Text(&name),
                host.map_or(Cell::Empty, |host| Cell::Text(&host.name)),
                Cell::Text(results.state[task].name()),
                Cell::Whole(workload.tasks.submission_ms[task].saturating_sub(first_ms)),
                Cell::whole(results.start_ms[task]),
                Cell::whole(results.end_ms[task]),
                Cell::Whole(results.wait_ms[task]),
                Cell::Whole(results.failures[task].into()),
                Cell::Real(results.checkpoint_ms[task] as f64),
                Cell::Real(results.cpu_done[task] as f64 / HZ_PER_MHZ),
                Cell::Real(results.cpu_lost[task] as f64 / HZ_PER_MHZ),
            ])?;
        }
        Ok(())
    }

    /// Ends all tables and hands them to the run folder.
    pub(crate) fn finish(self, folder: &mut RunFolder) -> Result<(), ResultsError> {
        let files = [self.tasks, self.runs, self.hosts, self.sources, self.series]
            .into_par_iter()
            .with_max_len(1)
            .map(TableFile::finish)
            .collect::<Result<Vec<_>, _>>()?;
        for file in files {
            folder.take(file);
        }
        Ok(())
    }
}
