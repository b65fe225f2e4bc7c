//! Why outages cannot be drawn.

use thiserror::Error;

/// Why outages cannot be drawn.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum FailureError {
    /// More hosts than rows can number.
    #[error("{hosts} hosts are too many")]
    TooManyHosts {
        /// Hosts.
        hosts: usize,
    },
    /// A group that names a host twice or one that does not exist.
    #[error("group {group} names host {host}, which it has named already or which is not there")]
    InvalidHost {
        /// Name of the group.
        group: String,
        /// Row of the host.
        host: u32,
    },
    /// A group of no hosts.
    #[error("group {group} has no hosts")]
    EmptyGroup {
        /// Name of the group.
        group: String,
    },
    /// A negative time in a sequence.
    #[error("row {row} of the failures has a negative time")]
    NegativeTime {
        /// Row.
        row: usize,
    },
    /// A share of hosts that is not within 0 to 1.
    #[error("row {row} of the failures hits a share of {share}, which is not within 0 to 1")]
    InvalidShare {
        /// Row.
        row: usize,
        /// Share of the hosts [1].
        share: f64,
    },
    /// A sequence that repeats without taking time.
    #[error("the failures repeat, but take no time")]
    RepeatsWithoutTime,
    /// A parameter that a law cannot have.
    #[error("the {parameter} of {law} cannot be {value}")]
    InvalidParameter {
        /// Law.
        law: &'static str,
        /// Parameter.
        parameter: &'static str,
        /// Its value.
        value: f64,
    },
    /// A list of no values.
    #[error("an empirical law needs at least one value")]
    NoValues,
}
