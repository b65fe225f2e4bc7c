//! Covering seen as serving: free within the radius, a client's weight beyond it.

use super::{CostTable, UNREACHABLE};

/// A table that knows only near and far. Near costs nothing; far costs the client's weight, or is not allowed.
pub struct Covering<'a> {
    table: &'a dyn CostTable,
    radius: i64,
    weights: Option<&'a [i64]>,
}

impl<'a> Covering<'a> {
    /// Every client must be within `radius` of an open site.
    pub fn required(table: &'a dyn CostTable, radius: i64) -> Self {
        Self {
            table,
            radius,
            weights: None,
        }
    }

    /// A client beyond `radius` of all open sites costs its weight.
    pub fn weighted(table: &'a dyn CostTable, radius: i64, weights: &'a [i64]) -> Self {
        Self {
            table,
            radius,
            weights: Some(weights),
        }
    }
}

impl CostTable for Covering<'_> {
    fn clients(&self) -> usize {
        self.table.clients()
    }

    fn sites(&self) -> usize {
        self.table.sites()
    }

    fn cost(&self, client: usize, site: usize) -> i64 {
        if self.table.cost(client, site) <= self.radius {
            0
        } else {
            self.ceiling(client)
        }
    }

    fn ceiling(&self, client: usize) -> i64 {
        self.weights.map_or(UNREACHABLE, |weights| weights[client])
    }

    fn within(&self, client: usize, limit: i64, found: &mut Vec<(i64, u32)>) {
        if limit < 0 || self.ceiling(client) <= 0 {
            return;
        }
        let first = found.len();
        self.table.within(client, self.radius, found);
        for entry in &mut found[first..] {
            entry.0 = 0;
        }
    }

    fn reach(&self, _client: usize, _count: usize) -> i64 {
        UNREACHABLE
    }
}
