//! Capacity against load: the table of outages by convolution.
//!
//! What it computes: the distribution of available capacity of independent units, the probability that it is below a
//! load and the mean of what is missing; hours of loss of load and unserved energy over a series of loads.
//!
//! Assumptions: units are independent of each other and of the load; no network.
//!
//! Valid range: whole steps of capacity, up to ten million in all.
//!
//! References: Billinton and Allan, Reliability Evaluation of Power Systems, 1996; IEEE Reliability Test System, 1979.

use crate::error::{ReliabilityError, probability, within};

const STEPS_MAX: usize = 10_000_000;

/// Distribution of the available capacity in whole steps.
#[derive(Debug, Clone, PartialEq)]
pub struct CapacityOutageTable {
    available: Vec<f64>,
}

/// What is missing at one load, or summed over a series of loads of equal time.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Shortfall {
    /// Probability, or expected number of periods, with load lost [1].
    pub loss_of_load: f64,
    /// Mean of what is not served [steps, or steps times periods].
    pub unserved: f64,
}

impl Default for CapacityOutageTable {
    fn default() -> Self {
        Self {
            available: vec![1.0],
        }
    }
}

impl CapacityOutageTable {
    /// Adds a unit of a capacity [steps] that is out with a probability [1].
    ///
    /// # Errors
    /// A probability outside 0 to 1; more than ten million steps.
    pub fn add_unit(&mut self, capacity: usize, outage: f64) -> Result<(), ReliabilityError> {
        let outage = probability("forced outage rate", outage)?;
        let size = capacity.saturating_add(self.available.len());
        within("steps of capacity", size, 1, STEPS_MAX)?;
        let mut joined = vec![0.0; size];
        for (steps, value) in self.available.iter().enumerate() {
            joined[steps] += outage * value;
            joined[steps + capacity] += (1.0 - outage) * value;
        }
        self.available = joined;
        Ok(())
    }

    /// What is missing at a load [steps].
    pub fn shortfall(&self, load: f64) -> Shortfall {
        let mut sum = Shortfall::default();
        for (steps, value) in self.available.iter().enumerate() {
            let missing = load - steps as f64;
            if missing <= 0.0 {
                break;
            }
            sum.loss_of_load += value;
            sum.unserved += value * missing;
        }
        sum
    }

    /// The sum over loads of equal time [steps].
    pub fn over(&self, loads: &[f64]) -> Shortfall {
        loads.iter().fold(Shortfall::default(), |sum, load| {
            let one = self.shortfall(*load);
            Shortfall {
                loss_of_load: sum.loss_of_load + one.loss_of_load,
                unserved: sum.unserved + one.unserved,
            }
        })
    }
}

#[cfg(test)]
mod test_system;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::assert_close;

    fn table(units: &[(usize, f64)]) -> CapacityOutageTable {
        let mut table = CapacityOutageTable::default();
        for (capacity, outage) in units {
            table.add_unit(*capacity, *outage).unwrap();
        }
        table
    }

    #[test]
    fn r29_one_node_under_four_loads() {
        let units = table(&[(10, 0.1); 3]);
        let mut sum = Shortfall::default();
        for (load, own, lost, unserved) in [
            (25.0, 5.0, 0.028, 0.29),
            (28.0, 6.0, 0.271, 0.832),
            (27.0, 7.0, 0.028, 0.29),
            (24.0, 8.0, 0.028, 0.178),
        ] {
            let hour = units.shortfall(load - own);
            assert_close(hour.loss_of_load, lost, 1e-12);
            assert_close(hour.unserved, unserved, 1e-12);
            sum.loss_of_load += hour.loss_of_load;
            sum.unserved += hour.unserved;
        }
        assert_close(sum.loss_of_load, 0.355, 1e-12);
        assert_close(sum.unserved, 1.59, 1e-12);
    }

    #[test]
    fn r30_one_node_whose_units_grow() {
        let first = table(&[(10, 0.1), (20, 0.1)]);
        let second = table(&[(15, 0.1), (25, 0.1)]);
        let mut sum = Shortfall::default();
        for (units, load, own, unserved) in [
            (&first, 28.0, 7.0, 1.29),
            (&first, 29.0, 8.0, 1.29),
            (&first, 30.0, 9.0, 1.29),
            (&second, 31.0, 9.0, 0.85),
            (&second, 32.0, 8.0, 1.05),
            (&second, 33.0, 7.0, 1.34),
        ] {
            let hour = units.shortfall(load - own);
            assert_close(hour.unserved, unserved, 1e-12);
            sum.loss_of_load += hour.loss_of_load;
            sum.unserved += hour.unserved;
        }
        assert_close(sum.loss_of_load, 0.96, 1e-12);
        assert_close(sum.unserved, 7.11, 1e-12);
    }

    #[test]
    fn more_capacity_than_memory_is_refused() {
        let mut units = table(&[(10, 0.1)]);
        assert!(units.add_unit(usize::MAX, 0.1).is_err());
        assert!(units.add_unit(1, 1.1).is_err());
    }
}
