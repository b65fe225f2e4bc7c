//! What stands in one cell or under one key, and its reading as a typed value.
//!
//! A value that cannot be read is a finding, and a stand-in takes its place so that reading goes on: NaN for
//! numbers, no row for references. Stand-ins never leave this crate, because a scenario with an error is not
//! handed out.

mod amount;
mod bounds;
mod choice;
mod name;
mod number;
mod unit;
mod units;

pub(crate) use bounds::{Bounds, DURATION_YEARS_MS};
pub(crate) use unit::unit_finding;
pub(crate) use units::{Carbon, FineDuration, TemperatureSpan};

use std::borrow::Cow;

use angara_diagnostics::{Diagnostic, Location};

use crate::reading::Reading;
use crate::table::Table;
use crate::yaml::{Document, Span};

/// Where a value stands.
#[derive(Clone)]
pub(crate) enum At<'a> {
    /// In a cell.
    Cell {
        /// Its table.
        table: &'a Table,
        /// Its row.
        row: usize,
    },
    /// Under a key of the settings.
    Key {
        /// The settings file.
        document: &'a Document,
        /// Bytes of the value.
        span: Span,
        /// Full name of the key, such as `planning.gap`.
        path: String,
    },
    /// Nowhere: it is a default.
    Default,
}

/// A value as it was written, or nothing where a required one is missing (which was found already).
#[derive(Clone)]
pub(crate) struct Field<'a> {
    reading: &'a Reading,
    name: &'static str,
    value: Option<Value<'a>>,
}

#[derive(Clone)]
struct Value<'a> {
    text: Cow<'a, str>,
    unit: Option<&'a str>,
    at: At<'a>,
}

impl<'a> Field<'a> {
    /// A value.
    pub(crate) fn new(
        reading: &'a Reading,
        name: &'static str,
        text: Cow<'a, str>,
        unit: Option<&'a str>,
        at: At<'a>,
    ) -> Self {
        Self {
            reading,
            name,
            value: Some(Value { text, unit, at }),
        }
    }

    /// No value.
    pub(crate) fn absent(reading: &'a Reading, name: &'static str) -> Self {
        Self {
            reading,
            name,
            value: None,
        }
    }

    /// A part of the value, such as one item of a list, at the same place.
    fn part(&self, text: &str) -> Self {
        Self {
            reading: self.reading,
            name: self.name,
            value: self.value.as_ref().map(|value| Value {
                text: Cow::Owned(text.to_owned()),
                unit: value.unit,
                at: value.at.clone(),
            }),
        }
    }

    /// Where the value stands.
    pub(crate) fn location(&self) -> Option<Location> {
        let value = self.value.as_ref()?;
        match &value.at {
            At::Cell { table, row } => Some(table.locate(*row, self.name)),
            At::Key {
                document,
                span,
                path,
            } => Some(
                document
                    .locate(span.clone())
                    .field(path.clone())
                    .value(&value.text),
            ),
            At::Default => None,
        }
    }

    /// Adds a finding about the value.
    pub(crate) fn push(&self, mut finding: Diagnostic) {
        finding.location = self.location().or(finding.location);
        self.reading.push(finding);
    }

    fn value(&self) -> Option<(&str, Option<&'a str>)> {
        self.value
            .as_ref()
            .map(|value| (value.text.trim(), value.unit))
    }
}
