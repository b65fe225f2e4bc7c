//! Uncapacitated location in one form: opening costs, perhaps a number of sites, costs of serving.

use super::core::{Core, Tail};
use crate::table::{CostTable, UNREACHABLE};

/// Median, covering and uncapacitated facility location alike.
pub(crate) struct Problem<'a> {
    /// Costs of serving.
    pub(crate) table: &'a dyn CostTable,
    /// Cost of opening each site.
    pub(crate) opening: &'a [i64],
    /// Number of sites to open exactly; none where any number may be.
    pub(crate) count: Option<usize>,
}

impl Problem<'_> {
    /// Cost of one client at the nearest of `open`, at most its ceiling.
    pub(crate) fn client_cost(&self, client: usize, open: &[u32]) -> i64 {
        open.iter()
            .map(|&site| self.table.cost(client, site as usize))
            .min()
            .unwrap_or(UNREACHABLE)
            .min(self.table.ceiling(client))
    }

    /// Cost of the plan that opens `open` beside what the core has decided; none where a client is not served.
    pub(crate) fn cost_in_core(&self, core: &Core, open: &[bool]) -> Option<f64> {
        let mut total = core.offset;
        let mut all: Option<Vec<u32>> = None;
        for (opening, &open) in core.opening.iter().zip(open) {
            if open {
                total += opening;
            }
        }
        for client in 0..core.clients.len() {
            let listed = core
                .links(client)
                .find(|&link| open[core.link_site[link] as usize]);
            total += match listed {
                Some(link) => core.link_cost[link],
                None if core.tail[client] != Tail::Whole => {
                    let all = all.get_or_insert_with(|| core.plan(open));
                    self.client_cost(core.clients[client] as usize, all) as f64
                }
                None => core.limit[client],
            };
        }
        (total < UNREACHABLE as f64).then_some(total)
    }
}

impl Core {
    /// Every site of the instance that is open when `open` are.
    pub(crate) fn plan(&self, open: &[bool]) -> Vec<u32> {
        let free = (0..self.sites.len()).filter(|&site| open[site]);
        let mut plan: Vec<u32> = free.map(|site| self.sites[site]).collect();
        plan.extend_from_slice(&self.chosen);
        plan
    }
}
