//! Arrivals: which pods of a list arrive, and in which order, up to a load.
//!
//! # What it computes
//! The list in random order. Where it asks for less than the load, pods drawn from it with replacement follow until
//! the next one would exceed the load; where it asks for more, random pods are left out until it does not.
//!
//! # Assumptions
//! The load counts accelerators only: it is the sum of what the pods ask for over what the nodes have. Cores and
//! memory follow with the pods. A pod drawn again is a further pod of the same size.
//!
//! # Valid range
//! Loads that take at most [`ARRIVALS_MAX`] pods.
//!
//! # References
//! Weng et al., Beware of fragmentation: scheduling GPU-sharing workloads with fragmentation gradient descent, USENIX
//! ATC 2023, whose tables go up to a load of 1.3.

use super::draw::{Draws, Purpose};
use super::input::check_pods;
use super::{GPU_MILLI, Node, PackingError, Pod};

/// Most pods that may arrive.
pub const ARRIVALS_MAX: usize = 10_000_000;

/// Rows of the pods that arrive, in their order, until they ask for `load` [1] of the accelerators of the nodes.
///
/// # Errors
/// If a pod is invalid, the load is not a positive number, no pod asks for an accelerator, or too many would arrive.
pub fn arrivals(
    nodes: &[Node],
    pods: &[Pod],
    load: f64,
    seed: u64,
) -> Result<Vec<u32>, PackingError> {
    check_pods(pods)?;
    if !(load.is_finite() && load > 0.0) {
        return Err(PackingError::InvalidLoad { load });
    }
    let too_many = PackingError::TooManyArrivals {
        load,
        limit: ARRIVALS_MAX,
    };
    if pods.len() > ARRIVALS_MAX {
        return Err(too_many);
    }
    let capacity_milli: u64 = nodes
        .iter()
        .map(|node| u64::from(node.gpu_count) * u64::from(GPU_MILLI))
        .sum();
    let target_milli = load * capacity_milli as f64;
    let mut demand_milli: u64 = pods.iter().map(Pod::gpu_milli).sum();
    if demand_milli == 0 {
        return Err(PackingError::NoGpuDemand);
    }
    let draws = Draws::new(seed);
    let mut rows: Vec<u32> = (0..pods.len() as u32).collect();
    if demand_milli as f64 > target_milli {
        draws.of(Purpose::Thinning).shuffle(&mut rows);
        while demand_milli as f64 > target_milli
            && let Some(row) = rows.pop()
        {
            demand_milli -= pods[row as usize].gpu_milli();
        }
        rows.sort_unstable();
        draws.of(Purpose::PodOrder).shuffle(&mut rows);
        return Ok(rows);
    }
    draws.of(Purpose::PodOrder).shuffle(&mut rows);
    let mut resampling = draws.of(Purpose::Resampling);
    loop {
        let row = resampling.below(pods.len());
        demand_milli += pods[row].gpu_milli();
        if demand_milli as f64 > target_milli {
            return Ok(rows);
        }
        if rows.len() == ARRIVALS_MAX {
            return Err(too_many);
        }
        rows.push(row as u32);
    }
}

#[cfg(test)]
mod tests {
    use super::super::{GpuModel, GpuModels};
    use super::*;

    fn node() -> Node {
        Node {
            cpu_milli: 8_000,
            memory_bytes: 0,
            gpu_count: 8,
            gpu_model: GpuModel::FIRST,
        }
    }

    fn pods(shares_milli: &[u32]) -> Vec<Pod> {
        let pod = |&gpu_share_milli| Pod {
            cpu_milli: 1_000,
            memory_bytes: 0,
            gpu_count: u32::from(gpu_share_milli > 0),
            gpu_share_milli,
            gpu_models: GpuModels::ANY,
        };
        shares_milli.iter().map(pod).collect()
    }

    fn demand_milli(pods: &[Pod], rows: &[u32]) -> u64 {
        rows.iter().map(|&row| pods[row as usize].gpu_milli()).sum()
    }

    #[test]
    fn a_short_list_arrives_whole_and_is_drawn_from_up_to_the_load() {
        let pods = pods(&[500, 300, 0, 1_000]);
        let rows = arrivals(&[node()], &pods, 1.5, 7).expect("a load that can be made");
        let mut first: Vec<u32> = rows[..4].to_vec();
        first.sort_unstable();
        assert_eq!(first, [0, 1, 2, 3]);
        let demand_milli = demand_milli(&pods, &rows);
        assert!((11_000..=12_000).contains(&demand_milli), "{demand_milli}");
    }

    #[test]
    fn a_long_list_is_thinned_down_to_the_load() {
        let pods = pods(&[1_000; 100]);
        let rows = arrivals(&[node()], &pods, 0.5, 7).expect("a load that can be made");
        assert_eq!(rows.len(), 4);
        let distinct: std::collections::BTreeSet<u32> = rows.iter().copied().collect();
        assert_eq!(distinct.len(), 4);
    }

    #[test]
    fn loads_that_cannot_be_made_are_refused() {
        let pods = pods(&[0, 0]);
        assert_eq!(
            arrivals(&[node()], &pods, 1.0, 7),
            Err(PackingError::NoGpuDemand)
        );
        for load in [0.0, -1.0, f64::INFINITY] {
            assert_eq!(
                arrivals(&[node()], &pods, load, 7),
                Err(PackingError::InvalidLoad { load })
            );
        }
        let rare = self::pods(&[1]);
        assert!(matches!(
            arrivals(&[node()], &rare, 1e9, 7),
            Err(PackingError::TooManyArrivals { .. })
        ));
    }
}
