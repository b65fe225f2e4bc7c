//! The rows of a table: values by time, in SI.

use super::columns::{Column, Header, Quantity, split};
use super::humidity_from_dew_point;
use super::time::{minutes_of, minutes_of_tmy3};
use crate::finding::{Finding, Findings};

/// Values of one row; `None` where there is none.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Row {
    /// Minutes since 1970.
    pub(super) minutes: i64,
    pub(super) dry_bulb_c: Option<f64>,
    pub(super) relative_humidity: Option<f64>,
    pub(super) pressure_pa: Option<f64>,
}

/// Values that were refused, by quantity.
#[derive(Default)]
struct Refused {
    dry_bulb: u32,
    humidity: u32,
    pressure: u32,
}

/// All rows with a time, in the order of the file.
pub(super) fn read(text: &str, header: &Header, findings: &mut Findings) -> Vec<Row> {
    let mut refused = Refused::default();
    let mut rows = Vec::new();
    let mut fields: Vec<&str> = Vec::new();
    for (index, line) in text.lines().enumerate().skip(header.row) {
        if line.trim().is_empty() {
            continue;
        }
        fields.clear();
        fields.extend(split(line, header.delimiter));
        let field = |index: usize| fields.get(index).copied().unwrap_or("");
        let minutes = match header.time_of_day {
            Some(time_of_day) => minutes_of_tmy3(field(header.time), field(time_of_day)),
            None => minutes_of(field(header.time)),
        };
        let Some(minutes) = minutes else {
            findings.push(Finding::error(
                Some(index as u32 + 1),
                "time",
                field(header.time),
                "a time such as 2020-01-31T05:00",
            ));
            continue;
        };
        rows.push(values(&fields, header, minutes, &mut refused));
    }
    for (name, count) in [
        (header.dry_bulb.name.as_str(), refused.dry_bulb),
        ("humidity", refused.humidity),
        ("pressure", refused.pressure),
    ] {
        if count > 0 {
            findings.push(Finding::note(
                None,
                name,
                &format!("{count} values that are no weather or of doubtful quality"),
                "taken as missing",
            ));
        }
    }
    rows
}

fn values(fields: &[&str], header: &Header, minutes: i64, refused: &mut Refused) -> Row {
    let dry_bulb_c = number(
        fields,
        Some(&header.dry_bulb),
        Quantity::DryBulb,
        &mut refused.dry_bulb,
    );
    let humidity = number(
        fields,
        header.humidity.as_ref(),
        Quantity::Humidity,
        &mut refused.humidity,
    )
    .map(|humidity| humidity.min(1.0));
    let from_dew_point = || {
        let column = header.dew_point.as_ref();
        let dew_point_c = number(fields, column, Quantity::DewPoint, &mut refused.humidity)?;
        Some(humidity_from_dew_point(dry_bulb_c?, dew_point_c))
    };
    Row {
        minutes,
        dry_bulb_c,
        relative_humidity: humidity.or_else(from_dew_point),
        pressure_pa: number(
            fields,
            header.pressure.as_ref(),
            Quantity::Pressure,
            &mut refused.pressure,
        ),
    }
}

/// A value in SI; `None` where it is empty, out of range or not of good quality.
fn number(
    fields: &[&str],
    column: Option<&Column>,
    quantity: Quantity,
    refused: &mut u32,
) -> Option<f64> {
    let column = column?;
    let text = fields.get(column.index).copied().unwrap_or("");
    if text.is_empty() {
        return None;
    }
    let good = column
        .quality
        .is_none_or(|index| fields.get(index).copied().unwrap_or("") == "0");
    let value = text
        .parse::<f64>()
        .ok()
        .map(|value| value * column.scale + column.offset)
        .filter(|value| good && quantity.range().contains(value));
    *refused += u32::from(value.is_none());
    value
}
