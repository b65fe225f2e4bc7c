//! `OpenDC` workload: tasks and fragments as Parquet.
//!
//! # Format
//! Current schema: `tasks` with `id` (int32), `submission_time` [ms since 1970], `duration` [ms], `cpu_count`,
//! `cpu_capacity` [MHz over all cores], `mem_capacity` [KB of 1000 B], and optionally `name`, `gpu_count`,
//! `gpu_capacity` [MHz], `parents`, `children`, `deferrable`, `deadline` [ms since 1970, -1 for none]; `fragments`
//! with `id`, `duration` [ms], `cpu_usage` [MHz over all cores] and optionally `gpu_usage` [MHz]. The fragments of a
//! task are played in the order of the file.
//!
//! Earlier schemas have text ids and other names: `submissionTime` or `start_time`, `endTime` or `stop_time` in place
//! of the duration, `maxCores`, `requiredMemory`, `cpuUsage`, `accel_usage`, and a time stamp and `cpu_count` in each
//! fragment, which are not needed. Columns that are not known are noted and left out.
//!
//! # References
//! `OpenDC`, workload schemas 1 to 5.

mod column;
mod fragments;
mod groups;
mod row_of;
mod schema;
mod tasks;

pub use groups::{FragmentGroups, RunPart};

use std::panic::{AssertUnwindSafe, catch_unwind};

use angara_guard::check_page_sizes;
use parquet::errors::ParquetError;
use parquet::file::reader::{ChunkReader, FileReader, SerializedFileReader};

use super::super::input::{RandomAccess, Source};
use super::super::model::{Clock, Trace, TraceTasks};
use super::super::{Findings, Format, Limits};
use super::Reading;

/// A Parquet file that is open for reading.
type Parquet = Box<dyn FileReader>;

pub(super) fn read(
    tasks: Option<&Source>,
    fragments: Option<&Source>,
    reading: &mut Reading<'_>,
) -> Option<Trace> {
    let Some(tasks) = tasks else {
        let name = fragments.map_or("", Source::name);
        let expected = "a file of tasks (`tasks.parquet`) beside the fragments";
        reading.findings.error(name, None, "file", name, expected);
        return None;
    };
    let mut trace = Trace::empty(Format::OpenDc, Clock::Epoch);
    guarded(tasks, &mut reading.findings, |file, findings| {
        tasks::read(
            file,
            tasks.name(),
            reading.limits,
            &mut trace.tasks,
            findings,
        )
    })?;
    let Some(fragments) = fragments else {
        let expected = "a file `fragments.parquet` beside it; each task demands all it reserves";
        reading
            .findings
            .note(tasks.name(), None, "file", tasks.name(), expected);
        return Some(trace);
    };
    let sink = &mut *reading.sink;
    guarded(fragments, &mut reading.findings, |file, findings| {
        fragments::read(
            file,
            fragments.name(),
            reading.limits,
            &trace.tasks,
            sink,
            findings,
        )
    })?;
    Some(trace)
}

/// Reads the table of tasks alone; that nothing stands beside it is not noted.
pub(in super::super) fn read_tasks(
    tasks: &Source,
    limits: &Limits,
) -> Result<(TraceTasks, Findings), Findings> {
    let mut findings = Findings::default();
    let mut rows = TraceTasks::default();
    let done = guarded(tasks, &mut findings, |file, findings| {
        tasks::read(file, tasks.name(), limits, &mut rows, findings)
    });
    if done.is_none() || findings.has_errors() {
        return Err(findings);
    }
    Ok((rows, findings))
}

/// Names of the top-level columns of a Parquet file, for recognition.
pub(in super::super) fn columns_of(
    source: &Source,
    findings: &mut Findings,
) -> Option<Vec<String>> {
    guarded(source, findings, |file, _| {
        let schema = file.metadata().file_metadata().schema();
        Ok(schema
            .get_fields()
            .iter()
            .map(|field| field.name().to_owned())
            .collect())
    })
}

/// Runs `read` on an open file; faults and panics of the decoder become findings.
fn guarded<T>(
    source: &Source,
    findings: &mut Findings,
    read: impl FnOnce(&Parquet, &mut Findings) -> Result<T, ParquetError>,
) -> Option<T> {
    guarded_with(source, findings, Pages::Unseen, read)
}

/// Whether the sizes of the pages of a file have been checked already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pages {
    Unseen,
    Checked,
}

fn guarded_with<T>(
    source: &Source,
    findings: &mut Findings,
    pages: Pages,
    read: impl FnOnce(&Parquet, &mut Findings) -> Result<T, ParquetError>,
) -> Option<T> {
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        let file: Parquet = match source.random_access() {
            Ok(RandomAccess::File(file)) => {
                let other = file.try_clone()?;
                opened(file, &other, pages)?
            }
            Ok(RandomAccess::Bytes(bytes)) => {
                let other = bytes.clone();
                opened(bytes, &other, pages)?
            }
            Err(fault) => return Err(ParquetError::External(Box::new(fault))),
        };
        read(&file, findings)
    }));
    let fault = match outcome {
        Ok(Ok(value)) => return Some(value),
        Ok(Err(fault)) => fault.to_string(),
        Err(_) => "the decoder gave up".to_owned(),
    };
    findings.error(
        source.name(),
        None,
        "file",
        &fault,
        "a Parquet file without damage",
    );
    None
}

/// Opens a file; `same` is the same file.
fn opened<R: ChunkReader + 'static>(
    file: R,
    same: &R,
    pages: Pages,
) -> Result<Parquet, ParquetError> {
    let reader = SerializedFileReader::new(file)?;
    if pages == Pages::Unseen {
        check_page_sizes(same, reader.metadata())?;
    }
    Ok(Box::new(reader))
}
