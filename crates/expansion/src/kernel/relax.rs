//! What it computes: the value of the relaxation at given prices, each site's cheapest path of levels, and how far
//! the relaxed constraints are missed.
//!
//! Assumptions: with demand priced, sites do not know of each other. In a period a site at capacity C gains
//! `V(C) = min Σ (c_j − u_j) x_j, 0 ≤ x_j ≤ d_j, Σ x_j ≤ C`: a continuous knapsack, filled in order of `c_j − u_j`, so one
//! sorted pass answers all levels. Over periods the levels are a shortest path.
//!
//! Valid range: powers are whole numbers below 2^53, so that their sums are exact in any order.
//!
//! References: Jena, Cordeau, Gendron, "Lagrangian heuristics for large-scale dynamic facility location with
//! generalized modular capacities", INFORMS Journal on Computing 29 (2017).

use rayon::prelude::*;

use super::{Model, Prices, SiteModel, Windows};

/// Sites per task: fixed, so that results do not depend on the number of threads.
const CHUNK: usize = 8;

/// The relaxation at some prices.
pub(crate) struct Relaxed {
    /// Lower bound on every plan [minor unit].
    pub(crate) value: f64,
    /// Level by site, then period.
    pub(crate) paths: Vec<u8>,
    /// Power served by period, then place [kW].
    pub(crate) served: Vec<f64>,
    /// Newly installed capacity by period [kW].
    pub(crate) installed: Vec<f64>,
    /// Money spent on steps by period [minor unit].
    pub(crate) spent: Vec<f64>,
    /// Worth by cut, 0 where it is not active [kW].
    pub(crate) worth: Vec<f64>,
}

/// What a site would like to serve, by period in order of reduced cost, and what each level gains by it.
#[derive(Default)]
pub(crate) struct Offers {
    list: Vec<Offer>,
    ends: Vec<usize>,
    /// Gain by period, then level [minor unit], never positive.
    pub(crate) gain: Vec<f64>,
}

#[derive(Clone, Copy)]
struct Offer {
    reduced: f64,
    place: u32,
    power: f64,
}

impl Offers {
    /// Fills the knapsacks of one site at the demand prices `demand`, whose largest by period is `highest`.
    pub(crate) fn fill(
        &mut self,
        model: &Model,
        site: &SiteModel,
        demand: &[f64],
        highest: &[f64],
    ) {
        self.list.clear();
        self.ends.clear();
        self.gain.clear();
        for (t, &highest) in highest.iter().enumerate() {
            let start = self.list.len();
            self.collect(model, site, t, demand, highest);
            self.list[start..].sort_unstable_by(|a, b| {
                a.reduced.total_cmp(&b.reduced).then(a.place.cmp(&b.place))
            });
            self.ends.push(self.list.len());
            let (mut next, mut filled, mut gained) = (start, 0.0, 0.0);
            for &room in &site.capacity {
                while let Some(offer) = self.list.get(next)
                    && filled + offer.power <= room
                {
                    filled += offer.power;
                    gained += offer.reduced * offer.power;
                    next += 1;
                }
                let part = self
                    .list
                    .get(next)
                    .map_or(0.0, |o| o.reduced * (room - filled));
                self.gain.push(gained + part);
            }
        }
    }

    fn collect(&mut self, model: &Model, site: &SiteModel, t: usize, demand: &[f64], highest: f64) {
        let prices = &demand[t * model.places..(t + 1) * model.places];
        let powers = &model.demand[t * model.places..(t + 1) * model.places];
        let (serving, carriage) = (site.serving[t], model.carriage[t]);
        for (&place, &rate) in site.place.iter().zip(&site.rate) {
            let unit = serving + rate * carriage;
            if unit >= highest {
                break; // rates only rise
            }
            let reduced = unit - prices[place as usize];
            if reduced < 0.0 {
                let power = powers[place as usize];
                self.list.push(Offer {
                    reduced,
                    place,
                    power,
                });
            }
        }
    }

    /// Lets each level gain what it is worth to the cuts.
    pub(crate) fn reward(&mut self, model: &Model, site: &SiteModel, prices: &[f64]) {
        for (cut, price) in model.cuts.iter().zip(prices) {
            if *price > 0.0 {
                let row = &mut self.gain[cut.period * site.levels()..];
                for (gain, capacity) in row.iter_mut().zip(&site.capacity) {
                    *gain -= price * cut.worth(*capacity);
                }
            }
        }
    }

    /// Calls `take` with what the site serves on `path`: period, place, power [kW].
    fn served(&self, site: &SiteModel, path: &[u8], mut take: impl FnMut(usize, u32, f64)) {
        let mut start = 0;
        for (t, &level) in path.iter().enumerate() {
            let mut room = site.capacity[usize::from(level)];
            for offer in &self.list[start..self.ends[t]] {
                if room <= 0.0 {
                    break;
                }
                let power = offer.power.min(room);
                take(t, offer.place, power);
                room -= power;
            }
            start = self.ends[t];
        }
    }
}

/// Cheapest path of levels: `stand(t, level)` is the cost of a level in a period, `step(t, from, to)` that of a step.
/// `None` when no path lies in the windows.
pub(crate) fn cheapest_path(
    site: &SiteModel,
    periods: usize,
    windows: &[(u8, u8)],
    stand: impl Fn(usize, usize) -> f64,
    step: impl Fn(usize, usize, usize) -> f64,
) -> Option<(f64, Vec<u8>)> {
    let levels = site.levels();
    let mut ways = vec![f64::INFINITY; levels];
    ways[site.initial] = 0.0;
    let mut from = vec![0_u8; periods * levels];
    for t in 0..periods {
        let mut after = vec![f64::INFINITY; levels];
        for to in usize::from(windows[t].0)..=usize::from(windows[t].1) {
            for (before, way) in ways.iter().enumerate() {
                let cost = way + step(t, before, to);
                if cost < after[to] {
                    after[to] = cost;
                    from[t * levels + to] = before as u8;
                }
            }
            after[to] += stand(t, to);
        }
        ways = after;
    }
    let mut level = 0;
    for candidate in 1..levels {
        if ways[candidate] < ways[level] {
            level = candidate;
        }
    }
    if ways[level] == f64::INFINITY {
        return None;
    }
    let cost = ways[level];
    let mut path = vec![0_u8; periods];
    for t in (0..periods).rev() {
        path[t] = level as u8;
        level = usize::from(from[t * levels + level]);
    }
    Some((cost, path))
}

/// Largest price of demand by period.
pub(crate) fn highest(model: &Model, demand: &[f64]) -> Vec<f64> {
    demand
        .chunks(model.places)
        .map(|row| row.iter().copied().fold(0.0, f64::max))
        .collect()
}

/// Cheapest path of levels where steps up add up level by level: one pass over the levels a period, not one over pairs.
/// `None` when no path lies in the windows.
fn cheapest_climb(
    site: &SiteModel,
    steps: &Priced,
    windows: &[(u8, u8)],
    gain: &[f64],
) -> Option<(f64, Vec<u8>)> {
    let (levels, periods) = (site.levels(), windows.len());
    let mut ways = vec![f64::INFINITY; levels];
    ways[site.initial] = 0.0;
    let mut from = vec![0_u8; periods * levels];
    let mut after = vec![f64::INFINITY; levels];
    for t in 0..periods {
        let (low, high) = (usize::from(windows[t].0), usize::from(windows[t].1));
        let row = &mut from[t * levels..(t + 1) * levels];
        // Cheapest way to come from below, its last step included, and where it comes from.
        let (mut below, mut source) = (f64::INFINITY, 0);
        for level in 0..levels {
            let mut least = ways[level];
            row[level] = level as u8;
            if below < least {
                least = below;
                row[level] = source;
            }
            after[level] = least;
            if level + 1 < levels {
                let opened = if level == 0 { steps.opening[t] } else { 0.0 };
                let here = ways[level] + opened;
                if here < below {
                    below = here;
                    source = level as u8;
                }
                below += steps.climb[t * levels + level + 1];
            }
        }
        let closing = steps.closing[t];
        for (level, way) in ways.iter().enumerate().skip(1) {
            if way + closing < after[0] {
                after[0] = way + closing;
                row[0] = level as u8;
            }
        }
        for (level, cost) in after.iter_mut().enumerate() {
            *cost = if level < low || level > high {
                f64::INFINITY
            } else {
                *cost + site.running(t, level) + gain[t * levels + level]
            };
        }
        std::mem::swap(&mut ways, &mut after);
    }
    let mut level = 0;
    for candidate in 1..levels {
        if ways[candidate] < ways[level] {
            level = candidate;
        }
    }
    let cost = ways[level];
    (cost < f64::INFINITY).then_some(())?;
    let mut path = vec![0_u8; periods];
    for t in (0..periods).rev() {
        path[t] = level as u8;
        level = usize::from(from[t * levels + level]);
    }
    Some((cost, path))
}

/// Steps of one site at some prices.
#[derive(Default)]
struct Priced {
    /// Cost of opening, by period.
    opening: Vec<f64>,
    /// Cost of closing, by period; infinite where not allowed.
    closing: Vec<f64>,
    /// Cost of the step to a level from the one below, by period, then level.
    climb: Vec<f64>,
}

impl Priced {
    fn fill(&mut self, site: &SiteModel, prices: &Prices) {
        self.opening.clear();
        self.closing.clear();
        self.climb.clear();
        for (t, (budget, supply)) in prices.budget.iter().zip(&prices.supply).enumerate() {
            let premium = 1.0 + budget;
            self.opening.push(site.opening(t) * premium);
            self.closing.push(site.step(t, 1, 0) * premium);
            self.climb.push(0.0);
            for to in 1..site.levels() {
                let climb = site.climb(t, to) * premium + site.added(to - 1, to) * supply;
                self.climb.push(climb);
            }
        }
    }
}

struct Part {
    values: Vec<f64>,
    paths: Vec<u8>,
    served: Vec<(u32, f64)>,
}

/// Solves the relaxation at `prices`; `None` when some site has no path in its windows.
pub(crate) fn relax(model: &Model, prices: &Prices, windows: &Windows) -> Option<Relaxed> {
    let highest = highest(model, &prices.demand);
    let numbers: Vec<usize> = (0..model.sites.len()).collect();
    let parts: Vec<Option<Part>> = numbers
        .par_chunks(CHUNK)
        .map(|chunk| relax_chunk(model, prices, windows, &highest, chunk))
        .collect();
    let mut relaxed = Relaxed {
        value: model
            .demand
            .iter()
            .zip(&prices.demand)
            .map(|(d, u)| d * u)
            .sum(),
        paths: Vec::with_capacity(model.sites.len() * model.periods),
        served: vec![0.0; model.demand.len()],
        installed: vec![0.0; model.periods],
        spent: vec![0.0; model.periods],
        worth: vec![0.0; model.cuts.len()],
    };
    for (cut, price) in model.cuts.iter().zip(&prices.cuts) {
        relaxed.value += price * cut.least;
    }
    for t in 0..model.periods {
        relaxed.value -= prices.supply[t] * model.supply[t].unwrap_or(0.0)
            + prices.budget[t] * model.budget[t].unwrap_or(0.0);
    }
    for part in parts {
        let part = part?;
        relaxed.value += part.values.iter().sum::<f64>();
        relaxed.paths.extend(part.paths);
        for (index, power) in part.served {
            relaxed.served[index as usize] += power;
        }
    }
    for (site, path) in model.sites.iter().zip(relaxed.paths.chunks(model.periods)) {
        for (number, cut) in model.cuts.iter().enumerate() {
            if prices.active[number] {
                let level = usize::from(path[cut.period]);
                relaxed.worth[number] += cut.worth(site.capacity[level]);
            }
        }
        let mut before = site.initial;
        for (t, &level) in path.iter().enumerate() {
            relaxed.installed[t] += site.added(before, usize::from(level));
            relaxed.spent[t] += site.step(t, before, usize::from(level));
            before = usize::from(level);
        }
    }
    Some(relaxed)
}

fn relax_chunk(
    model: &Model,
    prices: &Prices,
    windows: &Windows,
    highest: &[f64],
    chunk: &[usize],
) -> Option<Part> {
    let mut offers = Offers::default();
    let mut steps = Priced::default();
    let mut part = Part {
        values: Vec::with_capacity(chunk.len()),
        paths: Vec::with_capacity(chunk.len() * model.periods),
        served: Vec::new(),
    };
    for &number in chunk {
        let site = &model.sites[number];
        offers.fill(model, site, &prices.demand, highest);
        offers.reward(model, site, &prices.cuts);
        steps.fill(site, prices);
        let (value, path) = cheapest_climb(site, &steps, windows.site(number), &offers.gain)?;
        offers.served(site, &path, |t, place, power| {
            part.served.push(((t * model.places) as u32 + place, power));
        });
        part.values.push(value);
        part.paths.extend(path);
    }
    Some(part)
}
