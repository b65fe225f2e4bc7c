//! Parts of a core that share no client are solved apart and put together again.
//!
//! # What it computes
//! For each part and number of sites in it a bound, then the best way to share the sites to be opened among the
//! parts (dynamic programming). The parts on the best way are solved exactly until either its cost is exact or
//! above the goal.
//!
//! # Assumptions
//! Every list is whole, so that parts really are apart.
//!
//! # Valid range
//! Any number of parts. A part of few sites is enumerated.

use super::core::Core;
use super::hunt::{Hunt, MARGIN};
use super::relaxation::carried;
use super::tree::Tree;
use crate::ascent::Ascent;
use crate::certificate::{ENUMERATED_MAX, Step};

/// What is known about one part with one number of open sites.
#[derive(Debug, Clone)]
struct Choice {
    /// Number of sites to open.
    count: usize,
    /// No plan of the part with this number costs less.
    bound: f64,
    /// The best plan, once it is known.
    plan: Option<Vec<u32>>,
    /// Step of the proof.
    step: Option<u32>,
}

struct Part {
    sites: Vec<u32>,
    clients: Vec<u32>,
    options: Vec<Choice>,
}

impl Tree<'_> {
    /// Closes a node whose core falls into parts.
    pub(super) fn divide(
        &mut self,
        core: &Core,
        ascent: &Ascent,
        parts: &[(Vec<u32>, Vec<u32>)],
        step: usize,
        hunt: &mut Hunt,
    ) {
        self.relaxation.evaluate(core, &ascent.u);
        let price = self.relaxation.price(core);
        let mut parts: Vec<Part> = parts
            .iter()
            .map(|(sites, clients)| self.part(core, ascent, sites, clients))
            .collect();
        loop {
            let way = best_way(&parts, core.count, price, hunt.goal - core.offset);
            let total = way
                .as_ref()
                .map_or(f64::INFINITY, |way| way.0 + core.offset);
            if hunt.beyond(total) || self.over() {
                hunt.close(total.min(hunt.goal + 1.0));
                break;
            }
            let Some((_, way)) = way else { break };
            if !self.parts_known(core, ascent, &mut parts, &way, total, hunt) {
                continue;
            }
            let mut plan = core.chosen.clone();
            for (part, &option) in parts.iter().zip(&way) {
                plan.extend(part.options[option].plan.iter().flatten());
            }
            hunt.offer(total, || plan);
        }
        let multipliers = self.record.keep(core, &ascent.u);
        let parts = parts.iter().map(|part| {
            let solved = part.options.iter();
            solved
                .filter_map(|option| Some((option.count as u32, option.step?)))
                .collect()
        });
        let divide = Step::Divide {
            multipliers,
            parts: parts.collect(),
        };
        self.record.fill(step, divide);
    }

    /// Solves the parts on the way that are not known yet, until together they are above the goal. Whether all were
    /// known before.
    fn parts_known(
        &mut self,
        core: &Core,
        ascent: &Ascent,
        parts: &mut [Part],
        way: &[usize],
        mut total: f64,
        hunt: &Hunt,
    ) -> bool {
        let mut all = true;
        for (part, &option) in parts.iter_mut().zip(way) {
            if part.options[option].plan.is_some() {
                continue;
            }
            all = false;
            if hunt.beyond(total) || self.over() {
                break;
            }
            let before = part.options[option].bound;
            if part.sites.len() <= ENUMERATED_MAX {
                self.try_all(core, part);
            } else {
                let goal = (hunt.goal - total + before + 1e-6).floor();
                let count = core.count.map(|_| part.options[option].count);
                let small = core.part(&part.sites, &part.clients, count);
                let mut inner = Hunt::new(goal, 0.0);
                let inner_step = self.part_solved(core, ascent, small, &mut inner);
                let option = &mut part.options[option];
                option.step = Some(inner_step as u32);
                if inner.value <= goal {
                    option.bound = inner.value;
                    option.plan = Some(inner.plan);
                } else {
                    option.bound = option.bound.max(inner.lowest.min(goal + 1.0));
                }
            }
            total += part.options[option].bound - before;
        }
        all
    }

    fn part(&self, core: &Core, ascent: &Ascent, sites: &[u32], clients: &[u32]) -> Part {
        let base: f64 = clients
            .iter()
            .map(|&client| ascent.u[client as usize])
            .sum();
        let mut worths: Vec<f64> = sites
            .iter()
            .map(|&site| self.relaxation.worth[site as usize])
            .collect();
        worths.sort_unstable_by(f64::total_cmp);
        let option = |count: usize, bound: f64| Choice {
            count,
            // Costs are whole numbers.
            bound: (bound - MARGIN).ceil(),
            plan: None,
            step: None,
        };
        let options = if core.count.is_some() {
            let mut bound = base;
            let mut options = vec![option(0, bound)];
            for (index, worth) in worths.iter().enumerate() {
                bound += worth;
                options.push(option(index + 1, bound));
            }
            options
        } else {
            let gain: f64 = worths.iter().map(|worth| worth.min(0.0)).sum();
            vec![option(0, base + gain)]
        };
        Part {
            sites: sites.to_vec(),
            clients: clients.to_vec(),
            options,
        }
    }

    /// Solves one part with its number of sites; the step of its proof.
    fn part_solved(&mut self, core: &Core, ascent: &Ascent, part: Core, inner: &mut Hunt) -> usize {
        let step = self.record.reserve();
        let mut ascent = carried(ascent, core, &part);
        ascent.bound = f64::NEG_INFINITY;
        self.search(part, ascent, step, inner);
        step
    }

    /// Makes every option of a small part exact by trying every choice of sites.
    fn try_all(&mut self, core: &Core, part: &mut Part) {
        let step = self.record.reserve() as u32;
        self.record.fill(step as usize, Step::Enumerate);
        let small = core.part(&part.sites, &part.clients, None);
        for option in &mut part.options {
            option.bound = f64::INFINITY;
            option.plan = Some(Vec::new());
            option.step = Some(step);
        }
        let sites = small.sites.len();
        for choice in 0u32..1 << sites {
            let place = if core.count.is_some() {
                choice.count_ones() as usize
            } else {
                0
            };
            let option = &mut part.options[place];
            let cost = small.cost_of(choice);
            if cost < option.bound {
                option.bound = cost;
                option.plan = Some(small.sites_of(choice));
            }
        }
    }
}

impl Core {
    /// Cost of opening exactly the sites whose bits are set.
    fn cost_of(&self, choice: u32) -> f64 {
        let opened = (0..self.sites.len()).filter(|site| choice >> site & 1 == 1);
        let mut total: f64 = opened.map(|site| self.opening[site]).sum();
        for client in 0..self.clients.len() {
            total += self
                .links(client)
                .find(|&link| choice >> self.link_site[link] & 1 == 1)
                .map_or(self.limit[client], |link| self.link_cost[link]);
        }
        total
    }

    fn sites_of(&self, choice: u32) -> Vec<u32> {
        let opened = (0..self.sites.len()).filter(|site| choice >> site & 1 == 1);
        opened.map(|site| self.sites[site]).collect()
    }
}

/// The cheapest choice of one option per part with the right number of sites in all, and its bound; none where every
/// choice is above the goal.
fn best_way(
    parts: &[Part],
    count: Option<usize>,
    price: f64,
    goal: f64,
) -> Option<(f64, Vec<usize>)> {
    let Some(count) = count else {
        let total = parts.iter().map(|part| part.options[0].bound).sum();
        return Some((total, vec![0; parts.len()]));
    };
    let reduced = |option: &Choice| option.bound - price * option.count as f64;
    let least: Vec<f64> = parts
        .iter()
        .map(|part| {
            part.options
                .iter()
                .map(reduced)
                .fold(f64::INFINITY, f64::min)
        })
        .collect();
    let slack = goal - least.iter().sum::<f64>() - price * count as f64;
    // Options that alone exceed the goal are of no use; the others lie close together.
    let useful: Vec<Vec<usize>> = parts
        .iter()
        .zip(&least)
        .map(|(part, least)| {
            (0..part.options.len())
                .filter(|&option| reduced(&part.options[option]) - least <= slack + 2.0 * MARGIN)
                .collect()
        })
        .collect();
    if useful.iter().any(Vec::is_empty) {
        return None;
    }
    let first = |part: usize| parts[part].options[useful[part][0]].count;
    let lowest: usize = (0..parts.len()).map(first).sum();
    let size = count.checked_sub(lowest)? + 1;
    let mut best = vec![f64::INFINITY; size];
    best[0] = 0.0;
    let mut choices: Vec<Vec<u32>> = Vec::with_capacity(parts.len());
    let mut reached = 0;
    for (part, useful) in parts.iter().zip(&useful) {
        let base = part.options[useful[0]].count;
        let mut next = vec![f64::INFINITY; size];
        let mut choice = vec![u32::MAX; size];
        let mut reached_next = 0;
        for &option in useful {
            let known = &part.options[option];
            let shift = known.count - base;
            for (from, best) in best.iter().enumerate().take(reached + 1) {
                let to = from + shift;
                if to >= size {
                    break;
                }
                let value = best + known.bound;
                if value < next[to] {
                    next[to] = value;
                    choice[to] = option as u32;
                    reached_next = reached_next.max(to);
                }
            }
        }
        best = next;
        reached = reached_next;
        choices.push(choice);
    }
    let total = best[size - 1];
    if !total.is_finite() {
        return None;
    }
    let mut way = vec![0; parts.len()];
    let mut place = size - 1;
    for index in (0..parts.len()).rev() {
        let option = choices[index][place] as usize;
        way[index] = option;
        place -= parts[index].options[option].count - first(index);
    }
    Some((total, way))
}
