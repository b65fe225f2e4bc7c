//! TSPLIB points with `EDGE_WEIGHT_TYPE : EUC_2D`. The cost of two points is the floor of their distance.

use crate::finding::{Finding, Findings};
use crate::instance::Medians;
use crate::table::{Metric, Plane};

/// Most points.
const POINTS_MAX: usize = 2_000_000;

/// Reads points.
pub fn read(text: &str) -> (Option<Medians>, Vec<Finding>) {
    Findings::of(|findings| parse(text, findings))
}

fn parse(text: &str, findings: &mut Findings) -> Option<Medians> {
    let mut dimension: Option<usize> = None;
    let mut in_points = false;
    let mut points: Vec<(f64, f64)> = Vec::new();
    let mut names: Vec<String> = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let number = index + 1;
        let line = line.trim();
        if line == "EOF" {
            break;
        }
        if line.is_empty() || findings.is_full() {
            continue;
        }
        if in_points {
            if points.len() >= POINTS_MAX {
                findings.add(number, "points", line, format!("at most {POINTS_MAX}"));
                return None;
            }
            if let Some((name, point)) = point(number, line, findings) {
                names.push(name);
                points.push(point);
            }
            continue;
        }
        let (key, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.trim();
        match key.trim() {
            "DIMENSION" => {
                dimension = value.parse().ok();
                if dimension.is_none_or(|dimension| dimension == 0 || dimension > POINTS_MAX) {
                    findings.add(number, "DIMENSION", value, format!("1 to {POINTS_MAX}"));
                }
            }
            "EDGE_WEIGHT_TYPE" if value != "EUC_2D" => {
                findings.add(number, "EDGE_WEIGHT_TYPE", value, "EUC_2D");
            }
            "NODE_COORD_SECTION" => in_points = true,
            _ => {}
        }
    }
    if dimension != Some(points.len()) && findings.is_empty() {
        let expected = dimension.map_or("given".to_owned(), |points| format!("{points} points"));
        findings.add(0, "DIMENSION", &points.len().to_string(), expected);
    }
    if points.is_empty() {
        findings.add(0, "points", "none", "at least one");
        return None;
    }
    let weights = vec![1; points.len()];
    Some(Medians {
        table: Box::new(Plane::new(points, weights.clone(), Metric::EuclideanFloor)?),
        weights,
        open: None,
        opening: None,
        capacities: None,
        unweighted: None,
        scale: 1.0,
        names,
    })
}

fn point(number: usize, line: &str, findings: &mut Findings) -> Option<(String, (f64, f64))> {
    let mut words = line.split_whitespace();
    let name = words.next()?;
    let mut coordinate = |field: &str| {
        let word = words.next().unwrap_or("end of line");
        let value = word
            .parse::<f64>()
            .ok()
            .filter(|value| value.is_finite() && value.abs() <= 1e12);
        if value.is_none() {
            findings.add(number, field, word, "a number of at most 1e12");
        }
        value
    };
    let (x, y) = (coordinate("x"), coordinate("y"));
    let point = (x?, y?);
    if let Some(word) = words.next() {
        findings.add(number, "end of line", word, "nothing after y");
    }
    Some((name.to_owned(), point))
}
