//! Best fit: the host with the least free capacity that still has room; the first of equals.

use super::{Choice, HostIndex, PlacementPolicy, Room};

/// The tightest host with room.
pub(crate) struct BestFit;

impl PlacementPolicy for BestFit {
    fn choose(&self, hosts: &HostIndex, need: Room) -> Option<Choice> {
        let (host, free_milli) = hosts.tightest(need)?;
        Some(Choice {
            rank: free_milli,
            host,
        })
    }
}
