//! Spares on a shelf that is refilled one for one.
//!
//! What it computes: the stock for a fill rate and the expected backorders of a large fleet; the operating state of a
//! small pool whose failures stop when units stand idle.
//!
//! Assumptions: each demand orders one spare at once; orders arrive independently of each other. In a large fleet the
//! demand is Poisson and the law of the lead time does not matter but for its mean; in a pool both times are
//! exponential.
//!
//! Valid range: mean pipeline up to 10,000 spares.
//!
//! References: Palm 1938; Sherbrooke, Optimal Inventory Modeling of Systems, 2004.

use crate::birth_death::BirthDeath;
use crate::error::{ReliabilityError, positive, probability, within};

const STOCK_MAX: usize = 100_000;
const PIPELINE_MAX: usize = 10_000;

/// A shelf that serves a large fleet.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BaseStock {
    pipeline: f64,
}

impl BaseStock {
    /// From a demand per unit of time and the mean lead time of an order.
    ///
    /// # Errors
    /// Inputs that are not positive; a mean pipeline above 10,000.
    pub fn new(demand_rate: f64, lead_time: f64) -> Result<Self, ReliabilityError> {
        let pipeline =
            positive("demand", demand_rate)? * positive("lead time of spares", lead_time)?;
        within("mean pipeline", pipeline.ceil() as usize, 0, PIPELINE_MAX)?;
        Ok(Self { pipeline })
    }

    /// Probability of exactly `orders` under way [1].
    fn pipeline_of(self, orders: usize) -> f64 {
        let count = orders as f64;
        libm::exp(count * libm::log(self.pipeline) - self.pipeline - libm::lgamma(count + 1.0))
    }

    /// Probability that a demand finds a spare on a shelf of `stock` [1].
    pub fn fill_rate(&self, stock: usize) -> f64 {
        (0..stock).map(|orders| self.pipeline_of(orders)).sum()
    }

    /// Probability that no demand waits [1].
    pub fn no_backorder(&self, stock: usize) -> f64 {
        self.fill_rate(stock + 1)
    }

    /// Mean number of demands that wait [1].
    pub fn backorders(&self, stock: usize) -> f64 {
        let on_shelf: f64 = (0..stock)
            .map(|orders| (stock - orders) as f64 * self.pipeline_of(orders))
            .sum();
        self.pipeline - stock as f64 + on_shelf
    }

    /// Smallest stock from which a demand is served at once with a probability of at least `fill` [1].
    ///
    /// # Errors
    /// A fill rate outside 0 to 1, or one that no stock up to 100,000 reaches.
    pub fn stock_for(&self, fill: f64) -> Result<usize, ReliabilityError> {
        let wanted = probability("fill rate", fill)?;
        let mut reached = 0.0;
        for stock in 0..STOCK_MAX {
            if reached >= wanted {
                return Ok(stock);
            }
            reached += self.pipeline_of(stock);
        }
        Err(ReliabilityError::NotProbability {
            name: "fill rate",
            value: fill,
        })
    }
}

/// Operating units with spares beside them, in the long run.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PoolState {
    /// Probability that all places are filled [1].
    pub all_up: f64,
    /// Mean number of empty places [1].
    pub mean_down: f64,
}

/// A pool of `places` with `spares`: a failed unit is replaced at once while spares last and comes back after
/// `lead_time`, each independently, in the unit of time of `mttf`.
///
/// # Errors
/// No place, a pool above 100,000, times that are not positive.
pub fn pool(
    places: usize,
    spares: usize,
    mttf: f64,
    lead_time: f64,
) -> Result<PoolState, ReliabilityError> {
    let places = within("places", places, 1, STOCK_MAX)?;
    let spares = within("spares", spares, 0, STOCK_MAX)?;
    let failure_rate = 1.0 / positive("mean time to fail", mttf)?;
    let return_rate = 1.0 / positive("lead time of spares", lead_time)?;
    let all = places + spares;
    let state = BirthDeath::new(
        all,
        |away| places.min(all - away) as f64 * failure_rate,
        |away| away as f64 * return_rate,
    )
    .steady_state();
    Ok(PoolState {
        all_up: state.iter().take(spares + 1).sum(),
        mean_down: (spares..=all)
            .map(|away| (away - spares) as f64 * state[away])
            .sum(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::assert_close;

    #[test]
    fn r21_stock_of_a_fleet_with_a_lead_time_of_ninety_days() {
        let shelf = BaseStock::new(1000.0 * 0.04, 90.0 / 365.0).unwrap();
        assert_eq!(shelf.stock_for(0.95), Ok(16));
        assert_eq!(shelf.stock_for(0.99), Ok(19));
        // The reference value carries twelve digits.
        assert_close(shelf.backorders(16), 0.0483798702447, 1e-9);
    }

    #[test]
    fn r22_stock_of_a_fleet_with_a_lead_time_of_a_year() {
        let shelf = BaseStock::new(1000.0 * 0.04, 1.0).unwrap();
        assert_eq!(shelf.stock_for(0.95), Ok(52));
        assert_eq!(shelf.stock_for(0.99), Ok(56));
    }

    #[test]
    fn r23_pool_of_four_with_one_spare() {
        let state = pool(4, 1, 25.0, 270.0 / 365.0).unwrap();
        assert_close(state.all_up, 0.9935904336, 1e-9);
        assert_close(state.mean_down, 0.00659918659, 1e-9);
    }

    #[test]
    fn r24_pool_of_twelve_with_two_and_three_spares() {
        for (spares, expected) in [(2, 0.8833192801), (3, 0.9671309883)] {
            let state = pool(12, spares, 10.0, 1.0).unwrap();
            assert_close(state.all_up, expected, 1e-9);
        }
    }

    #[test]
    fn a_certainty_that_no_shelf_gives_is_refused() {
        let shelf = BaseStock::new(40.0, 1.0).unwrap();
        assert!(shelf.stock_for(1.5).is_err());
        assert!(BaseStock::new(f64::MAX, 10.0).is_err());
    }
}
