//! Table `weather`: climates whose hourly weather comes from an EPW file.

use angara_diagnostics::{Diagnostic, Location, quoted};

use crate::folder::{Folder, Refusal};
use crate::limits;
use crate::model::{Climate, WeatherSource};
use crate::reading::Reading;
use crate::table::{Ids, Row, Table, TableSpec, plain};

/// The table.
pub(crate) const SPEC: TableSpec = TableSpec {
    name: "weather",
    row: "weather file",
    keys: &["climate"],
    needed: false,
    columns: &[plain("climate"), plain("file"), plain("source")],
};

/// Reads the table and the files it names; the identifiers are added to `ids`.
pub(crate) fn read(
    table: &Table,
    ids: &mut Ids,
    folder: &mut Folder<'_>,
    reading: &Reading,
) -> Vec<Climate> {
    let mut climates = Vec::new();
    for row in table.rows(reading) {
        let id = row.field("climate").id();
        let file = row.field("file").text();
        if id.is_empty() {
            continue;
        }
        if ids.get(&id).is_some() {
            reading.push(
                Diagnostic::error(
                    "duplicate-id",
                    format!("the climate {} is there already", quoted(&id)),
                )
                .at(row.locate("climate"))
                .expected("a climate with monthly normals or with one weather file, not both"),
            );
            continue;
        }
        ids.add(&id);
        climates.push(Climate {
            id,
            weather: hourly(row, &file, folder, reading),
            source: row.free("source"),
        });
    }
    climates
}

fn hourly(row: Row<'_>, file: &str, folder: &mut Folder<'_>, reading: &Reading) -> WeatherSource {
    let mut hourly = WeatherSource::Hourly {
        file: file.to_owned(),
        elevation_m: f64::NAN,
        dry_bulb_c: Vec::new(),
        relative_humidity: Vec::new(),
        pressure_pa: Vec::new(),
    };
    if file.is_empty() {
        return hourly;
    }
    let (year, findings) = match folder.bytes(file, limits::FILE_BYTES) {
        Ok(bytes) => angara_series::read_epw(bytes),
        Err(Refusal::Refused(finding)) => {
            reading.push(finding.at(row.locate("file")));
            return hourly;
        }
        Err(Refusal::Missing) => {
            reading.push(
                Diagnostic::error("missing-file", format!("there is no file {}", quoted(file)))
                    .at(row.locate("file"))
                    .expected("an EPW weather file in the scenario folder")
                    .maybe_hint(folder.similar(file)),
            );
            return hourly;
        }
    };
    // Repairs that the reader made are no findings: the report's trust box tells of them.
    for finding in findings.iter().filter(|finding| finding.is_error()) {
        let found = if finding.value.is_empty() {
            "is missing".to_owned()
        } else {
            format!("cannot be {}", quoted(&finding.value))
        };
        reading.push(
            Diagnostic::error(
                "bad-weather",
                format!("in the weather file, {} {found}", quoted(&finding.field)),
            )
            .at(Location {
                line: finding.row.map(|row| row as usize),
                ..Location::file(file)
            }
            .field(finding.field.as_str()))
            .expected(finding.expected.as_str()),
        );
    }
    if let (
        Some(year),
        WeatherSource::Hourly {
            elevation_m,
            dry_bulb_c,
            relative_humidity,
            pressure_pa,
            ..
        },
    ) = (year, &mut hourly)
    {
        *elevation_m = year.elevation_m();
        for hour in year.hours() {
            dry_bulb_c.push(hour.dry_bulb_c);
            relative_humidity.push(hour.relative_humidity);
            pressure_pa.push(hour.pressure_pa);
        }
    }
    hourly
}
