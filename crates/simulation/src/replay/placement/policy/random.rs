//! Random: any host that may take the task, all alike; drawn from a stream of the task, so that the choice for one
//! task does not depend on how often was drawn for others.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use super::super::{Hosts, Need};
use super::Policy;

pub(super) struct Random {
    seed: u64,
    candidates: Vec<u32>,
}

impl Random {
    pub(super) fn new(seed: u64) -> Self {
        Self {
            seed,
            candidates: Vec::new(),
        }
    }
}

impl Policy for Random {
    fn choose(&mut self, hosts: &Hosts<'_>, need: &Need) -> Option<u32> {
        self.candidates.clear();
        self.candidates
            .extend((0..hosts.len() as u32).filter(|host| hosts.admits(*host, need)));
        if self.candidates.is_empty() {
            return None;
        }
        let mut stream = ChaCha8Rng::seed_from_u64(self.seed);
        stream.set_stream(need.stream);
        let drawn = u128::from(stream.next_u64()) * self.candidates.len() as u128;
        Some(self.candidates[(drawn >> 64) as usize])
    }
}
