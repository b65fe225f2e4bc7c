//! Instances as the readers return them.

use crate::table::{CostTable, Matrix, Plane};

/// Sites and clients with costs of serving; how many sites to open is given by the file or by the caller.
pub struct Medians {
    /// Costs in whole units, weights included.
    pub table: Box<dyn CostTable>,
    /// Weight of each client.
    pub weights: Vec<i64>,
    /// Cost of opening each site [whole units], where the file has it.
    pub opening: Option<Vec<i64>>,
    /// Capacity of each site, in the unit of the weights, where the file has it.
    pub capacities: Option<Vec<i64>>,
    /// Sites to open, where the file says so.
    pub open: Option<usize>,
    /// Whole units per unit of the file.
    pub scale: f64,
    /// Names of the sites; empty where they are numbered from 1.
    pub names: Vec<String>,
    /// The same points without their weights, where they have any.
    pub unweighted: Option<Plane>,
}

impl Medians {
    /// Distances, without weights [whole units].
    pub fn distances(&self) -> &dyn CostTable {
        match &self.unweighted {
            Some(plane) => plane,
            None => self.table.as_ref(),
        }
    }

    /// Whole units of distance per unit of the file.
    pub fn distance_scale(&self) -> f64 {
        if self.unweighted.is_some() {
            1.0
        } else {
            self.scale
        }
    }

    /// Whole units of weight per unit of the file.
    pub fn weight_scale(&self) -> f64 {
        if self.unweighted.is_some() {
            self.scale
        } else {
            1.0
        }
    }

    /// A matrix whose clients all weigh one.
    pub fn new(table: Matrix, open: Option<usize>) -> Self {
        Self {
            weights: vec![1; table.clients()],
            table: Box::new(table),
            opening: None,
            capacities: None,
            open,
            scale: 1.0,
            names: Vec::new(),
            unweighted: None,
        }
    }

    /// The same as facilities: opening costs and capacities as the file has them, opening free where it has none.
    /// None where the table would be too large to hold.
    pub fn facilities(&self) -> Option<Facilities> {
        let (clients, sites) = (self.table.clients(), self.table.sites());
        if clients.checked_mul(sites)? > TABLE_MAX {
            return None;
        }
        let mut costs = Vec::with_capacity(clients * sites);
        for client in 0..clients {
            costs.extend((0..sites).map(|site| self.table.cost(client, site)));
        }
        Some(Facilities {
            opening: self.opening.clone().unwrap_or_else(|| vec![0; sites]),
            capacities: self.capacities.clone(),
            demands: self.weights.clone(),
            costs: Matrix::new(clients, sites, costs)?,
            scale: self.scale,
        })
    }
}

/// Most costs that are held entry by entry.
const TABLE_MAX: usize = 100_000_000;

/// Sites with opening cost and perhaps capacity, clients with demand; demand may be split between sites.
#[derive(Debug, Clone)]
pub struct Facilities {
    /// Cost of opening each site [whole units].
    pub opening: Vec<i64>,
    /// Capacity of each site, in the unit of demand; none where the file leaves it open.
    pub capacities: Option<Vec<i64>>,
    /// Demand of each client.
    pub demands: Vec<i64>,
    /// Cost of serving all of a client from a site [whole units].
    pub costs: Matrix,
    /// Whole units of cost per unit of the file.
    pub scale: f64,
}

/// What a file holds.
pub enum Instance {
    /// Points, a graph or a distance matrix.
    Medians(Medians),
    /// Warehouse location.
    Facilities(Facilities),
}
