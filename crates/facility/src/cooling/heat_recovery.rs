//! Heat of the servers for a district heating network.
//!
//! # What it computes
//! Heat that leaves the site for reuse, the heat pump's electricity that lifts it, and the energy reuse factor.
//! `COP = η T_h / (T_h - T_c)` with absolute temperatures; no heat pump where the heat is warm enough as it is.
//!
//! # Assumptions
//! The network takes a fixed share of the rejected heat in every hour. Half of Carnot's COP is reached. The heat pump
//! belongs to the network and stands outside the boundary of PUE and ERF, as the standard has it.
//!
//! # Valid range
//! Source 10 to 60 °C, network up to 110 °C.
//!
//! # References
//! ISO/IEC 30134-6 (ERF: reused energy over all energy of the data centre). Half of Carnot: reference note on facility
//! and climate, 2026, as of large heat pumps in operation.

use crate::psychrometrics::ZERO_CELSIUS_K;

/// Share of Carnot's COP that is reached.
const CARNOT_SHARE: f64 = 0.5;
/// Least lift of a heat pump \[K\].
const LIFT_MIN_K: f64 = 5.0;

/// A connection to a network.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct HeatRecovery {
    /// Share of the rejected heat that the network takes.
    pub share: f64,
    /// Temperature of the heat as the plant rejects it \[°C\].
    pub source_c: f64,
    /// Temperature that the network wants \[°C\].
    pub network_c: f64,
}

/// Heat reused in a year.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct ReusedHeat {
    /// Heat that leaves the site \[kWh\].
    pub reused_kwh: f64,
    /// Heat that the network receives, with the heat pump's electricity \[kWh\].
    pub delivered_kwh: f64,
    /// Electricity of the heat pump \[kWh\].
    pub heat_pump_kwh: f64,
    /// Energy reuse factor.
    pub energy_reuse_factor: f64,
}

impl HeatRecovery {
    /// COP of the heat pump; `None` where the heat is warm enough.
    pub fn cop(&self) -> Option<f64> {
        let lift_k = self.network_c - self.source_c;
        (lift_k > 0.0)
            .then(|| CARNOT_SHARE * (self.network_c + ZERO_CELSIUS_K) / lift_k.max(LIFT_MIN_K))
    }

    /// A year with this heat rejected \[kWh\] by a site that uses this energy in all \[kWh\].
    pub fn year(&self, rejected_kwh: f64, total_kwh: f64) -> ReusedHeat {
        let reused_kwh = self.share.clamp(0.0, 1.0) * rejected_kwh;
        let heat_pump_kwh = self
            .cop()
            .map_or(0.0, |cop| reused_kwh / (cop - 1.0).max(f64::MIN_POSITIVE));
        ReusedHeat {
            reused_kwh,
            delivered_kwh: reused_kwh + heat_pump_kwh,
            heat_pump_kwh,
            energy_reuse_factor: if total_kwh > 0.0 {
                reused_kwh / total_kwh
            } else {
                0.0
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heat_pump_lifts_water_of_thirty_degrees_with_a_cop_of_four() {
        let recovery = HeatRecovery {
            share: 0.5,
            source_c: 30.0,
            network_c: 70.0,
        };
        assert!((recovery.cop().unwrap() - 4.29).abs() < 0.01);
        let year = recovery.year(1000.0, 1100.0);
        assert_eq!(year.reused_kwh, 500.0);
        assert!((year.delivered_kwh - year.reused_kwh - year.heat_pump_kwh).abs() < 1e-9);
        assert!((year.delivered_kwh / year.heat_pump_kwh - 4.29).abs() < 0.01);
        assert!((year.energy_reuse_factor - 500.0 / 1100.0).abs() < 1e-12);
    }

    #[test]
    fn warm_water_needs_no_heat_pump() {
        let recovery = HeatRecovery {
            share: 1.0,
            source_c: 55.0,
            network_c: 50.0,
        };
        assert_eq!(recovery.cop(), None);
        assert_eq!(recovery.year(1000.0, 1100.0).heat_pump_kwh, 0.0);
    }
}
