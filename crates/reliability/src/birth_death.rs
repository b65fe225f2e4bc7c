//! Chains that move by one step up or down.
//!
//! What it computes: the steady state, and the mean time from the lowest state to the highest.
//!
//! Assumptions: exponential times in each state. Only sums of positive numbers, so that small probabilities keep their
//! relative precision.
//!
//! Valid range: positive rates upwards; rates downwards positive for a steady state, zero allowed for first passage.
//!
//! References: Kleinrock, Queueing Systems, volume 1, 1975.

/// Rates between neighbouring states: `up[i]` from i to i + 1, `down[i]` back from i + 1 to i.
#[derive(Debug, Clone)]
pub(crate) struct BirthDeath {
    up: Vec<f64>,
    down: Vec<f64>,
}

impl BirthDeath {
    /// A chain of `steps` + 1 states.
    pub(crate) fn new(
        steps: usize,
        up: impl Fn(usize) -> f64,
        down: impl Fn(usize) -> f64,
    ) -> Self {
        Self {
            up: (0..steps).map(up).collect(),
            down: (1..=steps).map(down).collect(),
        }
    }

    /// Probability of each state in the long run.
    pub(crate) fn steady_state(&self) -> Vec<f64> {
        // Weights grow from the most probable state, so that none overflows.
        let mut logarithm = vec![0.0];
        for (up, down) in self.up.iter().zip(&self.down) {
            logarithm.push(logarithm[logarithm.len() - 1] + libm::log(*up) - libm::log(*down));
        }
        let top = (0..logarithm.len())
            .max_by(|a, b| logarithm[*a].total_cmp(&logarithm[*b]))
            .unwrap_or(0);
        let mut weight = vec![0.0; logarithm.len()];
        weight[top] = 1.0;
        for state in top..self.up.len() {
            weight[state + 1] = weight[state] * self.up[state] / self.down[state];
        }
        for state in (0..top).rev() {
            weight[state] = weight[state + 1] * self.down[state] / self.up[state];
        }
        let sum: f64 = weight.iter().sum();
        weight.iter().map(|value| value / sum).collect()
    }

    /// Mean time from state 0 to the last state.
    pub(crate) fn mean_first_passage(&self) -> f64 {
        let mut sum = 0.0;
        let mut step = 0.0;
        for (state, up) in self.up.iter().enumerate() {
            let down = state.checked_sub(1).map_or(0.0, |below| self.down[below]);
            step = (1.0 + down * step) / up;
            sum += step;
        }
        sum
    }
}
