//! Worst fit: the host with the most free capacity; the last of equals.

use super::{Choice, HostIndex, PlacementPolicy, Room};

/// The roomiest host.
pub(crate) struct WorstFit;

impl PlacementPolicy for WorstFit {
    fn choose(&self, hosts: &HostIndex, need: Room) -> Option<Choice> {
        let (host, free_milli) = hosts.roomiest(need)?;
        Some(Choice {
            rank: u64::MAX - free_milli,
            host,
        })
    }
}
