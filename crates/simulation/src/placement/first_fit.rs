//! First fit: the first host in the order of the fleet that has room.

use super::{Choice, HostIndex, PlacementPolicy, Room};

/// The first host with room.
pub(crate) struct FirstFit;

impl PlacementPolicy for FirstFit {
    fn choose(&self, hosts: &HostIndex, need: Room) -> Option<Choice> {
        let host = hosts.first(need)?;
        Some(Choice {
            rank: u64::from(host),
            host,
        })
    }
}
