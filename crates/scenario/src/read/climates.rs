//! Table `climates`: monthly normals in long form, twelve rows a climate.

use angara_diagnostics::{Diagnostic, quoted};
use angara_quantity::{Fraction, Length, Temperature};

use crate::model::{Climate, MonthlyNormal, WeatherSource};
use crate::reading::Reading;
use crate::table::{Ids, Row, Table, TableSpec, measured, plain};
use crate::written::{Bounds, TemperatureSpan};

/// The table.
pub(crate) const SPEC: TableSpec = TableSpec {
    name: "climates",
    row: "climate",
    keys: &["climate", "month"],
    needed: false,
    columns: &[
        plain("climate"),
        plain("month"),
        measured::<Temperature>("mean"),
        measured::<TemperatureSpan>("daily_range"),
        measured::<Fraction>("relative_humidity"),
        plain("longitude"),
        measured::<Length>("elevation"),
        plain("source"),
    ],
};

/// Heights above the sea at which people build.
pub(super) const ELEVATION: Bounds = Bounds::new(
    -500.0,
    6_000.0,
    "a height above the sea from -500 m to 6000 m",
);

/// A climate while its rows are gathered.
struct Draft {
    longitude: f64,
    elevation_m: f64,
    months: [Option<MonthlyNormal>; 12],
    last_row: usize,
    source: String,
}

/// Reads the table; the identifiers are added to `ids`.
pub(crate) fn read(table: &Table, ids: &mut Ids, reading: &Reading) -> Vec<Climate> {
    let mut drafts: Vec<Draft> = Vec::new();
    for row in table.rows(reading) {
        let id = row.field("climate").id();
        let month = row.field("month").whole(1..=12);
        let normal = normal(row);
        let longitude = row.field("longitude").number(Bounds::LONGITUDE);
        let elevation_m = row.field("elevation").quantity::<Length>(ELEVATION);
        if id.is_empty() {
            continue;
        }
        let index = ids.add(&id);
        if index == drafts.len() {
            drafts.push(Draft {
                longitude,
                elevation_m,
                months: [None; 12],
                last_row: row.index(),
                source: row.free("source"),
            });
        }
        let draft = &mut drafts[index];
        draft.last_row = row.index();
        for (name, first, here) in [
            ("longitude", draft.longitude, longitude),
            ("elevation", draft.elevation_m, elevation_m),
        ] {
            if first != here && !first.is_nan() && !here.is_nan() {
                reading.push(
                    Diagnostic::error(
                        "climate-differs",
                        format!(
                            "{} of the climate {} differs from its first row",
                            quoted(name),
                            quoted(&id)
                        ),
                    )
                    .at(row.locate(name))
                    .expected(format!("{first}, the same in all twelve rows")),
                );
            }
        }
        let slot = &mut draft.months[month as usize - 1];
        if slot.is_some() && row.given("month").is_some() {
            reading.push(
                Diagnostic::error(
                    "duplicate-month",
                    format!(
                        "month {month} of the climate {} is there twice",
                        quoted(&id)
                    ),
                )
                .at(row.locate("month"))
                .expected("each month from 1 to 12 once"),
            );
        }
        *slot = Some(normal);
    }
    drafts
        .into_iter()
        .zip(ids.names())
        .map(|(draft, id)| finished(draft, id, table, reading))
        .collect()
}

fn normal(row: Row<'_>) -> MonthlyNormal {
    MonthlyNormal {
        mean_c: row.field("mean").quantity::<Temperature>(Bounds::new(
            -80.0,
            60.0,
            "a monthly mean from -80 °C to 60 °C",
        )),
        daily_range_k: row
            .field("daily_range")
            .quantity::<TemperatureSpan>(Bounds::new(0.0, 40.0, "a daily range from 0 K to 40 K")),
        relative_humidity: row.field("relative_humidity").fraction(Bounds::SHARE),
    }
}

fn finished(draft: Draft, id: &str, table: &Table, reading: &Reading) -> Climate {
    let missing: Vec<String> = (1..=12)
        .filter(|month| draft.months[month - 1].is_none())
        .map(|month: usize| month.to_string())
        .collect();
    if !missing.is_empty() {
        reading.push(
            Diagnostic::error(
                "missing-month",
                format!(
                    "the climate {} lacks {} {}",
                    quoted(id),
                    if missing.len() == 1 {
                        "month"
                    } else {
                        "the months"
                    },
                    missing.join(", ")
                ),
            )
            .at(table.locate(draft.last_row, "climate"))
            .expected("twelve rows, one for each month from 1 to 12"),
        );
    }
    Climate {
        id: id.to_owned(),
        weather: WeatherSource::Normals {
            longitude: draft.longitude,
            elevation_m: draft.elevation_m,
            months: draft.months.map(Option::unwrap_or_default),
        },
        source: draft.source,
    }
}
