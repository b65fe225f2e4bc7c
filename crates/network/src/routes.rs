//! Shortest routes.
//!
//! What it computes: for every place and site the route of the lowest round trip over the scenario's links.
//!
//! Assumptions: traffic passes through any place or site on its way; a link carries both directions with one delay; a
//! link whose round trip was estimated from its length gains [`EQUIPMENT_MS_PER_HOP`]; round trips add up. Delays are
//! summed as whole nanoseconds, so that a sum does not depend on its order and ties are ties: among routes of equal
//! delay the one of fewer links wins, then the one that leaves by the link earlier in the table.
//!
//! Valid range: round trips from 0 to days; negative or undefined round trips count as 0.
//!
//! References: Dijkstra, "A note on two problems in connexion with graphs", Numerische Mathematik 1 (1959).

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use angara_scenario::{Index, Link, LinkEnd, RoundTripProvenance, Scenario};

use crate::latency::EQUIPMENT_MS_PER_HOP;

const NANOSECONDS_PER_MILLISECOND: f64 = 1e6;

/// Routes of the lowest round trip between every place and site.
#[derive(Debug, Clone, PartialEq)]
pub struct Routes {
    places: usize,
    /// By site: the tree of shortest routes to every node; places come first, then sites.
    trees: Vec<Tree>,
    /// By site, then place: links in the order in which they are passed from the place.
    links: Vec<Vec<Vec<Index>>>,
}

/// Shortest routes from one site to every node.
#[derive(Debug, Clone, PartialEq)]
struct Tree {
    round_trip_ns: Vec<Option<u64>>,
    /// Link by which a node is left on its way to the site, and the next node.
    next: Vec<Option<(Index, usize)>>,
}

impl Routes {
    /// Finds the routes of a scenario.
    pub fn new(scenario: &Scenario) -> Self {
        let places = scenario.places.len();
        let nodes = places + scenario.sites.len();
        let node = |end: LinkEnd| match end {
            LinkEnd::Place(place) => place,
            LinkEnd::Site(site) => places + site,
        };
        let mut neighbours = vec![Vec::new(); nodes];
        for (index, link) in scenario.links.iter().enumerate() {
            let (from, to) = (node(link.from), node(link.to));
            let round_trip_ns = link_round_trip_ns(link);
            neighbours[from].push((to, index, round_trip_ns));
            neighbours[to].push((from, index, round_trip_ns));
        }
        let trees: Vec<Tree> = (places..nodes)
            .map(|site| shortest_tree(&neighbours, site))
            .collect();
        let links = trees
            .iter()
            .map(|tree| (0..places).map(|place| tree.path(place)).collect())
            .collect();
        Self {
            places,
            trees,
            links,
        }
    }

    /// Lowest round trip between a place and a site [ms]; `None` where no route joins them.
    pub fn round_trip_ms(&self, place: Index, site: Index) -> Option<f64> {
        self.trees[site].round_trip_ns[place].map(milliseconds)
    }

    /// Lowest round trip between two sites [ms]; `None` where no route joins them.
    pub fn round_trip_between_sites_ms(&self, from: Index, to: Index) -> Option<f64> {
        self.trees[to].round_trip_ns[self.places + from].map(milliseconds)
    }

    /// Links of the route from a place to a site in order; empty where no route joins them.
    pub fn links(&self, place: Index, site: Index) -> &[Index] {
        &self.links[site][place]
    }
}

impl Tree {
    fn path(&self, from: usize) -> Vec<Index> {
        std::iter::successors(self.next[from], |(_, node)| self.next[*node])
            .map(|(link, _)| link)
            .collect()
    }
}

fn milliseconds(round_trip_ns: u64) -> f64 {
    round_trip_ns as f64 / NANOSECONDS_PER_MILLISECOND
}

fn link_round_trip_ns(link: &Link) -> u64 {
    let equipment_ms = match link.provenance {
        RoundTripProvenance::Measured => 0.0,
        RoundTripProvenance::Estimated => EQUIPMENT_MS_PER_HOP,
    };
    // Rounded up: a route must not seem faster than its links.
    ((link.round_trip_ms + equipment_ms) * NANOSECONDS_PER_MILLISECOND).ceil() as u64
}

fn shortest_tree(neighbours: &[Vec<(usize, Index, u64)>], root: usize) -> Tree {
    let mut best: Vec<Option<(u64, usize)>> = vec![None; neighbours.len()];
    let mut next = vec![None; neighbours.len()];
    let mut queue = BinaryHeap::new();
    best[root] = Some((0, 0));
    queue.push(Reverse((0_u64, 0_usize, root)));
    while let Some(Reverse((round_trip_ns, hops, node))) = queue.pop() {
        if best[node] != Some((round_trip_ns, hops)) {
            continue;
        }
        for &(neighbour, link, link_ns) in &neighbours[node] {
            let candidate = (round_trip_ns.saturating_add(link_ns), hops + 1);
            let better = match best[neighbour] {
                None => true,
                Some(known) => {
                    candidate < known
                        || (candidate == known && next[neighbour].is_some_and(|(l, _)| link < l))
                }
            };
            if better {
                best[neighbour] = Some(candidate);
                next[neighbour] = Some((link, node));
                queue.push(Reverse((candidate.0, candidate.1, neighbour)));
            }
        }
    }
    Tree {
        round_trip_ns: best.into_iter().map(|b| b.map(|(ns, _)| ns)).collect(),
        next,
    }
}
