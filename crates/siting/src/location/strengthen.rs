//! A bound above that of the linear program, at the same multipliers.
//!
//! # What it computes
//! Some groups of clients (blocks) are taken out of the relaxation and served exactly: each block with the sites near it
//! is a small location problem of its own, whose opening costs are what the sites are worth to everybody else. What its
//! optimum exceeds its share of the relaxed bound is gained.
//!
//! # Assumptions
//! A site near several blocks is split: each block gets an equal share of its reduced cost, so that no gain is counted
//! twice.
//!
//! # Valid range
//! Any multipliers, any disjoint blocks. Blocks come from parts that fall apart under a bold goal: there the linear
//! program is fractional, and there its gap is closed.
//!
//! # References
//! Guignard, Kim (1987), "Lagrangean decomposition".

use super::core::{Core, Tail};
use super::hunt::{Hunt, MARGIN};
use super::tree::Tree;
use crate::ascent::{Ascent, Relaxed};
use crate::certificate::{BLOCK_UNITS, Block, Step};

use super::relaxation::{OnCore, Relaxation, carried};

/// Largest part that makes a block [sites].
const BLOCK_SITES_MAX: usize = 150;

/// Blocks and what they gain.
#[derive(Debug, Clone, Default)]
pub(crate) struct Strength {
    /// Clients of each block, as places in the core.
    blocks: Vec<Vec<u32>>,
    /// How far above its cost in the multipliers a client of a block may be served before the block gives up.
    reach: f64,
    /// What all blocks gain.
    pub(crate) extra: f64,
    /// What the blocks near each site gain.
    near: Vec<f64>,
    /// Worth less the price of a site, by site of the core.
    reduced: Vec<f64>,
    open: Vec<bool>,
    price: f64,
    bound: f64,
}

impl Strength {
    /// No blocks yet, at the ascent's best multipliers.
    pub(crate) fn new(core: &Core, ascent: &Ascent) -> Self {
        let mut relaxation = Relaxation::default();
        let mut on_core = OnCore {
            core,
            relaxation: &mut relaxation,
        };
        let bound = on_core.evaluate(&ascent.u);
        let price = relaxation.price(core);
        Self {
            near: vec![0.0; core.sites.len()],
            reduced: relaxation.worth.iter().map(|worth| worth - price).collect(),
            open: relaxation.open.clone(),
            price,
            bound,
            ..Self::default()
        }
    }

    /// The bound with the blocks.
    pub(crate) fn bound(&self) -> f64 {
        self.bound + self.extra
    }

    /// Sites closed and opened because their opposite costs more than the goal.
    pub(crate) fn decisions(&self, goal: f64) -> (Vec<bool>, Vec<bool>) {
        let sure =
            |site: usize| self.bound() - self.near[site] + self.reduced[site].abs() > goal + MARGIN;
        let sites = 0..self.reduced.len();
        let closed = sites
            .clone()
            .map(|site| !self.open[site] && sure(site))
            .collect();
        let opened = sites.map(|site| self.open[site] && sure(site)).collect();
        (closed, opened)
    }

    /// What is left of the core under a goal; the proof notes the blocks and the decisions.
    pub(crate) fn reduced_core(
        &self,
        tree: &mut Tree<'_>,
        core: &Core,
        ascent: &Ascent,
        step: &mut usize,
        hunt: &mut Hunt,
    ) -> (Core, Ascent) {
        let (closed, opened) = self.decisions(hunt.goal);
        let multipliers = tree.record.keep(core, &ascent.u);
        let (_, _, blocks) = self.measured(tree, core, ascent);
        let next = tree.record.reserve();
        let decided = (0..core.sites.len()).filter(|&site| closed[site] || opened[site]);
        let strengthen = Step::Strengthen {
            multipliers,
            price: crate::certificate::fixed_point(self.price),
            blocks,
            decisions: decided
                .map(|site| (core.sites[site], opened[site]))
                .collect(),
            then: next as u32,
        };
        tree.record.fill(*step, strengthen);
        *step = next;
        hunt.close(hunt.goal + 1.0);
        let small = core.reduced(&closed, &opened);
        let mut carried = carried(ascent, core, &small);
        carried.bound = self.bound;
        (small, carried)
    }

    /// Makes blocks of the parts that the core falls into under `goal` and measures what they gain. Whether the bound
    /// rose.
    pub(crate) fn raise(
        &mut self,
        tree: &mut Tree<'_>,
        core: &Core,
        ascent: &Ascent,
        goal: f64,
    ) -> bool {
        let (closed, opened) = self.decisions(goal);
        let decided = core.reduced(&closed, &opened);
        let prices = carried(ascent, core, &decided).u;
        let small = decided.clipped(&prices, goal - self.bound);
        let mut place = std::collections::BTreeMap::new();
        for (index, &client) in core.clients.iter().enumerate() {
            place.insert(client, index as u32);
        }
        let mut used = vec![false; core.clients.len()];
        let mut blocks = Vec::new();
        for (sites, clients) in small.parts() {
            if sites.len() < 2 || sites.len() > BLOCK_SITES_MAX {
                continue;
            }
            let block: Vec<u32> = clients
                .iter()
                .map(|&client| place[&small.clients[client as usize]])
                .collect();
            for &client in &block {
                used[client as usize] = true;
            }
            blocks.push(block);
        }
        for block in &self.blocks {
            if block.iter().all(|&client| !used[client as usize]) {
                blocks.push(block.clone());
            }
        }
        let mut next = Self {
            blocks,
            reach: (goal - self.bound()).max(1.0) * 2.0,
            ..self.clone()
        };
        let size = tree.record.size();
        let (gains, near, _) = next.measured(tree, core, ascent);
        tree.record.rewind(size);
        next.extra = gains.iter().sum();
        next.near = near;
        // Blocks that gain nothing only split the reduced costs of their sites.
        let kept = (0..gains.len()).filter(|&block| gains[block] > 1e-3);
        next.blocks = kept.map(|block| next.blocks[block].clone()).collect();
        let (gains, near, _) = next.measured(tree, core, ascent);
        tree.record.rewind(size);
        next.extra = gains.iter().sum();
        next.near = near;
        let rose = next.extra > self.extra + 1e-3 * (goal - self.bound()).abs().max(1.0);
        if rose {
            *self = next;
        }
        rose
    }

    /// The gain of each block, the gains near each site, and the blocks as the proof has them.
    fn measured(
        &self,
        tree: &mut Tree<'_>,
        core: &Core,
        ascent: &Ascent,
    ) -> (Vec<f64>, Vec<f64>, Vec<Block>) {
        let links = |client: u32| {
            // In block units, as the check has it: a site at the very end must be out for both.
            let most = (ascent.u[client as usize] + self.reach).min(core.limit[client as usize]);
            let most = (most * BLOCK_UNITS).floor();
            let range = core.links(client as usize);
            let costs = core.link_site[range.clone()]
                .iter()
                .zip(&core.link_cost[range]);
            let near = costs.take_while(move |link| *link.1 * BLOCK_UNITS < most);
            (most, near)
        };
        let mut sharing = vec![0u32; core.sites.len()];
        let mut sites_of: Vec<Vec<u32>> = Vec::new();
        for block in &self.blocks {
            let mut sites: Vec<u32> = Vec::new();
            for &client in block {
                sites.extend(links(client).1.map(|link| *link.0));
            }
            sites.sort_unstable();
            sites.dedup();
            for &site in &sites {
                sharing[site as usize] += 1;
            }
            sites_of.push(sites);
        }
        let mut gains = Vec::new();
        let mut near = vec![0.0; core.sites.len()];
        let mut noted = Vec::new();
        for (block, sites) in self.blocks.iter().zip(&sites_of) {
            let mut small = Core::bare(None);
            let mut relaxed = 0.0;
            let mut worth = Vec::new();
            for &site in sites {
                let share = self.reduced[site as usize] / f64::from(sharing[site as usize]);
                relaxed += share.min(0.0);
                worth.push(share);
                small.sites.push(core.sites[site as usize]);
            }
            let mut u = Vec::new();
            let mut mosts = Vec::new();
            for &client in block {
                let price = ascent.u[client as usize];
                let (most, links) = links(client);
                for (site, cost) in links {
                    let place = sites.binary_search(site).unwrap_or_default();
                    small.link_site.push(place as u32);
                    small.link_cost.push(cost * BLOCK_UNITS);
                    worth[place] += (price - cost).max(0.0);
                }
                relaxed += price;
                u.push(price * BLOCK_UNITS);
                small.clients.push(core.clients[client as usize]);
                small.starts.push(small.link_site.len());
                small.limit.push(most);
                small.tail.push(Tail::Whole);
                mosts.push(most as i64);
            }
            // A little less than it is: an exact check must not find it dearer.
            small.opening = worth
                .iter()
                .map(|worth| (worth * BLOCK_UNITS - 0.01).floor())
                .collect();
            let goal = ((relaxed + self.reach) * BLOCK_UNITS).floor();
            let mut inner = Hunt::new(goal, 0.0);
            let step = tree.record.reserve();
            let start = Ascent::new(small.sites.len(), u);
            let noted_clients = small.clients.clone();
            tree.search(small, start, step, &mut inner);
            let value = inner.value.min(inner.lowest).min(goal + 1.0);
            let gain = (value / BLOCK_UNITS - relaxed).max(0.0);
            for &site in sites {
                near[site as usize] += gain;
            }
            gains.push(gain);
            noted.push(Block {
                clients: noted_clients,
                most: mosts,
                step: step as u32,
            });
        }
        (gains, near, noted)
    }
}
