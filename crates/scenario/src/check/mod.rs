//! What must hold between tables: one file per concern.
//!
//! Checks run on the model even where it has stand-ins for values that could not be read: a comparison with NaN
//! finds nothing, and a reference that was not resolved is passed over, so that one mistake is told once.

mod equipment;
mod graph;
mod horizon;
mod ids;
mod links;
mod reach;
mod services;
mod shares;
mod sites;

use crate::model::Scenario;
use crate::reading::Reading;
use crate::tables::Tables;

/// A scenario under check, with the tables it was read from.
#[derive(Clone, Copy)]
struct Subject<'a> {
    scenario: &'a Scenario,
    tables: &'a Tables,
    reading: &'a Reading,
}

/// Runs every check.
pub(crate) fn all(scenario: &Scenario, tables: &Tables, reading: &Reading) {
    let subject = Subject {
        scenario,
        tables,
        reading,
    };
    ids::check(subject);
    shares::check(subject);
    sites::check(subject);
    equipment::check(subject);
    services::check(subject);
    links::check(subject);
    horizon::check(subject);
    if !reading.has_errors() {
        // These walk the whole network, which must be sound for that.
        reach::check(subject);
    }
}
