//! Why the plan is what it is: what binds, and what every site is worth.
//!
//! What it computes: by promise, what one more unit of it would save; by site, how much dearer the programme gets where
//! the site must be used, and where it must not.
//!
//! Assumptions: both are read from the relaxation, in which sites are strongly tied to what they serve but halls and
//! lots may come in parts: values are those of small changes, and of a plan in which parts are allowed.
//!
//! Valid range: scenarios that have a plan.
//!
//! References: marginal values as multipliers of constraints: D. Bertsimas, J. Tsitsiklis, "Introduction to Linear
//! Optimization", 1997, section 4.3.

use std::collections::BTreeMap;

use angara_scenario::Index;

use crate::columns::{Draft, Layout};
use crate::conflict::unit_of;
use crate::error::PlanningError;
use crate::facts::Facts;
use crate::input::PlanningInput;
use crate::model::{Highs, Outcome, Relaxation, Solver, Values};
use crate::promise::Promise;
use crate::statement::draft;
use crate::strengthen::strengthen;

/// Value below which a promise does not bind, relative to the cost of the programme [1].
const WORTH: f64 = 1e-9;

/// A promise that binds.
#[derive(Debug, Clone, PartialEq)]
pub struct Binding {
    /// The promise.
    pub promise: Promise,
    /// In the scenario's own words.
    pub name: String,
    /// Net present cost that one more unit would save, in major units of the currency of the totals.
    pub saves: f64,
    /// The unit.
    pub unit: String,
}

/// What a site is worth.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SiteWorth {
    /// Site.
    pub site: Index,
    /// What the programme costs more where the site must be in use in the last year: its opening would have to be
    /// cheaper by as much to be chosen; `None` where it cannot be in use.
    pub forced: Option<f64>,
    /// What the programme costs more without the site; `None` where no plan goes without it.
    pub without: Option<f64>,
}

/// Why the plan is what it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Reasons {
    /// Cost of the relaxation, in major units of the currency of the totals.
    pub relaxed_cost: f64,
    /// Promises that bind, those that save most first.
    pub binding: Vec<Binding>,
    /// Every site, those that are worth most first.
    pub sites: Vec<SiteWorth>,
}

/// Reads the reasons from the relaxation.
///
/// # Errors
/// [`PlanningError::Undecided`] where the relaxation has no solution: the scenario has no plan, and `solve` says why.
pub fn reasons(input: &PlanningInput<'_>) -> Result<Reasons, PlanningError> {
    let facts = Facts::new(input);
    let mut draft = draft(&facts, Layout::Allowed)?;
    free_orders(&mut draft);
    strengthen(&mut draft.program, &draft.columns, &facts, &Highs);
    let undecided = PlanningError::Undecided {
        node_limit: input.effort.node_limit,
    };
    let Some(mut relaxation) = Highs.relaxation(&draft.program) else {
        return Err(undecided);
    };
    let Outcome::Solved(values) = relaxation.solve() else {
        return Err(undecided);
    };
    let mut sites: Vec<SiteWorth> = (0..facts.scenario.sites.len())
        .map(|site| site_worth(&draft, &mut relaxation, &values, site))
        .collect();
    sites.sort_by(|a, b| rank(b).total_cmp(&rank(a)).then(a.site.cmp(&b.site)));
    Ok(Reasons {
        relaxed_cost: values.objective,
        binding: binding(&draft, &values),
        sites,
    })
}

/// Lets the rows of supply alone say what can be ordered: where the columns say it too, the rows have no price.
fn free_orders(draft: &mut Draft<'_, '_>) {
    let lots = draft.columns.lots.iter().map(|lots| lots.column);
    let units = draft.columns.units.iter().flatten().flatten().flatten();
    for column in lots.chain(units.copied()) {
        draft.program.columns[column.0].upper = f64::INFINITY;
    }
}

/// High for sites that are missed most, low for those that cost most when forced.
fn rank(worth: &SiteWorth) -> f64 {
    worth.without.unwrap_or(f64::INFINITY) - worth.forced.unwrap_or(f64::MAX)
}

fn binding(draft: &Draft<'_, '_>, values: &Values) -> Vec<Binding> {
    let mut prices: BTreeMap<Promise, f64> = BTreeMap::new();
    for (row, price) in draft.program.rows.iter().zip(&values.row_prices) {
        // To serve more costs more; every other promise that gives way saves.
        if let Some(promise) = row.promise
            && !matches!(promise, Promise::Serve { .. })
        {
            *prices.entry(promise).or_default() += price.abs();
        }
    }
    let mut binding: Vec<Binding> = prices
        .into_iter()
        .filter(|(_, saves)| *saves > WORTH * values.objective.abs())
        .map(|(promise, saves)| Binding {
            promise,
            name: promise.text(draft.facts.scenario),
            saves,
            unit: unit_of(draft.facts.scenario, promise).to_owned(),
        })
        .collect();
    binding.sort_by(|a, b| b.saves.total_cmp(&a.saves).then(a.promise.cmp(&b.promise)));
    binding
}

fn site_worth<R: Relaxation>(
    draft: &Draft<'_, '_>,
    relaxation: &mut R,
    values: &Values,
    site: Index,
) -> SiteWorth {
    let ready = &draft.columns.ready[site];
    let mut cost_with = |lower: f64, upper: f64, years: std::ops::Range<usize>| {
        for column in &ready[years.clone()] {
            relaxation.bound(*column, lower, upper);
        }
        let outcome = relaxation.solve();
        for column in &ready[years] {
            relaxation.bound(*column, 0.0, 1.0);
        }
        match outcome {
            Outcome::Solved(found) => Some((found.objective - values.objective).max(0.0)),
            Outcome::Infeasible | Outcome::Undecided => None,
        }
    };
    let last = ready.len() - 1;
    SiteWorth {
        site,
        forced: cost_with(1.0, 1.0, last..last + 1),
        without: cost_with(0.0, 0.0, 0..last + 1),
    }
}
