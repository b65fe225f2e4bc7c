//! The independent check of an answer without capacities: plain loops over the data, whole numbers only.
//!
//! # What it computes
//! The cost of the plan, and the bound that the proof's multipliers and branches really give.
//!
//! # Assumptions
//! None about the solver: a wrong proof gives a low bound, never a wrong one.
//!
//! # Valid range
//! Costs are whole units, multipliers units x 2^20; sums are taken in 128 bits.

use std::collections::BTreeMap;

use super::check_blocks::Raised;
use super::{ENUMERATED_MAX, MULTIPLIER_BITS, Proof, Step};
use crate::table::{CostTable, UNREACHABLE};

/// Opening costs, number of sites and costs of serving, as the data have them.
pub struct Question<'a> {
    /// Costs of serving.
    pub table: &'a dyn CostTable,
    /// Cost of opening each site.
    pub opening: &'a [i64],
    /// Number of sites to open; none where any number may be.
    pub count: Option<usize>,
}

/// Deepest proof that is followed, so that no proof exhausts the stack.
pub(super) const DEPTH_MAX: usize = 1_000;
/// More than any cost; what cannot be satisfied costs this.
pub(super) const NEVER: i128 = 1 << 100;

/// A client with what it pays at most; sites beyond its reach may not serve it.
#[derive(Clone, Copy)]
pub(super) struct Client {
    pub(super) number: u32,
    pub(super) most: i64,
    pub(super) reach: i64,
}

/// What is left at one step: free sites, clients with what they pay at most, number of sites to open.
#[derive(Clone)]
pub(super) struct Left {
    pub(super) free: Vec<u32>,
    pub(super) clients: Vec<Client>,
    pub(super) count: Option<usize>,
    pub(super) constant: i128,
}

/// Sum of the multipliers, and the worth of each free site.
pub(super) type Worths = (i128, Vec<i128>);

impl Question<'_> {
    /// Cost of opening exactly the sites of `plan`; none where a client cannot be served or the number is wrong.
    pub fn cost(&self, plan: &[u32]) -> Option<i64> {
        if self.count.is_some_and(|count| count != plan.len()) {
            return None;
        }
        let mut total: i64 = plan.iter().map(|&site| self.opening[site as usize]).sum();
        for client in 0..self.table.clients() {
            let costs = plan
                .iter()
                .map(|&site| self.table.cost(client, site as usize));
            let cost = costs
                .min()
                .unwrap_or(UNREACHABLE)
                .min(self.table.ceiling(client));
            total += (cost < UNREACHABLE).then_some(cost)?;
        }
        Some(total)
    }

    /// The bound that the proof gives [whole units]; none where it does not hold together.
    pub fn bound(&self, proof: &Proof) -> Option<i64> {
        let left = Left {
            free: (0..self.table.sites() as u32).collect(),
            clients: (0..self.table.clients())
                .map(|client| Client {
                    number: client as u32,
                    most: self.table.ceiling(client),
                    reach: UNREACHABLE,
                })
                .collect(),
            count: self.count,
            constant: 0,
        };
        let bound = self.walk(proof, 0, &left, 0)?;
        i64::try_from(whole(bound)).ok()
    }

    pub(super) fn cost_of(&self, client: Client, site: u32) -> i64 {
        let cost = self.table.cost(client.number as usize, site as usize);
        if cost > client.reach {
            UNREACHABLE
        } else {
            cost
        }
    }

    pub(super) fn walk(&self, proof: &Proof, step: u32, left: &Left, depth: usize) -> Option<i128> {
        if depth > DEPTH_MAX {
            return None;
        }
        if left.count.is_some_and(|count| count > left.free.len()) {
            return Some(NEVER);
        }
        match proof.steps.get(step as usize)? {
            Step::Bound { multipliers } => {
                let worths = self.worths(proof, *multipliers, left)?;
                Some(relaxed(&worths, left.count))
            }
            Step::Enumerate => self.enumerate(left),
            Step::Branch { site, open, closed } => {
                left.free.contains(site).then_some(())?;
                let opened = self.decided(left, &[(*site, true)], false);
                let shut = self.decided(left, &[(*site, false)], false);
                let one = self.walk(proof, *open, &opened, depth + 1)?;
                Some(one.min(self.walk(proof, *closed, &shut, depth + 1)?))
            }
            Step::Reach {
                client,
                most,
                near,
                far,
            } => {
                let (within, beyond) = self.split(left, *client, *most)?;
                let one = self.walk(proof, *near, &within, depth + 1)?;
                Some(one.min(self.walk(proof, *far, &beyond, depth + 1)?))
            }
            Step::Shorten {
                multipliers,
                slack,
                then,
            } => {
                let worths = self.worths(proof, *multipliers, left)?;
                let opposite = relaxed(&worths, left.count) + i128::from(*slack).max(0);
                let rest = shortened(proof, *multipliers, left, *slack)?;
                Some(opposite.min(self.walk(proof, *then, &rest, depth + 1)?))
            }
            Step::Decide {
                multipliers,
                decisions,
                then,
            } => {
                let worths = self.worths(proof, *multipliers, left)?;
                let opposite = opposites(&worths, left, decisions)?;
                let rest = self.decided(left, decisions, true);
                Some(opposite.min(self.walk(proof, *then, &rest, depth + 1)?))
            }
            Step::Strengthen {
                multipliers,
                price,
                blocks,
                decisions,
                then,
            } => {
                let worths = self.worths(proof, *multipliers, left)?;
                let known = proof.multipliers.get(*multipliers as usize)?;
                let raised = Raised::new(self, proof, known, left, &worths, *price, blocks, depth)?;
                let opposite = raised.opposite(left, decisions)?;
                let rest = self.decided(left, decisions, true);
                Some(opposite.min(self.walk(proof, *then, &rest, depth + 1)?))
            }
            Step::Divide { multipliers, parts } => {
                let worths = self.worths(proof, *multipliers, left)?;
                self.divided(proof, left, &worths, *multipliers, parts, depth)
            }
        }
    }

    /// What is left where a client is served at `most` or less, and where every site that could is closed.
    fn split(&self, left: &Left, client: u32, most: i64) -> Option<(Left, Left)> {
        let place = left
            .clients
            .iter()
            .position(|known| known.number == client)?;
        let known = left.clients[place];
        let mut within = left.clone();
        within.clients[place].reach = known.reach.min(most);
        if known.most > most {
            within.clients[place].most = UNREACHABLE;
        }
        let mut beyond = left.clone();
        beyond.free.retain(|&site| self.cost_of(known, site) > most);
        Some((within, beyond))
    }

    fn worths(&self, proof: &Proof, multipliers: u32, left: &Left) -> Option<Worths> {
        let known = proof.multipliers.get(multipliers as usize)?;
        (known.clients.len() == known.values.len()).then_some(())?;
        let mut total = left.constant;
        let mut worths: Vec<i128> = left
            .free
            .iter()
            .map(|&site| self.scaled_opening(site))
            .collect();
        for &client in &left.clients {
            let most = scaled(client.most);
            let price = match known.clients.binary_search(&client.number) {
                Ok(place) => i128::from(known.values[place]).clamp(0, most),
                Err(_) => most,
            };
            total += price;
            for (worth, &site) in worths.iter_mut().zip(&left.free) {
                *worth += (scaled(self.cost_of(client, site)) - price).min(0);
            }
        }
        Some((total, worths))
    }

    fn scaled_opening(&self, site: u32) -> i128 {
        scaled(self.opening[site as usize])
    }

    /// What is left after decisions; with `settle` clients that no free site can serve better are counted and gone.
    fn decided(&self, left: &Left, decisions: &[(u32, bool)], settle: bool) -> Left {
        let decisions: BTreeMap<u32, bool> = decisions.iter().copied().collect();
        let mut next = left.clone();
        next.free.retain(|site| !decisions.contains_key(site));
        for (&site, _) in decisions.iter().filter(|decision| *decision.1) {
            next.constant += self.scaled_opening(site);
            next.count = next.count.map(|count| count.wrapping_sub(1));
            for client in &mut next.clients {
                client.most = client.most.min(self.cost_of(*client, site));
            }
        }
        if settle {
            let Left {
                free,
                clients,
                constant,
                ..
            } = &mut next;
            clients.retain(|&client| {
                let better = |&site: &u32| self.cost_of(client, site) < client.most;
                let useful = free.iter().any(better);
                if !useful {
                    *constant += scaled(client.most);
                }
                useful
            });
        }
        next
    }

    fn enumerate(&self, left: &Left) -> Option<i128> {
        let sites = left.free.len();
        let count = left.count;
        if count.is_some_and(|count| count > sites) {
            return Some(NEVER);
        }
        let plain = count == Some(0) || count == Some(sites);
        (plain || sites <= ENUMERATED_MAX).then_some(())?;
        let choices = match count {
            Some(0) => vec![Vec::new()],
            Some(count) if count == sites => vec![left.free.clone()],
            _ => (0u32..1 << sites)
                .filter(|choice| count.is_none_or(|count| count == choice.count_ones() as usize))
                .map(|choice| {
                    let chosen = (0..sites).filter(|site| choice >> site & 1 == 1);
                    chosen.map(|site| left.free[site]).collect()
                })
                .collect(),
        };
        let cost = |choice: &Vec<u32>| {
            let opened: i128 = choice.iter().map(|&site| self.scaled_opening(site)).sum();
            let served = left.clients.iter().map(|&client| {
                let costs = choice.iter().map(|&site| self.cost_of(client, site));
                scaled(costs.min().unwrap_or(client.most).min(client.most))
            });
            left.constant + opened + served.sum::<i128>()
        };
        choices.iter().map(cost).min()
    }

    /// The parts that share no client, in the order of size and then of the first site.
    fn parts(&self, left: &Left) -> Option<Vec<Left>> {
        let mut part: Vec<usize> = (0..left.free.len()).collect();
        let near: Vec<Vec<usize>> = left
            .clients
            .iter()
            .map(|&client| {
                let places = 0..left.free.len();
                places
                    .filter(|&place| self.cost_of(client, left.free[place]) < client.most)
                    .collect()
            })
            .collect();
        loop {
            let before = part.clone();
            for places in &near {
                let least = places.iter().map(|&place| part[place]).min().unwrap_or(0);
                for &place in places {
                    part[place] = least;
                }
            }
            if part == before {
                break;
            }
        }
        let mut parts: BTreeMap<usize, Left> = BTreeMap::new();
        for (place, &number) in part.iter().enumerate() {
            let empty = || Left {
                free: Vec::new(),
                clients: Vec::new(),
                count: None,
                constant: 0,
            };
            parts
                .entry(number)
                .or_insert_with(empty)
                .free
                .push(left.free[place]);
        }
        for (places, &client) in near.iter().zip(&left.clients) {
            parts.get_mut(&part[*places.first()?])?.clients.push(client);
        }
        let mut parts: Vec<Left> = parts.into_values().collect();
        parts.sort_by_key(|part| (part.free.len(), part.free[0]));
        Some(parts)
    }

    fn divided(
        &self,
        proof: &Proof,
        left: &Left,
        worths: &Worths,
        multipliers: u32,
        proofs: &[Vec<(u32, u32)>],
        depth: usize,
    ) -> Option<i128> {
        // A client that nothing free serves better would hinder the parts: it is settled first.
        let settled = self.decided(left, &[], true);
        let parts = self.parts(&settled)?;
        (parts.len() == proofs.len() && worths.1.len() == left.free.len()).then_some(())?;
        let most = left.count.unwrap_or(0);
        let mut best = vec![NEVER; most + 1];
        best[0] = 0;
        for (part, solved) in parts.iter().zip(proofs) {
            let own = self.worths(proof, multipliers, part)?;
            let mut sorted = own.1.clone();
            sorted.sort_unstable();
            let mut next = vec![NEVER; most + 1];
            let mut bound = own.0;
            let options = if left.count.is_some() {
                part.free.len().min(most)
            } else {
                0
            };
            for count in 0..=options {
                let mut known = match left.count {
                    Some(_) => bound,
                    None => relaxed(&own, None),
                };
                for &(_, step) in solved.iter().filter(|solved| solved.0 as usize == count) {
                    let alone = Left {
                        count: left.count.map(|_| count),
                        ..part.clone()
                    };
                    known = known.max(self.walk(proof, step, &alone, depth + 1)?);
                }
                let known = scaled_whole(known);
                for from in 0..=most - count {
                    next[from + count] = next[from + count].min(best[from] + known);
                }
                bound += sorted.get(count).copied().unwrap_or(0);
            }
            best = next;
        }
        Some((settled.constant + best[most]).min(NEVER))
    }
}

/// Every client pays at most its multiplier and the slack, and the next whole unit. Who pays more adds the slack to
/// the relaxed bound: that is the opposite.
fn shortened(proof: &Proof, multipliers: u32, left: &Left, slack: i64) -> Option<Left> {
    let known = proof.multipliers.get(multipliers as usize)?;
    let mut next = left.clone();
    for client in &mut next.clients {
        if let Ok(place) = known.clients.binary_search(&client.number) {
            let price = i128::from(known.values[place]).clamp(0, scaled(client.most));
            let most = ((price + i128::from(slack).max(0)) >> MULTIPLIER_BITS) + 1;
            client.most = client.most.min(i64::try_from(most).unwrap_or(UNREACHABLE));
        }
    }
    Some(next)
}

/// Least cost of each opposite of a decision.
fn opposites(worths: &Worths, left: &Left, decisions: &[(u32, bool)]) -> Option<i128> {
    let mut sorted = worths.1.clone();
    sorted.sort_unstable();
    let total = relaxed(worths, left.count);
    let (last_in, first_out) = match left.count {
        Some(count) => (
            count
                .checked_sub(1)
                .and_then(|last| sorted.get(last))
                .copied(),
            sorted.get(count).copied(),
        ),
        None => (Some(0), Some(0)),
    };
    let mut least = NEVER;
    for &(site, open) in decisions {
        let worth = worths.1[left.free.iter().position(|&free| free == site)?];
        let opposite = if open {
            // Closed, though it is among the best: the first one out takes its place.
            first_out.map_or(NEVER, |first_out| total + (first_out - worth).max(0))
        } else {
            last_in.map_or(NEVER, |last_in| total + (worth - last_in).max(0))
        };
        least = least.min(opposite);
    }
    Some(least)
}

/// The bound of the relaxation: the best sites by worth.
fn relaxed(worths: &Worths, count: Option<usize>) -> i128 {
    let mut sorted = worths.1.clone();
    sorted.sort_unstable();
    match count {
        Some(count) if count > sorted.len() => NEVER,
        Some(count) => worths.0 + sorted[..count].iter().sum::<i128>(),
        None => worths.0 + sorted.iter().map(|&worth| worth.min(0)).sum::<i128>(),
    }
}

pub(super) fn scaled(units: i64) -> i128 {
    i128::from(units) << MULTIPLIER_BITS
}

/// Costs are whole units: the bound may be raised to the next.
pub(super) fn whole(bound: i128) -> i128 {
    (bound + (1 << MULTIPLIER_BITS) - 1) >> MULTIPLIER_BITS
}

fn scaled_whole(bound: i128) -> i128 {
    whole(bound) << MULTIPLIER_BITS
}
