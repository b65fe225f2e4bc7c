//! Table `budgets`: capital that a party can spend in a year.

use angara_diagnostics::{Diagnostic, quoted};
use angara_quantity::{Currency, Money};

use crate::model::{Budget, Horizon};
use crate::reading::Reading;
use crate::table::{Ids, Table, TableSpec, money, plain};

/// The table.
pub(crate) const SPEC: TableSpec = TableSpec {
    name: "budgets",
    row: "budget",
    keys: &["party", "year"],
    needed: false,
    columns: &[
        plain("party"),
        plain("year"),
        money("amount"),
        plain("source"),
    ],
};

/// Reads the table.
pub(crate) fn read(
    table: &Table,
    parties: &Ids,
    currency: Currency,
    horizon: Horizon,
    reading: &Reading,
) -> Vec<Budget> {
    let mut seen = std::collections::BTreeSet::new();
    let mut budgets = Vec::new();
    let last = horizon.calendar_year(horizon.years - 1);
    for row in table.rows(reading) {
        let party = row.field("party").reference(parties);
        let year = row.field("year").year();
        let amount = row.field("amount").money().unwrap_or(Money::zero(currency));
        let Some(year) = year else { continue };
        if horizon.first_year > 0 && !(horizon.first_year..=last).contains(&year) {
            reading.push(
                Diagnostic::error(
                    "year-outside-horizon",
                    format!("{year} is outside the horizon, so the budget would never be used"),
                )
                .at(row.locate("year"))
                .expected(format!("a year from {} to {last}", horizon.first_year)),
            );
        }
        if !seen.insert((party, year)) {
            let name = parties.names().get(party).map_or("", String::as_str);
            reading.push(
                Diagnostic::error(
                    "duplicate-row",
                    format!("the party {} has two budgets for {year}", quoted(name)),
                )
                .at(row.locate("year"))
                .expected("one budget for each party and year"),
            );
        }
        budgets.push(Budget {
            party,
            year,
            amount,
        });
    }
    budgets
}
