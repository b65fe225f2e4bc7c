//! Capacitated location with demand that may be split.

use crate::instance::Facilities;
use crate::table::CostTable;

/// The problem in the layout that the relaxation reads fastest. Clients without demand are left out.
pub(crate) struct Capacitated {
    pub(crate) opening: Vec<f64>,
    pub(crate) capacities: Vec<i64>,
    pub(crate) demands: Vec<i64>,
    pub(crate) demand_total: i64,
    /// Cost of serving one unit of demand, by site and then client.
    pub(crate) units: Vec<f64>,
    /// Number of each client in the instance.
    pub(crate) clients: Vec<u32>,
}

impl Capacitated {
    /// From an instance with its capacities.
    pub(crate) fn new(facilities: &Facilities, capacities: &[i64]) -> Self {
        let clients: Vec<u32> = (0..facilities.demands.len() as u32)
            .filter(|&client| facilities.demands[client as usize] > 0)
            .collect();
        let sites = facilities.opening.len();
        let mut units = Vec::with_capacity(clients.len() * sites);
        for site in 0..sites {
            for &client in &clients {
                let cost = facilities.costs.cost(client as usize, site) as f64;
                units.push(cost / facilities.demands[client as usize] as f64);
            }
        }
        Self {
            opening: facilities.opening.iter().map(|&cost| cost as f64).collect(),
            capacities: capacities.to_vec(),
            demands: clients
                .iter()
                .map(|&client| facilities.demands[client as usize])
                .collect(),
            demand_total: facilities.demands.iter().sum(),
            units,
            clients,
        }
    }

    /// The unit costs of one site.
    pub(crate) fn row(&self, site: usize) -> &[f64] {
        let clients = self.demands.len();
        &self.units[site * clients..(site + 1) * clients]
    }
}
