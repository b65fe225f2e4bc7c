//! A table of costs held entry by entry.

use super::{CostTable, UNREACHABLE};

/// Costs entry by entry, clients in rows.
#[derive(Debug, Clone)]
pub struct Matrix {
    clients: usize,
    sites: usize,
    costs: Vec<i64>,
}

impl Matrix {
    /// A table from rows of clients; `None` where the length does not fit or a cost is negative.
    pub fn new(clients: usize, sites: usize, costs: Vec<i64>) -> Option<Self> {
        let fits = costs.len() == clients.checked_mul(sites)?;
        let allowed = costs.iter().all(|&cost| (0..=UNREACHABLE).contains(&cost));
        (fits && allowed).then_some(Self {
            clients,
            sites,
            costs,
        })
    }

    /// A table without clients and sites.
    pub fn empty() -> Self {
        Self {
            clients: 0,
            sites: 0,
            costs: Vec::new(),
        }
    }

    /// The costs of one client, by site.
    pub fn row(&self, client: usize) -> &[i64] {
        &self.costs[client * self.sites..(client + 1) * self.sites]
    }
}

impl CostTable for Matrix {
    fn clients(&self) -> usize {
        self.clients
    }

    fn sites(&self) -> usize {
        self.sites
    }

    fn cost(&self, client: usize, site: usize) -> i64 {
        self.costs[client * self.sites + site]
    }

    fn within(&self, client: usize, limit: i64, found: &mut Vec<(i64, u32)>) {
        for (site, &cost) in self.row(client).iter().enumerate() {
            if cost <= limit && cost < UNREACHABLE {
                found.push((cost, site as u32));
            }
        }
    }

    fn reach(&self, client: usize, count: usize) -> i64 {
        let mut row = self.row(client).to_vec();
        if count == 0 || row.is_empty() {
            return 0;
        }
        let place = (count - 1).min(row.len() - 1);
        *row.select_nth_unstable(place).1
    }
}
