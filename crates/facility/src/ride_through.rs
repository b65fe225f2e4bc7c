//! From the loss of the grid until the generators carry the site.
//!
//! # What it computes
//! Three clocks: batteries, the temperature at the servers without cooling, and the generators' start with the restart of
//! the cooling. The site rides through where both of the first outlast the last.
//!
//! # Assumptions
//! Cooling stops with the grid and is whole again some minutes after the generators carry the site; a tank with pumps on
//! the UPS bridges that time. Without cooling all heat stays in the air, the racks and the water of the halls' loops,
//! which warm together. The servers' air may rise from 24 to 32 °C (A1).
//!
//! # Valid range
//! IT load above 0.
//!
//! # References
//! Heat capacity of 12 kJ/K per kW of rated IT (some 15 kg of steel and copper, air of the hall, water in the coils): an
//! assumption; it gives the one to three minutes that published outage tests of halls of 5 to 10 kW per rack show.
//! Restart of chillers: 3 min, fast-restart machines of common makers; fans and dry coolers at once.

use crate::cooling::ThermalStorage;
use crate::power_chain::{Battery, generator};

/// Heat capacity of a hall \[J/K per W of rated IT\].
const HEAT_CAPACITY_PER_W: f64 = 12.0;
/// Rise that the servers may see \[K\].
const RISE_K: f64 = 8.0;
/// Time from the generators' start until the chillers cool again \[s\].
const CHILLER_RESTART_SECONDS: f64 = 180.0;

/// What stands between the loss of the grid and the generators.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RideThrough {
    /// Time for which batteries carry the servers \[s\].
    pub battery_s: f64,
    /// Time until the servers' air is too warm \[s\].
    pub thermal_s: f64,
    /// Time until generators and cooling carry the site \[s\].
    pub restart_s: f64,
}

impl RideThrough {
    /// At this IT load \[W\] of a plant with this rating \[W\].
    pub fn of(
        battery: Battery,
        storage: ThermalStorage,
        it_w: f64,
        rated_it_w: f64,
        needs_chillers: bool,
    ) -> Self {
        let hall_s = HEAT_CAPACITY_PER_W * rated_it_w * RISE_K / it_w;
        Self {
            battery_s: battery.seconds_at(it_w / rated_it_w),
            thermal_s: storage.seconds_of(it_w) + hall_s,
            restart_s: generator::START_SECONDS
                + if needs_chillers {
                    CHILLER_RESTART_SECONDS
                } else {
                    0.0
                },
        }
    }

    /// Whether neither the batteries nor the temperature end first.
    pub fn holds(&self) -> bool {
        self.battery_s >= generator::START_SECONDS && self.thermal_s >= self.restart_s
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_hall_without_a_tank_does_not_wait_for_chillers() {
        let battery = Battery { rated_s: 300.0 };
        let of = |storage: ThermalStorage, needs_chillers: bool| {
            RideThrough::of(battery, storage, 1e7, 1e7, needs_chillers)
        };
        let bare = of(ThermalStorage::default(), true);
        assert!((bare.thermal_s - 96.0).abs() < 1e-9);
        assert!(!bare.holds());
        assert!(of(ThermalStorage::default(), false).holds());
        let tank = ThermalStorage {
            volume_m3: 60.0,
            range_k: 10.0,
        };
        assert!(of(tank, true).holds());
        let flat = RideThrough::of(Battery { rated_s: 10.0 }, tank, 1e7, 1e7, false);
        assert!(!flat.holds());
    }
}
