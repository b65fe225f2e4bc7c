//! The data rows of a weather file: each value to its hour of the year in local standard time.

use std::ops::RangeInclusive;

use super::{EPW_LINE_BYTES_MAX, EPW_ROWS_MAX};
use crate::calendar::{DAYS_PER_MONTH, HOURS_PER_YEAR, HourOfYear, MONTH_STARTS};
use crate::finding::{Finding, Findings};
use crate::weather::{PRESSURE_RANGE_PA, WeatherHour};

/// Name of the dry-bulb field.
pub(super) const DRY_BULB: &str = "dry bulb temperature [°C]";
/// Name of the humidity field.
pub(super) const HUMIDITY: &str = "relative humidity [%]";
/// Name of the pressure field.
pub(super) const PRESSURE: &str = "atmospheric station pressure [Pa]";

/// Most temperatures or humidities that may be missing: 5 % of the hours.
const MISSING_MAX: usize = HOURS_PER_YEAR as usize / 20;
/// Fields that a row must have up to the pressure.
const FIELDS_MIN: usize = 10;

/// The columns that are read, by local hour of the year; `None` where the file gives no value.
pub(super) struct Columns {
    /// Dry bulb [°C].
    pub(super) dry_bulb_c: Vec<Option<f64>>,
    /// Relative humidity, 0 to 1.
    pub(super) relative_humidity: Vec<Option<f64>>,
    /// Pressure [Pa].
    pub(super) pressure_pa: Vec<Option<f64>>,
}

impl Columns {
    fn empty() -> Self {
        let column = vec![None; usize::from(HOURS_PER_YEAR)];
        Self {
            dry_bulb_c: column.clone(),
            relative_humidity: column.clone(),
            pressure_pa: column,
        }
    }

    /// Joins the columns, `None` when a value is missing.
    pub(super) fn hours(&self) -> Option<Vec<WeatherHour>> {
        self.dry_bulb_c
            .iter()
            .zip(&self.relative_humidity)
            .zip(&self.pressure_pa)
            .map(|((dry_bulb_c, relative_humidity), pressure_pa)| {
                Some(WeatherHour {
                    dry_bulb_c: (*dry_bulb_c)?,
                    relative_humidity: (*relative_humidity)?,
                    pressure_pa: (*pressure_pa)?,
                })
            })
            .collect()
    }
}

/// One field of a row: where it stands, what means "missing", what is possible.
struct Field {
    index: usize,
    name: &'static str,
    missing_code: f64,
    range: RangeInclusive<f64>,
}

const DRY_BULB_FIELD: Field = Field {
    index: 6,
    name: DRY_BULB,
    missing_code: 99.9,
    range: -70.0..=70.0,
};
const HUMIDITY_FIELD: Field = Field {
    index: 8,
    name: HUMIDITY,
    missing_code: 999.0,
    range: 0.0..=110.0,
};
const PRESSURE_FIELD: Field = Field {
    index: 9,
    name: PRESSURE,
    missing_code: 999_999.0,
    range: PRESSURE_RANGE_PA,
};

impl Field {
    /// The value in a row; `None` when it is missing, which is counted, or when it is wrong, which is a
    /// finding.
    fn read(
        &self,
        row: u32,
        fields: &[&str],
        missing: &mut usize,
        findings: &mut Findings,
    ) -> Option<f64> {
        let text = fields[self.index];
        if text.is_empty() {
            *missing += 1;
            return None;
        }
        match text.parse::<f64>() {
            Ok(value) if (value - self.missing_code).abs() < 1e-6 => {
                *missing += 1;
                None
            }
            Ok(value) if self.range.contains(&value) => Some(value),
            _ => {
                let expected = format!(
                    "a number from {} to {}, or {} for missing",
                    self.range.start(),
                    self.range.end(),
                    self.missing_code
                );
                findings.push(Finding::error(Some(row), self.name, text, expected));
                None
            }
        }
    }
}

/// Reads all data rows into columns.
pub(super) fn read<'text>(
    lines: impl Iterator<Item = (u32, &'text str)>,
    findings: &mut Findings,
) -> Columns {
    let mut columns = Columns::empty();
    let mut row_of_hour: Vec<Option<u32>> = vec![None; usize::from(HOURS_PER_YEAR)];
    let mut supersaturated = 0u32;
    let [mut no_dry_bulb, mut no_humidity, mut no_pressure] = [0; 3];
    let mut rows = 0usize;
    for (row, line) in lines {
        if line.trim().is_empty() {
            continue;
        }
        rows += 1;
        if rows > EPW_ROWS_MAX {
            findings.push(Finding::error(
                Some(row),
                "rows",
                &format!("more than {EPW_ROWS_MAX}"),
                "8760 hourly rows, or 8784 with 29 February",
            ));
            return columns;
        }
        let Some(fields) = split(row, line, findings) else {
            continue;
        };
        let Some(hour) = hour_of(row, &fields, findings) else {
            continue;
        };
        if let Some(earlier) = row_of_hour[hour] {
            findings.push(Finding::error(
                Some(row),
                "month, day, hour",
                &fields[1..4].join(", "),
                format!("each hour once; row {earlier} has it already"),
            ));
            continue;
        }
        row_of_hour[hour] = Some(row);
        columns.dry_bulb_c[hour] = DRY_BULB_FIELD.read(row, &fields, &mut no_dry_bulb, findings);
        columns.relative_humidity[hour] = HUMIDITY_FIELD
            .read(row, &fields, &mut no_humidity, findings)
            .map(|percent| {
                supersaturated += u32::from(percent > 100.0);
                (percent / 100.0).min(1.0)
            });
        columns.pressure_pa[hour] = PRESSURE_FIELD.read(row, &fields, &mut no_pressure, findings);
    }
    if supersaturated > 0 {
        findings.push(Finding::note(
            None,
            HUMIDITY,
            &format!("above 100 % in {supersaturated} rows"),
            "at most 100 %; these were set to 100 %",
        ));
    }
    for (name, missing) in [(DRY_BULB, no_dry_bulb), (HUMIDITY, no_humidity)] {
        if missing > MISSING_MAX {
            findings.push(Finding::error(
                None,
                name,
                &format!("{missing} values missing"),
                format!("at most {MISSING_MAX} of {HOURS_PER_YEAR} missing"),
            ));
        }
    }
    report_absent_hours(&row_of_hour, findings);
    columns
}

/// Splits a row into trimmed fields.
fn split<'text>(row: u32, line: &'text str, findings: &mut Findings) -> Option<Vec<&'text str>> {
    if line.len() > EPW_LINE_BYTES_MAX {
        let expected = format!("at most {EPW_LINE_BYTES_MAX} bytes in a line");
        findings.push(Finding::error(Some(row), "line", line, expected));
        return None;
    }
    let fields: Vec<&str> = line.split(',').take(FIELDS_MIN).map(str::trim).collect();
    if fields.len() < FIELDS_MIN {
        findings.push(Finding::error(
            Some(row),
            "fields",
            &fields.len().to_string(),
            format!("at least {FIELDS_MIN}: year, month, day, hour, minute, flags, dry bulb, dew point, humidity, pressure"),
        ));
        return None;
    }
    Some(fields)
}

/// Index of the local hour that a row describes; `None` for 29 February and, with a finding, for a date
/// that does not exist.
fn hour_of(row: u32, fields: &[&str], findings: &mut Findings) -> Option<usize> {
    let mut number = |index: usize, name: &str, last: u16| -> Option<u16> {
        let value = fields[index]
            .parse()
            .ok()
            .filter(|value| (1..=last).contains(value));
        if value.is_none() {
            let expected = format!("a whole number from 1 to {last}");
            findings.push(Finding::error(Some(row), name, fields[index], expected));
        }
        value
    };
    let month = number(1, "month", 12);
    let hour = number(3, "hour", 24);
    let month = usize::from(month?) - 1;
    let is_february = month == 1;
    let day = number(2, "day", DAYS_PER_MONTH[month] + u16::from(is_february))?;
    if day > DAYS_PER_MONTH[month] {
        return None;
    }
    Some(usize::from(
        (MONTH_STARTS[month] + day - 1) * 24 + hour? - 1,
    ))
}

/// One finding for each stretch of hours that no row describes.
fn report_absent_hours(row_of_hour: &[Option<u32>], findings: &mut Findings) {
    let absent: Vec<HourOfYear> = HourOfYear::all()
        .zip(row_of_hour)
        .filter(|(_, row)| row.is_none())
        .map(|(hour, _)| hour)
        .collect();
    for stretch in absent.chunk_by(|earlier, later| earlier.index() + 1 == later.index()) {
        let first = stretch[0];
        let day = first.day_of_year() - MONTH_STARTS[usize::from(first.month()) - 1] + 1;
        findings.push(Finding::error(
            None,
            "rows",
            &format!(
                "no row for {} h from month {}, day {day}, hour {}",
                stretch.len(),
                first.month(),
                first.hour_of_day() + 1
            ),
            "8760 hourly rows, or 8784 with 29 February",
        ));
    }
}
