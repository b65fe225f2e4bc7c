//! What it computes: how the capacity of all sites together must be rounded up to whole halls.
//!
//! Assumptions: every plan has `Σ capacity(i,t) ≥ D`, the demand of all places in a period. With halls of `δ` and
//! `r = D mod δ` mixed-integer rounding gives `Σ G(capacity(i,t)) ≥ r (⌊D/δ⌋ + 1)`, where
//! `G(C) = r ⌊C/δ⌋ + min(r, C mod δ)`. Here both sides are scaled so that the right one is `D`, and a cut has the price of a
//! kilowatt.
//!
//! Valid range: demand that is no multiple of the hall.
//!
//! References: Nemhauser, Wolsey, "A recursive procedure to generate all cuts for 0-1 mixed integer programs",
//! Mathematical Programming 46 (1990).

use super::{Model, SiteModel};
use crate::certificate::Cut;
use crate::instance::Instance;

/// A remainder below this share of a hall makes prices too coarse \[1\].
const REST_MIN: f64 = 0.002;
/// A cut is worth its price when it is missed by this share \[1\].
const MISSED: f64 = 1e-3;

/// A cut that may be priced.
pub(crate) struct CapacityCut {
    pub(crate) cut: Cut,
    pub(crate) period: usize,
    hall: f64,
    rest: f64,
    /// What a unit of `G` stands for [kW].
    pub(crate) unit: f64,
    /// Demand of all places [kW].
    pub(crate) least: f64,
}

impl CapacityCut {
    /// All that the halls of the instance suggest.
    pub(super) fn all(instance: &Instance) -> Vec<Self> {
        let mut halls: Vec<i64> = instance
            .sites
            .iter()
            .map(|site| site.capacity_kw(1))
            .collect();
        halls.sort_unstable();
        halls.dedup();
        let mut cuts = Vec::new();
        for period in 0..instance.periods() {
            let demand: i64 = instance
                .places
                .iter()
                .map(|place| place.demand_kw[period])
                .sum();
            for &hall_kw in &halls {
                let rest = demand % hall_kw;
                if (rest as f64) < REST_MIN * hall_kw as f64 {
                    continue;
                }
                let least = demand as f64;
                cuts.push(Self {
                    cut: Cut {
                        period: period as u32,
                        hall_kw,
                    },
                    period,
                    hall: hall_kw as f64,
                    rest: rest as f64,
                    unit: least / (rest as f64 * (demand / hall_kw + 1) as f64),
                    least,
                });
            }
        }
        cuts
    }

    /// Worth of a site's capacity to the cut [kW].
    pub(crate) fn worth(&self, capacity: f64) -> f64 {
        let whole = (capacity / self.hall).floor();
        let rest = capacity - whole * self.hall;
        self.unit * (self.rest * whole + rest.min(self.rest))
    }

    fn expected(&self, model: &Model, shares: &[f64]) -> f64 {
        let mut start = 0;
        let worth = |site: &SiteModel, row: &[f64]| -> f64 {
            let cells = row.iter().zip(&site.capacity);
            cells
                .map(|(share, capacity)| share * self.worth(*capacity))
                .sum()
        };
        let mut total = 0.0;
        for site in &model.sites {
            let from = start + self.period * site.levels();
            total += worth(site, &shares[from..from + site.levels()]);
            start += site.levels() * model.periods;
        }
        total
    }
}

/// The cut of each period that is missed most at the shares of levels, of those that are not active yet.
pub(crate) fn missed(model: &Model, shares: &[f64], active: &[bool]) -> Vec<usize> {
    let mut most: Vec<(f64, Option<usize>)> = vec![(MISSED, None); model.periods];
    for (number, cut) in model.cuts.iter().enumerate() {
        if !active[number] {
            let missed = 1.0 - cut.expected(model, shares) / cut.least;
            if missed > most[cut.period].0 {
                most[cut.period] = (missed, Some(number));
            }
        }
    }
    most.into_iter().filter_map(|(_, number)| number).collect()
}
