//! Random streams by identity.
//!
//! Every random number belongs to an entity (a task, a source of jobs) and a position in its stream, never to the
//! order in which the program comes by. So neither threads nor blocks nor other tasks can change it.

use rand_chacha::ChaCha8Rng;
use rand_core::{Rng, SeedableRng};

/// Identity of a stream: a 64-bit mix of what names the entity.
///
/// Two of a million entities share an identity with probability 3e-8, and would only share their noise.
pub(crate) fn stream_id(parts: [u64; 5]) -> u64 {
    parts.into_iter().fold(0x243f_6a88_85a3_08d3, |hash, part| {
        finalise(hash ^ finalise(part.wrapping_add(0x9e37_79b9_7f4a_7c15)))
    })
}

/// The finaliser of the `SplitMix64` generator (Steele, Lea and Flood, 2014): a bijection that spreads every bit.
fn finalise(value: u64) -> u64 {
    let value = value.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}

/// The generator all streams of a run are taken from.
#[derive(Debug, Clone)]
pub(crate) struct Streams {
    root: ChaCha8Rng,
}

impl Streams {
    pub(crate) fn new(seed: u64) -> Self {
        Self {
            root: ChaCha8Rng::seed_from_u64(seed),
        }
    }

    /// The stream of an entity, from a 32-bit word of it on.
    pub(crate) fn of(&self, stream: u64, word: u64) -> ChaCha8Rng {
        let mut generator = self.root.clone();
        generator.set_stream(stream);
        generator.set_word_pos(u128::from(word));
        generator
    }
}

/// Uniform in (0, 1], with 53 random bits.
pub(crate) fn uniform(generator: &mut ChaCha8Rng) -> f64 {
    ((generator.next_u64() >> 11) + 1) as f64 / (1u64 << 53) as f64
}

/// Exponential with mean one.
pub(crate) fn exponential(generator: &mut ChaCha8Rng) -> f64 {
    -libm::log(uniform(generator))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_read_from_the_middle_equals_the_stream_read_from_the_start() {
        let streams = Streams::new(7);
        let mut whole = [0u8; 4096];
        streams.of(42, 0).fill_bytes(&mut whole);
        for word in [1usize, 63, 64, 257, 900] {
            let mut part = [0u8; 64];
            streams.of(42, word as u64).fill_bytes(&mut part);
            assert_eq!(part, whole[word * 4..word * 4 + 64], "{word}");
        }
    }

    #[test]
    fn identities_of_neighbouring_entities_differ() {
        let mut seen = std::collections::BTreeSet::new();
        for year in 0..3 {
            for service in 0..10 {
                for place in 0..30 {
                    for task in 0..50 {
                        assert!(seen.insert(stream_id([year, 1, service, place, task])));
                    }
                }
            }
        }
    }

    #[test]
    fn exponential_draws_have_mean_one() {
        let mut generator = Streams::new(1).of(3, 0);
        let count = 200_000;
        let sum: f64 = (0..count).map(|_| exponential(&mut generator)).sum();
        let mean = sum / f64::from(count);
        assert!((mean - 1.0).abs() < 0.01, "{mean}");
    }
}
