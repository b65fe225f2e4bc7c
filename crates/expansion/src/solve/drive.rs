//! What it computes: a certificate. The bound rises by [`crate::kernel`], guided by the plan's cost; the plan starts
//! from the levels that relaxed solutions hold most often and falls by [`crate::search`]; what is left of the gap goes
//! to branching where the instance is small.
//!
//! Assumptions: the caller's clock only ever stops the work; with no time limit the result does not depend on it.
//!
//! Valid range: instances without findings, every place in reach of a site.
//!
//! References: Barahona, Chudak, "Near-optimal solutions to large-scale facility location problems", Discrete
//! Optimization 2 (2005).

use super::branch::Branching;
use super::dive::decide;
use super::progress::{Limits, Observer, Phase, Progress};
use super::round::rounded;
use crate::certificate::Certificate;
use crate::check::{Refused, recompute};
use crate::instance::{Finding, Instance};
use crate::kernel::{Ascent, Model, Prices, Settings, Windows, missed};
use crate::search::Fleet;
use crate::transport::{Network, Transport};

/// Why there is no certificate.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SolveError {
    /// The instance is not sound.
    #[error("the instance is not sound: {}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    Unsound(Vec<Finding>),
    /// Places with demand that no site may serve.
    #[error("{} places are in reach of no site, the first is place {}", .0.len(), .0[0])]
    OutOfReach(Vec<usize>),
    /// No plan was found that keeps every constraint.
    #[error("no plan found: at the best, {missing_kw} kW are not served")]
    NoPlan {
        /// Least power not served in the plans that were found, over all periods [kW].
        missing_kw: i64,
    },
    /// The checker refuses the result: a defect of the solver.
    #[error("the certificate does not hold: {0}")]
    Refused(String),
}

/// Nearer than this, bound and cost are the same in floating point \[1\].
const EXACT: f64 = 1e-9;

/// How the bound is raised; measured on generated regions of 3,000 and 10,000 places.
const SETTINGS: Settings = Settings {
    factor: 1.0,
    newest: 0.03,
    patience: 4,
};

/// Iterations between two decisions of a dive.
const DIVE_ITERATIONS: usize = 100;
/// How prices follow decisions.
const DIVE_SETTINGS: Settings = Settings {
    factor: 0.2,
    newest: 0.03,
    patience: 6,
};

/// Rounds in which cuts are looked for.
const CUT_ROUNDS: usize = 4;
/// Iterations of such a round.
const CUT_ITERATIONS: usize = 1_000;
/// A round that gains less than this share of the bound is the last \[1\].
const LEAST_GAIN: f64 = 1e-5;
/// How the bound is raised with new cuts, from good prices of all else.
const CUT_SETTINGS: Settings = Settings {
    factor: 0.2,
    newest: 0.015,
    patience: 6,
};

/// Plans the fleet; `clock` gives seconds from any start.
///
/// # Errors
/// When the instance is not sound, or no plan is found.
pub fn solve(
    instance: &Instance,
    limits: &Limits,
    clock: &dyn Fn() -> f64,
    observer: &mut dyn Observer,
) -> Result<Certificate, SolveError> {
    let findings = instance.findings();
    if !findings.is_empty() {
        return Err(SolveError::Unsound(findings));
    }
    let (model, network) = (Model::new(instance), Network::new(instance));
    let outside: Vec<usize> = (0..instance.places.len())
        .filter(|&place| network.links_of(place as u32).is_empty())
        .filter(|&place| instance.places[place].demand_kw.iter().any(|&kw| kw > 0))
        .collect();
    if !outside.is_empty() {
        return Err(SolveError::OutOfReach(outside));
    }
    let windows = Windows::all(&model);
    let mut run = Run {
        instance,
        model: &model,
        network: &network,
        limits,
        clock,
        start: clock(),
        observer,
        best: None,
        bound: 0.0,
        iterations: 0,
        exchanges: 0,
        stopped: false,
    };
    let mut ascent = Ascent::new(&model, &windows, Prices::first(&model), SETTINGS);
    run.raise(&mut ascent);
    run.descend(&ascent);
    run.dive(&ascent);
    run.exchange();
    let ascent = run.cut(ascent, &windows);
    let mut branching = Branching::new(instance, &model, &network, &windows, &ascent);
    run.branch(&mut branching);
    run.certify(branching)
}

struct Run<'a> {
    instance: &'a Instance,
    model: &'a Model,
    network: &'a Network,
    limits: &'a Limits,
    clock: &'a dyn Fn() -> f64,
    start: f64,
    observer: &'a mut dyn Observer,
    best: Option<Fleet<'a>>,
    bound: f64,
    iterations: usize,
    exchanges: usize,
    stopped: bool,
}

impl<'a> Run<'a> {
    /// Cost of the best plan that keeps every constraint.
    fn cost(&self) -> Option<f64> {
        self.best
            .as_ref()
            .filter(|fleet| fleet.feasible())
            .map(|fleet| fleet.cost() as f64)
    }

    /// Tells the observer, and stops when a limit is reached.
    fn report(&mut self, phase: Phase, step: usize, cost: Option<f64>) -> bool {
        let progress = Progress {
            phase,
            step,
            bound: self.bound,
            cost,
            seconds: (self.clock)() - self.start,
        };
        let enough = progress
            .gap()
            .is_some_and(|gap| gap <= self.limits.gap.max(EXACT));
        self.stopped |=
            enough || progress.seconds >= self.limits.seconds || !self.observer.proceed(&progress);
        self.stopped
    }

    fn raise(&mut self, ascent: &mut Ascent) {
        while self.iterations < self.limits.iterations && !self.stopped && !ascent.settled() {
            // Windows that allow everything always hold a path.
            ascent.step(None);
            self.iterations += 1;
            self.bound = ascent.bound;
            self.report(Phase::Bound, self.iterations, None);
        }
    }

    /// A plan from the levels most often held, improved site by site; kept if better than the best.
    fn descend(&mut self, ascent: &Ascent) {
        if self.stopped && self.best.is_some() {
            return;
        }
        self.improve(rounded(self.model, &ascent.shares));
    }

    /// A plan from relaxed solutions that are made to agree, step by step, on which sites are open at the end.
    fn dive(&mut self, root: &Ascent) {
        let mut windows = Windows::all(self.model);
        let mut prices = root.prices.clone();
        let mut shares = root.shares.clone();
        while !self.stopped && decide(self.model, &shares, &mut windows) {
            let mut ascent = Ascent::new(self.model, &windows, prices, DIVE_SETTINGS);
            for _ in 0..DIVE_ITERATIONS {
                // What was decided may leave no path, or no service at any price.
                if !ascent.step(self.cost()) {
                    return;
                }
                self.iterations += 1;
                if self.report(Phase::Descent, self.iterations, self.cost()) {
                    return;
                }
            }
            (prices, shares) = (ascent.prices, ascent.shares);
        }
        if !self.stopped {
            self.improve(rounded(self.model, &shares));
        }
    }

    fn improve(&mut self, levels: Vec<u8>) {
        let mut fleet = Fleet::at(self.instance, self.model, self.network, levels);
        let best = self.cost();
        let mut step = 0;
        fleet.descend(&mut |fleet| {
            step += 1;
            let feasible = fleet.feasible();
            let cost = feasible.then(|| fleet.cost() as f64);
            let least = match (best, cost) {
                (Some(a), Some(b)) => Some(a.min(b)),
                (a, b) => a.or(b),
            };
            // A first plan must exist before anything may stop.
            self.report(Phase::Descent, step, least) && least.is_some()
        });
        self.keep(fleet);
    }

    fn keep(&mut self, fleet: Fleet<'a>) {
        if self
            .best
            .as_ref()
            .is_none_or(|best| fleet.value() < best.value())
        {
            self.best = Some(fleet);
        }
    }

    /// Exchanges around every site in turn, until a whole round gains nothing.
    fn exchange(&mut self) {
        let Some(mut fleet) = self.best.take() else {
            return;
        };
        let mut gained = true;
        while gained && !self.stopped && self.exchanges < self.limits.exchanges {
            gained = false;
            for site in 0..self.instance.sites.len() {
                for path in fleet.alternatives(site) {
                    let cost = fleet.feasible().then(|| fleet.cost() as f64);
                    if self.exchanges >= self.limits.exchanges
                        || self.stopped
                        || self.report(Phase::Exchange, self.exchanges, cost)
                    {
                        break;
                    }
                    self.exchanges += 1;
                    if fleet.exchange(site, &path) {
                        gained = true;
                        break;
                    }
                }
            }
        }
        self.best = Some(fleet);
    }

    /// Prices cuts that relaxed solutions miss, round by round, while the bound rises.
    fn cut<'m>(&mut self, mut ascent: Ascent<'m>, windows: &'m Windows) -> Ascent<'m>
    where
        'a: 'm,
    {
        for _ in 0..CUT_ROUNDS {
            let cuts = missed(self.model, &ascent.shares, &ascent.prices.active);
            if cuts.is_empty() || self.stopped {
                break;
            }
            let mut prices = ascent.prices.clone();
            for cut in cuts {
                prices.active[cut] = true;
            }
            let mut next = Ascent::new(self.model, windows, prices, CUT_SETTINGS);
            let mut step = 0;
            while step < CUT_ITERATIONS && !self.stopped && !next.settled() {
                step += 1;
                next.step(self.cost());
                self.bound = self.bound.max(next.bound);
                self.report(Phase::Bound, self.iterations + step, self.cost());
            }
            self.iterations += step;
            let gained = next.bound - ascent.bound;
            if next.bound >= ascent.bound {
                ascent = next;
            }
            if gained < self.bound * LEAST_GAIN {
                break;
            }
        }
        ascent
    }

    /// Splits leaves while that raises the bound, and tries the plans that they suggest.
    fn branch(&mut self, branching: &mut Branching) {
        while let Some(cost) = self.cost()
            && branching.nodes() < self.limits.nodes
            && branching.can_rise()
            && !self.report(Phase::Branch, branching.nodes(), Some(cost))
        {
            let enough = cost * (1.0 - self.limits.gap.max(EXACT));
            for levels in branching.split(cost, enough) {
                let mut fleet = Fleet::at(self.instance, self.model, self.network, levels);
                fleet.descend(&mut |_| false);
                self.keep(fleet);
            }
            if self.cost().is_some_and(|better| better < cost) {
                self.exchange();
            }
            self.bound = self.bound.max(branching.bound());
        }
    }

    fn certify(&self, branching: Branching) -> Result<Certificate, SolveError> {
        let Some(fleet) = self.best.as_ref().filter(|fleet| fleet.feasible()) else {
            let missing_kw = self.best.as_ref().map_or(0, |fleet| {
                fleet.periods.iter().map(Transport::missing).sum()
            });
            return Err(SolveError::NoPlan { missing_kw });
        };
        let cuts = branching.cuts();
        let (scale, multipliers, tree) = branching.finish();
        let mut certificate = Certificate {
            bound: 0,
            cost: fleet.cost() as i64,
            scale,
            cuts,
            multipliers,
            tree,
            plan: fleet.plan(),
        };
        let refused = |refused: Refused| SolveError::Refused(refused.0);
        certificate.bound = recompute(self.instance, &certificate)
            .map_err(refused)?
            .bound;
        Ok(certificate)
    }
}
