//! Sharing a resource of one or more units among consumers.
//!
//! # What it computes
//! What each consumer is supplied of what it demands, and what is demanded and supplied of each unit (a processor, an
//! accelerator), under one of five policies; each has its file.
//!
//! # Assumptions
//! A consumer may draw on several units at once. No consumer is supplied more than it demands, no unit supplies more
//! than its capacity, and the units together supply at least what the consumers draw (a fixed share blocks more).
//!
//! # Valid range
//! Demands and capacities in whole hertz, or any other unit that all share. Sums may exceed 64 bits.
//!
//! # References
//! The policies are those of the `OpenDC` data-centre simulator, from a description of them; where it supplies more
//! than there is, ours does not.

mod best_effort;
mod equal_share;
mod first_fit;
mod fixed_share;
mod max_min_fair;
mod units;

pub use fixed_share::{ShareError, ShareRatio};

/// How consumers share a resource.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub enum SharingPolicy {
    /// No one gets more at the cost of one who has less.
    #[default]
    MaxMinFair,
    /// An equal part for each consumer, whether it needs it or not.
    EqualShare,
    /// A fixed part of a unit for each consumer.
    FixedShare(ShareRatio),
    /// In turn, from a consumer on that changes from turn to turn.
    BestEffort,
    /// In the order of the consumers, unit after unit.
    FirstFit,
}

impl SharingPolicy {
    /// Shares units of these capacities among consumers of these demands; `turn` counts how often best effort has
    /// moved on. Writes the supply of each consumer, and the demand and the supply of each unit.
    pub fn share(
        &self,
        turn: usize,
        demands: &[u64],
        units: &[u64],
        out_supply: &mut Vec<u64>,
        out_unit: &mut Vec<(u64, u64)>,
    ) {
        match self {
            Self::MaxMinFair => max_min_fair::share(demands, units, out_supply, out_unit),
            Self::EqualShare => equal_share::share(demands, units, out_supply, out_unit),
            Self::FixedShare(ratio) => {
                fixed_share::share(*ratio, demands, units, out_supply, out_unit);
            }
            Self::BestEffort => best_effort::share(turn, demands, units, out_supply, out_unit),
            Self::FirstFit => first_fit::share(demands, units, out_supply, out_unit),
        }
    }
}

#[cfg(test)]
mod tests;
