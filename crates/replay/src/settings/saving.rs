//! `host_states` and `consolidation`: how idle hosts save power.

use angara_simulation::replay::{Consolidation, HostStates, Migration};

use super::time_ms;
use crate::document::{Dimension, Fields};

/// Most power of a host [W].
const POWER_MAX_W: f64 = 1e9;
/// Kibibits per second of a mebibyte per second.
const KIBIBITS_PER_MEBIBYTE: f64 = 8.0 * 1024.0;

/// Reads how hosts sleep.
pub(super) fn host_states(states: Fields<'_>) -> HostStates {
    let power_w = |name| states.number(name, Dimension::Power, 0.0, POWER_MAX_W);
    for name in [
        "sleep_after",
        "sleep_power",
        "wake_from_sleep",
        "wake_power",
    ] {
        states.required(name);
    }
    let off_after_ms = time_ms(&states, "off_after", 0.0);
    let wake_from_off_ms = time_ms(&states, "wake_from_off", 0.0);
    if off_after_ms.is_some() {
        states.required("wake_from_off");
    }
    let read = HostStates {
        sleep_after_ms: time_ms(&states, "sleep_after", 0.0).unwrap_or(0),
        sleep_w: power_w("sleep_power").unwrap_or(0.0),
        off_after_ms,
        off_w: power_w("off_power").unwrap_or(0.0),
        wake_from_sleep_ms: time_ms(&states, "wake_from_sleep", 0.0).unwrap_or(0),
        wake_from_off_ms: wake_from_off_ms.unwrap_or(0),
        wake_w: power_w("wake_power").unwrap_or(0.0),
        prefer_awake: states.truth("prefer_awake").unwrap_or(true),
    };
    states.finish();
    read
}

/// Reads how nearly empty hosts are emptied.
pub(super) fn consolidation(consolidation: Fields<'_>) -> Consolidation {
    consolidation.required("interval");
    consolidation.required("empty_below");
    let share = |name| consolidation.number(name, Dimension::Plain, 0.0, 1.0);
    let empty_below = share("empty_below").unwrap_or(0.0);
    let migration = consolidation
        .object("migration")
        .map_or_else(Migration::default, migration);
    let read = Consolidation {
        interval_ms: time_ms(&consolidation, "interval", 1.0).unwrap_or(1),
        empty_below,
        fill_from: share("fill_from").unwrap_or(empty_below),
        migration,
    };
    consolidation.finish();
    read
}

fn migration(migration: Fields<'_>) -> Migration {
    let defaults = Migration::default();
    let share = |name, most| migration.number(name, Dimension::Plain, 0.0, most);
    let bandwidth = migration.number("bandwidth", Dimension::Bandwidth, 1e-3, 1e15);
    let read = Migration {
        bandwidth_mib_per_s: bandwidth.map_or(defaults.bandwidth_mib_per_s, |kibibits_per_s| {
            kibibits_per_s / KIBIBITS_PER_MEBIBYTE
        }),
        dirty_rounds: share("dirty_rounds", 1e6).unwrap_or(defaults.dirty_rounds),
        downtime_ms: time_ms(&migration, "downtime", 0.0).unwrap_or(defaults.downtime_ms),
        cpu_share: share("cpu_share", 1.0).unwrap_or(defaults.cpu_share),
    };
    migration.finish();
    read
}
