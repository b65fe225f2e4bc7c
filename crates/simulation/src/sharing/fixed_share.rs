//! Fixed share: each consumer may draw up to a fixed part of one unit, or of the mean unit where they differ. So that
//! no more is given than there is, the part shrinks to an equal one when the consumers are too many. The part is
//! blocked on every unit, used or not, so each unit's demand and supply is that part of its capacity, or an even
//! portion of what the consumers draw where that is more.

use thiserror::Error;

use super::units::{spread_evenly, total};

/// A part of a unit that is no share.
#[derive(Debug, Clone, Copy, PartialEq, Error)]
#[error("a share of a unit must lie above 0 and be at most 1, it is {ratio}")]
pub struct ShareError {
    /// What was given [1].
    pub ratio: f64,
}

/// Part of a unit, in billionths.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShareRatio(u32);

const BILLION: u32 = 1_000_000_000;

impl ShareRatio {
    /// A part above 0 and of at most 1 [1], rounded to billionths; fails on others.
    pub fn new(ratio: f64) -> Result<Self, ShareError> {
        let billionths = (ratio * f64::from(BILLION)).round();
        if billionths >= 1.0 && ratio <= 1.0 {
            Ok(Self(billionths as u32))
        } else {
            Err(ShareError { ratio })
        }
    }

    fn of(self, capacity: u128) -> u128 {
        capacity * u128::from(self.0) / u128::from(BILLION)
    }
}

pub(super) fn share(
    ratio: ShareRatio,
    demands: &[u64],
    units: &[u64],
    out_supply: &mut Vec<u64>,
    out_unit: &mut Vec<(u64, u64)>,
) {
    let capacity = total(units);
    let equal = capacity / demands.len().max(1) as u128;
    let part = ratio.of(capacity / units.len().max(1) as u128).min(equal);
    out_supply.clear();
    // A supply is at most a demand, so within 64 bits.
    out_supply.extend(
        demands
            .iter()
            .map(|demand| u128::from(*demand).min(part) as u64),
    );
    let supply = total(out_supply);
    spread_evenly(supply, supply, units, out_unit);
    if supply > 0 {
        for (unit, capacity) in out_unit.iter_mut().zip(units) {
            let blocked = ratio.of(u128::from(*capacity)) as u64;
            *unit = (unit.0.max(blocked), unit.1.max(blocked));
        }
    }
}
