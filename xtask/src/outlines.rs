//! Shipped outlines of land and country borders, reduced from the 1:50 million map of Natural Earth.
//!
//! Input: the `TopoJSON` file `countries-50m.json` of world-atlas (public-domain data). Output: text, one
//! outline per line, `L` (ring of land, or of a sea inside it) or `B` (border between two countries), then
//! longitude and latitude of each point as differences in steps of 0.01 degrees, zigzag, five bits per
//! character from `?` on, the lowest five first, with 32 added where more follow.

use std::path::Path;

use anyhow::{Context as _, Result, ensure};
use serde_json::Value;

/// Grid of the output [degree].
const STEP_DEGREES: f64 = 0.01;
/// How far a line may move when points are left out [degree].
const TOLERANCE_DEGREES: f64 = 0.01;
/// Land that is smaller than this both ways is left out [degree of latitude].
const SMALLEST_DEGREES: f64 = 0.15;

type Line = Vec<(f64, f64)>;

/// Reads the `TopoJSON` and writes the outlines. Errors: not the expected file, or a full disk.
pub(crate) fn generate(input: &Path, output: &Path) -> Result<()> {
    let topology: Value = serde_json::from_slice(&fs_err::read(input)?)?;
    let arcs = arcs(&topology)?;
    let mut text = String::from(
        "# Natural Earth 1:50m land and country borders (public domain), through world-atlas 2.0.2.\n",
    );
    let simple: Vec<Line> = arcs.iter().map(|arc| simplify(arc)).collect();
    let mut is_coast = vec![false; arcs.len()];
    for ring in rings(&topology["objects"]["land"])? {
        let mut points: Line = Vec::new();
        for &index in &ring {
            let (arc, reversed) = arc_of(index);
            ensure!(arc < arcs.len(), "arc {arc} does not exist");
            is_coast[arc] = true;
            let mut part = simple[arc].clone();
            if reversed {
                part.reverse();
            }
            points.extend(part.into_iter().skip(usize::from(!points.is_empty())));
        }
        if !is_small(&points) {
            encode('L', &points, &mut text);
        }
    }
    let mut users = vec![0; arcs.len()];
    for ring in rings(&topology["objects"]["countries"])? {
        for &index in &ring {
            let (arc, _) = arc_of(index);
            *users.get_mut(arc).context("an arc does not exist")? += 1;
        }
    }
    for (arc, line) in simple.iter().enumerate() {
        if users[arc] > 1 && !is_coast[arc] {
            encode('B', line, &mut text);
        }
    }
    fs_err::write(output, text)?;
    Ok(())
}

/// A negative index is the arc `-1 - index` walked backwards.
fn arc_of(index: i64) -> (usize, bool) {
    let reversed = index < 0;
    let arc = if reversed { !index } else { index };
    (usize::try_from(arc).unwrap_or(usize::MAX), reversed)
}

fn arcs(topology: &Value) -> Result<Vec<Line>> {
    let pair = |value: &Value| -> Result<(f64, f64)> {
        let number = |index: usize| value[index].as_f64().context("a point needs two numbers");
        Ok((number(0)?, number(1)?))
    };
    let scale = pair(&topology["transform"]["scale"])?;
    let translate = pair(&topology["transform"]["translate"])?;
    let arcs = topology["arcs"].as_array().context("no arcs")?;
    arcs.iter()
        .map(|arc| {
            let (mut x, mut y) = (0.0, 0.0);
            let points = arc.as_array().context("an arc is not a list")?;
            points
                .iter()
                .map(|point| {
                    let (dx, dy) = pair(point)?;
                    (x, y) = (x + dx, y + dy);
                    Ok((x * scale.0 + translate.0, y * scale.1 + translate.1))
                })
                .collect()
        })
        .collect()
}

/// Every ring of every polygon below an object, as indices of arcs.
fn rings(object: &Value) -> Result<Vec<Vec<i64>>> {
    let mut found = Vec::new();
    let geometries = object["geometries"].as_array().context("no geometries")?;
    for geometry in geometries {
        let arcs = &geometry["arcs"];
        let polygons = match geometry["type"].as_str() {
            Some("Polygon") => vec![arcs],
            Some("MultiPolygon") => arcs.as_array().context("no polygons")?.iter().collect(),
            _ => Vec::new(),
        };
        for polygon in polygons {
            for ring in polygon.as_array().context("no rings")? {
                let indices = ring.as_array().context("no arcs in a ring")?;
                found.push(indices.iter().filter_map(Value::as_i64).collect());
            }
        }
    }
    Ok(found)
}

/// Douglas and Peucker's line simplification, without recursion.
fn simplify(line: &[(f64, f64)]) -> Line {
    let mut keep = vec![false; line.len()];
    let Some(last) = line.len().checked_sub(1) else {
        return Vec::new();
    };
    (keep[0], keep[last]) = (true, true);
    let mut open = vec![(0, last)];
    while let Some((from, to)) = open.pop() {
        let farthest = (from + 1..to)
            .map(|index| (index, distance(line[index], line[from], line[to])))
            .max_by(|a, b| a.1.total_cmp(&b.1));
        if let Some((index, distance)) = farthest
            && distance > TOLERANCE_DEGREES
        {
            keep[index] = true;
            open.extend([(from, index), (index, to)]);
        }
    }
    let kept = line.iter().zip(keep).filter(|(_, keep)| *keep);
    kept.map(|(point, _)| *point).collect()
}

/// Distance of a point from a stretch of a line [degree].
fn distance(point: (f64, f64), from: (f64, f64), to: (f64, f64)) -> f64 {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let length = dx * dx + dy * dy;
    let along = if length > 0.0 {
        (((point.0 - from.0) * dx + (point.1 - from.1) * dy) / length).clamp(0.0, 1.0)
    } else {
        0.0
    };
    let (x, y) = (from.0 + along * dx - point.0, from.1 + along * dy - point.1);
    (x * x + y * y).sqrt()
}

fn is_small(points: &[(f64, f64)]) -> bool {
    let span = |values: Vec<f64>| {
        values.iter().copied().fold(f64::NEG_INFINITY, f64::max)
            - values.iter().copied().fold(f64::INFINITY, f64::min)
    };
    let latitude = points.first().map_or(0.0, |point| point.1);
    let width = span(points.iter().map(|point| point.0).collect());
    let height = span(points.iter().map(|point| point.1).collect());
    // Near enough to the cosine of the latitude for a choice of islands.
    let squeeze = 1.0 - (latitude / 90.0) * (latitude / 90.0);
    points.len() < 4 || (width * squeeze < SMALLEST_DEGREES && height < SMALLEST_DEGREES)
}

fn encode(kind: char, points: &[(f64, f64)], text: &mut String) {
    text.push(kind);
    let mut before = (0_i64, 0_i64);
    for (index, point) in points.iter().enumerate() {
        let steps = |degrees: f64| (degrees / STEP_DEGREES).round() as i64;
        let here = (steps(point.0), steps(point.1));
        if index > 0 && here == before {
            continue;
        }
        for difference in [here.0 - before.0, here.1 - before.1] {
            let mut rest = ((difference << 1) ^ (difference >> 63)) as u64;
            while rest >= 32 {
                text.push(char::from(63 + 32 + (rest & 31) as u8));
                rest >>= 5;
            }
            text.push(char::from(63 + rest as u8));
        }
        before = here;
    }
    text.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_on_a_straight_line_are_left_out_and_corners_stay() {
        let line = [(0.0, 0.0), (1.0, 0.01), (2.0, 0.0), (2.0, 1.0)];
        assert_eq!(simplify(&line), [(0.0, 0.0), (2.0, 0.0), (2.0, 1.0)]);
    }

    #[test]
    fn differences_are_coded_in_steps() {
        let mut text = String::new();
        encode('B', &[(0.01, -0.01), (0.01, 0.15)], &mut text);
        assert_eq!(text, "BA@?_@\n");
    }
}
