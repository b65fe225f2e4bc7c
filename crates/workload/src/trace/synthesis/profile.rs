//! Utilisation without a recorded trace: a day's rise and fall, weekends, noise.
//!
//! # What it computes
//! Base + rise · shape(time of day) + noise, in hundredths of a percent. The shape is the square of a raised cosine;
//! each machine has its own base, rise, hour of the peak and spread of the noise. On Saturdays and Sundays the rise is
//! halved. Everything but the table of the shape is whole numbers.
//!
//! # Assumptions
//! Noise of different samples is independent and triangular.
//!
//! # Valid range
//! 0 to 100 %. The mean over machines and a week is near 14 %, that of rented virtual machines; it is made up, not
//! measured.

use rand_core::Rng;

use super::{SynthesisOptions, Utilisation};
use crate::stream::Streams;

const MINUTES: i64 = 1_440;
const MINUTE_MS: i64 = 60_000;
/// One, in the fixed-point arithmetic of the shape.
const ONE: i64 = 1 << 16;
/// Words of a machine's stream before those of its samples.
const HEADER_WORDS: u64 = 16;
/// Days since 1970 to the first Monday.
const FIRST_MONDAY: i64 = 4;

/// Daily profiles of machines.
pub(super) struct DailyProfile {
    streams: Streams,
    start_ms: i64,
    step_ms: i64,
    /// Shape by minutes after the peak.
    shape: Vec<i64>,
}

/// What is special to a machine; percents in hundredths.
struct Character {
    base: i64,
    rise: i64,
    spread: i64,
    peak_minute: i64,
}

impl DailyProfile {
    pub(super) fn new(streams: Streams, options: &SynthesisOptions) -> Self {
        let shape = (0..MINUTES)
            .map(|minute| {
                let angle = std::f64::consts::TAU * minute as f64 / MINUTES as f64;
                let raised = f64::midpoint(1.0, libm::cos(angle));
                libm::round(raised * raised * ONE as f64) as i64
            })
            .collect();
        Self {
            streams,
            start_ms: options.start_ms,
            step_ms: options.step_ms,
            shape,
        }
    }

    fn character(&self, machine: u64) -> Character {
        let mut random = self.streams.of(machine, 0);
        let mut between = |least: i64, most: i64| {
            let width = (most - least + 1) as u64;
            least + ((u64::from(random.next_u32()) * width) >> 32) as i64
        };
        Character {
            base: between(100, 900),
            rise: between(500, 4_500),
            spread: between(50, 600),
            peak_minute: between(9 * 60, 21 * 60),
        }
    }
}

impl Utilisation for DailyProfile {
    fn fill(&self, machine: u64, first: u64, percents: &mut [u8]) {
        let own = self.character(machine);
        let mut random = self.streams.of(machine, HEADER_WORDS + first);
        let mut at_ms = self.start_ms.saturating_add(first as i64 * self.step_ms);
        for percent in percents {
            let minute = at_ms.div_euclid(MINUTE_MS);
            let after_peak = (minute - own.peak_minute).rem_euclid(MINUTES);
            let weekday = (minute.div_euclid(MINUTES) - FIRST_MONDAY).rem_euclid(7);
            let rise = if weekday < 5 { own.rise } else { own.rise / 2 };
            let word = random.next_u32();
            // The difference of two uniform numbers is triangular.
            let noise = i64::from(word >> 16) - i64::from(word & 0xffff);
            let hundredths =
                own.base + (rise * self.shape[after_peak as usize] + own.spread * noise) / ONE;
            *percent = ((hundredths + 50) / 100).clamp(0, 100) as u8;
            at_ms = at_ms.saturating_add(self.step_ms);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn week(machine: u64) -> Vec<u8> {
        let options = SynthesisOptions::default();
        let profile = DailyProfile::new(Streams::new(1), &options);
        let mut percents = vec![0; 2_016];
        profile.fill(machine, 0, &mut percents);
        let mut parts = vec![0; 2_016];
        for (place, part) in parts.chunks_mut(77).enumerate() {
            profile.fill(machine, place as u64 * 77, part);
        }
        assert_eq!(percents, parts);
        percents
    }

    #[test]
    fn a_part_of_a_series_equals_the_series_and_machines_differ() {
        assert_ne!(week(0), week(1));
    }

    #[test]
    fn the_mean_lies_where_it_is_said_to_lie_and_weekends_are_quieter() {
        let mut sums = [0_u64; 7];
        for machine in 0..300 {
            for (day, percents) in week(machine).chunks(288).enumerate() {
                sums[day] += percents
                    .iter()
                    .map(|percent| u64::from(*percent))
                    .sum::<u64>();
            }
        }
        let mean = sums.iter().sum::<u64>() as f64 / (300.0 * 2_016.0);
        assert!((12.0..16.0).contains(&mean), "{mean}");
        assert!(sums[5].max(sums[6]) < *sums[..5].iter().min().unwrap());
    }
}
