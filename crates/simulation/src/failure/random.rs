//! Random numbers of one process.

use rand_chacha::ChaCha8Rng;
use rand_core::{Rng, SeedableRng};

/// The generator of a process: a stream of its own, so that no process disturbs another.
pub(super) fn stream(seed: u64, process: usize) -> ChaCha8Rng {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    random.set_stream(process as u64);
    random
}

/// Uniform between 0 and 1, neither included.
pub(super) fn open_unit(random: &mut ChaCha8Rng) -> f64 {
    const STEP: f64 = 1.0 / (1_u64 << 52) as f64;
    ((random.next_u64() >> 12) as f64 + 0.5) * STEP
}

/// A whole number below a bound above 0; the bias is at most the bound over 2⁶⁴.
pub(super) fn below(random: &mut ChaCha8Rng, bound: usize) -> usize {
    ((u128::from(random.next_u64()) * bound as u128) >> 64) as usize
}

/// Standard normal, by the method of Box and Muller.
pub(super) fn standard_normal(random: &mut ChaCha8Rng) -> f64 {
    let radius = (-2.0 * libm::log(open_unit(random))).sqrt();
    radius * libm::cos(core::f64::consts::TAU * open_unit(random))
}
