//! Round robin: the next host after the one chosen last that may take the task.

use super::super::{Hosts, Need};
use super::Policy;

#[derive(Default)]
pub(super) struct RoundRobin {
    next: u32,
}

impl Policy for RoundRobin {
    fn choose(&mut self, hosts: &Hosts<'_>, need: &Need) -> Option<u32> {
        let count = hosts.len() as u32;
        let found = (self.next..count)
            .chain(0..self.next)
            .find(|host| hosts.admits(*host, need))?;
        self.next = (found + 1) % count;
        Some(found)
    }
}
