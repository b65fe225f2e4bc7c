//! Prices of the relaxed constraints: demand of every place and period, scarce equipment, money.

use super::Model;
use crate::certificate::Multipliers;

/// Prices in floating point.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Prices {
    /// Price of demand by period, then place [minor unit/kW].
    pub(crate) demand: Vec<f64>,
    /// Price of newly installed capacity by period [minor unit/kW].
    pub(crate) supply: Vec<f64>,
    /// Premium on money spent on steps by period \[1\].
    pub(crate) budget: Vec<f64>,
    /// Price of capacity by cut of the model [minor unit/kW].
    pub(crate) cuts: Vec<f64>,
    /// Whether a cut may have a price.
    pub(crate) active: Vec<bool>,
}

impl Prices {
    /// What demand would cost were every site used at its most economical level from the start.
    pub(crate) fn first(model: &Model) -> Self {
        let mut demand = vec![f64::INFINITY; model.demand.len()];
        for site in &model.sites {
            let fixed = (1..site.levels())
                .map(|level| {
                    let running: f64 = (0..model.periods).map(|t| site.running(t, level)).sum();
                    let steps = (0..model.periods)
                        .map(|t| site.step(t, site.initial, level))
                        .find(|cost| cost.is_finite())
                        .unwrap_or(0.0);
                    (running + steps) / (site.capacity[level] * model.periods as f64)
                })
                .fold(f64::INFINITY, f64::min);
            for t in 0..model.periods {
                for (&place, &rate) in site.place.iter().zip(&site.rate) {
                    let price = site.serving[t] + rate * model.carriage[t] + fixed;
                    let known = &mut demand[t * model.places + place as usize];
                    *known = known.min(price);
                }
            }
        }
        for price in &mut demand {
            if !price.is_finite() {
                *price = 0.0; // a place without links; reported before solving
            }
        }
        Self {
            demand,
            supply: vec![0.0; model.periods],
            budget: vec![0.0; model.periods],
            cuts: vec![0.0; model.cuts.len()],
            active: vec![false; model.cuts.len()],
        }
    }

    /// Mean price of demand, by demand [minor unit/kW].
    pub(crate) fn mean(&self, model: &Model) -> f64 {
        let total: f64 = model.demand.iter().sum();
        let paid: f64 = model
            .demand
            .iter()
            .zip(&self.demand)
            .map(|(d, u)| d * u)
            .sum();
        if total > 0.0 { paid / total } else { 0.0 }
    }

    /// The same prices as whole numerators over a common scale, the finest power of two that keeps every numerator
    /// below 2^40, so that doubling all money doubles every price and changes nothing else.
    pub(crate) fn rounded(&self, model: &Model, scale: i64) -> Multipliers {
        let whole = |price: &f64| (price * scale as f64).round() as i64;
        let periods = self.supply.len();
        let places = self.demand.len() / periods;
        Multipliers {
            demand: self
                .demand
                .chunks(places.max(1))
                .map(|row| row.iter().map(whole).collect())
                .collect(),
            supply: self.supply.iter().map(whole).collect(),
            budget: self.budget.iter().map(whole).collect(),
            cuts: self
                .cuts
                .iter()
                .zip(&model.cuts)
                .zip(&self.active)
                .filter(|(_, active)| **active)
                .map(|((price, cut), _)| whole(&(price * cut.unit)))
                .collect(),
        }
    }

    /// The scale that suits prices of this size.
    pub(crate) fn scale(&self) -> i64 {
        let largest = self
            .demand
            .iter()
            .chain(&self.supply)
            .copied()
            .fold(1.0, f64::max);
        let mut scale = 1_i64;
        while largest * ((scale * 2) as f64) < (1_i64 << 40) as f64 {
            scale *= 2;
        }
        scale
    }
}
