//! Tables of samples, with the columns of `OpenDC`'s own; numbers in double precision.

mod battery;
mod host;
mod service;
mod source;
mod task;

use angara_results::{FileRecord, ResultsError, RunFolder, TableFile};
use angara_simulation::replay::{
    BatterySample, HostSample, SampleSink, ServiceSample, SourceSample, TaskSample, Topology,
};

use crate::plan::{PlannedExport, PlannedWorkload};
use crate::series::SeriesBuilder;

use battery::BatteryTable;
use host::HostTable;
use service::ServiceTable;
use source::SourceTable;
use task::TaskTable;

/// What samples are about.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Subject<'a> {
    pub(crate) topology: &'a Topology,
    pub(crate) workload: &'a PlannedWorkload,
}

/// When a sample is taken.
#[expect(clippy::struct_field_names, reason = "units stand last in names")]
#[derive(Debug, Clone, Copy, Default)]
struct Instant {
    /// Since the first submission [ms].
    now_ms: i64,
    /// On the clock of the trace [ms].
    absolute_ms: i64,
    /// Since the sample before [ms].
    interval_ms: i64,
}

/// Takes the samples of a run: tables where they are asked for, and always a series.
pub(crate) struct RunSink<'a> {
    series: SeriesBuilder,
    hosts: Option<HostTable<'a>>,
    tasks: Option<TaskTable<'a>>,
    sources: Option<SourceTable<'a>>,
    batteries: Option<BatteryTable<'a>>,
    service: Option<ServiceTable>,
    first_ms: i64,
    at: Instant,
    fault: Option<ResultsError>,
}

impl<'a> RunSink<'a> {
    /// Starts the tables that are asked for under a folder of the run.
    pub(crate) fn start(
        subject: Subject<'a>,
        export: &PlannedExport,
        folder: &RunFolder,
        path: &str,
        series: SeriesBuilder,
    ) -> Result<Self, ResultsError> {
        let path_of = |table: &str| {
            export
                .writes(table)
                .then(|| format!("{path}/{table}.parquet"))
        };
        let has_battery = subject
            .topology
            .clusters
            .iter()
            .any(|cluster| cluster.battery.is_some());
        Ok(Self {
            series,
            hosts: path_of("host")
                .map(|path| HostTable::start(subject, folder, &path))
                .transpose()?,
            tasks: path_of("task")
                .map(|path| TaskTable::start(subject, folder, &path))
                .transpose()?,
            sources: path_of("powerSource")
                .map(|path| SourceTable::start(subject, folder, &path))
                .transpose()?,
            batteries: path_of("battery")
                .filter(|_| has_battery)
                .map(|path| BatteryTable::start(subject, folder, &path))
                .transpose()?,
            service: path_of("service")
                .map(|path| ServiceTable::start(folder, &path))
                .transpose()?,
            first_ms: subject.workload.tasks.first_ms(),
            at: Instant::default(),
            fault: None,
        })
    }

    /// The series, and the files that were written.
    pub(crate) fn finish(
        self,
    ) -> Result<(Vec<crate::series::SeriesPoint>, Vec<FileRecord>), ResultsError> {
        if let Some(fault) = self.fault {
            return Err(fault);
        }
        let tables = [
            self.hosts.map(|table| table.rows),
            self.tasks.map(|table| table.rows),
            self.sources.map(|table| table.rows),
            self.batteries.map(|table| table.rows),
            self.service.map(|table| table.rows),
        ];
        let files = tables
            .into_iter()
            .flatten()
            .map(TableFile::finish)
            .collect::<Result<_, _>>()?;
        Ok((self.series.finish(), files))
    }

    /// Keeps the first fault; the engine cannot be told, and what follows is not written.
    fn keep(&mut self, result: Result<(), ResultsError>) {
        if let Err(fault) = result {
            self.fault.get_or_insert(fault);
            self.hosts = None;
            self.tasks = None;
            self.sources = None;
            self.batteries = None;
            self.service = None;
        }
    }
}

impl SampleSink for RunSink<'_> {
    fn wants_hosts(&self) -> bool {
        true
    }

    fn wants_tasks(&self) -> bool {
        self.tasks.is_some()
    }

    fn begin(&mut self, at_ms: i64) {
        self.at = Instant {
            now_ms: at_ms,
            absolute_ms: self.first_ms.saturating_add(at_ms),
            interval_ms: at_ms - self.at.now_ms,
        };
        self.series.begin(at_ms);
    }

    fn host(&mut self, sample: &HostSample<'_>) {
        self.series.host(sample);
        let at = self.at;
        if let Some(table) = &mut self.hosts {
            let result = table.take(at, sample);
            self.keep(result);
        }
    }

    fn task(&mut self, sample: &TaskSample) {
        let at = self.at;
        if let Some(table) = &mut self.tasks {
            let result = table.take(at, sample);
            self.keep(result);
        }
    }

    fn source(&mut self, sample: &SourceSample) {
        self.series.source(sample);
        let at = self.at;
        if let Some(table) = &mut self.sources {
            let result = table.take(at, sample);
            self.keep(result);
        }
    }

    fn battery(&mut self, sample: &BatterySample) {
        let at = self.at;
        if let Some(table) = &mut self.batteries {
            let result = table.take(at, sample);
            self.keep(result);
        }
    }

    fn service(&mut self, sample: &ServiceSample) {
        self.series.service(*sample);
        let at = self.at;
        if let Some(table) = &mut self.service {
            let result = table.take(at, sample);
            self.keep(result);
        }
    }
}

/// A speed [MHz].
fn megahertz(hertz: u64) -> f64 {
    hertz as f64 / 1e6
}

/// A time to the nearest millisecond.
fn whole_ms(time_ms: f64) -> i64 {
    time_ms.round() as i64
}
