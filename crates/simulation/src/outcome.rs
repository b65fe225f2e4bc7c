//! What a run yields.

use crate::Residuals;

/// Everything a run yields; the same bits for any number of threads.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// By site of the fleet.
    pub sites: Vec<SiteOutcome>,
    /// By service, over all sites.
    pub services: Vec<ServiceOutcome>,
    /// By host of the fleet.
    pub hosts: HostOutcome,
    /// Differences that should be zero.
    pub residuals: Residuals,
    /// Values of demand that were merged.
    pub samples: u64,
}

/// One site, step by step.
#[derive(Debug, Clone, PartialEq)]
pub struct SiteOutcome {
    /// Mean IT power of each step [W].
    pub it_power_w: Vec<f64>,
    /// Load of the cores.
    pub cores: ResourceSteps,
    /// Load of the accelerators.
    pub accelerators: ResourceSteps,
    /// Mean number of waiting jobs in each step [1].
    pub queued_tasks: Vec<f64>,
    /// Mean number of running tasks in each step [1].
    pub running_tasks: Vec<f64>,
    /// By service.
    pub services: Vec<ServiceOutcome>,
    /// Tasks that found no host, by reason.
    pub unplaced: UnplacedTasks,
}

/// Load of one resource of a site, step by step.
///
/// Tasks that found no host are among the demand, except jobs that no host could ever hold, which count only in
/// their service.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ResourceSteps {
    /// Length of a step [ms].
    pub step_ms: i64,
    /// Capacity of all hosts [milli-units].
    pub capacity_milli: u64,
    /// Work demanded in each step [milli-unit·ms].
    pub demanded: Vec<u64>,
    /// Work served in each step [milli-unit·ms].
    pub served: Vec<u64>,
}

impl ResourceSteps {
    /// Mean demand of a step [units].
    pub fn demanded_units(&self, step: usize) -> f64 {
        self.units(self.demanded[step])
    }

    /// Mean units served in a step [units].
    pub fn served_units(&self, step: usize) -> f64 {
        self.units(self.served[step])
    }

    /// Mean units demanded but not served in a step [units].
    pub fn lost_units(&self, step: usize) -> f64 {
        self.units(self.demanded[step] - self.served[step])
    }

    /// Mean share of the capacity that is busy in a step [1]; zero where there is none.
    pub fn utilisation(&self, step: usize) -> f64 {
        if self.capacity_milli == 0 {
            return 0.0;
        }
        self.served_units(step) / (self.capacity_milli as f64 / 1e3)
    }

    fn units(&self, work: u64) -> f64 {
        work as f64 / self.step_ms as f64 / 1e3
    }
}

/// One service over the run; work in units times time, `submitted = done + lost + waiting + running_on`.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct ServiceOutcome {
    /// Tasks and jobs submitted.
    pub tasks: u64,
    /// Work submitted [milli-unit·ms].
    pub submitted: u128,
    /// Work done [milli-unit·ms].
    pub done: u128,
    /// Work lost: for want of a host or of capacity on it [milli-unit·ms].
    pub lost: u128,
    /// Part of the lost work of tasks that found no host [milli-unit·ms].
    pub lost_unplaced: u128,
    /// Work of jobs that still wait at the end of the run [milli-unit·ms].
    pub waiting: u128,
    /// Work that running jobs still have before them at the end of the run [milli-unit·ms].
    pub running_on: u128,
    /// How long jobs waited.
    pub waits: Waits,
}

impl ServiceOutcome {
    /// Work not finished at the end of the run, waiting or running [milli-unit·ms].
    pub fn queued(&self) -> u128 {
        self.waiting + self.running_on
    }

    /// Work [milli-unit·ms] in units times hours: core-hours or accelerator-hours.
    pub fn unit_hours(work: u128) -> f64 {
        work as f64 / 3.6e9
    }
}

/// How long jobs waited for a host; those that still wait at the end count with their wait so far.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Waits {
    /// Jobs that started or still wait.
    pub jobs: u64,
    /// Mean [h].
    pub mean_h: f64,
    /// Wait that 95 % of the jobs do not exceed [h].
    pub percentile_95_h: f64,
    /// Longest [h].
    pub longest_h: f64,
}

impl Waits {
    /// From the waits of all jobs [ms], which are sorted on the way.
    pub(crate) fn of(waits_ms: &mut [i64]) -> Self {
        const HOUR_MS: f64 = 3.6e6;
        waits_ms.sort_unstable();
        let Some(longest_ms) = waits_ms.last() else {
            return Self::default();
        };
        let sum: i128 = waits_ms.iter().map(|wait| i128::from(*wait)).sum();
        let nearest_rank = (waits_ms.len() * 95).div_ceil(100) - 1;
        Self {
            jobs: waits_ms.len() as u64,
            mean_h: sum as f64 / waits_ms.len() as f64 / HOUR_MS,
            percentile_95_h: waits_ms[nearest_rank] as f64 / HOUR_MS,
            longest_h: *longest_ms as f64 / HOUR_MS,
        }
    }
}

/// Hosts as columns, in the order of the fleet's.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct HostOutcome {
    /// Tasks that ran on each.
    pub tasks: Vec<u32>,
    /// Mean share of its capacity that was busy [1].
    pub mean_utilisation: Vec<f64>,
    /// Energy over the run [J].
    pub energy_j: Vec<f64>,
}

/// Tasks of a site that found no host.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct UnplacedTasks {
    /// No host offers the resource on a platform they run on.
    pub no_platform: u64,
    /// No host is large enough, in capacity or memory.
    pub too_large: u64,
    /// Interactive, and no host had room when they were submitted.
    pub no_room: u64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_are_summed_up_by_nearest_rank() {
        let hour = 3_600_000;
        let mut waits_ms: Vec<i64> = (1..=40).rev().map(|wait| wait * hour).collect();
        let waits = Waits::of(&mut waits_ms);
        assert_eq!((waits.jobs, waits.mean_h), (40, 20.5));
        assert_eq!((waits.percentile_95_h, waits.longest_h), (38.0, 40.0));
        assert_eq!(Waits::of(&mut []), Waits::default());
    }
}
