//! How far the books of a run are from closing.

use crate::SimulationError;

/// Largest relative difference of energy sums that rounding explains.
const ENERGY_LIMIT: f64 = 1e-9;

/// Differences that should be zero, checked in every run and kept for the manifest.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Residuals {
    /// Work submitted minus work done, lost and queued, over all services [milli-unit·ms]; whole numbers, so zero.
    pub work_milli_ms: i128,
    /// Work served by hosts minus work done for services [milli-unit·ms]; zero.
    pub served_milli_ms: i128,
    /// Energy of all hosts minus that of all steps of all sites, over the former [1].
    pub energy_relative: f64,
}

/// Refuses service books that do not close.
pub(crate) fn check_work(
    service: usize,
    submitted: u128,
    accounted: u128,
) -> Result<(), SimulationError> {
    if submitted == accounted {
        Ok(())
    } else {
        Err(SimulationError::WorkNotConserved {
            service,
            submitted,
            accounted,
        })
    }
}

/// Relative difference of two energies; refuses one that rounding does not explain.
pub(crate) fn check_energy(hosts_j: f64, steps_j: f64) -> Result<f64, SimulationError> {
    let relative = if hosts_j == steps_j {
        0.0
    } else {
        (hosts_j - steps_j) / hosts_j.abs().max(steps_j.abs())
    };
    // Written so that a sum that is not a number is refused as well.
    if relative.abs() <= ENERGY_LIMIT {
        Ok(relative)
    } else {
        Err(SimulationError::EnergyNotConserved { hosts_j, steps_j })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn books_that_do_not_close_are_refused_by_name() {
        assert!(check_work(0, 5, 5).is_ok());
        let error = check_work(3, 5, 4).unwrap_err();
        assert!(error.to_string().starts_with("service 3: 5"));
        assert_eq!(check_energy(0.0, 0.0), Ok(0.0));
        assert!(check_energy(1.0, 1.0 + 1e-12).is_ok());
        assert!(check_energy(1.0, 1.0 + 1e-6).is_err());
        assert!(check_energy(f64::NAN, 1.0).is_err());
    }
}
