//! What a packing run gives.

/// Where a pod was placed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PodPlacement {
    /// Row of the node.
    pub node: u32,
    /// Its accelerators that the pod takes, a bit each, the first is the lowest.
    pub gpus: u16,
}

/// The cluster after an arrival.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PackingSample {
    /// What has arrived, placed or not [milli-accelerators].
    pub arrived_gpu_milli: u64,
    /// What is placed [milli-accelerators].
    pub allocated_gpu_milli: u64,
    /// What is idle and of no use to a typical pod, in expectation [milli-accelerators].
    pub fragmented_gpu_milli: f64,
}

/// The cluster around a load, in percent of all accelerators.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LoadPoint {
    /// Load that has arrived, rounded [%].
    pub load_percent: u32,
    /// Mean of what is placed [%].
    pub allocated_percent: f64,
    /// Mean of what is fragmented [%].
    pub fragmented_percent: f64,
}

/// Result of a run.
#[derive(Debug, Clone, PartialEq)]
pub struct Packing {
    /// All accelerators [milli-accelerators].
    pub gpu_capacity_milli: u64,
    /// Where each arrival was placed; `None` where it fitted nowhere.
    pub placements: Vec<Option<PodPlacement>>,
    /// The cluster after each arrival.
    pub series: Vec<PackingSample>,
}

impl Packing {
    /// Number of arrivals that fitted nowhere.
    pub fn turned_away(&self) -> usize {
        self.placements
            .iter()
            .filter(|place| place.is_none())
            .count()
    }

    /// Means over the arrivals whose load rounds to the same percent, by load; a percent that no arrival rounds to
    /// is left out.
    pub fn load_points(&self) -> Vec<LoadPoint> {
        let capacity_milli = self.gpu_capacity_milli as f64;
        let percent = |milli: f64| 100.0 * milli / capacity_milli;
        let load = |sample: &PackingSample| {
            percent(sample.arrived_gpu_milli as f64).round().min(1e9) as u32
        };
        self.series
            .chunk_by(|a, b| load(a) == load(b))
            .map(|samples| {
                let mean = |value: fn(&PackingSample) -> f64| {
                    percent(samples.iter().map(value).sum::<f64>() / samples.len() as f64)
                };
                LoadPoint {
                    load_percent: load(&samples[0]),
                    allocated_percent: mean(|sample| sample.allocated_gpu_milli as f64),
                    fragmented_percent: mean(|sample| sample.fragmented_gpu_milli),
                }
            })
            .collect()
    }

    /// The point of one load; `None` if no arrival rounds to it.
    pub fn at_load(&self, load_percent: u32) -> Option<LoadPoint> {
        self.load_points()
            .into_iter()
            .find(|point| point.load_percent == load_percent)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn load_points_are_means_over_a_percent() {
        let sample = |arrived_gpu_milli, allocated_gpu_milli, fragmented_gpu_milli| PackingSample {
            arrived_gpu_milli,
            allocated_gpu_milli,
            fragmented_gpu_milli,
        };
        let packing = Packing {
            gpu_capacity_milli: 100_000,
            placements: Vec::new(),
            series: vec![
                sample(600, 600, 50.0),
                sample(1_400, 1_000, 150.0),
                sample(2_600, 2_000, 0.0),
            ],
        };
        let points: Vec<(u32, f64, f64)> = packing
            .load_points()
            .iter()
            .map(|point| {
                let LoadPoint {
                    load_percent,
                    allocated_percent,
                    fragmented_percent,
                } = *point;
                (load_percent, allocated_percent, fragmented_percent)
            })
            .collect();
        assert_eq!(points, [(1, 0.8, 0.1), (3, 2.0, 0.0)]);
        assert_eq!(packing.at_load(2), None);
    }
}
