//! What a run is made of.

use angara_fleet::Fleet;
use angara_workload::{Demand, SiteWorkload, Tasks};

use crate::SimulationError;

/// Everything a run depends on.
#[derive(Clone, Copy)]
pub struct SimulationInput<'a> {
    /// Hosts, by site.
    pub fleet: &'a Fleet,
    /// Workload of each site of the fleet, in its order.
    pub sites: &'a [SiteInput<'a>],
    /// Number of services; tasks name one by its row.
    pub services: usize,
    /// Simulated time.
    pub clock: Clock,
    /// Which host a task goes to.
    pub placement: Placement,
}

/// Workload of one site.
#[derive(Clone, Copy)]
pub struct SiteInput<'a> {
    /// Who asks for what.
    pub tasks: &'a Tasks,
    /// How much of it is demanded when.
    pub demand: &'a dyn Demand,
}

impl<'a> From<&'a SiteWorkload> for SiteInput<'a> {
    fn from(workload: &'a SiteWorkload) -> Self {
        Self {
            tasks: &workload.tasks,
            demand: &workload.demand,
        }
    }
}

/// Simulated time: whole steps from zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clock {
    /// Length of a step [ms].
    pub step_ms: i64,
    /// Number of steps.
    pub steps: usize,
}

impl Clock {
    /// End of the run [ms].
    pub fn end_ms(self) -> i64 {
        self.step_ms * self.steps as i64
    }

    /// Refuses a run without length, or one so long (3,000 years) that sums of work could overflow.
    pub(crate) fn check(self) -> Result<(), SimulationError> {
        let length = i64::try_from(self.steps)
            .ok()
            .and_then(|steps| steps.checked_mul(self.step_ms));
        match length {
            Some(length) if self.step_ms > 0 && length > 0 && length < 100_000_000_000_000 => {
                Ok(())
            }
            _ => Err(SimulationError::InvalidClock {
                step_ms: self.step_ms,
                steps: self.steps,
            }),
        }
    }
}

/// How a host is chosen among those with room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlacementRule {
    /// The first in the order of the fleet.
    FirstFit,
    /// The one with least room: keeps large gaps for large tasks.
    BestFit,
    /// The one with most room: spreads load evenly.
    WorstFit,
}

/// How hosts are chosen for each kind of load.
///
/// By default interactive tasks are spread, as load balancers do, so that overcommitted hosts do not saturate while
/// others idle; jobs, which hold all they ask for, fill gaps, and have first call on hosts of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Placement {
    /// For interactive tasks.
    pub interactive: PlacementRule,
    /// For jobs.
    pub batch: PlacementRule,
    /// True where hosts are kept for jobs, in proportion to what they ask for.
    pub jobs_apart: bool,
}

impl Default for Placement {
    fn default() -> Self {
        Self {
            interactive: PlacementRule::WorstFit,
            batch: PlacementRule::BestFit,
            jobs_apart: true,
        }
    }
}
