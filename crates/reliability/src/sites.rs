//! Sites of which so many are needed, under shocks that take several at once.
//!
//! What it computes: the unavailability in the long run, exactly.
//!
//! Assumptions: exponential times; a shock takes a fixed number of sites, each choice equally likely, whatever their
//! state; a site hit by a shock returns after the shock's own time, and a second hit changes nothing.
//!
//! Valid range: up to 8 sites.
//!
//! References: Marshall and Olkin 1967.

use crate::error::{ReliabilityError, positive, within};
use crate::markov::MarkovChain;

const SITES_MAX: usize = 8;
const UP: u8 = 0;
const DOWN: u8 = 1;
const SHOCKED: u8 = 2;

/// An event that takes several sites.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shock {
    /// Mean time between shocks [unit of time].
    pub mean_between: f64,
    /// Sites that it takes.
    pub hits: usize,
    /// Mean time until a site that was hit returns [unit of time].
    pub mttr: f64,
}

/// Equal sites.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sites {
    /// Number of sites.
    pub sites: usize,
    /// Sites needed.
    pub needed: usize,
    /// Mean time to fail of each [unit of time].
    pub mttf: f64,
    /// Mean time to repair of each [unit of time].
    pub mttr: f64,
    /// What takes several at once.
    pub shock: Option<Shock>,
}

impl Sites {
    /// Probability in the long run that fewer sites work than are needed [1].
    ///
    /// # Errors
    /// Times that are not positive, more than eight sites, more needed or hit than there are.
    pub fn unavailability(&self) -> Result<f64, ReliabilityError> {
        let count = within("sites", self.sites, 1, SITES_MAX)?;
        within("needed sites", self.needed, 1, count)?;
        let failure_rate = 1.0 / positive("mean time to fail", self.mttf)?;
        let repair_rate = 1.0 / positive("mean time to repair", self.mttr)?;
        let (mut shock_rate, mut return_rate, mut hit) = (0.0, 0.0, Vec::new());
        if let Some(shock) = self.shock {
            within("sites hit", shock.hits, 1, count)?;
            hit = (0_u32..1 << count)
                .filter(|mask| mask.count_ones() as usize == shock.hits)
                .collect();
            let between = positive("mean time between shocks", shock.mean_between)?;
            shock_rate = 1.0 / (between * hit.len() as f64);
            return_rate = 1.0 / positive("mean time to return", shock.mttr)?;
        }
        let next = |state: &Vec<u8>| {
            let mut follow = Vec::new();
            for site in 0..count {
                let (becomes, rate) = match state[site] {
                    UP => (DOWN, failure_rate),
                    DOWN => (UP, repair_rate),
                    _ => (UP, return_rate),
                };
                let mut after = state.clone();
                after[site] = becomes;
                follow.push((after, rate));
            }
            for mask in &hit {
                let mut after = state.clone();
                for (site, value) in after.iter_mut().enumerate() {
                    if mask >> site & 1 == 1 {
                        *value = SHOCKED;
                    }
                }
                follow.push((after, shock_rate));
            }
            follow
        };
        let (chain, states) =
            MarkovChain::explored(vec![UP; count], 3_usize.pow(SITES_MAX as u32), next)?;
        let steady = chain.steady_state()?;
        let lost = |state: &Vec<u8>| {
            state
                .iter()
                .map(|site| usize::from(*site == UP))
                .sum::<usize>()
                < self.needed
        };
        Ok(states
            .iter()
            .zip(&steady)
            .filter(|(state, _)| lost(state))
            .map(|(_, value)| value)
            .sum())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::assert_close;

    #[test]
    fn r49_three_sites_needing_any_two_with_and_without_a_regional_shock() {
        let shock = Shock {
            mean_between: 50.0 * 365.0,
            hits: 2,
            mttr: 30.0,
        };
        for (shock, availability, hours) in [
            (None, 0.9998270167, 1.515),
            (Some(shock), 0.9989847657, 8.893),
        ] {
            let sites = Sites {
                sites: 3,
                needed: 2,
                mttf: 5.0 * 365.0,
                mttr: 14.0,
                shock,
            };
            let lost = sites.unavailability().unwrap();
            assert_close(1.0 - lost, availability, 1e-9);
            assert_close(lost * 8760.0, hours, 0.001);
        }
    }
}
