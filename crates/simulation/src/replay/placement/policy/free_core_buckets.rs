//! Hosts by the number of their free cores: one set of hosts for each number, as bits.

use super::super::Hosts;

/// Most words of all sets together.
const WORDS_MAX: usize = 1 << 22;

pub(super) struct FreeCoreBuckets {
    /// Words of one set.
    words: usize,
    /// Free cores of each host; the most cores any has stand for all beyond.
    free: Vec<usize>,
    /// Sets, one after another by number of free cores.
    bits: Vec<u64>,
    /// Hosts in each set.
    counts: Vec<u32>,
}

impl FreeCoreBuckets {
    /// None where hosts have so many cores that the sets would take too much memory.
    pub(super) fn new(hosts: &Hosts<'_>) -> Option<Self> {
        let most = (0..hosts.len() as u32)
            .map(|host| hosts.free_cores(host))
            .max()
            .unwrap_or(0);
        let words = hosts.len().div_ceil(64);
        let buckets = usize::try_from(most).ok()?.checked_add(1)?;
        let all = buckets.checked_mul(words)?;
        if all > WORDS_MAX {
            return None;
        }
        let mut sets = Self {
            words,
            free: vec![0; hosts.len()],
            bits: vec![0; all],
            counts: vec![0; buckets],
        };
        for host in 0..hosts.len() {
            let free = hosts.free_cores(host as u32) as usize;
            sets.free[host] = free;
            sets.put(host, free, true);
        }
        Some(sets)
    }

    fn put(&mut self, host: usize, free: usize, is_in: bool) {
        let word = &mut self.bits[free * self.words + host / 64];
        let bit = 1 << (host % 64);
        if is_in {
            *word |= bit;
            self.counts[free] += 1;
        } else {
            *word &= !bit;
            self.counts[free] -= 1;
        }
    }

    pub(super) fn set(&mut self, host: u32, free: u64) {
        let host = host as usize;
        let free = usize::try_from(free)
            .unwrap_or(usize::MAX)
            .min(self.counts.len() - 1);
        self.put(host, self.free[host], false);
        self.free[host] = free;
        self.put(host, free, true);
    }

    /// First accepted host of the sets from so many free cores upwards.
    pub(super) fn upwards(&self, cores: u64, accept: impl FnMut(u32) -> bool) -> Option<u32> {
        self.search(usize::try_from(cores).ok()?..self.counts.len(), accept)
    }

    /// First accepted host of the sets from the most free cores downwards to so many.
    pub(super) fn downwards(&self, cores: u64, accept: impl FnMut(u32) -> bool) -> Option<u32> {
        let from = usize::try_from(cores).ok()?.min(self.counts.len());
        self.search((from..self.counts.len()).rev(), accept)
    }

    fn search(
        &self,
        sets: impl Iterator<Item = usize>,
        mut accept: impl FnMut(u32) -> bool,
    ) -> Option<u32> {
        for set in sets.filter(|set| self.counts[*set] > 0) {
            for word in 0..self.words {
                let mut bits = self.bits[set * self.words + word];
                while bits != 0 {
                    let host = (word * 64) as u32 + bits.trailing_zeros();
                    if accept(host) {
                        return Some(host);
                    }
                    bits &= bits - 1;
                }
            }
        }
        None
    }
}
