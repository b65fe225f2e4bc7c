//! The smallest set of promises that cannot all be kept, in the scenario's own words.
//!
//! What it computes: an irreducible conflict (with any one promise of it given up, the rest can be kept), and for each
//! promise the least amount by which it alone would have to give.
//!
//! Assumptions: first on the linear relaxation, where a conflict is found fast and holds all the more for whole
//! numbers; on the mixed-integer model only where the relaxation has a plan. The elastic relaxation names the
//! promises whose prices prove the conflict; a preference-ordered bisection reduces them.
//!
//! Valid range: any infeasible scenario. `minimal` is false where the limit of nodes left a question open, and for
//! conflicts of more than 40 promises, in which some may be idle beside constraints that play no part in the proof.
//!
//! References: U. Junker, "QuickXplain: preferred explanations and relaxations for over-constrained problems", AAAI
//! 2004; J. W. Chinneck, "Feasibility and Infeasibility in Optimization", Springer 2008.

mod elastic;
mod give;
mod reduce;

pub(crate) use give::unit_of;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use crate::columns::Layout;
use crate::error::PlanningError;
use crate::facts::Facts;
use crate::model::{Limits, Outcome, Program, Solver};
use crate::promise::Promise;
use crate::statement::draft;

/// Promises up to which a conflict is reduced on the whole program; larger ones are reduced within their proof only.
const REDUCED_MAX: usize = 40;

/// Demands of one service that are listed one by one.
const LISTED_MAX: usize = 4;

/// Promises that cannot all be kept.
#[derive(Debug, Clone, PartialEq)]
pub struct Conflict {
    /// The promises; any one of them given up, the others can be kept.
    pub promises: Vec<BrokenPromise>,
    /// True where it is proven that none of them can be left out.
    pub minimal: bool,
    /// All of them in one sentence; many demands of one service are counted instead of listed.
    pub text: String,
}

/// One promise of a conflict.
#[derive(Debug, Clone, PartialEq)]
pub struct BrokenPromise {
    /// The promise.
    pub promise: Promise,
    /// Its name in the scenario's words, with its limit.
    pub name: String,
    /// Least amount by which it would have to give while the others hold, in `unit`; `None` where giving has no
    /// amount, or where no amount of this promise alone is enough.
    pub give: Option<f64>,
    /// Unit of the amount.
    pub unit: String,
    /// What it would take, such as `2.3 MW more`.
    pub text: String,
}

impl fmt::Display for Conflict {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)
    }
}

/// Whether promises can be kept together, by the relaxation or by whole numbers.
pub(crate) struct Oracle<'a, S> {
    program: &'a Program,
    solver: &'a S,
    limits: Limits,
    /// False once a question was left open.
    certain: bool,
}

impl<S: Solver> Oracle<'_, S> {
    /// True where it is proven that the promises cannot all be kept.
    fn conflict(&mut self, active: &BTreeSet<Promise>) -> bool {
        let program = elastic::restricted(self.program, active);
        match self.solver.solve(&program, self.limits, None) {
            Outcome::Infeasible => true,
            Outcome::Solved(_) => false,
            Outcome::Undecided => {
                self.certain = false;
                false
            }
        }
    }
}

/// Finds the conflict of an infeasible scenario; `None` where infeasibility could not be confirmed.
pub(crate) fn explain<S: Solver>(
    facts: &Facts<'_>,
    solver: &S,
    limits: Limits,
) -> Result<Option<Conflict>, PlanningError> {
    let draft = draft(facts, Layout::Barred)?;
    let all = promises(facts, &draft.program);
    let everything: BTreeSet<Promise> = all.iter().copied().collect();
    let relaxed = Limits {
        relaxed: true,
        ..limits
    };
    let mut whole = Oracle {
        program: &draft.program,
        solver,
        limits: relaxed,
        certain: true,
    };
    let mut candidates = all;
    let mut reduced = false;
    if whole.conflict(&everything) {
        (candidates, reduced) = relaxed_candidates(&mut whole, candidates);
    } else {
        whole.limits = limits;
        if !whole.conflict(&everything) {
            return Ok(None);
        }
    }
    let many = reduced && candidates.len() > REDUCED_MAX;
    let kept = if many {
        candidates
    } else {
        reduce::irreducible(&candidates, &mut |active| whole.conflict(active))
    };
    let promises: Vec<BrokenPromise> = kept
        .iter()
        .map(|promise| give::broken_promise(&draft, solver, whole.limits, &kept, *promise))
        .collect();
    Ok(Some(Conflict {
        text: sentence(facts, &promises),
        minimal: whole.certain && !many,
        promises,
    }))
}

/// The conflict in one sentence.
fn sentence(facts: &Facts<'_>, promises: &[BrokenPromise]) -> String {
    let scenario = facts.scenario;
    let mut places: BTreeMap<usize, usize> = BTreeMap::new();
    for broken in promises {
        if let Promise::Serve { service, .. } = broken.promise {
            *places.entry(service).or_default() += 1;
        }
    }
    let mut clauses: Vec<String> = places
        .iter()
        .filter(|(_, count)| **count > LISTED_MAX)
        .map(|(service, count)| {
            format!(
                "serve {} at {count} places",
                scenario.services[*service].name
            )
        })
        .collect();
    for broken in promises {
        let counted = match broken.promise {
            Promise::Serve { service, .. } => places[&service] > LISTED_MAX,
            _ => false,
        };
        if !counted {
            clauses.push(format!("{} ({})", broken.name, broken.text));
        }
    }
    format!("these promises cannot all be kept: {}", clauses.join("; "))
}

/// Promises of a conflict of the relaxation, few enough to be reduced on the whole program.
///
/// The prices of the elastic relaxation name the rows that prove the conflict. Reducing within these rows alone is
/// cheap; what is left conflicts on the whole program all the more.
///
/// True with the promises where they are reduced as far as the rows of the proof allow.
fn relaxed_candidates<S: Solver>(
    whole: &mut Oracle<'_, S>,
    all: Vec<Promise>,
) -> (Vec<Promise>, bool) {
    let everything: BTreeSet<Promise> = all.iter().copied().collect();
    let Some(proof) = elastic::proof(whole.program, &everything, whole.solver, whole.limits) else {
        return (all, false);
    };
    let priced: Vec<Promise> = all
        .iter()
        .copied()
        .filter(|promise| proof.promises.contains(promise))
        .collect();
    let mut core = Oracle {
        program: &proof.core,
        solver: whole.solver,
        limits: whole.limits,
        certain: true,
    };
    if core.conflict(&proof.promises) {
        let reduced = reduce::irreducible(&priced, &mut |active| core.conflict(active));
        return (reduced, true);
    }
    // The prices were too small to tell: nothing is lost but time.
    if whole.conflict(&proof.promises) {
        (priced, false)
    } else {
        (all, false)
    }
}

/// Every promise of a program: those on demand first, the largest need foremost, so that a conflict is told with few
/// and large demands.
fn promises(facts: &Facts<'_>, program: &Program) -> Vec<Promise> {
    let mut needs: BTreeMap<Promise, f64> = BTreeMap::new();
    for demand in &facts.demands {
        let promise = Promise::Serve {
            service: demand.service,
            place: demand.place,
        };
        *needs.entry(promise).or_default() += demand.need;
    }
    let rows = program.rows.iter().filter_map(|row| row.promise);
    let barriers = program
        .columns
        .iter()
        .flat_map(|column| column.barred_by.iter().copied());
    let found: BTreeSet<Promise> = rows.chain(barriers).collect();
    let mut found: Vec<Promise> = found.into_iter().collect();
    let need = |promise: &Promise| needs.get(promise).copied().unwrap_or(-1.0);
    found.sort_by(|left, right| need(right).total_cmp(&need(left)).then(left.cmp(right)));
    found
}
