//! The independent check of an answer with capacities: plain loops over the data.
//!
//! # What it computes
//! The cost of the plan, and the bound that the proof's multipliers and branches really give.
//!
//! # Assumptions
//! None about the solver. Bounds are in whole numbers (units x 2^20), rounded down where a client is split.
//!
//! # Valid range
//! Demand may be split; clients without demand cost nothing.

use super::check::DEPTH_MAX;
use super::{MULTIPLIER_BITS, Proof, Step};
use crate::instance::Facilities;
use crate::table::CostTable;

/// The data of the problem.
pub struct CapacitatedQuestion<'a> {
    /// Opening costs, demands and costs of serving.
    pub facilities: &'a Facilities,
    /// Capacity of each site.
    pub capacities: &'a [i64],
}

/// A site of no more than this worth is opened for nothing, so that rounding does not decide how the rest is chosen.
const NOTHING: i128 = 64;
/// More than any cost.
const NEVER: i128 = 1 << 100;

impl CapacitatedQuestion<'_> {
    /// Cost of a plan; none where demand is not met, a capacity is exceeded or a closed site serves.
    pub fn cost(&self, open: &[u32], flows: &[(usize, usize, i64)]) -> Option<f64> {
        let mut load = vec![0i64; self.capacities.len()];
        let mut served = vec![0i64; self.facilities.demands.len()];
        let opened = open
            .iter()
            .map(|&site| self.facilities.opening[site as usize]);
        let mut total = opened.sum::<i64>() as f64;
        for &(site, client, amount) in flows {
            (open.contains(&(site as u32)) && amount > 0).then_some(())?;
            load[site] += amount;
            served[client] += amount;
            let cost = self.facilities.costs.cost(client, site) as f64;
            total += cost * amount as f64 / self.facilities.demands[client] as f64;
        }
        let fits = load
            .iter()
            .zip(self.capacities)
            .all(|(load, capacity)| load <= capacity);
        (fits && served == self.facilities.demands).then_some(total)
    }

    /// The bound that the proof gives [whole units]; none where it does not hold together.
    pub fn bound(&self, proof: &Proof) -> Option<f64> {
        let free = vec![None; self.capacities.len()];
        let bound = self.walk(proof, 0, free, 0)?;
        Some(bound as f64 / (1u64 << MULTIPLIER_BITS) as f64)
    }

    fn walk(
        &self,
        proof: &Proof,
        step: u32,
        mut decided: Vec<Option<bool>>,
        depth: usize,
    ) -> Option<i128> {
        if depth > DEPTH_MAX {
            return None;
        }
        match proof.steps.get(step as usize)? {
            Step::Bound { multipliers } => {
                let (total, worths) = self.worths(proof, *multipliers)?;
                Some(total + self.chosen(&worths, &decided))
            }
            Step::Branch { site, open, closed } => {
                let mut other = decided.clone();
                *other.get_mut(*site as usize)? = Some(false);
                decided[*site as usize] = Some(true);
                let one = self.walk(proof, *open, decided, depth + 1)?;
                Some(one.min(self.walk(proof, *closed, other, depth + 1)?))
            }
            Step::Decide {
                multipliers,
                decisions,
                then,
            } => {
                let (total, worths) = self.worths(proof, *multipliers)?;
                let mut least = NEVER;
                for &(site, open) in decisions {
                    let mut opposite = decided.clone();
                    *opposite.get_mut(site as usize)? = Some(!open);
                    least = least.min(total + self.chosen(&worths, &opposite));
                }
                for &(site, open) in decisions {
                    decided[site as usize] = Some(open);
                }
                Some(least.min(self.walk(proof, *then, decided, depth + 1)?))
            }
            Step::Enumerate
            | Step::Divide { .. }
            | Step::Strengthen { .. }
            | Step::Reach { .. }
            | Step::Shorten { .. } => None,
        }
    }

    /// Sum of the multipliers, and opening cost less greatest gain of each site.
    fn worths(&self, proof: &Proof, multipliers: u32) -> Option<(i128, Vec<i128>)> {
        let known = proof.multipliers.get(multipliers as usize)?;
        let mut total = 0;
        let mut prices = Vec::new();
        for (&client, &value) in known.clients.iter().zip(&known.values) {
            let demand = i128::from(*self.facilities.demands.get(client as usize)?);
            (demand > 0 && !prices.iter().any(|&(other, _, _)| other == client)).then_some(())?;
            total += i128::from(value);
            prices.push((client, i128::from(value), demand));
        }
        let worth = |site: usize| {
            let mut gains: Vec<(i128, i128)> = prices
                .iter()
                .map(|&(client, price, demand)| {
                    (
                        price - scaled(self.facilities.costs.cost(client as usize, site)),
                        demand,
                    )
                })
                .filter(|item| item.0 > 0)
                .collect();
            gains.sort_unstable_by(|a, b| (b.0 * a.1).cmp(&(a.0 * b.1)));
            let mut room = i128::from(self.capacities[site]);
            let mut worth = scaled(self.facilities.opening[site]);
            for (gain, demand) in gains {
                let taken = demand.min(room);
                worth -= (gain * taken + demand - 1) / demand;
                room -= taken;
            }
            worth
        };
        Some((total, (0..self.capacities.len()).map(worth).collect()))
    }

    /// Least sum of worths of sites whose capacity suffices, the decisions kept (the linear program of the choice).
    fn chosen(&self, worths: &[i128], decided: &[Option<bool>]) -> i128 {
        let mut missing: i64 = self.facilities.demands.iter().sum();
        let mut total = 0;
        let mut waiting = Vec::new();
        for (site, &worth) in worths.iter().enumerate() {
            let capacity = self.capacities[site];
            if decided[site] == Some(true) {
                total += worth;
                missing -= capacity;
            } else if decided[site].is_none() && worth <= NOTHING {
                total += worth.min(0);
                missing -= capacity;
            } else if decided[site].is_none() && capacity > 0 {
                waiting.push((worth, capacity));
            }
        }
        waiting.sort_unstable_by(|a, b| (a.0 * i128::from(b.1)).cmp(&(b.0 * i128::from(a.1))));
        let same = waiting.windows(2).all(|pair| pair[0].1 == pair[1].1);
        for (worth, capacity) in waiting {
            if missing <= 0 {
                return total;
            }
            let whole = same || missing >= capacity;
            total += if whole {
                worth
            } else {
                worth * i128::from(missing) / i128::from(capacity)
            };
            missing -= capacity;
        }
        if missing > 0 { NEVER } else { total }
    }
}

fn scaled(units: i64) -> i128 {
    i128::from(units) << MULTIPLIER_BITS
}
