//! Hosts in the order of the fleet, searched from the front.

use super::host_index::Room;

/// A binary tree over the hosts in their order; each node knows the most capacity and the most memory free below it.
///
/// A node can promise both although no single host below has both, so a search may turn back; where all hosts of a
/// pool have memory in proportion to their capacity it takes one way down.
#[derive(Debug, Clone)]
pub(crate) struct RowTree {
    /// Node 1 is the root, the children of node `n` are `2n` and `2n + 1`, leaves follow from `leaves` on.
    most: Vec<Room>,
    leaves: usize,
}

impl RowTree {
    pub(crate) fn new(free: &[Room]) -> Self {
        let leaves = free.len().next_power_of_two();
        let mut most = vec![Room::default(); 2 * leaves];
        most[leaves..leaves + free.len()].copy_from_slice(free);
        let mut tree = Self { most, leaves };
        for node in (1..leaves).rev() {
            tree.update(node);
        }
        tree
    }

    fn update(&mut self, node: usize) {
        let (left, right) = (self.most[2 * node], self.most[2 * node + 1]);
        self.most[node] = Room {
            milli: left.milli.max(right.milli),
            memory_bytes: left.memory_bytes.max(right.memory_bytes),
        };
    }

    pub(crate) fn set(&mut self, slot: usize, free: Room) {
        let mut node = self.leaves + slot;
        self.most[node] = free;
        while node > 1 {
            node /= 2;
            self.update(node);
        }
    }

    /// First host with room. A host that has nothing free cannot be told from one that is not there, but a need of
    /// nothing has no sense either: the leaves beyond the last host are never returned for a need above zero.
    pub(crate) fn first(&self, need: Room) -> Option<usize> {
        let mut node = 1;
        loop {
            if self.most[node].holds(need) {
                if node >= self.leaves {
                    return Some(node - self.leaves);
                }
                node *= 2;
            } else {
                // The next node to the right that no node above has ruled out.
                while node % 2 == 1 {
                    node /= 2;
                }
                if node == 0 {
                    return None;
                }
                node += 1;
            }
        }
    }
}
