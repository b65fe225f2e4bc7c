//! Outages of hosts.
//!
//! # What it computes
//! Which hosts are out from when to when, in the order of time: from a recorded sequence played once or for ever, or
//! from random processes, one for each group of hosts that fail together.
//!
//! # Assumptions
//! Groups fail independently of one another and of load and time of day; each is as good as new after repair. Outages
//! of different groups overlap where their hosts do: a host is up when no outage holds it.
//!
//! # Valid range
//! Times from 0 to 10¹⁴ ms, some three thousand years; what would begin later does not happen. Every drawn time is at
//! least 1 ms.
//!
//! # References
//! Kondo, Javadi, Iosup and Epema, The Failure Trace Archive, `CCGrid` 2010; Ross, Introduction to Probability Models,
//! chapter 7 (alternating renewal processes).

mod error;
mod law;
mod prefab;
mod processes;
mod random;
mod sequence;
mod victims;

pub use error::FailureError;
pub use law::{Empirical, Exponential, Gamma, Law, Lognormal, Uniform, Weibull};
pub use prefab::FailurePrefab;
pub use processes::{FailureGroup, FailureProcesses};
pub use sequence::{FailureRow, FailureSequence};

use processes::ProcessOutages;
use sequence::SequenceOutages;

/// Beyond this nothing fails, and nothing lasts longer [ms].
pub(crate) const HORIZON_MS: i64 = 100_000_000_000_000;

/// Hosts that are out for a while.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outage {
    /// Begin [ms].
    pub from_ms: i64,
    /// End, later than the begin [ms].
    pub to_ms: i64,
    /// Rows of the hosts, ascending, each once; none where the share hit rounds to no host.
    pub hosts: Vec<u32>,
}

/// How hosts fail.
#[derive(Debug, Clone, PartialEq)]
pub enum FailureModel {
    /// They do not.
    None,
    /// As recorded, one outage after the other.
    Sequence(FailureSequence),
    /// At random, by groups that fail together.
    Processes(FailureProcesses),
}

/// The outages of a run, by ascending begin; endless where the model repeats.
#[derive(Debug, Clone)]
pub struct Outages(Source);

#[derive(Debug, Clone)]
enum Source {
    None,
    Sequence(Box<SequenceOutages>),
    Processes(ProcessOutages),
}

impl Outages {
    /// Outages of so many hosts; the same seed gives the same ones. Fails on hosts that do not exist, on negative
    /// times, on shares beyond all hosts, and on a sequence that repeats without taking time.
    pub fn new(model: &FailureModel, hosts: usize, seed: u64) -> Result<Self, FailureError> {
        let count = u32::try_from(hosts).map_err(|_| FailureError::TooManyHosts { hosts })?;
        let source = match model {
            FailureModel::None => Source::None,
            FailureModel::Sequence(sequence) => {
                Source::Sequence(Box::new(SequenceOutages::new(sequence, count, seed)?))
            }
            FailureModel::Processes(processes) => {
                Source::Processes(ProcessOutages::new(processes, count, seed)?)
            }
        };
        Ok(Self(source))
    }
}

impl Iterator for Outages {
    type Item = Outage;

    fn next(&mut self) -> Option<Outage> {
        match &mut self.0 {
            Source::None => None,
            Source::Sequence(outages) => outages.next(),
            Source::Processes(outages) => outages.next(),
        }
    }
}

#[cfg(test)]
mod tests;
