//! Futures.

use super::Index;

/// One possible course of events.
#[derive(Debug, Clone, PartialEq)]
pub struct Future {
    /// Identifier.
    pub id: String,
    /// Name.
    pub name: String,
    /// Probability [1].
    pub probability: f64,
    /// Demand over that of the scenario in the last year, reached linearly [1].
    pub demand_factor: f64,
    /// Supply of every origin over that of the scenario [1].
    pub supply_factor: f64,
    /// Energy price over that of the scenario [1].
    pub energy_price_factor: f64,
    /// Firm grid power over that of the scenario: a dry year of a hydro grid is below one [1].
    pub grid_power_factor: f64,
    /// Carbon intensity over that of the scenario [1].
    pub carbon_factor: f64,
    /// Origin that closes in this future.
    pub closed_origin: Option<Index>,
    /// Calendar year from which it is closed.
    pub closed_from: Option<i32>,
    /// What happens, in the user's words.
    pub note: String,
}
