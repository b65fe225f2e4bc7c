//! Sums of a chunk of hosts, and of sites: by step and by service.

use angara_fleet::Resource;

/// Sums over hosts by step.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct StepColumns {
    /// Energy of the hosts [J].
    pub(crate) energy_j: Vec<f64>,
    /// Work demanded by resource [milli-unit·ms].
    pub(crate) demanded: [Vec<u64>; Resource::ALL.len()],
    /// Work served by resource [milli-unit·ms].
    pub(crate) served: [Vec<u64>; Resource::ALL.len()],
}

impl StepColumns {
    pub(crate) fn new(steps: usize) -> Self {
        Self {
            energy_j: vec![0.0; steps],
            demanded: [vec![0; steps], vec![0; steps]],
            served: [vec![0; steps], vec![0; steps]],
        }
    }

    /// Memory of columns of so many steps [B].
    pub(crate) fn bytes(steps: usize) -> usize {
        steps * (1 + 2 * Resource::ALL.len()) * 8
    }

    pub(crate) fn add(&mut self, other: &Self) {
        for (sum, value) in self.energy_j.iter_mut().zip(&other.energy_j) {
            *sum += value;
        }
        for resource in 0..Resource::ALL.len() {
            add_all(&mut self.demanded[resource], &other.demanded[resource]);
            add_all(&mut self.served[resource], &other.served[resource]);
        }
    }
}

fn add_all(sums: &mut [u64], values: &[u64]) {
    for (sum, value) in sums.iter_mut().zip(values) {
        *sum += value;
    }
}

/// Work of one service on the hosts played.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct ServiceWork {
    /// Demanded on the grid of steps [milli-unit·ms].
    pub(crate) demanded_steps: u128,
    /// Demanded by fragments [milli-unit·ms].
    pub(crate) demanded_fragments: u128,
    /// Demanded but not served [milli-unit·ms].
    pub(crate) lost: u128,
    /// Part of it that found no host [milli-unit·ms].
    pub(crate) lost_unplaced: u128,
}

impl ServiceWork {
    /// Done: demanded and not lost [milli-unit·ms].
    pub(crate) fn done(self) -> u128 {
        self.demanded_steps + self.demanded_fragments - self.lost
    }

    pub(crate) fn add(&mut self, other: Self) {
        self.demanded_steps += other.demanded_steps;
        self.demanded_fragments += other.demanded_fragments;
        self.lost += other.lost;
        self.lost_unplaced += other.lost_unplaced;
    }
}
