//! Demand on the grid of tasks that no host took: all of it is lost.

use angara_workload::Demand;

use super::columns::{ServiceWork, StepColumns};
use super::host::{BLOCK_STEPS, HostTask};
use crate::Clock;

/// Adds what unplaced tasks demand, each with its resource, to the sums of their chunk; returns the number of values.
pub(crate) fn lose_steps(
    tasks: &[(HostTask, usize)],
    demand: &dyn Demand,
    clock: Clock,
    columns: &mut StepColumns,
    services: &mut [ServiceWork],
) -> u64 {
    let mut samples = 0;
    let mut row = [0u32; BLOCK_STEPS];
    for (task, resource) in tasks {
        let first = (task.start_ms / clock.step_ms) as usize;
        let end = (task.end_ms.min(clock.end_ms()) / clock.step_ms) as usize;
        for from in (first..end).step_by(BLOCK_STEPS) {
            let values = &mut row[..BLOCK_STEPS.min(end - from)];
            demand.steps(task.row as usize, from, values);
            samples += values.len() as u64;
            let mut sum = 0;
            let demanded = &mut columns.demanded[*resource][from..];
            for (total, value) in demanded.iter_mut().zip(values) {
                *total += u64::from(*value) * clock.step_ms as u64;
                sum += u128::from(*value) * clock.step_ms as u128;
            }
            let service = &mut services[task.service as usize];
            service.demanded_steps += sum;
            service.lost += sum;
            service.lost_unplaced += sum;
        }
    }
    samples
}
