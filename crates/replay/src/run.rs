//! One run of a plan.

use angara_results::{FileRecord, RunFolder};
use angara_simulation::replay::{
    ColumnOutcome, ReplayError, ReplayInput, ReplayOutcome, ReplayProgress, ReplayStatus, replay,
    replay_columns, suits_columns,
};

use crate::ReplayFault;
use crate::columns::ColumnSetting;
use crate::draw::drawn;
use crate::figures::RunFigures;
use crate::plan::{PlannedRun, PlannedWorkload, ReplayPlan};
use crate::samples::{RunSink, Subject};
use crate::series::{SeriesBuilder, SeriesPoint, points_of, round_interval_ms, samples_per_point};

/// Listens to the runs of a plan, which go on side by side.
pub trait ReplayListener: Sync {
    /// A run has come so far.
    fn advanced(&self, run: usize, status: ReplayStatus);
    /// A run has ended.
    fn ended(&self, run: usize, figures: &RunFigures);
}

/// Listens to nothing.
#[derive(Debug, Clone, Copy)]
pub struct NoListener;

impl ReplayListener for NoListener {
    fn advanced(&self, _run: usize, _status: ReplayStatus) {}
    fn ended(&self, _run: usize, _figures: &RunFigures) {}
}

struct Teller<'a> {
    run: usize,
    listener: &'a dyn ReplayListener,
}

impl ReplayProgress for Teller<'_> {
    fn replayed(&self, status: ReplayStatus) {
        self.listener.advanced(self.run, status);
    }
}

/// What a run yields.
#[derive(Debug)]
pub(crate) struct RunResult {
    pub(crate) figures: RunFigures,
    pub(crate) outcome: ReplayOutcome,
    pub(crate) series: Vec<SeriesPoint>,
    pub(crate) files: Vec<FileRecord>,
    /// The workload, where the run has its own.
    pub(crate) workload: Option<PlannedWorkload>,
}

/// Replays a run; its tables of samples go to the folder as they are made.
pub(crate) fn execute(
    plan: &ReplayPlan,
    row: usize,
    folder: &RunFolder,
    listener: &dyn ReplayListener,
) -> Result<RunResult, ReplayFault> {
    let run = &plan.runs[row];
    let site = &plan.topologies[run.topology];
    let all = &plan.workloads[run.workload];
    let own = (all.sample_fraction < 1.0).then(|| drawn(all, run.seed));
    let workload = own.as_ref().unwrap_or(all);
    let export = &plan.exports[run.export];
    let span_ms = workload.span_ms();
    let sample_ms = export
        .interval_ms
        .unwrap_or_else(|| round_interval_ms(span_ms));
    let mut options = plan.options(run);
    let teller = Teller { run: row, listener };
    if export.interval_ms.is_none() {
        let setting = ColumnSetting {
            topology: &site.topology,
            carbon: &site.carbon,
            options: &options,
            step_ms: sample_ms,
        };
        if let Some((own, columns)) = by_columns(all, &setting, &teller)? {
            let mut figures = named(plan, run);
            figures.measure(&columns.outcome, plan.settings.currency);
            listener.ended(row, &figures);
            return Ok(RunResult {
                figures,
                series: points_of(&columns.series),
                outcome: columns.outcome,
                files: Vec::new(),
                workload: own,
            });
        }
    }
    options.sample_ms = Some(sample_ms);
    let subject = Subject {
        topology: &site.topology,
        workload,
    };
    let series = SeriesBuilder::new(&site.topology, samples_per_point(span_ms, sample_ms));
    let path = format!("raw-output/{}", run.name());
    let mut sink = RunSink::start(subject, export, folder, &path, series)?;
    let input = ReplayInput {
        topology: &site.topology,
        tasks: &workload.tasks,
        fragments: &workload.fragments,
        carbon: &site.carbon,
        options: &options,
    };
    let outcome = run_one(&input, &mut sink, &teller)?;
    let (series, files) = sink.finish()?;
    let mut figures = named(plan, run);
    figures.measure(&outcome, plan.settings.currency);
    listener.ended(row, &figures);
    Ok(RunResult {
        figures,
        outcome,
        series,
        files,
        workload: own,
    })
}

/// Replays by columns, where nothing stands against it: the workload, where it was read on the way, and what came of it.
fn by_columns(
    workload: &PlannedWorkload,
    setting: &ColumnSetting<'_>,
    progress: &dyn ReplayProgress,
) -> Result<Option<(Option<PlannedWorkload>, ColumnOutcome)>, ReplayFault> {
    if let Some(columns) = &workload.columns {
        let replayed = columns.replay(setting, progress)?;
        let own = PlannedWorkload {
            name: workload.name.clone(),
            names: replayed.names,
            tasks: replayed.tasks,
            sample_fraction: 1.0,
            ..PlannedWorkload::default()
        };
        return Ok(Some((Some(own), replayed.outcome)));
    }
    let input = ReplayInput {
        topology: setting.topology,
        tasks: &workload.tasks,
        fragments: &workload.fragments,
        carbon: setting.carbon,
        options: setting.options,
    };
    if workload.sample_fraction < 1.0 || !suits_columns(&input) {
        return Ok(None);
    }
    let outcome = replay_columns(&input, &workload.fragments, setting.step_ms, progress)?;
    Ok(Some((None, outcome)))
}

/// The call of the event engine.
fn run_one(
    input: &ReplayInput<'_>,
    sink: &mut RunSink<'_>,
    progress: &dyn ReplayProgress,
) -> Result<ReplayOutcome, ReplayError> {
    replay(input, Some(sink), progress)
}

fn named(plan: &ReplayPlan, run: &PlannedRun) -> RunFigures {
    RunFigures {
        run: run.name(),
        scenario: run.scenario,
        seed: run.seed,
        topology: plan.topologies[run.topology].name.clone(),
        workload: plan.workloads[run.workload].name.clone(),
        policy: plan.allocations[run.allocation].name.clone(),
        ..RunFigures::default()
    }
}
