//! Table `grids`.

use angara_quantity::{CarbonIntensity, Currency, Fraction, Per, Price};

use crate::model::Grid;
use crate::reading::Reading;
use crate::table::{Table, TableSpec, measured, plain, price};
use crate::written::Bounds;

/// The table.
pub(crate) const SPEC: TableSpec = TableSpec {
    name: "grids",
    row: "grid",
    keys: &["id"],
    needed: true,
    columns: &[
        plain("id"),
        plain("name"),
        measured::<CarbonIntensity>("carbon"),
        measured::<Fraction>("carbon_drift").optional(),
        price("energy_price", Per::KilowattHour),
        price("demand_charge", Per::KilowattMonth).optional(),
        measured::<Fraction>("price_growth").optional(),
        plain("source"),
    ],
};

/// Reads the table.
pub(crate) fn read(table: &Table, currency: Currency, reading: &Reading) -> Vec<Grid> {
    let nothing = |per| Price {
        amount: 0.0,
        currency,
        per,
    };
    table
        .rows(reading)
        .map(|row| Grid {
            id: row.free("id"),
            name: row.field("name").text(),
            carbon_g_per_kwh: row.field("carbon").quantity::<CarbonIntensity>(Bounds::new(
                0.0,
                5_000.0,
                "a carbon intensity from 0 to 5000 g/kWh",
            )),
            carbon_drift_per_year: row.field("carbon_drift").fraction(Bounds::DRIFT),
            energy_price: row
                .field("energy_price")
                .price(Per::KilowattHour)
                .unwrap_or(nothing(Per::KilowattHour)),
            demand_charge: row
                .field("demand_charge")
                .price(Per::KilowattMonth)
                .unwrap_or(nothing(Per::KilowattMonth)),
            price_growth_per_year: row.field("price_growth").fraction(Bounds::DRIFT),
            source: row.free("source"),
        })
        .collect()
}
