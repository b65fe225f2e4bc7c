//! Affinity law of variable-speed fans and pumps.
//!
//! # What it computes
//! Share of the design power at a share of the design flow: its cube, with a floor.
//!
//! # Assumptions
//! Fixed system resistance. The floor stands for drives, controls and the lowest speed. A machine
//! without flow is off.
//!
//! # Valid range
//! Flow share 0 to 1; above 1 the machine runs at its design power, for it has no more speed.
//!
//! # References
//! ASHRAE Handbook HVAC Systems and Equipment 2020, chapters 21 and 44. Floor of 10 %: an assumption.

/// Least share of the design power of a running machine.
const POWER_FLOOR: f64 = 0.10;

/// Share of the design power at this share of the design flow.
#[inline]
pub(super) fn power_share(flow_share: f64) -> f64 {
    if flow_share <= 0.0 {
        return 0.0;
    }
    (flow_share * flow_share * flow_share).clamp(POWER_FLOOR, 1.0)
}
