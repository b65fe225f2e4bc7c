//! Years that lie after the horizon and so never come into force.

use angara_diagnostics::{Diagnostic, Location};

use super::Subject;

/// Later years were found to be none already.
const LAST_PLAUSIBLE_YEAR: i32 = 2200;

pub(super) fn check(subject: Subject<'_>) {
    let horizon = subject.scenario.horizon;
    if horizon.first_year == 0 {
        return;
    }
    let last = horizon.calendar_year(horizon.years - 1);
    let warn = |year: i32, at: Location| {
        if (last + 1..=LAST_PLAUSIBLE_YEAR).contains(&year) {
            subject.reading.push(
                Diagnostic::warning(
                    "year-after-horizon",
                    format!("{year} is after the horizon, so the row has no effect"),
                )
                .at(at)
                .expected(format!("a year up to {last}")),
            );
        }
    };
    let tables = subject.tables;
    for table in [&tables.grid_limits, &tables.supply] {
        for row in 0..table.len() {
            let at = table.locate(row, "from_year");
            if let Some(year) = at
                .value
                .as_deref()
                .and_then(|text| text.trim().parse().ok())
            {
                warn(year, at);
            }
        }
    }
    for (row, future) in subject.scenario.futures.iter().enumerate() {
        if let Some(year) = future.closed_from {
            warn(year, tables.futures.locate(row, "closed_from"));
        }
    }
}
