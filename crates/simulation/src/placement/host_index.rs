//! Hosts of one pool (one resource, one platform) by what they have free.

use super::capacity_tree::CapacityTree;
use super::row_tree::RowTree;

/// An amount of both things a host sets aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Room {
    /// Capacity [milli-cores or milli-accelerators].
    pub(crate) milli: u64,
    /// Memory [B].
    pub(crate) memory_bytes: u64,
}

impl Room {
    /// True where so much fits.
    pub(crate) fn holds(self, need: Self) -> bool {
        self.milli >= need.milli && self.memory_bytes >= need.memory_bytes
    }
}

/// Free room of the hosts of a pool, found by size and by order in logarithmic time.
#[derive(Debug, Clone)]
pub(crate) struct HostIndex {
    /// Row of each host in its site.
    rows: Vec<u32>,
    free: Vec<Room>,
    by_capacity: CapacityTree,
    by_row: RowTree,
}

impl HostIndex {
    /// Index of empty hosts, given with their rows in ascending order.
    pub(crate) fn new(hosts: &[(u32, Room)]) -> Self {
        let rows = hosts.iter().map(|(row, _)| *row).collect();
        let free: Vec<Room> = hosts.iter().map(|(_, room)| *room).collect();
        Self {
            rows,
            by_capacity: CapacityTree::new(&free),
            by_row: RowTree::new(&free),
            free,
        }
    }

    /// First host in the order of rows with room.
    pub(crate) fn first(&self, need: Room) -> Option<u32> {
        self.by_row.first(need).map(|slot| self.rows[slot])
    }

    /// Host with the least free capacity among those with room, the first of equals, and that capacity.
    pub(crate) fn tightest(&self, need: Room) -> Option<(u32, u64)> {
        let slot = self.by_capacity.tightest(need)?;
        Some((self.rows[slot], self.free[slot].milli))
    }

    /// Host with the most free capacity among those with room, the last of equals, and that capacity.
    pub(crate) fn roomiest(&self, need: Room) -> Option<(u32, u64)> {
        let slot = self.by_capacity.roomiest(need)?;
        Some((self.rows[slot], self.free[slot].milli))
    }

    /// Sets room aside on a host that has it.
    pub(crate) fn take(&mut self, row: u32, need: Room) {
        self.change(row, |free| {
            debug_assert!(free.holds(need));
            Room {
                milli: free.milli - need.milli,
                memory_bytes: free.memory_bytes - need.memory_bytes,
            }
        });
    }

    /// Gives back what was set aside.
    pub(crate) fn give(&mut self, row: u32, need: Room) {
        self.change(row, |free| Room {
            milli: free.milli + need.milli,
            memory_bytes: free.memory_bytes + need.memory_bytes,
        });
    }

    fn change(&mut self, row: u32, change: impl FnOnce(Room) -> Room) {
        let slot = self
            .rows
            .binary_search(&row)
            .expect("a host is asked of the pool that proposed it");
        self.free[slot] = change(self.free[slot]);
        self.by_capacity.set(slot, self.free[slot]);
        self.by_row.set(slot, self.free[slot]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_search_agrees_with_looking_at_all_hosts(
            sizes in prop::collection::vec((0u64..40, 0u64..40), 1..60),
            steps in prop::collection::vec((0u64..45, 0u64..45, 0usize..3), 1..120),
        ) {
            let mut free: Vec<Room> = sizes
                .iter()
                .map(|(milli, memory_bytes)| Room { milli: *milli, memory_bytes: *memory_bytes })
                .collect();
            let hosts: Vec<(u32, Room)> =
                free.iter().enumerate().map(|(slot, room)| (3 * slot as u32, *room)).collect();
            let mut index = HostIndex::new(&hosts);
            let mut taken: Vec<(usize, Room)> = Vec::new();
            for (milli, memory_bytes, action) in steps {
                let need = Room { milli, memory_bytes };
                let fitting = || (0..free.len()).filter(|slot| free[*slot].holds(need));
                let row = |slot: usize| 3 * slot as u32;
                let first = fitting().next();
                let tightest = fitting().min_by_key(|slot| (free[*slot].milli, *slot));
                let roomiest = fitting().max_by_key(|slot| (free[*slot].milli, *slot));
                prop_assert_eq!(index.first(need), first.map(row));
                prop_assert_eq!(index.tightest(need).map(|found| found.0), tightest.map(row));
                prop_assert_eq!(index.roomiest(need).map(|found| found.0), roomiest.map(row));
                let chosen = [first, tightest, roomiest][action];
                if let Some(slot) = chosen {
                    index.take(row(slot), need);
                    free[slot].milli -= need.milli;
                    free[slot].memory_bytes -= need.memory_bytes;
                    taken.push((slot, need));
                } else if let Some((slot, need)) = taken.pop() {
                    index.give(row(slot), need);
                    free[slot].milli += need.milli;
                    free[slot].memory_bytes += need.memory_bytes;
                }
            }
        }
    }
}
