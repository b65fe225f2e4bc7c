//! Writing the proof while the search goes on.

use super::core::Core;
use crate::certificate::{Multipliers, Proof, Step, fixed_point};

/// Most multipliers that a proof keeps [numbers].
const KEPT_MAX: usize = 150_000_000;

/// A proof in the making; beyond its limit of size it is given up.
#[derive(Debug)]
pub(crate) struct Record {
    proof: Option<Proof>,
    kept: usize,
}

impl Record {
    pub(crate) fn new() -> Self {
        Self {
            proof: Some(Proof::default()),
            kept: 0,
        }
    }

    /// Notes multipliers; their place.
    pub(crate) fn keep(&mut self, core: &Core, u: &[f64]) -> u32 {
        self.kept += u.len();
        if self.kept > KEPT_MAX {
            self.proof = None;
        }
        let Some(proof) = &mut self.proof else {
            return 0;
        };
        proof.multipliers.push(Multipliers {
            clients: core.clients.clone(),
            values: u.iter().map(|&price| fixed_point(price)).collect(),
        });
        proof.multipliers.len() as u32 - 1
    }

    /// Reserves a step, to be filled in later.
    pub(crate) fn reserve(&mut self) -> usize {
        let Some(proof) = &mut self.proof else {
            return 0;
        };
        proof.steps.push(Step::Enumerate);
        proof.steps.len() - 1
    }

    pub(crate) fn fill(&mut self, step: usize, content: Step) {
        if let Some(proof) = &mut self.proof {
            proof.steps[step] = content;
        }
    }

    /// Size of the proof (multipliers, steps).
    pub(crate) fn size(&self) -> (usize, usize) {
        self.proof
            .as_ref()
            .map_or((0, 0), |proof| (proof.multipliers.len(), proof.steps.len()))
    }

    /// Forgets the proof beyond what it had when it was of this size.
    pub(crate) fn rewind(&mut self, size: (usize, usize)) {
        if let Some(proof) = &mut self.proof {
            for multipliers in &proof.multipliers[size.0..] {
                self.kept -= multipliers.values.len();
            }
            proof.multipliers.truncate(size.0);
            proof.steps.truncate(size.1);
        }
    }

    pub(crate) fn finish(self) -> Option<Proof> {
        self.proof
    }
}
