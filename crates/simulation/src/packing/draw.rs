//! Random choices by identity: each belongs to a purpose and a position, never to the order of the program.

use rand_chacha::ChaCha8Rng;
use rand_core::{Rng, SeedableRng};

/// What a random number is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    /// The order in which the pods of the list arrive.
    PodOrder,
    /// Which pods arrive once more.
    Resampling,
    /// Which pods do not arrive.
    Thinning,
    /// Which of equal nodes comes first.
    NodeOrder,
    /// Where one arrival goes.
    Arrival(u32),
}

impl Purpose {
    fn stream(self) -> u64 {
        match self {
            Self::PodOrder => 0,
            Self::Resampling => 1,
            Self::Thinning => 2,
            Self::NodeOrder => 3,
            Self::Arrival(arrival) => 1 << 32 | u64::from(arrival),
        }
    }
}

/// All random numbers of a run.
#[derive(Debug, Clone)]
pub(super) struct Draws {
    root: ChaCha8Rng,
}

impl Draws {
    pub(super) fn new(seed: u64) -> Self {
        Self {
            root: ChaCha8Rng::seed_from_u64(seed),
        }
    }

    /// The numbers of one purpose.
    pub(super) fn of(&self, purpose: Purpose) -> Draw {
        let mut generator = self.root.clone();
        generator.set_stream(purpose.stream());
        generator.set_word_pos(0);
        Draw { generator }
    }
}

/// Random numbers of one purpose.
#[derive(Debug, Clone)]
pub(super) struct Draw {
    generator: ChaCha8Rng,
}

impl Draw {
    /// Uniform below a bound; zero for a bound of zero. The bias is below the bound over 2^64.
    pub(super) fn below(&mut self, bound: usize) -> usize {
        ((u128::from(self.generator.next_u64()) * bound as u128) >> 64) as usize
    }

    /// Puts the items in random order, each equally likely (Fisher and Yates, 1938).
    pub(super) fn shuffle(&mut self, items: &mut [u32]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_order_of_three_is_equally_likely() {
        let draws = Draws::new(1);
        let mut counts = std::collections::BTreeMap::new();
        for arrival in 0..6_000 {
            let mut items = [0, 1, 2];
            draws.of(Purpose::Arrival(arrival)).shuffle(&mut items);
            *counts.entry(items).or_insert(0u32) += 1;
        }
        assert_eq!(counts.len(), 6);
        assert!(
            counts.values().all(|count| (850..1_150).contains(count)),
            "{counts:?}"
        );
    }

    #[test]
    fn purposes_do_not_share_numbers() {
        let draws = Draws::new(1);
        let first = |purpose| draws.of(purpose).below(usize::MAX);
        assert_ne!(first(Purpose::PodOrder), first(Purpose::Resampling));
        assert_ne!(first(Purpose::Arrival(0)), first(Purpose::Arrival(1)));
        assert_eq!(first(Purpose::NodeOrder), first(Purpose::NodeOrder));
    }
}
