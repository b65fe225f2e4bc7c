//! Electricity grids.

use angara_quantity::Price;

/// One grid zone: what its energy costs and emits.
#[derive(Debug, Clone, PartialEq)]
pub struct Grid {
    /// Identifier.
    pub id: String,
    /// Name.
    pub name: String,
    /// Average life-cycle carbon intensity [g/kWh].
    pub carbon_g_per_kwh: f64,
    /// Change of the intensity per year [1].
    pub carbon_drift_per_year: f64,
    /// Energy price in the first year.
    pub energy_price: Price,
    /// Price of the month's highest draw in the first year.
    pub demand_charge: Price,
    /// Growth of both prices per year [1].
    pub price_growth_per_year: f64,
    /// Where the figures come from.
    pub source: String,
}
