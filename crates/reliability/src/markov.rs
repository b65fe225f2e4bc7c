//! Markov chains in continuous time, built state by state.
//!
//! What it computes: the steady state, the state at a time and the probability to reach a set of states by a time.
//!
//! Assumptions: exponential times. Steady states up to 1,000 states by elimination without subtraction, larger ones by
//! Gauss–Seidel; transients by uniformisation, in pieces of at most 64 expected jumps.
//!
//! Valid range: about 100,000 states; every state of a steady state reaches every other.
//!
//! References: Grassmann, Taksar and Heyman 1985; Stewart, Introduction to the Numerical Solution of Markov Chains,
//! 1994; Jensen 1953.

use std::collections::BTreeMap;

use crate::error::{ReliabilityError, positive, within};

const ELIMINATED_MAX: usize = 1_000;
const SWEEPS_MAX: usize = 200_000;
const JUMPS_PER_PIECE: f64 = 64.0;
const JUMPS_MAX: usize = 1_000_000_000;

/// States and the rates between them.
#[derive(Debug, Clone, Default)]
pub struct MarkovChain {
    out: Vec<BTreeMap<usize, f64>>,
}

impl MarkovChain {
    /// A chain without transitions.
    pub fn new(states: usize) -> Self {
        Self {
            out: vec![BTreeMap::new(); states],
        }
    }

    /// Every state that `next` reaches from `start`, in order of discovery, and the chain between them; `next` gives the
    /// states that follow and the rates.
    ///
    /// # Errors
    /// A rate that is not positive; more than `states_max` states.
    pub fn explored<S: Ord + Clone>(
        start: S,
        states_max: usize,
        next: impl Fn(&S) -> Vec<(S, f64)>,
    ) -> Result<(Self, Vec<S>), ReliabilityError> {
        let mut index = BTreeMap::from([(start.clone(), 0)]);
        let mut states = vec![start];
        let mut chain = Self::new(1);
        let mut from = 0;
        while from < states.len() {
            for (state, rate) in next(&states[from]) {
                let to = *index.entry(state).or_insert_with_key(|state| {
                    states.push(state.clone());
                    chain.out.push(BTreeMap::new());
                    states.len() - 1
                });
                chain.add(from, to, rate)?;
            }
            within("states", states.len(), 1, states_max)?;
            from += 1;
        }
        Ok((chain, states))
    }

    /// Adds a rate between two different states; a rate of a state to itself changes nothing.
    ///
    /// # Errors
    /// A state that the chain does not have; a rate that is not positive.
    pub fn add(&mut self, from: usize, to: usize, rate: f64) -> Result<(), ReliabilityError> {
        let last = self.states().saturating_sub(1);
        within("state", from, 0, last)?;
        within("state", to, 0, last)?;
        let rate = positive("rate", rate)?;
        if from != to {
            *self.out[from].entry(to).or_insert(0.0) += rate;
        }
        Ok(())
    }

    /// Number of states.
    pub fn states(&self) -> usize {
        self.out.len()
    }

    /// Number of transitions between different states.
    pub fn transitions(&self) -> usize {
        self.out.iter().map(BTreeMap::len).sum()
    }

    /// Probability of each state in the long run [1].
    ///
    /// # Errors
    /// A chain that does not settle.
    pub fn steady_state(&self) -> Result<Vec<f64>, ReliabilityError> {
        if self.states() <= ELIMINATED_MAX {
            self.eliminated()
        } else {
            self.swept()
        }
    }

    fn eliminated(&self) -> Result<Vec<f64>, ReliabilityError> {
        let count = self.states();
        let mut rate = vec![vec![0.0; count]; count];
        for (from, row) in self.out.iter().enumerate() {
            for (to, value) in row {
                rate[from][*to] = *value;
            }
        }
        for last in (1..count).rev() {
            let (above, below) = rate.split_at_mut(last);
            let row = &below[0][..last];
            let leaving: f64 = row.iter().sum();
            if leaving <= 0.0 {
                return Err(ReliabilityError::NotErgodic);
            }
            for other in above {
                if other[last] > 0.0 {
                    other[last] /= leaving;
                    let share = other[last];
                    for (value, through) in other.iter_mut().zip(row) {
                        *value += share * through;
                    }
                }
            }
        }
        let mut state = vec![0.0; count];
        if let Some(first) = state.first_mut() {
            *first = 1.0;
        }
        for last in 1..count {
            state[last] = (0..last).map(|from| state[from] * rate[from][last]).sum();
            if state[last] <= 0.0 {
                return Err(ReliabilityError::NotErgodic);
            }
        }
        normalise(&mut state);
        Ok(state)
    }

    fn swept(&self) -> Result<Vec<f64>, ReliabilityError> {
        let count = self.states();
        let leaving: Vec<f64> = self.out.iter().map(|row| row.values().sum()).collect();
        let mut into: Vec<Vec<(usize, f64)>> = vec![Vec::new(); count];
        for (from, row) in self.out.iter().enumerate() {
            for (to, value) in row {
                into[*to].push((from, *value));
            }
        }
        if (0..count).any(|state| leaving[state] <= 0.0 || into[state].is_empty()) {
            return Err(ReliabilityError::NotErgodic);
        }
        let mut state = vec![1.0 / count as f64; count];
        for _ in 0..SWEEPS_MAX {
            let mut change: f64 = 0.0;
            for to in (0..count).rev() {
                let flow: f64 = into[to]
                    .iter()
                    .map(|(from, rate)| state[*from] * rate)
                    .sum();
                let value = flow / leaving[to];
                change += (value - state[to]).abs();
                state[to] = value;
            }
            normalise(&mut state);
            if change < 1e-15 {
                return Ok(state);
            }
        }
        Err(ReliabilityError::NotErgodic)
    }

    /// Probability of each state at `time`, from the probabilities at the start [1].
    ///
    /// # Errors
    /// A time that is not positive or of more than a billion expected jumps; a start of another length.
    pub fn transient(&self, start: &[f64], time: f64) -> Result<Vec<f64>, ReliabilityError> {
        let time = positive("time", time)?;
        within(
            "states at the start",
            start.len(),
            self.states(),
            self.states(),
        )?;
        let leaving: Vec<f64> = self.out.iter().map(|row| row.values().sum()).collect();
        let fastest = leaving.iter().copied().fold(0.0, f64::max);
        let mut state = start.to_vec();
        if fastest <= 0.0 {
            return Ok(state);
        }
        within("expected jumps", (fastest * time) as usize, 0, JUMPS_MAX)?;
        let pieces = (fastest * time / JUMPS_PER_PIECE).ceil().max(1.0) as u64;
        let jumps = fastest * time / pieces as f64;
        for _ in 0..pieces {
            state = self.piece(&state, &leaving, fastest, jumps);
        }
        Ok(state)
    }

    fn piece(&self, start: &[f64], leaving: &[f64], fastest: f64, jumps: f64) -> Vec<f64> {
        let mut weight = libm::exp(-jumps);
        let mut vector = start.to_vec();
        let mut sum: Vec<f64> = vector.iter().map(|value| weight * value).collect();
        let mut count = 0.0;
        while count < jumps || weight > 1e-22 {
            let mut next = vec![0.0; vector.len()];
            for (from, row) in self.out.iter().enumerate() {
                next[from] += vector[from] * (1.0 - leaving[from] / fastest);
                for (to, rate) in row {
                    next[*to] += vector[from] * rate / fastest;
                }
            }
            vector = next;
            count += 1.0;
            weight *= jumps / count;
            for (total, value) in sum.iter_mut().zip(&vector) {
                *total += weight * value;
            }
        }
        sum
    }

    /// The chain in which the states that `stop` names are never left.
    #[must_use]
    pub fn stopped(&self, stop: impl Fn(usize) -> bool) -> Self {
        let mut chain = self.clone();
        for (state, row) in chain.out.iter_mut().enumerate() {
            if stop(state) {
                row.clear();
            }
        }
        chain
    }
}

fn normalise(state: &mut [f64]) {
    let sum: f64 = state.iter().sum();
    for value in state {
        *value /= sum;
    }
}

#[cfg(test)]
mod cluster;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::assert_close;

    fn two_states() -> MarkovChain {
        let mut chain = MarkovChain::new(2);
        chain.add(0, 1, 3.0).unwrap();
        chain.add(1, 0, 2.0).unwrap();
        chain
    }

    #[test]
    fn r02_uniformisation_meets_the_closed_form() {
        let state = two_states().transient(&[1.0, 0.0], 1.0).unwrap();
        assert_close(state[0], 0.404042768199, 1e-11);
        assert_close(state[1], 0.595957231801, 1e-11);
    }

    #[test]
    fn elimination_and_sweeps_agree() {
        let chain = two_states();
        let eliminated = chain.eliminated().unwrap();
        let swept = chain.swept().unwrap();
        for (a, b) in eliminated.iter().zip(&swept) {
            assert_close(*a, *b, 1e-14);
        }
    }

    #[test]
    fn a_state_that_is_never_left_is_refused() {
        let stopped = two_states().stopped(|state| state == 1);
        assert_eq!(stopped.steady_state(), Err(ReliabilityError::NotErgodic));
    }
}
