//! Closed-circuit tower: the loop's water stays in a coil, over which other water is sprayed.
//!
//! # What it computes
//! What the coil costs against an open tower of the same air and water flows: warmer water, and the spray's pumps.
//!
//! # Assumptions
//! The sprayed water behaves as that of an open tower; the coil's water leaves a fixed difference above it. Spray pumps
//! run whenever the tower is wet.
//!
//! # Valid range
//! As the open tower.
//!
//! # References
//! ASHRAE Handbook HVAC Systems and Equipment 2020, chapter 40. Difference of 3 K and 0.4 % of the heat for the spray's
//! pumps: assumptions from catalogue sheets.

/// Water of the coil above that of the spray \[K\].
pub const COIL_APPROACH_K: f64 = 3.0;
/// Power of the spray's pumps over the installed heat.
pub const SPRAY_PUMP_SHARE: f64 = 0.004;
