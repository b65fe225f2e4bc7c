//! Table `profiles`: shapes of demand, normalised to a highest hour and a highest month of 1.

use angara_diagnostics::{Diagnostic, quoted};
use angara_quantity::Fraction;

use crate::model::Profile;
use crate::reading::Reading;
use crate::table::{Row, Table, TableSpec, measured, plain};
use crate::written::Bounds;

/// The table.
pub(crate) const SPEC: TableSpec = TableSpec {
    name: "profiles",
    row: "profile",
    keys: &["id"],
    needed: true,
    columns: &[
        plain("id"),
        plain("h00"),
        plain("h01"),
        plain("h02"),
        plain("h03"),
        plain("h04"),
        plain("h05"),
        plain("h06"),
        plain("h07"),
        plain("h08"),
        plain("h09"),
        plain("h10"),
        plain("h11"),
        plain("h12"),
        plain("h13"),
        plain("h14"),
        plain("h15"),
        plain("h16"),
        plain("h17"),
        plain("h18"),
        plain("h19"),
        plain("h20"),
        plain("h21"),
        plain("h22"),
        plain("h23"),
        measured::<Fraction>("weekend"),
        plain("m01"),
        plain("m02"),
        plain("m03"),
        plain("m04"),
        plain("m05"),
        plain("m06"),
        plain("m07"),
        plain("m08"),
        plain("m09"),
        plain("m10"),
        plain("m11"),
        plain("m12"),
    ],
};

/// Reads the table.
pub(crate) fn read(table: &Table, reading: &Reading) -> Vec<Profile> {
    table
        .rows(reading)
        .map(|row| Profile {
            id: row.free("id"),
            hours: shape(row, 'h', reading),
            weekend: row.field("weekend").fraction(Bounds::SHARE),
            months: shape(row, 'm', reading),
        })
        .collect()
}

/// The columns whose names are a letter and two digits, over the highest of them.
fn shape<const N: usize>(row: Row<'_>, letter: char, reading: &Reading) -> [f64; N] {
    let mut values = [f64::NAN; N];
    let columns = SPEC
        .columns
        .iter()
        .map(|column| column.name)
        .filter(|name| {
            name.strip_prefix(letter)
                .is_some_and(|rest| rest.len() == 2 && rest.parse::<u8>().is_ok())
        });
    for (value, name) in values.iter_mut().zip(columns) {
        *value = row.field(name).number(Bounds::NOT_NEGATIVE);
    }
    let highest = values.iter().copied().fold(0.0, f64::max);
    if values.iter().any(|value| value.is_nan()) {
        return values;
    }
    if highest == 0.0 {
        let (what, first) = if letter == 'h' {
            ("hours", "h00")
        } else {
            ("months", "m01")
        };
        reading.push(
            Diagnostic::error(
                "empty-profile",
                format!(
                    "all {what} of the profile {} are 0",
                    quoted(&row.free("id"))
                ),
            )
            .at(row.locate(first))
            .expected(
                "at least one value above 0: a profile is a shape, and its highest value becomes 1",
            ),
        );
        return values;
    }
    values.map(|value| value / highest)
}
