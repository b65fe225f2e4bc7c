//! `prices` and `carbon`: what energy costs and emits, by cluster.

use std::path::Path;

use angara_quantity::Currency;
use angara_simulation::intensity::IntensitySeries;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

use super::pattern::Pattern;
use super::table;
use crate::ReplayFault;
use crate::document::{Dimension, Fields};
use crate::opendc::points;

/// Largest price or intensity.
const VALUE_MAX: f64 = 1e12;

/// A series of some clusters.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct SeriesRule {
    /// Where the settings say it.
    pub(super) path: String,
    pub(super) cluster: Pattern,
    pub(super) values: SeriesValues,
}

/// Where values come from.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum SeriesValues {
    /// One value for ever.
    Fixed(f64),
    /// A column of a file, against `timestamp`.
    File {
        /// The file.
        file: String,
        /// The column.
        column: String,
    },
}

/// What energy costs.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Prices {
    pub(super) currency: Option<Currency>,
    /// Megawatt-hours in the energy that prices are for [1/MWh].
    pub(super) per_mwh: f64,
    pub(super) series: Vec<SeriesRule>,
}

pub(super) fn prices(prices: Fields<'_>) -> Prices {
    prices.required("currency");
    prices.required("series");
    let currency = prices.text("currency").and_then(|text| {
        let currency = text.parse().ok();
        if currency.is_none()
            && let Some(value) = prices.get("currency")
        {
            prices.refuse("currency", value, "the code of a currency, such as EUR");
        }
        currency
    });
    let per_mwh = prices.choice("per", &[("MWh", 1.0), ("kWh", 1e3)]);
    let rules = prices.objects("series").into_iter();
    let series = rules
        .filter_map(|rule| rule_of(rule, "price", -VALUE_MAX))
        .collect();
    prices.finish();
    Prices {
        currency,
        per_mwh: per_mwh.unwrap_or(1.0),
        series,
    }
}

/// Reads which carbon intensities a cluster has.
pub(super) fn carbon(rule: Fields<'_>) -> Option<SeriesRule> {
    rule_of(rule, "carbon_intensity", 0.0)
}

fn rule_of(rule: Fields<'_>, column: &str, least: f64) -> Option<SeriesRule> {
    let path = rule.path("").trim_end_matches('.').to_owned();
    let cluster = rule.text("cluster").map_or_else(Pattern::any, Pattern::new);
    let fixed = rule.number("fixed", Dimension::Plain, least, VALUE_MAX);
    let file = rule.text("file").map(str::to_owned);
    let column = rule.text("column").unwrap_or(column).to_owned();
    let told = [rule.get("fixed"), rule.get("file")]
        .into_iter()
        .flatten()
        .count();
    if told != 1 {
        rule.document().complain(
            &path,
            format!("{path} tells {told} sources of values"),
            "either file or fixed",
        );
    }
    rule.finish();
    let values = match (fixed, file) {
        (Some(value), _) => SeriesValues::Fixed(value),
        (None, Some(file)) => SeriesValues::File { file, column },
        (None, None) => return None,
    };
    Some(SeriesRule {
        path,
        cluster,
        values,
    })
}

/// The points of a file, CSV or Parquet, by instant [ms since 1970].
pub(super) fn points_of(path: &Path, column: &str) -> Result<Vec<(i64, f64)>, ReplayFault> {
    if table::is_parquet(path) {
        return points(path, column);
    }
    let fault = |row: usize, problem: String| {
        // The header is the first line.
        ReplayFault::file(path, format!("row {}: {problem}", row + 1))
    };
    let mut points = Vec::new();
    for (row, cells) in table::read(path, &["timestamp", column])?
        .into_iter()
        .enumerate()
    {
        let [instant, value] = cells.as_slice() else {
            continue;
        };
        let instant = instant.as_deref().unwrap_or_default();
        let value = value.as_deref().unwrap_or_default();
        let instant_ms = instant_ms(instant).ok_or_else(|| {
            let expected = "expected a date and time such as 2024-03-01T12:00:00, or ms since 1970";
            fault(row, format!("timestamp is `{instant}`, {expected}"))
        })?;
        let number: Option<f64> = value.parse().ok();
        let number = number
            .filter(|number| number.is_finite())
            .ok_or_else(|| fault(row, format!("{column} is `{value}`, expected a number")))?;
        points.push((instant_ms, number));
    }
    points.sort_by_key(|(instant_ms, _)| *instant_ms);
    Ok(points)
}

/// Milliseconds since 1970 of a number of them, or of a date and time, taken as UTC where it has no offset.
fn instant_ms(text: &str) -> Option<i64> {
    if let Ok(instant_ms) = text.parse::<i64>() {
        return Some(instant_ms);
    }
    if let Ok(instant) = text.parse::<jiff::Timestamp>() {
        return Some(instant.as_millisecond());
    }
    let date = || text.parse::<Date>().ok().map(DateTime::from);
    let civil: DateTime = text.parse().ok().or_else(date)?;
    let zoned = civil.to_zoned(TimeZone::UTC).ok()?;
    Some(zoned.timestamp().as_millisecond())
}

/// A series of one value for ever.
pub(super) fn fixed(value: f64) -> Vec<(i64, f64)> {
    vec![(0, value)]
}

/// A series of prices [money/MWh].
pub(super) fn price_series(
    points: Vec<(i64, f64)>,
    per_mwh: f64,
) -> Result<IntensitySeries, String> {
    let points = points
        .into_iter()
        .map(|(instant_ms, price)| (instant_ms, price * per_mwh));
    IntensitySeries::price(points).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_are_numbers_dates_or_dates_with_times() {
        let first_of_march_ms = Some(1_709_251_200_000);
        for text in [
            "1709251200000",
            "2024-03-01",
            "2024-03-01T00:00:00",
            "2024-03-01T00:00:00Z",
            "2024-03-01T08:00:00+08:00",
        ] {
            assert_eq!(instant_ms(text), first_of_march_ms, "{text}");
        }
        assert_eq!(instant_ms("yesterday"), None);
    }
}
