//! Which column is what, by the names that weather services give them.

use std::ops::RangeInclusive;

use crate::finding::{Finding, Findings};

/// Lines among which the header is looked for.
const HEADER_LINES_MAX: usize = 20;
/// Longest name kept of a station [characters].
const NAME_LENGTH_MAX: usize = 60;
/// Zero of the Celsius scale [K].
const ZERO_CELSIUS_K: f64 = 273.15;

/// A quantity of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Quantity {
    DryBulb,
    Humidity,
    DewPoint,
    Pressure,
}

/// A column that is read: where it stands, how its numbers become SI, and where its quality stands.
#[derive(Debug, Clone)]
pub(super) struct Column {
    pub(super) index: usize,
    pub(super) name: String,
    pub(super) scale: f64,
    pub(super) offset: f64,
    pub(super) quality: Option<usize>,
}

impl Quantity {
    /// Names in lower case, with the factor and the offset that lead to °C, shares of 1, and Pa.
    fn names(self) -> &'static [(&'static str, f64, f64)] {
        const KELVIN: f64 = -ZERO_CELSIUS_K;
        match self {
            Self::DryBulb => &[
                ("temp_c", 1.0, 0.0),
                ("temperature_2m (°c)", 1.0, 0.0),
                ("temperature_2m", 1.0, 0.0),
                ("temperature_air", 1.0, 0.0),
                ("temp_air", 1.0, 0.0),
                ("dry_bulb_c", 1.0, 0.0),
                ("dry-bulb (c)", 1.0, 0.0),
                ("t2m", 1.0, KELVIN),
                ("2t", 1.0, KELVIN),
                ("temperature_2m (k)", 1.0, KELVIN),
            ],
            Self::Humidity => &[
                ("rh_pct", 0.01, 0.0),
                ("relative_humidity_2m (%)", 0.01, 0.0),
                ("relative_humidity_2m", 0.01, 0.0),
                ("relativehumidity_2m (%)", 0.01, 0.0),
                ("relativehumidity_2m", 0.01, 0.0),
                ("relative_humidity", 0.01, 0.0),
                ("relative_humidity_pct", 0.01, 0.0),
                ("humidity", 0.01, 0.0),
                ("rhum (%)", 0.01, 0.0),
            ],
            Self::DewPoint => &[
                ("dew_point_2m (°c)", 1.0, 0.0),
                ("dew_point_2m", 1.0, 0.0),
                ("dewpoint_2m (°c)", 1.0, 0.0),
                ("dewpoint_2m", 1.0, 0.0),
                ("dew_point_c", 1.0, 0.0),
                ("dew-point (c)", 1.0, 0.0),
                ("d2m", 1.0, KELVIN),
                ("2d", 1.0, KELVIN),
            ],
            Self::Pressure => &[
                ("surface_pressure (hpa)", 100.0, 0.0),
                ("surface_pressure", 100.0, 0.0),
                ("pressure_pa", 1.0, 0.0),
                ("pressure_hpa", 100.0, 0.0),
                ("pressure (mbar)", 100.0, 0.0),
                ("sp", 1.0, 0.0),
            ],
        }
    }

    /// Values that can be weather; everything else is missing.
    pub(super) fn range(self) -> RangeInclusive<f64> {
        match self {
            Self::DryBulb => -90.0..=70.0,
            Self::Humidity => 0.0..=1.1,
            Self::DewPoint => -100.0..=60.0,
            Self::Pressure => 31_000.0..=120_000.0,
        }
    }

    fn column(self, fields: &[String]) -> Option<Column> {
        self.names().iter().find_map(|(name, scale, offset)| {
            let index = fields.iter().position(|field| field == name)?;
            let quality = format!("{name}_quality");
            Some(Column {
                index,
                name: fields[index].clone(),
                scale: *scale,
                offset: *offset,
                quality: fields.iter().position(|field| *field == quality),
            })
        })
    }
}

/// Names of the column of times, in lower case.
const TIMES: &[&str] = &[
    "time",
    "time_local",
    "time_utc",
    "valid_time",
    "timestamp",
    "datetime",
    "date",
];
/// The two columns of times of a TMY3 file, in lower case.
const TMY3_TIMES: (&str, &str) = ("date (mm/dd/yyyy)", "time (hh:mm)");

/// What stands before and in the header of a table.
#[derive(Debug)]
pub(super) struct Header {
    /// Line of the names, counted from 1.
    pub(super) row: usize,
    pub(super) delimiter: char,
    pub(super) time: usize,
    /// Time of day beside the date, in TMY3 files.
    pub(super) time_of_day: Option<usize>,
    pub(super) dry_bulb: Column,
    pub(super) humidity: Option<Column>,
    pub(super) dew_point: Option<Column>,
    pub(super) pressure: Option<Column>,
    pub(super) elevation_m: Option<f64>,
    pub(super) station: Option<String>,
    pub(super) source: &'static str,
}

impl Header {
    /// The first line that names a time and a temperature; a finding where there is none.
    pub(super) fn find(text: &str, findings: &mut Findings) -> Option<Self> {
        let lines: Vec<&str> = text.lines().take(HEADER_LINES_MAX).collect();
        for (index, line) in lines.iter().enumerate() {
            for delimiter in [',', ';', '\t'] {
                let fields: Vec<String> = split(line, delimiter).map(str::to_lowercase).collect();
                if let Some(header) = Self::of(index, delimiter, &fields, &lines) {
                    return header.checked(findings);
                }
            }
        }
        findings.push(Finding::error(
            None,
            "header",
            lines.first().copied().unwrap_or(""),
            "an EPW or TMY3 file, or a line that names a time (time, valid_time, date) and a temperature \
             (temperature_2m, temp_c, t2m, temperature_air) among the first lines",
        ));
        None
    }

    fn of(index: usize, delimiter: char, fields: &[String], lines: &[&str]) -> Option<Self> {
        let position = |name: &str| fields.iter().position(|field| field == name);
        let tmy3 = position(TMY3_TIMES.0).zip(position(TMY3_TIMES.1));
        let (time, time_of_day) = match tmy3 {
            Some((date, time)) => (date, Some(time)),
            None => (TIMES.iter().find_map(|name| position(name))?, None),
        };
        let place = if tmy3.is_some() {
            Place::of_tmy3(lines)
        } else {
            Place::of_open_meteo(&lines[..index], delimiter)
        };
        Some(Self {
            row: index + 1,
            delimiter,
            time,
            time_of_day,
            dry_bulb: Quantity::DryBulb.column(fields)?,
            humidity: Quantity::Humidity.column(fields),
            dew_point: Quantity::DewPoint.column(fields),
            pressure: Quantity::Pressure.column(fields),
            elevation_m: place.elevation_m,
            station: place.station,
            source: if tmy3.is_some() { "TMY3" } else { "table" },
        })
    }

    fn checked(self, findings: &mut Findings) -> Option<Self> {
        if self.humidity.is_none() && self.dew_point.is_none() {
            findings.push(Finding::error(
                Some(self.row as u32),
                "header",
                "no column of humidity",
                "relative_humidity_2m, rh_pct, humidity, dew_point_2m or d2m",
            ));
            return None;
        }
        Some(self)
    }
}

/// What the lines before the header tell of the place.
#[derive(Default)]
struct Place {
    elevation_m: Option<f64>,
    station: Option<String>,
}

impl Place {
    /// First line of TMY3: number, name, state, hours ahead of UTC, latitude, longitude, elevation.
    fn of_tmy3(lines: &[&str]) -> Self {
        let fields: Vec<&str> = lines
            .first()
            .map(|line| split(line, ',').collect())
            .unwrap_or_default();
        Self {
            elevation_m: fields.get(6).and_then(|field| field.parse().ok()),
            station: fields.get(1).map(|name| {
                name.chars()
                    .filter(|character| !character.is_control())
                    .take(NAME_LENGTH_MAX)
                    .collect()
            }),
        }
    }

    /// A line of names with `elevation`, and its values below.
    fn of_open_meteo(lines: &[&str], delimiter: char) -> Self {
        let elevation_m = lines
            .iter()
            .zip(lines.iter().skip(1))
            .find_map(|(names, values)| {
                let index = split(names, delimiter).position(|name| name == "elevation")?;
                split(values, delimiter).nth(index)?.parse().ok()
            });
        Self {
            elevation_m,
            station: None,
        }
    }
}

/// Fields of a line, without blanks and quotes around them.
pub(crate) fn split(line: &str, delimiter: char) -> impl Iterator<Item = &str> {
    line.split(delimiter)
        .map(|field| field.trim().trim_matches('"'))
}
