//! Requests that meet a limited number of servers.
//!
//! What it computes: the probability that all servers are taken, when requests are lost (Erlang B) and when they wait
//! (Erlang C).
//!
//! Assumptions: requests of a Poisson process; any law of service for Erlang B, exponential for Erlang C.
//!
//! Valid range: positive load; load below the servers for Erlang C; up to a million servers.
//!
//! References: Erlang 1917; Kleinrock 1975.

use crate::error::{ReliabilityError, positive, within};

const SERVERS_MAX: usize = 1_000_000;

/// Probability that a request finds all `servers` taken and is lost [1], `load` in servers kept busy [1].
///
/// # Errors
/// A load that is not positive; more than a million servers.
pub fn erlang_b(load: f64, servers: usize) -> Result<f64, ReliabilityError> {
    let load = positive("load", load)?;
    within("servers", servers, 0, SERVERS_MAX)?;
    Ok((1..=servers).fold(1.0, |blocked, count| {
        load * blocked / (count as f64 + load * blocked)
    }))
}

/// Probability that a request waits [1], `load` in servers kept busy [1].
///
/// # Errors
/// A load that is not positive or not below the number of servers.
pub fn erlang_c(load: f64, servers: usize) -> Result<f64, ReliabilityError> {
    let blocked = erlang_b(load, servers)?;
    let busy = load / servers as f64;
    if busy >= 1.0 {
        return Err(ReliabilityError::NotErgodic);
    }
    Ok(blocked / (1.0 - busy * (1.0 - blocked)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::assert_close;

    #[test]
    fn r16_r17_r18_lost_and_waiting() {
        for (load, servers, lost, waiting) in [
            (2.0, 3, 4.0 / 19.0, 4.0 / 9.0),
            (8.0, 10, 0.121661064253, 0.409180150796),
            (100.0, 110, 0.0274634484498, 0.237007500285),
        ] {
            let tolerance = if servers == 3 { 1e-12 } else { 1e-10 };
            assert_close(erlang_b(load, servers).unwrap(), lost, tolerance);
            assert_close(erlang_c(load, servers).unwrap(), waiting, tolerance);
        }
    }

    #[test]
    fn a_queue_that_grows_without_end_is_refused() {
        assert_eq!(erlang_c(3.0, 3), Err(ReliabilityError::NotErgodic));
        assert!(erlang_c(3.0, 0).is_err());
    }
}
