//! Hosts in the order of their free capacity, searched for memory at the same time.
//!
//! # What it computes
//! A treap: a search tree over (free capacity, host), balanced by a fixed pseudo-random priority of each host. Each
//! node knows the most memory free below it, so the least (or greatest) capacity with enough memory is found on one
//! way down.
//!
//! # References
//! Seidel and Aragon, Randomized search trees (1996).

use super::host_index::Room;

const NONE: u32 = u32::MAX;

/// One host; its index is its slot.
#[derive(Debug, Clone, Copy)]
struct Node {
    free: Room,
    most_memory_bytes: u64,
    priority: u32,
    left: u32,
    right: u32,
}

/// Hosts by free capacity.
#[derive(Debug, Clone)]
pub(crate) struct CapacityTree {
    nodes: Vec<Node>,
    root: u32,
}

impl CapacityTree {
    pub(crate) fn new(free: &[Room]) -> Self {
        let nodes = free
            .iter()
            .enumerate()
            .map(|(slot, room)| Node {
                free: *room,
                most_memory_bytes: room.memory_bytes,
                priority: priority(slot as u32),
                left: NONE,
                right: NONE,
            })
            .collect();
        let mut tree = Self { nodes, root: NONE };
        for slot in 0..free.len() as u32 {
            tree.insert(slot);
        }
        tree
    }

    /// Moves a host to the place its free room gives it.
    pub(crate) fn set(&mut self, slot: usize, free: Room) {
        self.remove(slot as u32);
        self.nodes[slot].free = free;
        self.insert(slot as u32);
    }

    /// Host with the least free capacity among those with room, the first of equals.
    pub(crate) fn tightest(&self, need: Room) -> Option<usize> {
        let enough = |node: u32| self.memory_below(node) >= need.memory_bytes;
        // Every node passed with enough capacity stands, with the tree to its right, for a run of larger keys; the
        // last such run that has enough memory holds the answer.
        let mut fallback = NONE;
        let mut node = self.root;
        while node != NONE {
            let here = &self.nodes[node as usize];
            if here.free.milli < need.milli {
                node = here.right;
            } else {
                if here.free.memory_bytes >= need.memory_bytes || enough(here.right) {
                    fallback = node;
                }
                node = here.left;
            }
        }
        if fallback == NONE {
            return None;
        }
        let here = &self.nodes[fallback as usize];
        if here.free.memory_bytes >= need.memory_bytes {
            return Some(fallback as usize);
        }
        Some(self.leftmost_with_memory(here.right, need.memory_bytes) as usize)
    }

    /// Host with the most free capacity among those with room, the last of equals.
    pub(crate) fn roomiest(&self, need: Room) -> Option<usize> {
        let mut node = self.root;
        if self.memory_below(node) < need.memory_bytes || node == NONE {
            return None;
        }
        loop {
            let here = &self.nodes[node as usize];
            if here.right != NONE && self.memory_below(here.right) >= need.memory_bytes {
                node = here.right;
            } else if here.free.memory_bytes >= need.memory_bytes {
                return (here.free.milli >= need.milli).then_some(node as usize);
            } else {
                node = here.left;
            }
        }
    }

    /// Smallest key with enough memory, in a tree that holds one.
    fn leftmost_with_memory(&self, tree: u32, memory_bytes: u64) -> u32 {
        let mut node = tree;
        loop {
            let here = &self.nodes[node as usize];
            if here.left != NONE && self.memory_below(here.left) >= memory_bytes {
                node = here.left;
            } else if here.free.memory_bytes >= memory_bytes {
                return node;
            } else {
                node = here.right;
            }
        }
    }

    fn memory_below(&self, node: u32) -> u64 {
        if node == NONE {
            0
        } else {
            self.nodes[node as usize].most_memory_bytes
        }
    }

    fn key(&self, node: u32) -> (u64, u32) {
        (self.nodes[node as usize].free.milli, node)
    }

    fn update(&mut self, node: u32) {
        let here = self.nodes[node as usize];
        self.nodes[node as usize].most_memory_bytes = here
            .free
            .memory_bytes
            .max(self.memory_below(here.left))
            .max(self.memory_below(here.right));
    }

    fn insert(&mut self, slot: u32) {
        let (left, right) = self.split(self.root, self.key(slot));
        let node = &mut self.nodes[slot as usize];
        (node.left, node.right) = (NONE, NONE);
        self.update(slot);
        let left = self.merge(left, slot);
        self.root = self.merge(left, right);
    }

    fn remove(&mut self, slot: u32) {
        let key = self.key(slot);
        let (left, rest) = self.split(self.root, key);
        let (_, right) = self.split(rest, (key.0, key.1 + 1));
        self.root = self.merge(left, right);
    }

    /// Cuts a tree into keys below a key and the rest; as deep as the tree, about twice the logarithm of its size.
    fn split(&mut self, tree: u32, key: (u64, u32)) -> (u32, u32) {
        if tree == NONE {
            return (NONE, NONE);
        }
        let here = self.nodes[tree as usize];
        if self.key(tree) < key {
            let (left, right) = self.split(here.right, key);
            self.nodes[tree as usize].right = left;
            self.update(tree);
            (tree, right)
        } else {
            let (left, right) = self.split(here.left, key);
            self.nodes[tree as usize].left = right;
            self.update(tree);
            (left, tree)
        }
    }

    /// Joins two trees, all keys of the first below those of the second.
    fn merge(&mut self, left: u32, right: u32) -> u32 {
        if left == NONE {
            return right;
        }
        if right == NONE {
            return left;
        }
        if self.nodes[left as usize].priority > self.nodes[right as usize].priority {
            let joined = self.merge(self.nodes[left as usize].right, right);
            self.nodes[left as usize].right = joined;
            self.update(left);
            left
        } else {
            let joined = self.merge(left, self.nodes[right as usize].left);
            self.nodes[right as usize].left = joined;
            self.update(right);
            right
        }
    }
}

/// Priority of a slot: a multiplicative hash with its halves mixed, the same in every run.
fn priority(slot: u32) -> u32 {
    let mixed = u64::from(slot)
        .wrapping_add(1)
        .wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let mixed = (mixed ^ (mixed >> 31)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    (mixed >> 32) as u32
}
