//! Services and the shapes of their demand.

use angara_quantity::Duration;

use super::{Horizon, Index};

/// Shape of demand over day, week and year; the highest hour of the year is 1.
#[derive(Debug, Clone, PartialEq)]
pub struct Profile {
    /// Identifier.
    pub id: String,
    /// Demand by local hour of a working day, highest 1.
    pub hours: [f64; 24],
    /// Demand on Saturday and Sunday over that of a working day [1].
    pub weekend: f64,
    /// Demand by month, highest 1.
    pub months: [f64; 12],
}

impl Profile {
    /// Mean demand over the year, over the highest hour [1].
    pub fn mean_share(&self) -> f64 {
        const DAYS: [f64; 12] = [
            31.0, 28.0, 31.0, 30.0, 31.0, 30.0, 31.0, 31.0, 30.0, 31.0, 30.0, 31.0,
        ];
        let day = self.hours.iter().sum::<f64>() / 24.0;
        let week = (5.0 + 2.0 * self.weekend) / 7.0;
        let year = self
            .months
            .iter()
            .zip(DAYS)
            .map(|(share, days)| share * days)
            .sum::<f64>()
            / 365.0;
        day * week * year
    }
}

/// How the work of a service behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LoadKind {
    /// Served when it arises or lost: portals, messages, sensors.
    Interactive,
    /// Jobs that wait for room and run to their end: training, rendering, models.
    Batch,
}

/// Where the data of a service may be processed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Residency {
    /// Only at sites of the place's residency zone.
    SameZone,
    /// Anywhere.
    Any,
}

/// A class of demand.
#[derive(Debug, Clone, PartialEq)]
pub struct Service {
    /// Identifier.
    pub id: String,
    /// Name.
    pub name: String,
    /// How the work behaves.
    pub kind: LoadKind,
    /// Shape of demand.
    pub profile: Index,
    /// Users per resident of a place at full uptake [1].
    pub users_per_resident: f64,
    /// Share of users in the first year [1].
    pub uptake_first: f64,
    /// Share of users in the last year [1].
    pub uptake_last: f64,
    /// Reference cores busy per user at the peak hour [cores].
    pub cores_per_user: f64,
    /// Accelerators busy per user at the peak hour [accelerators]; a service takes either cores or accelerators.
    pub accelerators_per_user: f64,
    /// Memory per reference core, or per accelerator [B].
    pub memory_per_unit_bytes: f64,
    /// Cores (or accelerators) of one task.
    pub task_units: u32,
    /// Mean duration of a batch job; zero for interactive services.
    pub job_duration: Duration,
    /// Longest round trip between place and site.
    pub latency_limit: Duration,
    /// Where its data may be processed.
    pub residency: Residency,
    /// Full copies at distinct sites.
    pub replicas: u32,
    /// Least distance between the sites of two copies [m]; zero where any will do.
    pub replica_distance_m: f64,
    /// True where no two copies may stand in one risk group of sites.
    pub replicas_apart: bool,
    /// Platforms it runs on, indices into [`super::Scenario::platforms`], ascending.
    pub platforms: Vec<Index>,
    /// Traffic per user at the peak hour [bit/s].
    pub traffic_bits_per_second_per_user: f64,
    /// Cipher prescribed for it; empty where none is.
    pub cipher: String,
    /// Cores spent on the cipher over cores spent on the work [1].
    pub encryption_overhead: f64,
    /// Where the figures come from.
    pub source: String,
}

impl Service {
    /// True where a task takes accelerators.
    pub fn uses_accelerators(&self) -> bool {
        self.accelerators_per_user > 0.0
    }

    /// Share of users in a year of the horizon [1]: none before service starts, then linear from first to last.
    pub fn uptake(&self, year: u32, horizon: Horizon) -> f64 {
        if year < horizon.service_from {
            return 0.0;
        }
        let span = horizon.years.saturating_sub(1 + horizon.service_from);
        if span == 0 {
            return self.uptake_last;
        }
        let progress = f64::from(year - horizon.service_from) / f64::from(span);
        self.uptake_first + (self.uptake_last - self.uptake_first) * progress
    }
}
