//! What it computes: whether a plan keeps every constraint, what it costs, and the lower bound that its multipliers
//! prove, from the data alone. Plain loops and whole numbers; shares no code with the solver.
//!
//! Assumptions: the instance has no [`Instance::findings`].
//!
//! Valid range: every instance; a certificate that does not fit is refused with the reason.
//!
//! References: Geoffrion, "Lagrangean relaxation for integer programming", Mathematical Programming Study 2 (1974).

#![expect(
    clippy::needless_range_loop,
    reason = "indices are those of the formulas"
)]

use crate::certificate::{CUTS_MAX, Certificate, Multipliers, Node};
use crate::instance::{Instance, Site};

/// What the data say about a certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Checked {
    /// No plan costs less [minor unit].
    pub bound: i64,
    /// Cost of the plan [minor unit].
    pub cost: i64,
}

/// Why a certificate is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Refused(pub String);

/// Recomputes bound, cost and feasibility; refuses a certificate whose claims are not exactly these.
///
/// # Errors
/// The first claim or constraint that does not hold.
pub fn check(instance: &Instance, certificate: &Certificate) -> Result<Checked, Refused> {
    let checked = recompute(instance, certificate)?;
    let Checked { bound, cost } = checked;
    require(certificate.cost == cost, || {
        format!("claimed cost {}, recomputed {cost}", certificate.cost)
    })?;
    require(certificate.bound == bound, || {
        format!("claimed bound {}, recomputed {bound}", certificate.bound)
    })?;
    Ok(checked)
}

/// Bound and cost as the data say, whatever the certificate claims.
///
/// # Errors
/// The first constraint that does not hold.
pub fn recompute(instance: &Instance, certificate: &Certificate) -> Result<Checked, Refused> {
    let cost = plan_cost(instance, certificate)?;
    let bound = tree_bound(instance, certificate)?.min(cost);
    let whole = |value: i128| {
        i64::try_from(value).map_err(|_| Refused(format!("{value} does not fit 64 bits")))
    };
    Ok(Checked {
        bound: whole(bound)?,
        cost: whole(cost)?,
    })
}

fn require(holds: bool, reason: impl FnOnce() -> String) -> Result<(), Refused> {
    if holds {
        Ok(())
    } else {
        Err(Refused(reason()))
    }
}

fn plan_cost(instance: &Instance, certificate: &Certificate) -> Result<i128, Refused> {
    let (periods, places) = (instance.carriage.len(), instance.places.len());
    let plan = &certificate.plan;
    let fits = plan.levels.len() == instance.sites.len()
        && plan.levels.iter().all(|levels| levels.len() == periods);
    require(fits, || "levels: one per site and period expected".into())?;
    let mut cost = 0_i128;
    let mut spare = vec![vec![0_i128; periods]; instance.sites.len()];
    let mut installed = vec![0_i128; periods];
    let mut spent = vec![0_i128; periods];
    for (i, site) in instance.sites.iter().enumerate() {
        let mut before = site.initial;
        for t in 0..periods {
            let level = usize::from(plan.levels[i][t]);
            require(level <= site.levels.len(), || {
                format!("site {i}, period {t}: no level {level}")
            })?;
            let step = step_cost(site, before, level, t).ok_or_else(|| {
                Refused(format!("site {i}, period {t}: step {before} to {level}"))
            })?;
            spent[t] += step;
            installed[t] += (capacity(site, level) - capacity(site, before)).max(0);
            spare[i][t] = capacity(site, level);
            cost += step + running_cost(site, level, t);
            before = level;
        }
    }
    let rate =
        |site: &Site, place: u32| site.links.iter().find(|l| l.place == place).map(|l| l.rate);
    let mut rates = std::collections::BTreeMap::new();
    let mut served = vec![vec![0_i128; places]; periods];
    for flow in &plan.flows {
        let (t, i, j) = (
            flow.period as usize,
            flow.site as usize,
            flow.place as usize,
        );
        require(t < periods && i < spare.len() && j < places, || {
            format!("period {t}, site {i}, place {j}: out of range")
        })?;
        let power = i128::from(flow.power_kw.unwrap_or(instance.places[j].demand_kw[t]));
        require(power > 0, || {
            format!("period {t}, site {i}, place {j}: power {power} is out of range")
        })?;
        let known = *rates
            .entry((i, j))
            .or_insert_with(|| rate(&instance.sites[i], flow.place));
        let rate = known.ok_or_else(|| Refused(format!("site {i} may not serve place {j}")))?;
        let unit = i128::from(instance.sites[i].serving[t])
            + i128::from(rate) * i128::from(instance.carriage[t]);
        cost += unit * power;
        served[t][j] += power;
        spare[i][t] -= power;
        require(spare[i][t] >= 0, || {
            format!("site {i}, period {t}: serves more than its capacity")
        })?;
    }
    for t in 0..periods {
        for (j, place) in instance.places.iter().enumerate() {
            require(served[t][j] == i128::from(place.demand_kw[t]), || {
                format!(
                    "place {j}, period {t}: served {} of {} kW",
                    served[t][j], place.demand_kw[t]
                )
            })?;
        }
        let within =
            |limit: Option<i64>, used: i128| limit.is_none_or(|limit| used <= i128::from(limit));
        require(within(instance.supply_kw[t], installed[t]), || {
            format!("period {t}: supply exceeded")
        })?;
        require(within(instance.budget[t], spent[t]), || {
            format!("period {t}: budget exceeded")
        })?;
    }
    Ok(cost)
}

/// What is left to do on the walk through the tree.
enum Task {
    /// Look at a node.
    Visit(usize),
    /// From now on a site in a period holds a level from the first to the last.
    Allow(usize, usize, (usize, usize)),
}

/// Least bound over the leaves; together they cover every plan because a branch leaves out nothing.
fn tree_bound(instance: &Instance, certificate: &Certificate) -> Result<i128, Refused> {
    let periods = instance.carriage.len();
    require((1..=1 << 40).contains(&certificate.scale), || {
        "scale: 1 to 2^40 expected".into()
    })?;
    let mut allowed: Vec<_> = instance
        .sites
        .iter()
        .map(|site| vec![(0, site.levels.len()); periods])
        .collect();
    let cuts = rounded(instance, certificate)?;
    let mut tasks = vec![Task::Visit(0)];
    let (mut least, mut visits) = (i128::MAX, 0);
    while let Some(task) = tasks.pop() {
        let index = match task {
            Task::Visit(index) => index,
            Task::Allow(i, t, levels) => {
                allowed[i][t] = levels;
                continue;
            }
        };
        visits += 1;
        require(visits <= certificate.tree.len().max(1), || {
            "tree: a node has two parents".into()
        })?;
        match certificate.tree.get(index) {
            Some(&Node::Branch {
                site,
                period,
                level,
                low,
                high,
            }) => {
                let (i, t, level) = (site as usize, period as usize, usize::from(level));
                let sound = i < allowed.len() && t < periods && low.min(high) as usize > index;
                require(sound, || format!("node {index}: malformed branch"))?;
                let before = allowed[i][t];
                // The last task is done first: below the level, above it, and back.
                tasks.push(Task::Allow(i, t, before));
                tasks.push(Task::Visit(high as usize));
                tasks.push(Task::Allow(i, t, (before.0.max(level + 1), before.1)));
                tasks.push(Task::Visit(low as usize));
                tasks.push(Task::Allow(i, t, (before.0, before.1.min(level))));
            }
            Some(&Node::Leaf { multipliers }) => {
                let prices = certificate.multipliers.get(multipliers as usize);
                let prices =
                    prices.ok_or_else(|| Refused(format!("node {index}: no multipliers")))?;
                let bound =
                    leaf_bound(instance, certificate.scale.into(), prices, &cuts, &allowed)?;
                least = least.min(bound);
            }
            None => return Err(Refused(format!("no node {index}"))),
        }
    }
    Ok(least)
}

/// A cut in numbers: all places' demand in a period as whole halls and a rest.
struct Rounded {
    period: usize,
    hall: i128,
    whole: i128,
    rest: i128,
}

impl Rounded {
    fn worth(&self, capacity: i128) -> i128 {
        self.rest * (capacity / self.hall) + self.rest.min(capacity % self.hall)
    }
}

fn rounded(instance: &Instance, certificate: &Certificate) -> Result<Vec<Rounded>, Refused> {
    // So few that no sum can pass 2^127.
    require(certificate.cuts.len() <= CUTS_MAX, || {
        format!("cuts: at most {CUTS_MAX} expected")
    })?;
    let mut cuts = Vec::new();
    for cut in &certificate.cuts {
        let (t, hall) = (cut.period as usize, i128::from(cut.hall_kw));
        require(t < instance.carriage.len() && hall > 0, || {
            format!("cut of period {t}, hall {hall}: out of range")
        })?;
        let mut demand = 0;
        for place in &instance.places {
            demand += i128::from(place.demand_kw[t]);
        }
        cuts.push(Rounded {
            period: t,
            hall,
            whole: demand / hall,
            rest: demand % hall,
        });
    }
    Ok(cuts)
}

/// One price per constraint, none too large, none of a limit negative.
fn fit(instance: &Instance, prices: &Multipliers, cuts: &[Rounded]) -> Result<(), Refused> {
    let (periods, places) = (instance.carriage.len(), instance.places.len());
    let fits = prices.demand.len() == periods
        && prices.demand.iter().all(|row| row.len() == places)
        && prices.supply.len() == periods
        && prices.budget.len() == periods
        && prices.cuts.len() == cuts.len()
        && prices
            .supply
            .iter()
            .chain(&prices.budget)
            .chain(&prices.cuts)
            .all(|&price| price >= 0);
    require(fits, || {
        "multipliers: wrong number, or a negative price of a limit".into()
    })?;
    let mut all = prices
        .demand
        .iter()
        .flatten()
        .chain(&prices.supply)
        .chain(&prices.budget)
        .chain(&prices.cuts);
    require(all.all(|price| price.unsigned_abs() < 1 << 56), || {
        "multipliers: below 2^56 expected".into()
    })
}

/// Value of the relaxation at `prices`: what demand pays, less what the limits cost, plus each site's cheapest path.
fn leaf_bound(
    instance: &Instance,
    scale: i128,
    prices: &Multipliers,
    cuts: &[Rounded],
    allowed: &[Vec<(usize, usize)>],
) -> Result<i128, Refused> {
    fit(instance, prices, cuts)?;
    let periods = instance.carriage.len();
    let mut value = 0_i128;
    for t in 0..periods {
        for (place, &price) in instance.places.iter().zip(&prices.demand[t]) {
            value += i128::from(price) * i128::from(place.demand_kw[t]);
        }
        for (limit, price) in [
            (instance.supply_kw[t], prices.supply[t]),
            (instance.budget[t], prices.budget[t]),
        ] {
            require(limit.is_some() || price == 0, || {
                format!("period {t}: a price without a limit")
            })?;
            value -= i128::from(limit.unwrap_or(0)) * i128::from(price);
        }
    }
    for (cut, price) in cuts.iter().zip(&prices.cuts) {
        value += i128::from(*price) * cut.rest * (cut.whole + 1);
    }
    for (site, allowed) in instance.sites.iter().zip(allowed) {
        // Cheapest way to stand at each level; None where no way leads.
        let mut ways: Vec<Option<i128>> = (0..=site.levels.len())
            .map(|l| (l == site.initial).then_some(0))
            .collect();
        for t in 0..periods {
            let mut offers: Vec<(i128, i128)> = Vec::new();
            for link in &site.links {
                let unit = i128::from(site.serving[t])
                    + i128::from(link.rate) * i128::from(instance.carriage[t]);
                let reduced = unit * scale - i128::from(prices.demand[t][link.place as usize]);
                if reduced < 0 {
                    offers.push((
                        reduced,
                        instance.places[link.place as usize].demand_kw[t].into(),
                    ));
                }
            }
            offers.sort_unstable();
            let (mut next, mut filled, mut gained) = (0, 0_i128, 0_i128);
            let mut after = vec![None; ways.len()];
            for level in 0..ways.len() {
                let room = capacity(site, level);
                while next < offers.len() && filled + offers[next].1 <= room {
                    gained += offers[next].0 * offers[next].1;
                    filled += offers[next].1;
                    next += 1;
                }
                let part = offers
                    .get(next)
                    .map_or(0, |offer| offer.0 * (room - filled));
                if level < allowed[t].0 || level > allowed[t].1 {
                    continue;
                }
                let mut worth = 0;
                for (cut, price) in cuts.iter().zip(&prices.cuts) {
                    if cut.period == t {
                        worth += i128::from(*price) * cut.worth(room);
                    }
                }
                for before in 0..ways.len() {
                    let (Some(way), Some(step)) = (ways[before], step_cost(site, before, level, t))
                    else {
                        continue;
                    };
                    let added = (room - capacity(site, before)).max(0);
                    let total = way
                        + step * (scale + i128::from(prices.budget[t]))
                        + added * i128::from(prices.supply[t])
                        + running_cost(site, level, t) * scale
                        + gained
                        + part
                        - worth;
                    after[level] = Some(after[level].map_or(total, |known: i128| known.min(total)));
                }
            }
            ways = after;
        }
        match ways.iter().flatten().min() {
            Some(best) => value += best,
            None => return Ok(i128::MAX), // no plan looks like this leaf
        }
    }
    // Every plan's cost is whole, so the bound may be rounded up.
    Ok(-((-value).div_euclid(scale)))
}

fn capacity(site: &Site, level: usize) -> i128 {
    if level == 0 {
        0
    } else {
        site.levels[level - 1].capacity_kw.into()
    }
}

fn running_cost(site: &Site, level: usize, t: usize) -> i128 {
    if level == 0 {
        0
    } else {
        site.levels[level - 1].running[t].into()
    }
}

fn step_cost(site: &Site, from: usize, to: usize, t: usize) -> Option<i128> {
    if to > from {
        let mut cost = if from == 0 { site.opening[t].into() } else { 0 };
        for level in &site.levels[from..to] {
            cost += i128::from(level.step[t]);
        }
        return if t >= site.earliest { Some(cost) } else { None };
    }
    match (to == from, to == 0, &site.closing) {
        (true, ..) => Some(0),
        (false, true, Some(closing)) => Some(closing[t].into()),
        _ => None,
    }
}
