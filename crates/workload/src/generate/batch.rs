//! Jobs of batch services.
//!
//! # What it computes
//! Jobs of the service's size that arrive through the year so that, at the peak hour, as many units are asked for
//! as the assignment's share of the peak demand over its replicas.
//!
//! # Assumptions
//! A job keeps all it asked for busy from start to end, and a host sets all of that aside.

use angara_scenario::LoadKind;

use super::{GeneratedTask, Load};
use crate::arrivals::jobs_of_year;
use crate::service_demand::NO_SHAPE;
use crate::shape::Shape;
use crate::stream::{Streams, stream_id};
use crate::task::Task;

/// Number that the source of jobs has among the streams of its assignment; jobs themselves draw nothing.
const SOURCE: u64 = u64::MAX;

/// Adds the jobs of an assignment; `None` where more than `limit` are expected.
pub(super) fn add_jobs(
    load: &Load,
    shape: &Shape,
    streams: &Streams,
    limit: usize,
    rows: &mut Vec<GeneratedTask>,
) -> Option<()> {
    if load.peak_milli == 0 {
        return Some(());
    }
    let units = load.peak_milli as f64 / f64::from(load.task_milli);
    let rate_per_hour = units / (load.mean_duration_ms / 3.6e6);
    if rate_per_hour * shape.len() as f64 > limit as f64 {
        return None;
    }
    let source = stream_id([
        load.year,
        load.site,
        u64::from(load.service),
        u64::from(load.place),
        SOURCE,
    ]);
    let jobs = jobs_of_year(
        &mut streams.of(source, 0),
        shape,
        rate_per_hour,
        load.mean_duration_ms,
    );
    rows.extend(jobs.into_iter().map(|job| GeneratedTask {
        task: Task {
            submission_ms: job.submission_ms,
            duration_ms: job.duration_ms,
            kind: LoadKind::Batch,
            resource: load.resource,
            peak_milli: load.task_milli,
            reserved_milli: load.task_milli,
            memory_bytes: load.memory_bytes(load.task_milli),
            platforms: load.platforms,
            service: load.service,
            place: load.place,
            stream: source,
        },
        shape: NO_SHAPE,
    }));
    Some(())
}
