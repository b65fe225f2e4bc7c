//! What it computes: a higher bound by splitting the question: a site in a period is either at most at a level or
//! above it. The lowest bound is split first; the proof is the tree, with multipliers at its leaves. Levels that the
//! prices of a node exclude are branches too, with one side closed at once.
//!
//! Assumptions: first split is what relaxed solutions disagree on most: whether a site is open at the end; then the
//! capacity of a site in a period, at its mean.
//!
//! Valid range: any instance, but worth its time only where an ascent takes milliseconds.
//!
//! References: Fisher, "The Lagrangian relaxation method for solving integer programming problems", Management
//! Science 27 (1981).

use std::cmp::Ordering;
use std::collections::{BTreeMap, BinaryHeap};
use std::sync::Arc;

use rayon::prelude::*;

use super::round::rounded;
use crate::certificate::{Cut, Multipliers, Node};
use crate::instance::Instance;
use crate::kernel::{Ascent, Fixed, Model, Prices, Settings, Windows, fix};
use crate::search::Fleet;
use crate::transport::Network;

/// Nodes split together, fixed so that the tree does not depend on the number of threads.
const BATCH: usize = 4;
/// Iterations at a node.
const ITERATIONS: usize = 600;
/// How the bound is raised at a node, from its parent's prices; slow averages were worth most nodes in measurements.
const SETTINGS: Settings = Settings {
    factor: 0.2,
    newest: 0.015,
    patience: 6,
};

/// Of leaves that do not agree on a plan, one in so many suggests one.
const SUGGEST: usize = 4;
/// What cannot be served costs at most this many times the dearest service, so that prices stay fine-grained \[1\].
const DEAREST: f64 = 64.0;
/// Sites that are open at the end in this share of relaxed solutions, or in all but this share, are not split by it \[1\].
const UNDECIDED: f64 = 0.05;
/// Disagreement below this share of a site's capacity is noise \[1\].
const AGREED: f64 = 1e-3;

/// Where to split: site, period, highest level of the lower side.
type Split = (usize, usize, u8);

/// A tree under construction.
pub(super) struct Branching<'m> {
    instance: &'m Instance,
    model: &'m Model,
    network: &'m Network,
    tree: Vec<Node>,
    /// Prices by leaf, at the leaf's place in the tree.
    prices: Vec<Option<Arc<Prices>>>,
    open: BinaryHeap<Open>,
    splits: usize,
    /// Least bound of leaves that cannot be split.
    closed: f64,
}

/// A leaf that may be split.
struct Open {
    bound: f64,
    index: usize,
    windows: Windows,
    split: Split,
}

/// A child before it has its place in the tree.
struct Child {
    bound: f64,
    prices: Arc<Prices>,
    /// Better prices for what exclusions leave, where that is one plan.
    plan_prices: Option<Arc<Prices>>,
    windows: Windows,
    split: Option<Split>,
    /// What the prices exclude.
    fixed: Vec<Fixed>,
    /// Whether relaxed solutions agree on the levels.
    agreed: bool,
    /// Levels that suggest a plan.
    levels: Vec<u8>,
}

impl<'m> Branching<'m> {
    /// A tree of one leaf.
    pub(super) fn new(
        instance: &'m Instance,
        model: &'m Model,
        network: &'m Network,
        windows: &Windows,
        ascent: &Ascent,
    ) -> Self {
        let mut branching = Self {
            instance,
            model,
            network,
            tree: vec![Node::Leaf { multipliers: 0 }],
            prices: vec![None],
            open: BinaryHeap::new(),
            splits: 0,
            closed: f64::INFINITY,
        };
        branching.place(
            0,
            Child {
                bound: ascent.bound,
                prices: Arc::new(ascent.prices.clone()),
                plan_prices: None,
                fixed: Vec::new(),
                windows: windows.clone(),
                split: split(model, windows, ascent).0,
                agreed: false,
                levels: Vec::new(),
            },
        );
        branching
    }

    /// Number of nodes, exclusions not counted.
    pub(super) fn nodes(&self) -> usize {
        1 + 2 * self.splits
    }

    /// Least bound over all leaves.
    pub(super) fn bound(&self) -> f64 {
        let lowest = self.open.peek().map_or(f64::INFINITY, |open| open.bound);
        lowest.min(self.closed)
    }

    /// Whether splitting can still raise the bound.
    pub(super) fn can_rise(&self) -> bool {
        self.open
            .peek()
            .is_some_and(|open| open.bound < self.closed)
    }

    /// Splits the leaves of lowest bound; returns suggestions for plans. `cost` is that of the best plan.
    pub(super) fn split(&mut self, cost: f64, enough: f64) -> Vec<Vec<u8>> {
        let mut batch = Vec::new();
        while batch.len() < BATCH
            && let Some(open) = self.open.pop()
        {
            if open.bound >= enough {
                self.open.push(open);
                break;
            }
            batch.push(open);
        }
        let children: Vec<(usize, Split, Child, Child)> = batch
            .into_par_iter()
            .filter_map(|open| {
                let prices = self.prices[open.index].as_ref()?;
                let (site, period, level) = open.split;
                let mut low = open.windows.clone();
                low.at(site, period).1 = level;
                let mut high = open.windows;
                high.at(site, period).0 = level + 1;
                let child = |windows| self.child(windows, prices, open.bound, cost, enough);
                let (low, high) = rayon::join(|| child(low), || child(high));
                Some((open.index, open.split, low, high))
            })
            .collect();
        let mut suggestions = Vec::new();
        for (index, (site, period, level), low, high) in children {
            let (below, above) = self.part(index, site, period, level);
            self.splits += 1;
            for (place, mut child) in [(below, low), (above, high)] {
                if child.agreed || place % SUGGEST == 0 {
                    suggestions.push(std::mem::take(&mut child.levels));
                }
                self.place(place, child);
            }
        }
        suggestions
    }

    /// Makes a leaf a branch; returns its two new leaves, lower side first.
    fn part(&mut self, index: usize, site: usize, period: usize, level: u8) -> (usize, usize) {
        let (low, high) = (self.tree.len(), self.tree.len() + 1);
        self.tree[index] = Node::Branch {
            site: site as u32,
            period: period as u32,
            level,
            low: low as u32,
            high: high as u32,
        };
        self.prices[index] = None;
        for _ in 0..2 {
            self.tree.push(Node::Leaf { multipliers: 0 });
            self.prices.push(None);
        }
        (low, high)
    }

    fn child(
        &self,
        mut windows: Windows,
        prices: &Prices,
        bound: f64,
        cost: f64,
        enough: f64,
    ) -> Child {
        let mut ascent = Ascent::new(self.model, &windows, prices.clone(), SETTINGS);
        for _ in 0..ITERATIONS {
            if !ascent.step(Some(cost)) || ascent.bound > cost || ascent.settled() {
                break;
            }
        }
        let (split, mut agreed) = split(self.model, &windows, &ascent);
        let mut levels = rounded(self.model, &ascent.shares);
        if agreed && ascent.bound < enough {
            ascent.try_prices(self.service_prices(&levels, &ascent.prices));
        }
        let (mut value, prices) = (ascent.bound, ascent.prices);
        let mut plan_prices = None;
        let mut fixed = Vec::new();
        if value < enough {
            fixed = fix(self.model, &prices, value, enough, &mut windows);
        }
        let split = split.and_then(|split| inside(split, &mut windows));
        if split.is_none() && !fixed.is_empty() {
            // One plan is left: its own service prices bound it best. Exclusions keep the prices they came from.
            agreed = true;
            levels = windows.lowest();
            let mut last = Ascent::new(self.model, &windows, prices.clone(), SETTINGS);
            last.step(Some(cost));
            last.try_prices(self.service_prices(&levels, &prices));
            value = value.max(last.bound);
            plan_prices = Some(Arc::new(last.prices));
        }
        Child {
            bound: value.max(bound),
            prices: Arc::new(prices),
            plan_prices,
            fixed,
            windows,
            split,
            agreed,
            levels,
        }
    }

    /// Prices at which service under `levels` is optimal: the best ones where nothing but these levels is left.
    fn service_prices(&self, levels: &[u8], known: &Prices) -> Prices {
        let levels = levels.to_vec();
        let mut fleet = Fleet::at(self.instance, self.model, self.network, levels);
        fleet.refresh_prices();
        let mut prices = known.clone();
        prices.cuts.fill(0.0);
        let most = known.demand.iter().copied().fold(0.0, f64::max) * DEAREST;
        for (price, found) in prices.demand.iter_mut().zip(&fleet.prices) {
            *price = found.clamp(0.0, most);
        }
        prices
    }

    /// Puts a child at its leaf; what its prices exclude parts from it.
    fn place(&mut self, mut index: usize, child: Child) {
        for fixed in &child.fixed {
            let (low, high) = self.part(index, fixed.site, fixed.period, fixed.level);
            let out = if fixed.keeps_low { high } else { low };
            self.prices[out] = Some(Arc::clone(&child.prices));
            self.closed = self.closed.min(fixed.bound);
            index = if fixed.keeps_low { low } else { high };
        }
        self.prices[index] = Some(child.plan_prices.unwrap_or(child.prices));
        match child.split {
            Some(split) if child.bound.is_finite() => self.open.push(Open {
                bound: child.bound,
                index,
                windows: child.windows,
                split,
            }),
            _ => self.closed = self.closed.min(child.bound),
        }
    }

    /// The cuts that may have a price.
    pub(super) fn cuts(&self) -> Vec<Cut> {
        let active = self
            .prices
            .iter()
            .flatten()
            .next()
            .map(|prices| &prices.active);
        let cuts = self.model.cuts.iter().zip(active.into_iter().flatten());
        cuts.filter(|(_, active)| **active)
            .map(|(cut, _)| cut.cut)
            .collect()
    }

    /// The finished tree and the multipliers of its leaves over a common scale.
    pub(super) fn finish(self) -> (i64, Vec<Multipliers>, Vec<Node>) {
        let prices = self.prices.iter().flatten();
        let scale = prices.map(|prices| prices.scale()).min().unwrap_or(1);
        let mut known = BTreeMap::new();
        let mut multipliers = Vec::new();
        let mut tree = self.tree;
        for (node, prices) in tree.iter_mut().zip(&self.prices) {
            if let Some(prices) = prices {
                let number = *known.entry(Arc::as_ptr(prices)).or_insert_with(|| {
                    multipliers.push(prices.rounded(self.model, scale));
                    multipliers.len() - 1
                });
                *node = Node::Leaf {
                    multipliers: number as u32,
                };
            }
        }
        (scale, multipliers, tree)
    }
}

/// The split, or the first one that is left in the windows.
fn inside((site, period, level): Split, windows: &mut Windows) -> Option<Split> {
    let (low, high) = *windows.at(site, period);
    if low < high {
        return Some((site, period, level.clamp(low, high - 1)));
    }
    windows.widest()
}

/// The site about whose being open at the end relaxed solutions agree least.
fn opening(model: &Model, windows: &Windows, ascent: &Ascent) -> Option<Split> {
    let (mut best, mut most) = (None, UNDECIDED);
    let (mut start, last) = (0, model.periods - 1);
    for (number, site) in model.sites.iter().enumerate() {
        let shut = ascent.shares[start + last * site.levels()];
        start += site.levels() * model.periods;
        let (low, high) = windows.site(number)[last];
        let doubt = shut.min(1.0 - shut);
        if low == 0 && high > 0 && doubt > most {
            most = doubt;
            best = Some((number, last, 0));
        }
    }
    best
}

/// The site and period whose relaxed solutions differ most in capacity, split at their mean, and whether all agree;
/// `None` if nothing is left to split.
fn split(model: &Model, windows: &Windows, ascent: &Ascent) -> (Option<Split>, bool) {
    if let Some(opening) = opening(model, windows, ascent) {
        return (Some(opening), false);
    }
    let (mut best, mut most) = (None, 0.0);
    // Where all agree, the widest window beside what they agree on.
    let (mut other, mut widest) = (None, 0);
    let mut start = 0;
    for (number, site) in model.sites.iter().enumerate() {
        for (t, &(low, high)) in windows.site(number).iter().enumerate() {
            let row = &ascent.shares[start..start + site.levels()];
            start += site.levels();
            if low >= high {
                continue;
            }
            let held = (0..row.len()).fold(0, |a, b| if row[b] > row[a] { b } else { a }) as u8;
            if high - low > widest {
                widest = high - low;
                other = Some((number, t, held.clamp(low, high - 1)));
            }
            let mean: f64 = row.iter().zip(&site.capacity).map(|(s, c)| s * c).sum();
            let spread: f64 = row
                .iter()
                .zip(&site.capacity)
                .map(|(s, c)| s * (c - mean).abs())
                .sum();
            if spread > most && spread > AGREED * site.capacity[site.levels() - 1] {
                most = spread;
                let below = site.capacity.iter().filter(|&&c| c <= mean).count();
                let level = (below.max(1) - 1) as u8;
                best = Some((number, t, level.clamp(low, high - 1)));
            }
        }
    }
    (best.or(other), best.is_none())
}

impl PartialEq for Open {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Open {}

impl PartialOrd for Open {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Open {
    /// The lowest bound is the greatest, then the oldest.
    fn cmp(&self, other: &Self) -> Ordering {
        let bounds = other.bound.total_cmp(&self.bound);
        bounds.then(other.index.cmp(&self.index))
    }
}
