//! Splitting the space of plans until the bound is high enough.
//!
//! What it computes: a bound on the cost of every plan, as a tree of cases with multipliers that anyone can check.
//!
//! Assumptions: numbers of halls and sites are split; what is ordered by the lot matters little beside them. The case
//! with the least bound is split next, at the column farthest from a whole number.
//!
//! Valid range: any program with the decisions of the planner.
//!
//! References: T. Achterberg, T. Koch, A. Martin, "Branching rules revisited", Operations Research Letters 33 (2005).

mod case;

use crate::certificate::{Case, Certificate, bound_of};
use crate::model::{ColumnId, Outcome, Program, Relaxation, Solver};

/// One node of the tree.
struct Node {
    /// Column, lowest and highest value, from the root on.
    narrowed: Vec<(ColumnId, f64, f64)>,
    bound: f64,
    prices: Vec<f64>,
    state: State,
}

enum State {
    /// Bounded; may be split at this column, which has this value.
    Open((ColumnId, f64)),
    /// Bounded; every column to split at is whole.
    Whole,
    /// Without any plan; the prices prove it.
    Empty,
    /// Split in two.
    Split {
        column: ColumnId,
        at: f64,
        below: usize,
        above: usize,
    },
}

/// Proves a bound on the cost of every plan by at most `cases` cases; fewer where the bound reaches `target`.
pub(crate) fn certify<S: Solver>(
    program: &Program,
    families: &[Vec<ColumnId>],
    solver: &S,
    cases: u64,
    target: f64,
) -> Option<Certificate> {
    let mut tree = Tree {
        program,
        relaxation: solver.relaxation(program)?,
        solver,
        families,
        all: program
            .columns
            .iter()
            .map(|column| (column.lower, column.upper))
            .collect(),
    };
    let mut nodes = vec![tree.node(Vec::new(), None)?];
    while nodes.len() as u64 + 2 <= cases {
        let least = nodes
            .iter()
            .enumerate()
            .filter(|(_, node)| matches!(node.state, State::Open(_) | State::Whole))
            .min_by(|a, b| a.1.bound.total_cmp(&b.1.bound));
        let Some((least, node)) = least.filter(|(_, node)| node.bound < target) else {
            break;
        };
        let State::Open((column, value)) = node.state else {
            break;
        };
        let Some([low, high]) = tree.split(node, column, libm::floor(value)) else {
            break;
        };
        let (below, above) = (nodes.len(), nodes.len() + 1);
        nodes[least].state = State::Split {
            column,
            at: libm::floor(value),
            below,
            above,
        };
        nodes[least].prices = Vec::new();
        nodes.extend([low, high]);
    }
    Some(certificate(nodes))
}

/// The one case that the prices of a solved relaxation prove.
pub(crate) fn relaxed_alone(program: &Program, prices: &[f64]) -> Certificate {
    Certificate {
        cases: vec![Case::Bounded(sparse(case::usable_prices(program, prices)))],
    }
}

fn sparse(prices: Vec<f64>) -> Vec<(usize, f64)> {
    prices
        .into_iter()
        .enumerate()
        .filter(|(_, price)| *price != 0.0)
        .collect()
}

struct Tree<'a, S: Solver> {
    program: &'a Program,
    relaxation: S::Relaxation,
    solver: &'a S,
    families: &'a [Vec<ColumnId>],
    all: Vec<(f64, f64)>,
}

impl<S: Solver> Tree<'_, S> {
    /// Solves one case, a part of the case `whole`; `None` without any answer.
    fn node(&mut self, narrowed: Vec<(ColumnId, f64, f64)>, whole: Option<&Node>) -> Option<Node> {
        let mut bounds = self.all.clone();
        for (column, lower, upper) in &narrowed {
            bounds[column.0] = (*lower, *upper);
        }
        for (index, (lower, upper)) in bounds.iter().enumerate() {
            self.relaxation.bound(ColumnId(index), *lower, *upper);
        }
        let outcome = self.relaxation.solve();
        if let Outcome::Infeasible = outcome
            && let Some(prices) = case::proof_of_emptiness(self.program, &bounds, self.solver)
        {
            return Some(Node {
                narrowed,
                bound: f64::INFINITY,
                prices,
                state: State::Empty,
            });
        }
        let priced = |prices: &[f64]| {
            let prices = prices.iter().copied().enumerate();
            bound_of(self.program, &bounds, prices, true)
        };
        // What bounds the whole bounds each of its parts.
        let inherited = whole.map(|whole| (priced(&whole.prices), whole.prices.clone()));
        let Outcome::Solved(values) = outcome else {
            let (bound, prices) = inherited?;
            return Some(Node {
                narrowed,
                bound,
                prices,
                state: State::Whole,
            });
        };
        let own = case::usable_prices(self.program, &values.row_prices);
        let own = (priced(&own), own);
        let (bound, prices) = match inherited {
            Some(inherited) if inherited.0 > own.0 => inherited,
            _ => own,
        };
        let state = match case::widest_apart(self.families, &values.columns) {
            Some(split) => State::Open(split),
            None => State::Whole,
        };
        Some(Node {
            narrowed,
            bound,
            prices,
            state,
        })
    }

    /// The two sides of a case.
    fn split(&mut self, node: &Node, column: ColumnId, at: f64) -> Option<[Node; 2]> {
        let (lower, upper) = node
            .narrowed
            .iter()
            .rev()
            .find(|(narrowed, ..)| *narrowed == column)
            .map_or(self.all[column.0], |(_, lower, upper)| (*lower, *upper));
        let mut side = |low: f64, high: f64| {
            let mut narrowed = node.narrowed.clone();
            narrowed.push((column, low, high));
            self.node(narrowed, Some(node))
        };
        Some([side(lower, at)?, side(at + 1.0, upper)?])
    }
}

fn certificate(nodes: Vec<Node>) -> Certificate {
    let cases = nodes
        .into_iter()
        .map(|node| match node.state {
            State::Split {
                column,
                at,
                below,
                above,
            } => Case::Split {
                column: column.0,
                at,
                below,
                above,
            },
            State::Empty => Case::Empty(sparse(node.prices)),
            State::Open(_) | State::Whole => Case::Bounded(sparse(node.prices)),
        })
        .collect();
    Certificate { cases }
}
