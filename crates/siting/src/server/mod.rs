//! Stochastic server location: open servers now, assign the clients that turn up later.
//!
//! # What it computes
//! The servers whose opening cost less expected revenue is least. A client that is present is assigned to exactly one
//! server; what a server carries beyond its capacity (nothing, if it is closed) costs a penalty per unit.
//!
//! # Assumptions
//! Scenarios with given probabilities; whole revenues, demands, capacities and penalties.
//!
//! # Valid range
//! Up to some dozens of servers and clients; scenarios cost time in proportion.
//!
//! # References
//! Ntaimo, Sen (2005), "The million-variable march for stochastic combinatorial optimization".

mod knapsack;
mod recourse;
mod relaxation;
mod tree;

use crate::limits::Limits;
use crate::siting::Siting;

/// An instance.
#[derive(Debug, Clone, PartialEq)]
pub struct ServerLocation {
    /// Cost of opening each server.
    pub opening: Vec<i64>,
    /// Capacity of each server once open.
    pub capacities: Vec<i64>,
    /// Cost of each unit beyond the capacity, by server.
    pub penalties: Vec<i64>,
    /// Most servers that may be opened.
    pub most: usize,
    /// Revenue of each client at each server, clients in rows.
    pub revenues: Vec<Vec<i64>>,
    /// Capacity that each client needs at each server, clients in rows.
    pub demands: Vec<Vec<i64>>,
    /// Scenarios.
    pub scenarios: Vec<Scenario>,
}

/// Who turns up, and how likely that is.
#[derive(Debug, Clone, PartialEq)]
pub struct Scenario {
    /// Probability.
    pub probability: f64,
    /// Clients that are present, rising.
    pub present: Vec<usize>,
}

impl ServerLocation {
    /// Cost of opening `open` and assigning the clients of each scenario as given, in the order in which they are
    /// present; none where too many servers are open or an assignment is not whole.
    pub fn cost(&self, open: &[usize], assignments: &[Vec<usize>]) -> Option<f64> {
        (open.len() <= self.most && assignments.len() == self.scenarios.len()).then_some(())?;
        let mut total = open.iter().map(|&server| self.opening[server]).sum::<i64>() as f64;
        for (scenario, assignment) in self.scenarios.iter().zip(assignments) {
            (assignment.len() == scenario.present.len()).then_some(())?;
            let mut load = vec![0; self.opening.len()];
            let mut value = 0;
            for (&client, &server) in scenario.present.iter().zip(assignment) {
                *load.get_mut(server)? += self.demands[client][server];
                value -= self.revenues[client][server];
            }
            for (server, load) in load.into_iter().enumerate() {
                let room = if open.contains(&server) {
                    self.capacities[server]
                } else {
                    0
                };
                value += self.penalties[server] * (load - room).max(0);
            }
            total += scenario.probability * value as f64;
        }
        Some(total)
    }
}

/// The answer with the assignment of each scenario.
#[derive(Debug, Clone)]
pub struct ServerSiting {
    /// Objective, bound and open servers.
    pub siting: Siting,
    /// Server of each present client, by scenario.
    pub assignments: Vec<Vec<usize>>,
}

/// Opens servers so that opening cost less expected revenue is least.
pub fn server_location(problem: &ServerLocation, limits: &Limits<'_>) -> ServerSiting {
    let mut search = tree::Search::new(problem, limits);
    search.run();
    search.finish()
}
