//! Utilisation drawn from a recorded trace: another machine's series, shifted and scaled.
//!
//! # What it computes
//! The mean utilisation of each recorded machine in each step, in hundredths of a percent. A generated machine takes
//! one of these series from a random place on, over and over, times a factor from 0.5 to 1.5.
//!
//! # Assumptions
//! Utilisation is demand over what the machine reserves. A last step that is not whole is dropped.
//!
//! # Valid range
//! 2^27 recorded steps in all; what lies behind is not drawn from.

use rand_core::Rng;

use super::{SynthesisOptions, Utilisation};
use crate::stream::Streams;
use crate::trace::Format;
use crate::trace::model::{DemandUnit, FragmentBlock, FragmentSink, TraceTasks};

/// Most recorded steps that are kept.
const STEPS_MAX: usize = 1 << 27;
/// Hundredths of a percent in one.
const HUNDREDTHS: f64 = 10_000.0;

/// A recorded machine while it is read.
#[derive(Default)]
struct Series {
    steps: Vec<u16>,
    /// Utilisation times milliseconds in the step that is not whole yet, and its length so far [ms].
    sum: f64,
    length_ms: i64,
}

/// Turns fragments into series of equal steps.
pub(super) struct Recorder {
    unit: DemandUnit,
    step_ms: i64,
    core_mhz: f64,
    series: Vec<Series>,
    steps: usize,
}

impl Recorder {
    pub(super) fn new(options: &SynthesisOptions, format: Option<Format>) -> Self {
        Self {
            unit: format.map(Format::demand_unit).unwrap_or_default(),
            step_ms: options.step_ms,
            core_mhz: options.core_mhz,
            series: Vec::new(),
            steps: 0,
        }
    }

    /// What was recorded; nothing where no machine has a whole step.
    pub(super) fn finish(self, streams: Streams) -> Option<Recorded> {
        let whole = self.series.into_iter().map(|series| series.steps);
        let series: Vec<Vec<u16>> = whole.filter(|steps| !steps.is_empty()).collect();
        (!series.is_empty()).then_some(Recorded { streams, series })
    }
}

impl FragmentSink for Recorder {
    fn expect(&mut self, _fragments: usize) {}

    fn take(&mut self, tasks: &TraceTasks, block: FragmentBlock<'_>) {
        if self.series.len() < tasks.len() {
            self.series.resize_with(tasks.len(), Series::default);
        }
        let series = &mut self.series[block.task];
        let full = match self.unit {
            DemandUnit::PercentOfReserved => 100.0,
            DemandUnit::Megahertz => {
                let told_mhz = tasks.cpu_capacity_mhz[block.task];
                let reserved = f64::from(tasks.cpu_milli[block.task]) / 1_000.0;
                if told_mhz > 0.0 {
                    told_mhz
                } else {
                    reserved * self.core_mhz
                }
            }
        };
        if full <= 0.0 {
            return;
        }
        for (duration_ms, demand) in block.duration_ms.iter().zip(block.demand) {
            let mut left_ms = *duration_ms;
            while left_ms > 0 && self.steps < STEPS_MAX {
                let part_ms = left_ms.min(self.step_ms - series.length_ms);
                series.sum += demand / full * part_ms as f64;
                series.length_ms += part_ms;
                left_ms -= part_ms;
                if series.length_ms == self.step_ms {
                    let hundredths = series.sum / self.step_ms as f64 * HUNDREDTHS;
                    // A float that does not fit saturates.
                    series.steps.push(hundredths.round() as u16);
                    (series.sum, series.length_ms) = (0.0, 0);
                    self.steps += 1;
                }
            }
        }
    }
}

/// Recorded series to draw from.
pub(super) struct Recorded {
    streams: Streams,
    series: Vec<Vec<u16>>,
}

impl Recorded {
    /// Machines drawn from.
    pub(super) fn machines(&self) -> u64 {
        self.series.len() as u64
    }
}

impl Utilisation for Recorded {
    fn fill(&self, machine: u64, first: u64, percents: &mut [u8]) {
        let mut random = self.streams.of(machine, 0);
        let mut below =
            |most: usize| ((u128::from(random.next_u64()) * most as u128) >> 64) as usize;
        let series = &self.series[below(self.series.len())];
        let shift = below(series.len());
        // From 0.5 to 1.5, in units of 2^-16.
        let factor = (1 << 15) + below(1 << 16) as u64;
        let mut place = (shift as u64 + first % series.len() as u64) as usize % series.len();
        for percent in percents {
            let hundredths = (u64::from(series[place]) * factor) >> 16;
            *percent = ((hundredths + 50) / 100).min(100) as u8;
            place += 1;
            if place == series.len() {
                place = 0;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::TaskRow;

    #[test]
    fn uneven_fragments_become_means_of_equal_steps() {
        let mut tasks = TraceTasks::default();
        tasks.push_numbered(
            1,
            TaskRow {
                cpu_milli: 2_000,
                cpu_capacity_mhz: 4_000.0,
                ..TaskRow::default()
            },
        );
        let options = SynthesisOptions {
            step_ms: 100,
            ..SynthesisOptions::default()
        };
        let mut recorder = Recorder::new(&options, Some(Format::Bitbrains));
        for (duration_ms, demand) in [(50, 4_000.0), (150, 0.0), (90, 2_000.0), (60, 1_000.0)] {
            recorder.take(
                &tasks,
                FragmentBlock {
                    task: 0,
                    duration_ms: &[duration_ms],
                    demand: &[demand],
                    gpu_demand: None,
                },
            );
        }
        let recorded = recorder.finish(Streams::new(1)).unwrap();
        assert_eq!(recorded.series, [vec![5_000, 0, 4_750]]);
    }

    #[test]
    fn a_drawn_machine_repeats_a_recorded_one_scaled() {
        let recorded = Recorded {
            streams: Streams::new(3),
            series: vec![vec![1_000, 2_000, 3_000]],
        };
        for machine in 0..20 {
            let mut percents = [0; 9];
            recorded.fill(machine, 0, &mut percents);
            assert_eq!(percents[..3], percents[3..6]);
            let mut later = [0; 4];
            recorded.fill(machine, 5, &mut later);
            assert_eq!(later, percents[5..]);
            let sum: u32 = percents[..3]
                .iter()
                .map(|percent| u32::from(*percent))
                .sum();
            assert!((28..=92).contains(&sum), "{sum}");
        }
        assert!(
            Recorder::new(&SynthesisOptions::default(), None)
                .finish(Streams::new(1))
                .is_none()
        );
    }
}
