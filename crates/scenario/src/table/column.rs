//! What columns a table has, and which of them carry units.

use angara_quantity::{Money, ParseQuantityError, Per, Price, Quantity};

/// A table of the scenario.
#[derive(Debug)]
pub(crate) struct TableSpec {
    /// Name in `scenario.yaml`.
    pub(crate) name: &'static str,
    /// What a row is, in the words of a message.
    pub(crate) row: &'static str,
    /// Columns that together name a row.
    pub(crate) keys: &'static [&'static str],
    /// True where the table may not be left out.
    pub(crate) needed: bool,
    /// Columns.
    pub(crate) columns: &'static [ColumnSpec],
}

/// Checks that a text such as `1 MW` carries a unit of the right kind.
type UnitCheck = fn(&str) -> Result<(), ParseQuantityError>;

/// A column of a table.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ColumnSpec {
    pub(crate) name: &'static str,
    /// False where the column or a cell of it may be left out.
    pub(crate) required: bool,
    /// Check of the header's unit; `None` where the column has no unit.
    pub(crate) unit: Option<UnitCheck>,
}

/// A column without unit.
pub(crate) const fn plain(name: &'static str) -> ColumnSpec {
    ColumnSpec {
        name,
        required: true,
        unit: None,
    }
}

/// A column of quantities.
pub(crate) const fn measured<Q: Quantity>(name: &'static str) -> ColumnSpec {
    ColumnSpec {
        name,
        required: true,
        unit: Some(|text| Q::parse(text).map(|_| ())),
    }
}

/// A column of amounts of money.
pub(crate) const fn money(name: &'static str) -> ColumnSpec {
    ColumnSpec {
        name,
        required: true,
        unit: Some(|text| text.parse::<Money>().map(|_| ())),
    }
}

/// A column of prices.
pub(crate) const fn price(name: &'static str, per: Per) -> ColumnSpec {
    let unit: UnitCheck = match per {
        Per::KilowattHour => |text| Price::parse(text, Per::KilowattHour, None).map(|_| ()),
        Per::KilowattMonth => |text| Price::parse(text, Per::KilowattMonth, None).map(|_| ()),
        Per::GigabitMonth => |text| Price::parse(text, Per::GigabitMonth, None).map(|_| ()),
        Per::CubicMetre => |text| Price::parse(text, Per::CubicMetre, None).map(|_| ()),
        Per::Year => |text| Price::parse(text, Per::Year, None).map(|_| ()),
        Per::Tonne => |text| Price::parse(text, Per::Tonne, None).map(|_| ()),
    };
    ColumnSpec {
        name,
        required: true,
        unit: Some(unit),
    }
}

impl ColumnSpec {
    /// The same column, which may be left out.
    pub(crate) const fn optional(mut self) -> Self {
        self.required = false;
        self
    }
}

impl TableSpec {
    /// The column of a name.
    pub(crate) fn column(&self, name: &str) -> Option<&'static ColumnSpec> {
        self.columns.iter().find(|column| column.name == name)
    }
}

/// True for columns that any table may have: notes and sources.
pub(super) fn is_free(name: &str) -> bool {
    name.starts_with("note") || name.starts_with("source")
}
