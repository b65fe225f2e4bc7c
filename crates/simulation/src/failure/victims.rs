//! Which hosts an outage hits.
//!
//! # What it computes
//! A share of some hosts, rounded to whole hosts, each set of that size as likely as any other: the first steps of a
//! Fisher–Yates shuffle.

use rand_chacha::ChaCha8Rng;

use super::random::below;

/// Hosts from which victims are picked.
#[derive(Debug, Clone)]
pub(super) struct Victims {
    /// In the order the latest shuffles left; any order serves the next equally well.
    hosts: Vec<u32>,
}

impl Victims {
    pub(super) fn new(hosts: Vec<u32>) -> Self {
        Self { hosts }
    }

    /// A share of the hosts, ascending; a share beyond 0 to 1 is held at the ends.
    pub(super) fn pick(&mut self, share: f64, random: &mut ChaCha8Rng) -> Vec<u32> {
        let count = self.hosts.len();
        let hit = ((count as f64 * share).round() as usize).min(count);
        // All hosts need no shuffle.
        if hit < count {
            for place in 0..hit {
                let other = place + below(random, count - place);
                self.hosts.swap(place, other);
            }
        }
        let mut hosts = self.hosts[..hit].to_vec();
        hosts.sort_unstable();
        hosts
    }
}
