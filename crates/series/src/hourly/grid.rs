//! From rows at any times to observations at a fixed step.

use std::collections::BTreeMap;

use super::rows::Row;
use super::time::day_of;
use super::{MISSING_SHARE_MAX, OBSERVATIONS_MIN};
use crate::finding::{Finding, Findings};

/// Longest gap that is filled [min].
const GAP_MAX_MINUTES: i64 = 24 * 60;
/// Steps that a record may have [min].
const STEP_MINUTES: std::ops::RangeInclusive<i64> = 1..=360;
/// Most observations of a record.
const OBSERVATIONS_MAX: i64 = 3_000_000;

/// An observation without a hole.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Values {
    pub(super) dry_bulb_c: f64,
    pub(super) relative_humidity: f64,
    /// Not a number in a record without pressures.
    pub(super) pressure_pa: f64,
}

/// Observations at a fixed step.
#[derive(Debug)]
pub(super) struct Observed {
    pub(super) step_h: f64,
    pub(super) values: Vec<Values>,
    pub(super) has_pressure: bool,
    pub(super) first: String,
    pub(super) last: String,
}

/// Sorts the rows, finds their step, fills short gaps and leaves long ones out.
pub(super) fn join(mut rows: Vec<Row>, findings: &mut Findings) -> Option<Observed> {
    rows.sort_by_key(|row| row.minutes);
    let before = rows.len();
    rows.dedup_by_key(|row| row.minutes);
    if rows.len() < before {
        findings.push(Finding::note(
            None,
            "time",
            &format!("{} rows of a time that stood before", before - rows.len()),
            "the first row of each time was taken",
        ));
    }
    let (Some(first), Some(last)) = (rows.first(), rows.last()) else {
        findings.push(Finding::error(None, "rows", "none", "a row for each hour"));
        return None;
    };
    let (first, last) = (first.minutes, last.minutes);
    let step = step_of(&rows, findings)?;
    let length = (last - first) / step + 1;
    if length > OBSERVATIONS_MAX {
        let found = format!("{length} steps from {} to {}", day_of(first), day_of(last));
        findings.push(Finding::error(
            None,
            "time",
            &found,
            "at most 3 million steps",
        ));
        return None;
    }
    let at_step = |row: &&Row| (row.minutes - first) % step == 0;
    let mut dry_bulb = vec![None; length as usize];
    let mut humidity = dry_bulb.clone();
    let mut pressure = dry_bulb.clone();
    for row in rows.iter().filter(at_step) {
        let index = ((row.minutes - first) / step) as usize;
        dry_bulb[index] = row.dry_bulb_c;
        humidity[index] = row.relative_humidity;
        pressure[index] = row.pressure_pa;
    }
    let longest = (GAP_MAX_MINUTES / step) as usize;
    let has_pressure = pressure.iter().any(Option::is_some);
    let filled = fill(&mut dry_bulb, longest) + fill(&mut humidity, longest);
    if has_pressure {
        // Pressure changes slowly and hardly matters: any gap is filled.
        fill(&mut pressure, usize::MAX);
    }
    let values: Vec<Values> = dry_bulb
        .iter()
        .zip(&humidity)
        .zip(&pressure)
        .filter_map(|((dry_bulb_c, humidity), pressure_pa)| {
            Some(Values {
                dry_bulb_c: (*dry_bulb_c)?,
                relative_humidity: (*humidity)?,
                pressure_pa: pressure_pa.unwrap_or(f64::NAN),
            })
        })
        .collect();
    let left_out = dry_bulb.len() - values.len();
    tell(filled, left_out, dry_bulb.len(), findings);
    if values.len() < OBSERVATIONS_MIN {
        let found = format!("{} with temperature and humidity", values.len());
        findings.push(Finding::error(
            None,
            "rows",
            &found,
            "a day of them at least",
        ));
        return None;
    }
    Some(Observed {
        step_h: step as f64 / 60.0,
        values,
        has_pressure,
        first: day_of(first),
        last: day_of(last),
    })
}

/// The most frequent distance between neighbours, the shortest of equals [min].
fn step_of(rows: &[Row], findings: &mut Findings) -> Option<i64> {
    let mut distances: BTreeMap<i64, usize> = BTreeMap::new();
    for pair in rows.windows(2) {
        *distances
            .entry(pair[1].minutes - pair[0].minutes)
            .or_default() += 1;
    }
    let step = distances
        .into_iter()
        .max_by_key(|(distance, count)| (*count, -distance))
        .map(|(distance, _)| distance);
    match step {
        Some(step) if STEP_MINUTES.contains(&step) => Some(step),
        _ => {
            let found = step.map_or_else(|| "one row".to_owned(), |step| format!("{step} min"));
            findings.push(Finding::error(None, "step", &found, "1 min to 6 h"));
            None
        }
    }
}

/// Fills gaps of at most `longest` steps between known values; the number of values filled.
fn fill(column: &mut [Option<f64>], longest: usize) -> usize {
    let mut filled = 0;
    let mut known: Option<(usize, f64)> = None;
    for index in 0..column.len() {
        let Some(after) = column[index] else {
            continue;
        };
        if let Some((start, before)) = known {
            let gap = index - start;
            if gap > 1 && gap - 1 <= longest {
                for offset in 1..gap {
                    let share = offset as f64 / gap as f64;
                    column[start + offset] = Some(before + (after - before) * share);
                }
                filled += gap - 1;
            }
        }
        known = Some((index, after));
    }
    if longest == usize::MAX
        && let Some((_, last)) = known
    {
        // Ends take the nearest value.
        let first = column.iter().flatten().next().copied();
        let mut seen = false;
        for value in column.iter_mut() {
            seen |= value.is_some();
            if value.is_none() {
                *value = if seen { Some(last) } else { first };
            }
        }
    }
    filled
}

fn tell(filled: usize, left_out: usize, length: usize, findings: &mut Findings) {
    if filled > 0 {
        findings.push(Finding::note(
            None,
            "gaps",
            &format!("{filled} values missing"),
            "filled on a straight line between their neighbours",
        ));
    }
    if left_out > 0 {
        let found = format!("{left_out} of {length} observations missing");
        if left_out as f64 > MISSING_SHARE_MAX * length as f64 {
            findings.push(Finding::error(
                None,
                "gaps",
                &found,
                "at most a fifth missing",
            ));
        } else {
            findings.push(Finding::note(
                None,
                "gaps",
                &found,
                "left out: gaps of over a day",
            ));
        }
    }
}
