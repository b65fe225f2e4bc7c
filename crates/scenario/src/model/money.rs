//! Currencies.

use angara_quantity::Currency;

/// Rate of a currency into the currency of the totals.
#[derive(Debug, Clone, PartialEq)]
pub struct CurrencyRate {
    /// Currency converted from.
    pub currency: Currency,
    /// Units of the totals' currency for one unit, in the first year [1]; chains of quotes are resolved.
    pub rate: f64,
    /// Drift of the rate per year [1].
    pub drift_per_year: f64,
    /// Where the rate comes from.
    pub source: String,
}
