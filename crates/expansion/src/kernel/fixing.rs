//! What it computes: levels that no plan cheaper than a given cost can hold.
//!
//! Assumptions: at given prices, the bound under "this site holds this level in this period" is the bound plus what
//! the detour over that level costs the site. Levels go from both ends of a window only, so that each exclusion is a
//! branch of the proof whose other side is already bounded by the same prices.
//!
//! Valid range: prices and windows of one bound.
//!
//! References: Beasley, "Lagrangean heuristics for location problems", EJOR 65 (1993), for reduction tests.

use super::relax::highest;
use super::{Model, Offers, Prices, SiteModel, Windows};

/// One exclusion: levels up to `level` and those above it part, and one side is out.
pub(crate) struct Fixed {
    pub(crate) site: usize,
    pub(crate) period: usize,
    /// Highest level of the lower side.
    pub(crate) level: u8,
    /// Whether the lower side stays.
    pub(crate) keeps_low: bool,
    /// Bound of the side that is out.
    pub(crate) bound: f64,
}

/// Narrows `windows` by what cannot be in a plan cheaper than `enough`; `bound` is the relaxation's value at `prices`.
pub(crate) fn fix(
    model: &Model,
    prices: &Prices,
    bound: f64,
    enough: f64,
    windows: &mut Windows,
) -> Vec<Fixed> {
    let highest = highest(model, &prices.demand);
    let mut offers = Offers::default();
    let mut all = Vec::new();
    for (number, site) in model.sites.iter().enumerate() {
        offers.fill(model, site, &prices.demand, &highest);
        offers.reward(model, site, &prices.cuts);
        let detours = detours(model, site, prices, windows.site(number), &offers.gain);
        for period in 0..model.periods {
            let row = &detours[period * site.levels()..(period + 1) * site.levels()];
            let window = windows.at(number, period);
            let out = |level: u8| bound + row[usize::from(level)];
            while window.0 < window.1 {
                let (low, high) = *window;
                let keeps_low = out(high) >= enough;
                if !keeps_low && out(low) < enough {
                    break;
                }
                let level = if keeps_low { high - 1 } else { low };
                *window = if keeps_low {
                    (low, level)
                } else {
                    (level + 1, high)
                };
                all.push(Fixed {
                    site: number,
                    period,
                    level,
                    keeps_low,
                    bound: out(if keeps_low { high } else { low }),
                });
            }
        }
    }
    all
}

/// What holding each level costs a site more than its cheapest path, by period, then level.
fn detours(
    model: &Model,
    site: &SiteModel,
    prices: &Prices,
    windows: &[(u8, u8)],
    gain: &[f64],
) -> Vec<f64> {
    let (levels, periods) = (site.levels(), model.periods);
    let step = |t: usize, from: usize, to: usize| {
        site.step(t, from, to) * (1.0 + prices.budget[t]) + site.added(from, to) * prices.supply[t]
    };
    let inside =
        |t: usize, l: usize| (usize::from(windows[t].0)..=usize::from(windows[t].1)).contains(&l);
    let stand = |t: usize, l: usize| {
        if inside(t, l) {
            site.running(t, l) + gain[t * levels + l]
        } else {
            f64::INFINITY
        }
    };
    let least = |costs: &mut dyn Iterator<Item = f64>| costs.fold(f64::INFINITY, f64::min);
    let mut way = vec![f64::INFINITY; periods * levels];
    for t in 0..periods {
        for to in 0..levels {
            let before = if t == 0 {
                step(0, site.initial, to)
            } else {
                least(&mut (0..levels).map(|from| way[(t - 1) * levels + from] + step(t, from, to)))
            };
            way[t * levels + to] = before + stand(t, to);
        }
    }
    let mut rest = vec![0.0; levels];
    let mut best = f64::INFINITY;
    for t in (0..periods).rev() {
        let row = &mut way[t * levels..(t + 1) * levels];
        let onward: Vec<f64> = (0..levels).map(|l| rest[l] + stand(t, l)).collect();
        for (cell, rest) in row.iter_mut().zip(&rest) {
            *cell += rest;
        }
        best = row.iter().copied().fold(f64::INFINITY, f64::min);
        for (from, rest) in rest.iter_mut().enumerate() {
            *rest = least(&mut (0..levels).map(|to| onward[to] + step(t, from, to)));
        }
    }
    for cell in &mut way {
        *cell -= best;
    }
    way
}
