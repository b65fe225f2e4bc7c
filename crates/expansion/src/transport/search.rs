//! Dijkstra's search over sites, stopped by its user.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::{FAR, NOBODY};

/// Dijkstra's search from one site, stopped by its user.
pub(super) struct Search {
    pub(super) distance: Vec<i64>,
    parent: Vec<u32>,
    done: Vec<bool>,
    heap: BinaryHeap<Reverse<(i64, u32)>>,
    /// Sites whose distance is final, nearest first.
    pub(super) settled: Vec<usize>,
}

impl Search {
    pub(super) fn new(nodes: usize, start: usize) -> Self {
        let mut search = Self {
            distance: vec![FAR; nodes],
            parent: vec![NOBODY; nodes],
            done: vec![false; nodes],
            heap: BinaryHeap::new(),
            settled: Vec::new(),
        };
        search.reach(start, 0, NOBODY as usize);
        search
    }

    pub(super) fn reach(&mut self, node: usize, distance: i64, parent: usize) {
        if distance < self.distance[node] && !self.done[node] {
            self.distance[node] = distance;
            self.parent[node] = parent as u32;
            self.heap.push(Reverse((distance, node as u32)));
        }
    }

    pub(super) fn next(&mut self) -> Option<(i64, usize)> {
        while let Some(Reverse((distance, node))) = self.heap.pop() {
            let node = node as usize;
            if !self.done[node] {
                self.done[node] = true;
                self.settled.push(node);
                return Some((distance, node));
            }
        }
        None
    }

    /// The nodes from `end` back to the start.
    pub(super) fn trace(&self, end: usize) -> Vec<usize> {
        let mut path = vec![end];
        let mut at = self.parent[end];
        while at != NOBODY {
            path.push(at as usize);
            at = self.parent[at as usize];
        }
        path
    }
}
