//! Units with storage beside them, period after period.
//!
//! What it computes: the probability that load is lost and the mean of what is not served in each period.
//!
//! Assumptions: units and storage fail and return between periods with fixed probabilities and start in their steady
//! state; storage starts empty, loses nothing, takes every surplus and gives whatever is missing; it keeps its energy
//! while it is out.
//!
//! Valid range: up to 12 units; few distinct levels of energy.
//!
//! References: Stephen, Probabilistic Resource Adequacy Suite: Model Documentation, 2021.

use std::collections::BTreeMap;

use crate::capacity_outage::Shortfall;
use crate::error::{ReliabilityError, positive, probability, within};

const UNITS_MAX: usize = 12;

/// How a unit moves between periods.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Alternation {
    /// Probability that a working unit is out in the next period [1].
    pub failure: f64,
    /// Probability that a unit that is out works in the next period [1].
    pub repair: f64,
}

/// A unit of a capacity [MW].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SteppedUnit {
    /// Capacity [MW].
    pub capacity: f64,
    /// How it fails and returns.
    pub alternation: Alternation,
}

/// A storage.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Storage {
    /// Most that it takes or gives in a period [MW].
    pub power: f64,
    /// Most that it holds [MW times periods].
    pub energy: f64,
    /// How it fails and returns.
    pub alternation: Alternation,
}

impl Alternation {
    fn checked(self) -> Result<Self, ReliabilityError> {
        probability("probability of failure", self.failure)?;
        probability("probability of repair", self.repair)?;
        positive(
            "probability of failure or repair",
            self.failure + self.repair,
        )?;
        Ok(self)
    }

    fn steady(self) -> f64 {
        self.repair / (self.failure + self.repair)
    }

    fn follows(self, was_up: bool, is_up: bool) -> f64 {
        let up = if was_up {
            1.0 - self.failure
        } else {
            self.repair
        };
        if is_up { up } else { 1.0 - up }
    }
}

/// The shortfall in each period under the loads [MW].
///
/// # Errors
/// More than twelve units; probabilities outside 0 to 1; a storage that is not positive.
pub fn storage_shortfall(
    units: &[SteppedUnit],
    storage: &Storage,
    loads: &[f64],
) -> Result<Vec<Shortfall>, ReliabilityError> {
    within("units", units.len(), 0, UNITS_MAX)?;
    positive("power of storage", storage.power)?;
    positive("energy of storage", storage.energy)?;
    let mut moves = vec![storage.alternation.checked()?];
    for unit in units {
        moves.push(unit.alternation.checked()?);
    }
    let masks = 1_u32 << moves.len();
    let up = |mask: u32, index: usize| mask >> index & 1 == 1;
    let mut states: BTreeMap<(u32, u64), f64> = (0..masks)
        .map(|mask| {
            let each = moves.iter().enumerate().map(|(index, unit)| {
                let steady = unit.steady();
                if up(mask, index) {
                    steady
                } else {
                    1.0 - steady
                }
            });
            ((mask, 0.0_f64.to_bits()), each.product())
        })
        .collect();
    let mut results = Vec::with_capacity(loads.len());
    for load in loads {
        let mut sum = Shortfall::default();
        let mut next = BTreeMap::new();
        for ((mask, bits), share) in &states {
            let held = f64::from_bits(*bits);
            let available: f64 = units
                .iter()
                .enumerate()
                .filter(|(index, _)| up(*mask, index + 1))
                .map(|(_, unit)| unit.capacity)
                .sum();
            let mut surplus = available - load;
            let mut energy = held;
            if up(*mask, 0) {
                let most = storage.power.min(storage.energy - held);
                let change = surplus.clamp(-storage.power.min(held), most);
                energy += change;
                surplus -= change;
            }
            if surplus < 0.0 {
                sum.loss_of_load += share;
                sum.unserved -= share * surplus;
            }
            for after in 0..masks {
                let step = moves
                    .iter()
                    .enumerate()
                    .map(|(index, unit)| unit.follows(up(*mask, index), up(after, index)));
                *next.entry((after, energy.to_bits())).or_insert(0.0) +=
                    share * step.product::<f64>();
            }
        }
        states = next;
        results.push(sum);
    }
    Ok(results)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::assert_close;

    #[test]
    fn r33_generator_and_storage() {
        let alternation = Alternation {
            failure: 0.1,
            repair: 0.9,
        };
        let unit = SteppedUnit {
            capacity: 10.0,
            alternation,
        };
        let storage = Storage {
            power: 10.0,
            energy: 10.0,
            alternation,
        };
        let hours = storage_shortfall(&[unit], &storage, &[8.0, 9.0]).unwrap();
        assert_close(hours[0].loss_of_load + hours[1].loss_of_load, 0.2, 1e-12);
        assert_close(hours[0].unserved, 0.8, 1e-12);
        assert_close(hours[1].unserved, 0.7542, 1e-12);
    }
}
