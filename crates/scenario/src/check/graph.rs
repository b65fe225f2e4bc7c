//! Shortest round trips over the links, from the nearest of several sites.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use crate::model::{LinkEnd, Scenario};

/// Places and sites as the nodes of one graph.
pub(super) struct Graph {
    places: usize,
    neighbours: Vec<Vec<(usize, f64)>>,
}

/// A node on the frontier; the nearest comes first, and of equals the lower index.
#[derive(PartialEq)]
struct Step {
    round_trip_ms: f64,
    node: usize,
}

impl Eq for Step {}

impl Ord for Step {
    fn cmp(&self, other: &Self) -> Ordering {
        other
            .round_trip_ms
            .total_cmp(&self.round_trip_ms)
            .then(other.node.cmp(&self.node))
    }
}

impl PartialOrd for Step {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Graph {
    /// The graph of a scenario whose references are all resolved.
    pub(super) fn new(scenario: &Scenario) -> Self {
        let places = scenario.places.len();
        let mut neighbours = vec![Vec::new(); places + scenario.sites.len()];
        let node = |end: LinkEnd| match end {
            LinkEnd::Place(index) => index,
            LinkEnd::Site(index) => places + index,
        };
        for link in &scenario.links {
            let (from, to) = (node(link.from), node(link.to));
            neighbours[from].push((to, link.round_trip_ms));
            neighbours[to].push((from, link.round_trip_ms));
        }
        Self { places, neighbours }
    }

    /// Round trip from each place to the nearest of the sites [ms]; infinite where none can be reached.
    pub(super) fn nearest_ms(&self, sites: impl Iterator<Item = usize>) -> Vec<f64> {
        let mut nearest = vec![f64::INFINITY; self.neighbours.len()];
        let mut frontier = BinaryHeap::new();
        for site in sites {
            let node = self.places + site;
            nearest[node] = 0.0;
            frontier.push(Step {
                round_trip_ms: 0.0,
                node,
            });
        }
        while let Some(Step {
            round_trip_ms,
            node,
        }) = frontier.pop()
        {
            if round_trip_ms > nearest[node] {
                continue;
            }
            for (next, link_ms) in &self.neighbours[node] {
                let through = round_trip_ms + link_ms;
                if through < nearest[*next] {
                    nearest[*next] = through;
                    frontier.push(Step {
                        round_trip_ms: through,
                        node: *next,
                    });
                }
            }
        }
        nearest.truncate(self.places);
        nearest
    }
}
