//! What must be known before any table is read: horizon, currency, names of the tables.

use angara_diagnostics::Diagnostic;
use angara_quantity::Currency;

use super::section::Section;
use crate::model::Horizon;
use crate::reading::Reading;
use crate::written::Field;
use crate::yaml::Document;

/// Version of the format.
const FORMAT: u64 = 1;
/// Longest horizon [yr].
const MOST_YEARS: u32 = 60;

/// Keys of the settings file.
pub(crate) const KEYS: &[&str] = &[
    "format",
    "name",
    "description",
    "horizon",
    "currency",
    "seed",
    "tables",
    "promises",
    "planning",
    "simulation",
    "prices",
    "hall_plant",
];
/// Keys of `horizon`.
pub(crate) const HORIZON_KEYS: &[&str] = &["first_year", "years", "service_from"];
/// Keys of `tables`.
pub(crate) const TABLE_KEYS: &[&str] = &[
    "currencies",
    "grids",
    "climates",
    "weather",
    "places",
    "sites",
    "grid_limits",
    "profiles",
    "services",
    "demand",
    "equipment",
    "origins",
    "supply",
    "links",
    "parties",
    "budgets",
    "futures",
];

/// The outline of a scenario.
pub(crate) struct Frame<'a> {
    pub(crate) name: String,
    pub(crate) description: String,
    pub(crate) horizon: Horizon,
    pub(crate) currency: Currency,
    pub(crate) seed: u64,
    pub(crate) root: Section<'a>,
    tables: Section<'a>,
}

impl<'a> Frame<'a> {
    /// Reads the outline.
    pub(crate) fn read(document: &'a Document, reading: &'a Reading, stand_in: Currency) -> Self {
        let root = Section::root(document, KEYS, reading);
        let format = root.field("format");
        if format.whole(0..=u64::MAX) != FORMAT && format.location().is_some() {
            format.push(
                Diagnostic::error(
                    "unknown-format",
                    "this version of the tool reads another format",
                )
                .expected(format!("format: {FORMAT}"))
                .hint("a newer tool may read this folder"),
            );
        }
        let currency = root.field("currency").currency();
        if let Some(currency) = currency {
            reading.know_totals(currency);
        }
        Self {
            name: root.field("name").text(),
            description: root.field("description").text(),
            horizon: horizon(&root, reading),
            currency: currency.unwrap_or(stand_in),
            seed: root.field("seed").whole(0..=u64::MAX),
            tables: root.section("tables", TABLE_KEYS),
            root,
        }
    }

    /// File that the settings name for a table.
    pub(crate) fn file(&self, table: &'static str) -> Option<Field<'a>> {
        self.tables.given(table)
    }
}

fn horizon(root: &Section<'_>, reading: &Reading) -> Horizon {
    let section = root.section("horizon", HORIZON_KEYS);
    let first = section.field("first_year").year();
    let years = section.field("years").count(1..=MOST_YEARS);
    let mut horizon = Horizon {
        first_year: first.unwrap_or(0),
        years,
        service_from: 0,
    };
    let Some(field) = section.given("service_from") else {
        reading.used_default("horizon.service_from");
        return horizon;
    };
    if let (Some(first), Some(year)) = (first, field.year()) {
        match u32::try_from(year - first).ok().filter(|at| *at < years) {
            Some(at) => horizon.service_from = at,
            None => field.push(
                Diagnostic::error(
                    "year-outside-horizon",
                    format!("{year} is outside the horizon"),
                )
                .expected(format!(
                    "a year from {first} to {}",
                    first + years as i32 - 1
                )),
            ),
        }
    }
    horizon
}
