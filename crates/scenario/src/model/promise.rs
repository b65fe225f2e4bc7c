//! Promises.

use angara_quantity::Money;

/// What the plan must keep; each is checked on the simulated years.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Promises {
    /// Most demand lost or still queued at the year's end, by service and year, over demand [1].
    pub unserved_share: f64,
    /// Most carbon in a year [t]; `None` where it is not limited.
    pub carbon_tonnes_per_year: Option<f64>,
    /// Most net present cost of the programme; `None` where it is not limited.
    pub net_present_cost: Option<Money>,
    /// Longest mean wait of a batch job [h].
    pub batch_wait_hours: f64,
    // Latency, residency, grid power, water and budgets are promises too; their limits stand with the
    // service, the site and the party that they belong to.
}
