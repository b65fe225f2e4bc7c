//! Durability of data on drives: mirrors, parity and erasure codes.
//!
//! What it computes: the mean time to data loss of an array, the yearly probability of losing an object spread over
//! shards, and of reading without an unrecoverable error.
//!
//! Assumptions: drives fail independently, an ideal that site loss, software and operators undercut; one rebuild at a
//! time in arrays; in the yearly loss every window of a repair stands alone.
//!
//! Valid range: up to 10,000 drives or shards.
//!
//! References: Patterson, Gibson and Katz 1988; Backblaze, Cloud Storage Durability, 2018.

use crate::birth_death::BirthDeath;
use crate::error::{ReliabilityError, positive, within};
use crate::k_out_of_n::binomial;

const SHARDS_MAX: usize = 10_000;

/// Mean time until an array of `drives` has lost more than `tolerated` at once [unit of time of `mttf` and `mttr`].
///
/// # Errors
/// Times that are not positive; as many tolerated losses as drives.
pub fn mean_time_to_data_loss(
    drives: usize,
    tolerated: usize,
    mttf: f64,
    mttr: f64,
) -> Result<f64, ReliabilityError> {
    let drives = within("drives", drives, 1, SHARDS_MAX)?;
    let tolerated = within("tolerated losses", tolerated, 0, drives - 1)?;
    let failure_rate = 1.0 / positive("mean time to fail", mttf)?;
    let repair_rate = 1.0 / positive("mean time to repair", mttr)?;
    let chain = BirthDeath::new(
        tolerated + 1,
        |lost| (drives - lost) as f64 * failure_rate,
        |_| repair_rate,
    );
    Ok(chain.mean_first_passage())
}

/// Shards of an object of which any `data` restore it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ErasureCode {
    /// Shards needed.
    pub data: usize,
    /// Shards beyond those.
    pub parity: usize,
    /// Failures per drive and year [1].
    pub annual_failure_rate: f64,
    /// Time to replace and fill a failed shard [days].
    pub repair_days: f64,
}

/// Probabilities of loss [1].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DataLoss {
    /// Within the time of one repair.
    pub window: f64,
    /// Within a year.
    pub year: f64,
}

impl DataLoss {
    /// Whole nines of the yearly durability.
    pub fn nines(&self) -> u32 {
        (-libm::log10(self.year)).floor().max(0.0) as u32
    }
}

impl ErasureCode {
    /// Probability of losing an object.
    ///
    /// # Errors
    /// No data shard, more than 10,000 shards of a kind, a rate or a time that is not positive.
    pub fn loss(&self) -> Result<DataLoss, ReliabilityError> {
        let data = within("data shards", self.data, 1, SHARDS_MAX)?;
        let parity = within("parity shards", self.parity, 0, SHARDS_MAX)?;
        let windows = 365.0 / positive("days of a repair", self.repair_days)?;
        let rate = positive("annual failure rate", self.annual_failure_rate)?;
        let fails = -libm::expm1(-rate / windows);
        let shards = data + parity;
        let window: f64 = (parity + 1..=shards)
            .rev()
            .map(|lost| binomial(shards, lost, fails))
            .sum();
        let window = window.min(1.0);
        Ok(DataLoss {
            window,
            year: -libm::expm1(windows * libm::log1p(-window)),
        })
    }
}

/// Probability to read so many bits without an unrecoverable error [1], at a rate of errors per bit.
///
/// # Errors
/// Inputs that are not positive.
pub fn error_free_read(bits: f64, errors_per_bit: f64) -> Result<f64, ReliabilityError> {
    Ok(libm::exp(
        -positive("bits", bits)? * positive("errors per bit", errors_per_bit)?,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::{assert_close, assert_near};

    #[test]
    fn r40_r41_r42_mean_time_to_data_loss() {
        for (drives, tolerated, mttf, mttr, expected) in [
            (2, 1, 1e6, 24.0, 20834833333.3),
            (8, 1, 1e6, 24.0, 744315476.19),
            (8, 2, 1e6, 24.0, 5.16873390468e12),
            // In rational arithmetic 4.719952552049811…e12; the reference's 4.71995257914e12 lost its ninth digit.
            (20, 3, 1.2e6, 156.0, 4.719952552049811e12),
        ] {
            let actual = mean_time_to_data_loss(drives, tolerated, mttf, mttr).unwrap();
            assert_near(actual, expected, 1e-9);
        }
    }

    #[test]
    fn r43_seventeen_and_three_shards() {
        let code = ErasureCode {
            data: 17,
            parity: 3,
            annual_failure_rate: 0.00405,
            repair_days: 6.5,
        };
        let loss = code.loss().unwrap();
        assert_near(loss.window, 1.3096e-13, 1e-3);
        assert_near(loss.year, 7.354e-12, 1e-3);
        assert_eq!(loss.nines(), 11);
    }

    #[test]
    fn r44_four_and_two_shards() {
        let code = ErasureCode {
            data: 4,
            parity: 2,
            annual_failure_rate: 0.1,
            repair_days: 1.0,
        };
        let loss = code.loss().unwrap();
        assert_near(loss.window, 4.10870751e-10, 1e-6);
        assert_near(loss.year, 1.49967813e-7, 1e-6);
    }

    #[test]
    fn r45_reading_ten_terabytes() {
        for (rate, expected) in [
            (1e-14, 0.449328964),
            (1e-15, 0.923116346),
            (1e-16, 0.992031915),
        ] {
            assert_close(error_free_read(8e13, rate).unwrap(), expected, 1e-9);
        }
    }
}
