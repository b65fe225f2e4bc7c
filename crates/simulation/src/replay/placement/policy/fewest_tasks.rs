//! Fewest tasks: the host that runs the fewest; the first of equals.

use super::super::{Hosts, Need};
use super::Policy;

pub(super) struct FewestTasks;

impl Policy for FewestTasks {
    fn choose(&mut self, hosts: &Hosts<'_>, need: &Need) -> Option<u32> {
        (0..hosts.len() as u32)
            .filter(|host| hosts.admits(*host, need))
            .min_by_key(|host| hosts.tasks(*host))
    }
}
