//! Hosts that are kept for jobs.
//!
//! # What it computes
//! How many hosts of each resource and platform jobs have first call on, so that interactive tasks, which come first
//! and stay, neither take the machines that only these jobs can use nor leave gaps too small for them on every host.
//! The capacity of a pool is divided in proportion to what interactive tasks set aside and to what jobs ask for at
//! once in all but the busiest twentieth of the time. Whatever runs on fewer platforms is counted first.
//!
//! # Assumptions
//! The division is a preference: a task that finds no room on its own side takes a host of the other. Memory has no
//! say in it. Jobs are counted as if none had to wait.

use std::collections::BTreeMap;

use angara_fleet::Resource;
use angara_workload::{LoadKind, Tasks};

use crate::Clock;
use crate::placement::Room;

/// Share of the time in which jobs ask for at most what is kept for them [1].
const COVERED_TIME: f64 = 0.95;

/// Hosts of one resource and platform, with their rows.
#[derive(Debug, Clone)]
pub(crate) struct Members {
    pub(crate) resource: Resource,
    pub(crate) platform: u32,
    pub(crate) hosts: Vec<(u32, Room)>,
}

/// Number of hosts, counted from the last, that are kept for jobs in each pool.
pub(crate) fn hosts_for_jobs(tasks: &Tasks, pools: &[Members], clock: Clock) -> Vec<usize> {
    let needs = needs(tasks, clock);
    let capacity_of =
        |pool: &Members| -> f64 { pool.hosts.iter().map(|(_, room)| room.milli as f64).sum() };
    let mut interactive = vec![0.0; pools.len()];
    let mut jobs = vec![0.0; pools.len()];
    for (class, need) in needs {
        let serving: Vec<(usize, f64)> = pools
            .iter()
            .enumerate()
            .filter(|(_, pool)| {
                pool.resource == class.resource && class.platforms >> pool.platform & 1 == 1
            })
            .map(|(index, pool)| {
                let left = capacity_of(pool) - interactive[index] - jobs[index];
                // A full pool still takes a little, so that no class is left without a share.
                (index, left.max(1.0))
            })
            .collect();
        let room: f64 = serving.iter().map(|(_, left)| left).sum();
        for (index, left) in serving {
            let side = match class.kind {
                Kind::Interactive => &mut interactive,
                Kind::Job => &mut jobs,
            };
            side[index] += need * left / room;
        }
    }
    pools
        .iter()
        .zip(interactive.iter().zip(&jobs))
        .map(|(pool, (interactive, jobs))| {
            let total = interactive + jobs;
            let share = if total > 0.0 { jobs / total } else { 0.0 };
            count_from_last(pool, share * capacity_of(pool), *interactive > 0.0)
        })
        .collect()
}

/// Hosts from the last on whose capacity comes nearest to an amount; one is left for interactive tasks if there are any.
fn count_from_last(pool: &Members, wanted_milli: f64, leave_one: bool) -> usize {
    let mut kept_milli = 0.0;
    let mut count = 0;
    for (_, room) in pool.hosts.iter().rev() {
        if kept_milli + room.milli as f64 / 2.0 > wanted_milli {
            break;
        }
        kept_milli += room.milli as f64;
        count += 1;
    }
    count.min(pool.hosts.len() - usize::from(leave_one))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Interactive,
    Job,
}

/// Tasks that the same hosts can take; ordered by the number of platforms first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Class {
    flexibility: u32,
    resource: Resource,
    platforms: u64,
    kind: Kind,
}

/// Capacity that each class needs [milli-units].
fn needs(tasks: &Tasks, clock: Clock) -> BTreeMap<Class, f64> {
    let mut needs: BTreeMap<Class, f64> = BTreeMap::new();
    let mut changes: BTreeMap<Class, Vec<(i64, i64)>> = BTreeMap::new();
    for row in 0..tasks.len() {
        let platforms = tasks.platforms[row];
        let reserved = tasks.reserved_milli[row];
        let class = |kind| Class {
            flexibility: platforms.count_ones(),
            resource: tasks.resource[row],
            platforms,
            kind,
        };
        match tasks.kind[row] {
            LoadKind::Interactive => {
                *needs.entry(class(Kind::Interactive)).or_default() += f64::from(reserved);
            }
            LoadKind::Batch => {
                let from_ms = tasks.submission_ms[row];
                let to_ms = from_ms.saturating_add(tasks.duration_ms[row]);
                let changes = changes.entry(class(Kind::Job)).or_default();
                changes.push((from_ms, i64::from(reserved)));
                changes.push((to_ms, -i64::from(reserved)));
            }
        }
    }
    for (class, mut changes) in changes {
        needs.insert(class, covered_level(&mut changes, clock) as f64);
    }
    needs
}

/// Level that a sum of changes (instant, change) does not exceed in [`COVERED_TIME`] of the run.
fn covered_level(changes: &mut [(i64, i64)], clock: Clock) -> i64 {
    changes.sort_unstable();
    let mut levels: Vec<(i64, i64)> = Vec::with_capacity(changes.len() + 1);
    let (mut level, mut since_ms) = (0, 0);
    for (instant_ms, change) in changes.iter() {
        let instant_ms = (*instant_ms).clamp(0, clock.end_ms());
        levels.push((level, instant_ms - since_ms));
        since_ms = instant_ms;
        level += change;
    }
    levels.push((level, clock.end_ms() - since_ms));
    levels.sort_unstable();
    let mut uncovered_ms = clock.end_ms() as f64 * COVERED_TIME;
    for (level, length_ms) in levels {
        uncovered_ms -= length_ms as f64;
        if uncovered_ms <= 0.0 {
            return level;
        }
    }
    0
}

#[cfg(test)]
mod tests {
    use super::*;
    use angara_workload::Task;

    const CLOCK: Clock = Clock {
        step_ms: 100,
        steps: 10,
    };

    fn task(kind: LoadKind, reserved_milli: u32, platforms: u64) -> Task {
        Task {
            submission_ms: 0,
            duration_ms: 1000,
            kind,
            resource: Resource::Cores,
            peak_milli: reserved_milli,
            reserved_milli,
            memory_bytes: 0,
            platforms,
            service: 0,
            place: 0,
            stream: 0,
        }
    }

    fn pool(platform: u32, hosts: u32) -> Members {
        let room = Room {
            milli: 10,
            memory_bytes: 0,
        };
        Members {
            resource: Resource::Cores,
            platform,
            hosts: (0..hosts).map(|row| (row, room)).collect(),
        }
    }

    #[test]
    fn capacity_is_divided_in_proportion() {
        let tasks = [
            task(LoadKind::Interactive, 60, 1),
            task(LoadKind::Batch, 15, 1),
            task(LoadKind::Batch, 5, 1),
        ];
        let tasks: Tasks = tasks.into_iter().collect();
        assert_eq!(hosts_for_jobs(&tasks, &[pool(0, 12)], CLOCK), [3]);
        assert_eq!(
            hosts_for_jobs(&Tasks::default(), &[pool(0, 12)], CLOCK),
            [0]
        );
    }

    #[test]
    fn jobs_that_run_on_one_platform_only_are_counted_there_first() {
        // Jobs can use platform 0 only; interactive tasks, able to use both, are counted mostly on platform 1.
        let tasks = [
            task(LoadKind::Interactive, 100, 0b11),
            task(LoadKind::Batch, 80, 0b01),
        ];
        let tasks: Tasks = tasks.into_iter().collect();
        assert_eq!(
            hosts_for_jobs(&tasks, &[pool(0, 10), pool(1, 10)], CLOCK),
            [8, 0]
        );
    }

    #[test]
    fn one_host_is_left_for_interactive_tasks() {
        let tasks = [
            task(LoadKind::Interactive, 1, 1),
            task(LoadKind::Batch, 1000, 1),
        ];
        let tasks: Tasks = tasks.into_iter().collect();
        assert_eq!(hosts_for_jobs(&tasks, &[pool(0, 4)], CLOCK), [3]);
        let jobs: Tasks = [task(LoadKind::Batch, 1000, 1)].into_iter().collect();
        assert_eq!(hosts_for_jobs(&jobs, &[pool(0, 4)], CLOCK), [4]);
    }

    #[test]
    fn the_busiest_twentieth_of_the_time_is_not_covered() {
        let mut rare = vec![(0, 4), (950, -4), (900, 9), (949, -9)];
        assert_eq!(covered_level(&mut rare, CLOCK), 4);
        let mut often = vec![(0, 4), (950, -4), (800, 9), (949, -9)];
        assert_eq!(covered_level(&mut often, CLOCK), 13);
        assert_eq!(covered_level(&mut [], CLOCK), 0);
    }
}
