//! OR-Library p-median: `n edges p`, then `i j cost`, undirected. Where an edge is repeated the last cost counts.
//! Costs are lengths of shortest paths.

use super::words::Words;
use crate::finding::{Finding, Findings};
use crate::instance::Medians;
use crate::table::{Matrix, UNREACHABLE};

/// Most vertices: all distances are held.
const VERTICES_MAX: i64 = 10_000;
const EDGES_MAX: i64 = 20_000_000;
const COST_MAX: i64 = 1_000_000_000;

/// Reads a graph and p.
pub fn read(text: &str) -> (Option<Medians>, Vec<Finding>) {
    Findings::of(|findings| parse(text, findings))
}

fn parse(text: &str, findings: &mut Findings) -> Option<Medians> {
    let mut words = Words::new(text);
    let vertices = words.whole("number of vertices", 1, VERTICES_MAX, findings)?;
    let count = words.whole("number of edges", 0, EDGES_MAX, findings)?;
    let open = words.whole("p", 1, vertices, findings)?;
    let size = vertices as usize;
    let mut edges: Vec<(u32, u32, usize, i64)> = Vec::new();
    for order in 0..count as usize {
        let from = words.whole("vertex", 1, vertices, findings);
        let to = words.whole("vertex", 1, vertices, findings);
        let cost = words.whole("edge cost", 0, COST_MAX, findings);
        if let (Some(from), Some(to), Some(cost)) = (from, to, cost) {
            let (low, high) = (from.min(to) as u32 - 1, from.max(to) as u32 - 1);
            edges.push((low, high, order, cost));
        } else if findings.is_full() {
            return None;
        }
    }
    if let Some(word) = words.next() {
        findings.add(words.line(), "end", word, "nothing after the last edge");
    }
    edges.sort_unstable();
    let mut neighbours: Vec<Vec<(usize, i64)>> = vec![Vec::new(); size];
    for (index, &(from, to, _, cost)) in edges.iter().enumerate() {
        let last = edges
            .get(index + 1)
            .is_none_or(|next| (next.0, next.1) != (from, to));
        if last {
            neighbours[from as usize].push((to as usize, cost));
            neighbours[to as usize].push((from as usize, cost));
        }
    }
    let mut costs = Vec::with_capacity(size * size);
    for vertex in 0..size {
        costs.extend(shortest_paths(&neighbours, vertex));
    }
    Some(Medians {
        table: Box::new(Matrix::new(size, size, costs)?),
        weights: vec![1; size],
        open: Some(open as usize),
        opening: None,
        capacities: None,
        unweighted: None,
        scale: 1.0,
        names: Vec::new(),
    })
}

/// Lengths of the shortest paths from one vertex (Dijkstra).
fn shortest_paths(neighbours: &[Vec<(usize, i64)>], source: usize) -> Vec<i64> {
    let mut lengths = vec![UNREACHABLE; neighbours.len()];
    let mut waiting = std::collections::BinaryHeap::new();
    lengths[source] = 0;
    waiting.push((std::cmp::Reverse(0), source));
    while let Some((std::cmp::Reverse(length), vertex)) = waiting.pop() {
        if length > lengths[vertex] {
            continue;
        }
        for &(next, cost) in &neighbours[vertex] {
            if length + cost < lengths[next] {
                lengths[next] = length + cost;
                waiting.push((std::cmp::Reverse(length + cost), next));
            }
        }
    }
    lengths
}
