//! Shares and probabilities sum to a whole.

use angara_diagnostics::Diagnostic;
use angara_quantity::Fraction;

use super::Subject;
use crate::table::Table;

/// Slack for decimals that cannot be written exactly, such as thirds.
const TOLERANCE: f64 = 1e-4;

pub(super) fn check(subject: Subject<'_>) {
    let scenario = subject.scenario;
    let parties = &scenario.parties;
    let tables = subject.tables;
    whole(
        subject,
        &tables.parties,
        "capital_share",
        "shares of capital",
        parties.iter().map(|party| party.capital_share),
    );
    whole(
        subject,
        &tables.parties,
        "capacity_share",
        "shares of capacity",
        parties.iter().map(|party| party.capacity_share),
    );
    whole(
        subject,
        &tables.futures,
        "probability",
        "probabilities",
        scenario.futures.iter().map(|future| future.probability),
    );
}

fn whole(
    subject: Subject<'_>,
    table: &Table,
    column: &'static str,
    what: &str,
    shares: impl Iterator<Item = f64>,
) {
    if table.len() == 0 || table.is_incomplete() {
        return;
    }
    let sum: f64 = shares.sum();
    if (sum - 1.0).abs() > TOLERANCE {
        subject.reading.push(
            Diagnostic::error(
                "shares-not-whole",
                format!("the {what} sum to {}", Fraction::new(sum)),
            )
            .at(table.locate(table.len() - 1, column))
            .expected("a sum of 100 %")
            .hint(if sum < 1.0 {
                format!("{} are missing", Fraction::new(1.0 - sum))
            } else {
                format!("{} are too much", Fraction::new(sum - 1.0))
            }),
        );
    }
}
