//! Demand of generated tasks, made block by block and never stored.

use std::sync::Arc;

use angara_series::TimeStep;
use rand_core::Rng;

use crate::demand::{Demand, DemandForm, Fragment};
use crate::noise::Noise;
use crate::shape::Shapes;
use crate::stream::Streams;

/// Random numbers drawn at a time: 16 bits for each of 128 hours.
const HOURS_AT_A_TIME: usize = 128;

/// What all sites of a year share.
#[derive(Debug, Clone)]
pub(crate) struct DemandModel {
    pub(crate) shapes: Shapes,
    pub(crate) noise: Noise,
    pub(crate) streams: Streams,
    pub(crate) step: TimeStep,
}

/// Demand of the generated tasks of one site.
///
/// Interactive tasks follow their profile, with independent noise for each hour; jobs demand all they asked for
/// from start to end.
#[derive(Debug, Clone)]
pub struct ServiceDemand {
    pub(crate) model: Arc<DemandModel>,
    /// Shape of each interactive task; jobs, which follow none, have [`NO_SHAPE`].
    pub(crate) shape: Vec<u32>,
    pub(crate) peak_milli: Vec<u32>,
    pub(crate) duration_ms: Vec<i64>,
    pub(crate) stream: Vec<u64>,
}

/// Mark of a job among the shapes.
pub(crate) const NO_SHAPE: u32 = u32::MAX;

impl Demand for ServiceDemand {
    fn step_ms(&self) -> Option<i64> {
        Some(self.model.step.duration_ms())
    }

    fn form(&self, task: usize) -> DemandForm {
        if self.shape[task] == NO_SHAPE {
            DemandForm::Fragments
        } else {
            DemandForm::Steps
        }
    }

    fn steps(&self, task: usize, first_step: usize, demand_milli: &mut [u32]) {
        let per_hour = self.model.step.steps_per_hour() as usize;
        if per_hour == 1 {
            self.hours(task, first_step, demand_milli);
            return;
        }
        let mut hours = [0u32; HOURS_AT_A_TIME];
        let mut step = first_step;
        let end_step = first_step + demand_milli.len();
        while step < end_step {
            let first_hour = step / per_hour;
            let count = (end_step.div_ceil(per_hour) - first_hour).min(HOURS_AT_A_TIME);
            self.hours(task, first_hour, &mut hours[..count]);
            let until = ((first_hour + count) * per_hour).min(end_step);
            for (at, value) in (step..until).zip(&mut demand_milli[step - first_step..]) {
                *value = hours[at / per_hour - first_hour];
            }
            step = until;
        }
    }

    fn fragments(&self, task: usize, from_ms: i64, to_ms: i64, fragments: &mut Vec<Fragment>) {
        let end_ms = self.duration_ms[task];
        if from_ms < end_ms && from_ms < to_ms {
            fragments.push(Fragment {
                end_ms,
                demand_milli: self.peak_milli[task],
            });
        }
    }
}

impl ServiceDemand {
    /// Demand of an interactive task in the hours from one on [milli-cores or milli-accelerators].
    fn hours(&self, task: usize, first_hour: usize, demand_milli: &mut [u32]) {
        let shares = self.model.shapes.get(self.shape[task]).since(first_hour);
        let peak_milli = self.peak_milli[task];
        let Some(factors) = self.model.noise.factors() else {
            for (value, share) in demand_milli.iter_mut().zip(shares) {
                *value = share.of(peak_milli);
            }
            return;
        };
        // Two hours share a word of the stream, so reading begins at an even hour.
        let word = first_hour as u64 / 2;
        let mut skipped = first_hour % 2;
        let mut generator = self.model.streams.of(self.stream[task], word);
        let mut random = [0u8; 2 * HOURS_AT_A_TIME];
        let mut done = 0;
        while done < demand_milli.len() {
            generator.fill_bytes(&mut random);
            let pairs = random[2 * skipped..].chunks_exact(2);
            let values = demand_milli[done..].iter_mut();
            for ((value, share), pair) in values.zip(&shares[done..]).zip(pairs) {
                let random = u16::from_le_bytes([pair[0], pair[1]]);
                *value = factors.apply(share.of(peak_milli), random);
            }
            done += HOURS_AT_A_TIME - skipped;
            skipped = 0;
        }
    }
}
