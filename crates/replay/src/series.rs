//! Power, load and queue over time, one point per interval and cluster.

use angara_simulation::replay::{HostSample, Series, ServiceSample, SourceSample, Topology};

/// Points that a run of the expected length has at most.
const POINTS: i64 = 500;
/// Intervals that people read well [ms].
const ROUND_MS: [i64; 20] = [
    1_000,
    5_000,
    10_000,
    30_000,
    60_000,
    300_000,
    600_000,
    900_000,
    1_800_000,
    3_600_000,
    7_200_000,
    10_800_000,
    21_600_000,
    43_200_000,
    86_400_000,
    172_800_000,
    604_800_000,
    2_419_200_000,
    7_257_600_000,
    31_536_000_000,
];

/// The shortest round interval of which a run of this length has at most 500 [ms].
pub(crate) fn round_interval_ms(span_ms: i64) -> i64 {
    let least_ms = span_ms / POINTS;
    let longest_ms = ROUND_MS[ROUND_MS.len() - 1];
    ROUND_MS
        .into_iter()
        .find(|round_ms| *round_ms >= least_ms)
        .unwrap_or_else(|| (least_ms / longest_ms + 1).saturating_mul(longest_ms))
}

/// Samples of an interval that make up a point.
pub(crate) fn samples_per_point(span_ms: i64, sample_ms: i64) -> u64 {
    (round_interval_ms(span_ms) / sample_ms.max(1)).max(1) as u64
}

/// One cluster over one interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SeriesPoint {
    /// Row of the cluster.
    pub cluster: usize,
    /// End of the interval [ms since the first submission].
    pub time_ms: i64,
    /// Length of the interval [ms].
    pub interval_ms: i64,
    /// Mean power drawn from the source [W].
    pub power_w: f64,
    /// Mean utilisation of the processors [1].
    pub utilisation: f64,
    /// Emissions [g].
    pub carbon_g: f64,
    /// Tasks of the whole run that run at the end.
    pub running: u64,
    /// Tasks of the whole run that wait at the end.
    pub pending: u64,
}

/// The points of clusters whose series are at hand, in the order of time.
pub(crate) fn points_of(series: &[Series]) -> Vec<SeriesPoint> {
    let mut points = Vec::new();
    for (cluster, series) in series.iter().enumerate() {
        let mut from_ms = 0;
        for (place, end_ms) in series.end_ms.iter().enumerate() {
            let interval_ms = end_ms - from_ms;
            points.push(SeriesPoint {
                cluster,
                time_ms: *end_ms,
                interval_ms,
                power_w: series.energy_j[place] / (interval_ms as f64 / 1e3),
                utilisation: series.utilisation[place],
                carbon_g: series.carbon_g[place],
                running: series.running[place],
                pending: series.pending[place],
            });
            from_ms = *end_ms;
        }
    }
    points.sort_by_key(|point| (point.time_ms, point.cluster));
    points
}

#[derive(Debug, Clone, Copy, Default)]
struct Sums {
    energy_j: f64,
    carbon_g: f64,
    /// Work given [Hz ms].
    served: f64,
}

/// Makes a series of samples.
#[derive(Debug)]
pub(crate) struct SeriesBuilder {
    cluster_of: Vec<u32>,
    capacity_hz: Vec<f64>,
    cluster_capacity_hz: Vec<f64>,
    sums: Vec<Sums>,
    per_point: u64,
    samples: u64,
    now_ms: i64,
    since_ms: i64,
    service: ServiceSample,
    points: Vec<SeriesPoint>,
}

impl SeriesBuilder {
    pub(crate) fn new(topology: &Topology, per_point: u64) -> Self {
        let capacity_hz: Vec<f64> = topology
            .hosts
            .iter()
            .map(|host| topology.kinds[host.kind as usize].capacity_hz() as f64)
            .collect();
        let mut cluster_capacity_hz = vec![0.0; topology.clusters.len()];
        for (host, capacity_hz) in topology.hosts.iter().zip(&capacity_hz) {
            cluster_capacity_hz[host.cluster as usize] += capacity_hz;
        }
        Self {
            cluster_of: topology.hosts.iter().map(|host| host.cluster).collect(),
            capacity_hz,
            sums: vec![Sums::default(); cluster_capacity_hz.len()],
            cluster_capacity_hz,
            per_point,
            samples: 0,
            now_ms: 0,
            since_ms: 0,
            service: ServiceSample::default(),
            points: Vec::new(),
        }
    }

    pub(crate) fn begin(&mut self, at_ms: i64) {
        self.now_ms = at_ms;
    }

    pub(crate) fn host(&mut self, sample: &HostSample<'_>) {
        let cluster = self.cluster_of[sample.host] as usize;
        self.sums[cluster].served += sample.active_ms * self.capacity_hz[sample.host];
    }

    pub(crate) fn source(&mut self, sample: &SourceSample) {
        let sums = &mut self.sums[sample.cluster];
        sums.energy_j += sample.energy_j;
        sums.carbon_g += sample.carbon_g;
    }

    pub(crate) fn service(&mut self, sample: ServiceSample) {
        self.service = sample;
        self.samples += 1;
        if self.samples == self.per_point {
            self.end_point();
        }
    }

    fn end_point(&mut self) {
        let interval_ms = self.now_ms - self.since_ms;
        self.samples = 0;
        if interval_ms <= 0 {
            return;
        }
        self.since_ms = self.now_ms;
        for (cluster, sums) in self.sums.iter_mut().enumerate() {
            let capacity = self.cluster_capacity_hz[cluster] * interval_ms as f64;
            self.points.push(SeriesPoint {
                cluster,
                time_ms: self.now_ms,
                interval_ms,
                power_w: sums.energy_j / (interval_ms as f64 / 1e3),
                utilisation: if capacity > 0.0 {
                    sums.served / capacity
                } else {
                    0.0
                },
                carbon_g: sums.carbon_g,
                running: self.service.running,
                pending: self.service.pending,
            });
            *sums = Sums::default();
        }
    }

    pub(crate) fn finish(mut self) -> Vec<SeriesPoint> {
        self.end_point();
        self.points
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_interval_is_round_and_gives_some_hundred_points() {
        for (span_ms, interval_ms) in [
            (0, 1_000),
            (900_000, 5_000),
            (604_800_000, 1_800_000),
            (2_592_000_000, 7_200_000),
            (31_536_000_000, 86_400_000),
        ] {
            assert_eq!(round_interval_ms(span_ms), interval_ms);
        }
        let long_ms = 100_000_000_000_000;
        assert!(long_ms / round_interval_ms(long_ms) <= POINTS);
        assert_eq!(samples_per_point(604_800_000, 300_000), 6);
        assert_eq!(samples_per_point(604_800_000, 3_600_000), 1);
    }
}
