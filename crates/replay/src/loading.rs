//! The files of a replay as they are read: topologies, traces, failures, and what is wrong with any of them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use angara_diagnostics::{Diagnostic, Diagnostics, Location};
use angara_series::Severity;
use angara_simulation::failure::{FailureSequence, Outages};
use angara_workload::trace::{self, Clock, Findings, Limits, Trace};

use crate::ReplayFault;
use crate::columns::{self, ColumnSetting, ColumnWorkload};
use crate::load::TraceRequest;
use crate::opendc::{
    FailureAxis, WorkloadAxis, carbon_series, failure_rows, read_topology, resolve,
};
use crate::plan::{PlannedFailure, PlannedTopology, PlannedWorkload, ReplayPlan};
use crate::settings::SettingsFile;
use crate::workload::{WorkloadOptions, names_of, workload_of};

/// When the first task is submitted, where times count from a start that the trace tells [ms since 1970].
pub(crate) fn start_of(trace: &Trace) -> Option<i64> {
    let Clock::Relative { start_ms } = trace.clock else {
        return None;
    };
    let first_ms = trace.tasks.submission_ms.iter().copied().min()?;
    Some(start_ms?.saturating_add(first_ms))
}

pub(crate) fn planned(trace: &Trace, options: &WorkloadOptions) -> PlannedWorkload {
    let (tasks, fragments) = workload_of(trace, options);
    PlannedWorkload {
        names: names_of(trace),
        tasks,
        fragments,
        sample_fraction: 1.0,
        ..PlannedWorkload::default()
    }
}

/// Name of a file or folder without its ending.
pub(crate) fn name_of(path: &Path) -> String {
    let stem = if path.is_dir() {
        path.file_name()
    } else {
        path.file_stem()
    };
    stem.map_or_else(
        || path.display().to_string(),
        |stem| stem.to_string_lossy().into_owned(),
    )
}

/// What was noticed about a trace, notes as warnings.
pub(crate) fn findings_of(findings: &Findings, path: &Path) -> Diagnostics {
    let mut all = Diagnostics::new();
    for severity in [Severity::Error, Severity::Note] {
        for found in findings.listed(severity) {
            let message = found.finding.to_string();
            let finding = match severity {
                Severity::Error => Diagnostic::error("trace", message),
                Severity::Note => Diagnostic::warning("trace", message),
            };
            let file = if found.file.is_empty() {
                path.display().to_string()
            } else {
                found.file.clone()
            };
            all.push(finding.at(Location::file(file)));
        }
    }
    all
}

/// Files that are being read, and what is wrong with them.
pub(crate) struct Loading {
    base: PathBuf,
    lenient: bool,
    pub(crate) findings: Diagnostics,
    pub(crate) settings: Option<SettingsFile>,
}

impl Loading {
    pub(crate) fn new(
        base: &Path,
        lenient: bool,
        findings: Diagnostics,
        settings: Option<&Path>,
    ) -> Self {
        Self {
            base: base.to_owned(),
            lenient,
            findings,
            settings: settings.map(SettingsFile::open),
        }
    }

    /// Takes over what was found with the settings.
    pub(crate) fn close_settings(&mut self) -> Option<Vec<u8>> {
        let settings = self.settings.take()?;
        let bytes = settings.bytes();
        let findings = settings.into_findings();
        self.absorb(&findings);
        bytes
    }

    pub(crate) fn apply_to_tasks(
        &mut self,
        workload: &mut PlannedWorkload,
        own_table: Option<&Path>,
    ) {
        if let Some(settings) = &mut self.settings {
            settings.apply_to_tasks(workload, own_table);
        }
    }

    pub(crate) fn done(mut self, mut plan: ReplayPlan) -> (Option<ReplayPlan>, Diagnostics) {
        if let Some(bytes) = self.close_settings() {
            plan.inputs.push(("settings.yaml".to_owned(), bytes));
        }
        let sound = !self.findings.has_errors();
        (sound.then_some(plan), self.findings)
    }

    fn error(&mut self, code: &'static str, path: &Path, message: impl Into<String>) {
        let location = Location::file(path.display().to_string());
        self.findings
            .push(Diagnostic::error(code, message).at(location));
    }

    fn fault(&mut self, fault: ReplayFault, path: &Path) {
        let message = match fault {
            ReplayFault::File { problem, .. } => problem,
            other => other.to_string(),
        };
        self.error("file", path, message);
    }

    fn absorb(&mut self, findings: &Diagnostics) {
        for finding in findings.iter() {
            self.findings.push(finding.clone());
        }
    }

    pub(crate) fn topology(&mut self, path: &Path) -> Option<PlannedTopology> {
        let (file, findings) = read_topology(path, self.lenient);
        self.absorb(&findings);
        let file = file?;
        let mut carbon = Vec::new();
        for series in &file.carbon_paths {
            let series_path = self.carbon_path(path, series);
            match carbon_series(&series_path) {
                Ok(series) => carbon.push(series),
                Err(fault) => self.fault(fault, &series_path),
            }
        }
        if carbon.len() < file.carbon_paths.len() {
            return None;
        }
        let mut site = PlannedTopology {
            name: name_of(path),
            topology: file.topology,
            carbon,
            ..PlannedTopology::default()
        };
        if let Some(settings) = &mut self.settings {
            settings.apply_to_topology(&mut site);
        }
        Some(site)
    }

    /// A carbon file stands beside the topology, or where the experiment's paths count from.
    fn carbon_path(&self, topology: &Path, path: &str) -> PathBuf {
        let beside = resolve(topology, path);
        if beside.exists() {
            return beside;
        }
        let other = resolve(&self.base, path);
        if other.exists() { other } else { beside }
    }

    /// The tables of an `OpenDC` trace, where they can be replayed straight from their files. What is wrong with them is
    /// told by who reads them whole.
    pub(crate) fn columns(
        &mut self,
        request: &TraceRequest,
        plan: &ReplayPlan,
    ) -> Option<ColumnWorkload> {
        let marks_tasks = self
            .settings
            .as_ref()
            .is_some_and(SettingsFile::marks_tasks);
        if request.sample_ms.is_some() || marks_tasks {
            return None;
        }
        let site = plan.topologies.first()?;
        let options = plan.options_playing(plan.runs.first()?, request.play);
        let setting = ColumnSetting {
            topology: &site.topology,
            carbon: &site.carbon,
            options: &options,
            step_ms: 1,
        };
        if !columns::suits(&setting) {
            return None;
        }
        let (tasks, fragments) = columns::tables_of(&request.trace)?;
        let workload = WorkloadOptions {
            core_mhz: request.core_mhz,
            submission_ms: request.start_ms,
            ..WorkloadOptions::default()
        };
        let (columns, findings) = ColumnWorkload::open(&tasks, &fragments, &workload).ok()??;
        if columns.tasks() == 0 {
            return None;
        }
        self.trace_findings(&findings, &request.trace);
        Some(columns)
    }

    pub(crate) fn trace(&mut self, paths: &[PathBuf]) -> Option<Trace> {
        match trace::read(paths, &Limits::default()) {
            Ok((trace, findings)) => {
                self.trace_findings(&findings, paths);
                Some(trace)
            }
            Err(findings) => {
                self.trace_findings(&findings, paths);
                None
            }
        }
    }

    fn trace_findings(&mut self, findings: &Findings, paths: &[PathBuf]) {
        let path = paths.first().map_or(Path::new(""), PathBuf::as_path);
        self.absorb(&findings_of(findings, path));
    }

    /// Reads every trace once, and takes it as each axis asks for.
    pub(crate) fn workloads(&mut self, axes: &[WorkloadAxis]) -> Vec<PlannedWorkload> {
        let mut by_path: BTreeMap<PathBuf, Vec<usize>> = BTreeMap::new();
        for (row, axis) in axes.iter().enumerate() {
            let path = resolve(&self.base, &axis.path);
            by_path.entry(path).or_default().push(row);
        }
        let mut workloads: Vec<Option<PlannedWorkload>> = axes.iter().map(|_| None).collect();
        for (path, rows) in by_path {
            let Some(trace) = self.trace(std::slice::from_ref(&path)) else {
                continue;
            };
            for row in rows {
                let axis = &axes[row];
                let options = WorkloadOptions {
                    submission_ms: axis.submission_ms.or_else(|| start_of(&trace)),
                    defer_all: axis.defer_all,
                    ..WorkloadOptions::default()
                };
                let mut workload = planned(&trace, &options);
                workload.name = name_of(&path);
                workload.play = axis.play;
                workload.sample_fraction = axis.sample_fraction;
                self.check_tasks(&workload, &path);
                let own_table = columns::tables_of(std::slice::from_ref(&path));
                let own_table = own_table.map(|(tasks, _)| tasks);
                self.apply_to_tasks(&mut workload, own_table.as_deref());
                workloads[row] = Some(workload);
            }
        }
        workloads.into_iter().flatten().collect()
    }

    pub(crate) fn check_tasks(&mut self, workload: &PlannedWorkload, path: &Path) {
        if workload.tasks.is_empty() {
            self.error("trace", path, "no task of the trace runs for any time");
        }
    }

    pub(crate) fn failure(&mut self, axis: &FailureAxis) -> Option<PlannedFailure> {
        Some(match axis {
            FailureAxis::None => PlannedFailure::None,
            FailureAxis::Prefab(prefab) => PlannedFailure::Prefab(prefab.clone()),
            FailureAxis::Laws(laws) => PlannedFailure::Laws(laws.clone()),
            FailureAxis::Trace {
                path,
                start,
                repeat,
            } => {
                let path = resolve(&self.base, path);
                let rows = match failure_rows(&path) {
                    Ok(rows) => rows,
                    Err(fault) => {
                        self.fault(fault, &path);
                        return None;
                    }
                };
                let start_row = (start * rows.len() as f64).floor() as usize;
                let failure = PlannedFailure::Sequence(FailureSequence {
                    start_row: start_row.min(rows.len().saturating_sub(1)),
                    rows,
                    repeat: *repeat,
                });
                let no_hosts = PlannedTopology::default();
                if let Err(error) = Outages::new(&failure.model(&no_hosts), 1, 0) {
                    self.error("value", &path, error.to_string());
                }
                failure
            }
        })
    }

    /// What only shows when all files are known: batteries.
    pub(crate) fn check(&mut self, plan: &ReplayPlan) {
        for site in &plan.topologies {
            for cluster in &site.topology.clusters {
                let Some((name, spec)) = &cluster.battery else {
                    continue;
                };
                if let Err(error) = angara_simulation::battery::Battery::new(spec) {
                    let path = PathBuf::from(&site.name);
                    let cluster = &cluster.name;
                    self.error(
                        "value",
                        &path,
                        format!("battery {name} of {cluster}: {error}"),
                    );
                }
            }
        }
    }
}
