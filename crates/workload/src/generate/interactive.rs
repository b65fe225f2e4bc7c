//! Long-lived tasks of interactive services.
//!
//! # What it computes
//! Tasks of the service's size for the whole year, whose peaks sum to the peak demand of the assignment exactly.
//!
//! # Assumptions
//! A host sets aside peak over overcommit for a task's cores, but all of its accelerators and memory. The last task,
//! smaller than the others, may share an accelerator with other last tasks.

use angara_fleet::Resource;
use angara_scenario::LoadKind;
use angara_series::calendar::MILLISECONDS_PER_YEAR;

use super::{GeneratedTask, Load};
use crate::stream::stream_id;
use crate::task::Task;

/// Adds the tasks of an assignment; `None` where there are more than `limit`.
pub(super) fn add_tasks(
    load: &Load,
    shape: u32,
    limit: usize,
    rows: &mut Vec<GeneratedTask>,
) -> Option<()> {
    let count = load.peak_milli.div_ceil(u64::from(load.task_milli));
    if count > limit as u64 {
        return None;
    }
    for number in 0..count {
        let left = load.peak_milli - number * u64::from(load.task_milli);
        let peak_milli = left.min(u64::from(load.task_milli)) as u32;
        let reserved_milli = match load.resource {
            Resource::Cores => libm::ceil(f64::from(peak_milli) / load.overcommit) as u32,
            Resource::Accelerators => peak_milli,
        };
        let service = u64::from(load.service);
        let place = u64::from(load.place);
        rows.push(GeneratedTask {
            task: Task {
                submission_ms: 0,
                duration_ms: MILLISECONDS_PER_YEAR,
                kind: LoadKind::Interactive,
                resource: load.resource,
                peak_milli,
                reserved_milli,
                memory_bytes: load.memory_bytes(peak_milli),
                platforms: load.platforms,
                service: load.service,
                place: load.place,
                stream: stream_id([load.year, load.site, service, place, number]),
            },
            shape,
        });
    }
    Some(())
}
