//! The independent check of bounds that blocks of exactly served clients raise.
//!
//! # What it computes
//! The relaxed bound plus what each block's least cost exceeds its share of it, from the data and the block's own proof.
//!
//! # Assumptions
//! None about the solver. Shares of reduced costs are rounded down, so that they never sum to more than the whole.
//!
//! # Valid range
//! As the check without blocks. Inside a block a unit of cost is 256 whole numbers.

use std::collections::{BTreeMap, BTreeSet};

use super::check::{Client, Left, NEVER, Question, Worths, scaled, whole};
use super::{BLOCK_UNITS, Block, MULTIPLIER_BITS, Multipliers, Proof};
use crate::table::{CostTable, UNREACHABLE};

/// The data in block units.
struct Finer<'a>(&'a dyn CostTable);

impl CostTable for Finer<'_> {
    fn clients(&self) -> usize {
        self.0.clients()
    }

    fn sites(&self) -> usize {
        self.0.sites()
    }

    fn cost(&self, client: usize, site: usize) -> i64 {
        self.0.cost(client, site).saturating_mul(BLOCK_UNITS as i64)
    }

    fn within(&self, client: usize, limit: i64, found: &mut Vec<(i64, u32)>) {
        for site in 0..self.sites() {
            let cost = self.cost(client, site);
            if cost <= limit {
                found.push((cost, site as u32));
            }
        }
    }

    fn reach(&self, _client: usize, _count: usize) -> i64 {
        i64::MAX
    }
}

/// A raised bound and the reduced cost of each free site.
pub(super) struct Raised {
    bound: i128,
    reduced: Vec<i128>,
    /// What the blocks near each site gain.
    near: Vec<i128>,
}

impl Raised {
    #[expect(
        clippy::too_many_arguments,
        reason = "one step of a proof with all that it refers to"
    )]
    pub(super) fn new(
        question: &Question<'_>,
        proof: &Proof,
        known: &Multipliers,
        left: &Left,
        worths: &Worths,
        price: i64,
        blocks: &[Block],
        depth: usize,
    ) -> Option<Self> {
        let price = if left.count.is_some() {
            i128::from(price)
        } else {
            0
        };
        let reduced: Vec<i128> = worths.1.iter().map(|worth| worth - price).collect();
        let relaxed: i128 = reduced.iter().map(|&reduced| reduced.min(0)).sum();
        let count = left.count.unwrap_or(0) as i128;
        let mut raised = Self {
            bound: worths.0 + price * count + relaxed,
            near: vec![0; reduced.len()],
            reduced,
        };
        let known_clients: BTreeMap<u32, Client> = left
            .clients
            .iter()
            .map(|&client| (client.number, client))
            .collect();
        let mut seen = BTreeSet::new();
        let mut sharing = vec![0i128; left.free.len()];
        let mut near_of = Vec::new();
        let finer = Finer(question.table);
        for block in blocks {
            (block.clients.len() == block.most.len()).then_some(())?;
            let mut near = BTreeSet::new();
            for (client, &reach) in block.clients.iter().zip(&block.most) {
                let known = *known_clients.get(client)?;
                let allowed = known.most.saturating_mul(BLOCK_UNITS as i64);
                (seen.insert(*client) && reach <= allowed).then_some(())?;
                // A block knows nothing of clients that must be served nearby.
                (known.reach == UNREACHABLE).then_some(())?;
                for (place, &site) in left.free.iter().enumerate() {
                    if finer.cost(*client as usize, site as usize) < reach {
                        near.insert(place);
                    }
                }
            }
            for &place in &near {
                sharing[place] += 1;
            }
            near_of.push(near);
        }
        for (block, near) in blocks.iter().zip(&near_of) {
            let gain = raised.gain(question, proof, known, left, (block, near, &sharing), depth)?;
            raised.bound += gain;
            for &place in near {
                raised.near[place] += gain;
            }
        }
        Some(raised)
    }

    /// What the least cost of a block exceeds its share of the relaxed bound.
    fn gain(
        &self,
        question: &Question<'_>,
        proof: &Proof,
        known: &Multipliers,
        left: &Left,
        (block, near, sharing): (&Block, &BTreeSet<usize>, &[i128]),
        depth: usize,
    ) -> Option<i128> {
        let finer = Finer(question.table);
        let mut opening = vec![0i64; question.table.sites()];
        let mut relaxed = 0;
        let mut prices = Vec::new();
        for (client, &most) in block.clients.iter().zip(&block.most) {
            let place = known.clients.binary_search(client).ok()?;
            let price = i128::from(known.values[place]).max(0);
            // Were the price above the reach, sites outside the block would count on the client.
            (price * (BLOCK_UNITS as i128) <= scaled(most)).then_some(())?;
            prices.push((*client, price));
            relaxed += price;
        }
        for &place in near {
            let site = left.free[place];
            let share = self.reduced[place].div_euclid(sharing[place]);
            relaxed += share.min(0);
            let mut worth = share;
            for &(client, price) in &prices {
                let cost = question.table.cost(client as usize, site as usize);
                worth += (price - scaled(cost)).max(0);
            }
            let finer_worth = (worth * (BLOCK_UNITS as i128)) >> MULTIPLIER_BITS;
            opening[site as usize] = i64::try_from(finer_worth).ok()?;
        }
        let inside = Question {
            table: &finer,
            opening: &opening,
            count: None,
        };
        let alone = Left {
            free: near.iter().map(|&place| left.free[place]).collect(),
            clients: block
                .clients
                .iter()
                .zip(&block.most)
                .map(|(&number, &most)| Client {
                    number,
                    most,
                    reach: UNREACHABLE,
                })
                .collect(),
            count: None,
            constant: 0,
        };
        let least = whole(
            inside
                .walk(proof, block.step, &alone, depth + 1)?
                .min(NEVER),
        );
        let least = (least << MULTIPLIER_BITS) / BLOCK_UNITS as i128;
        Some((least - relaxed).max(0))
    }

    /// Least cost of each opposite of a decision.
    pub(super) fn opposite(&self, left: &Left, decisions: &[(u32, bool)]) -> Option<i128> {
        let mut least = NEVER;
        for &(site, open) in decisions {
            let place = left.free.iter().position(|&free| free == site)?;
            let own = if open {
                -self.reduced[place]
            } else {
                self.reduced[place]
            };
            least = least.min(self.bound - self.near[place] + own.max(0));
        }
        Some(least)
    }
}
