//! CSV of points: a header, then one row per place. `id`; `latitude` and `longitude` [deg], or `x` and `y`; perhaps
//! `demand`, `fixed_cost` and `capacity`. Costs are demand x distance (whole metres, or the floor of the Euclidean
//! distance).

use super::words::{Decimal, common_scale};
use crate::finding::{Finding, Findings};
use crate::instance::Medians;
use crate::table::{Metric, Plane};

/// Most rows.
const ROWS_MAX: usize = 2_000_000;
/// Largest demand and cost in whole units.
const WHOLE_MAX: f64 = 1e9;

/// Places of the columns in a row.
struct Columns {
    count: usize,
    id: usize,
    first: usize,
    second: usize,
    metric: Metric,
    demand: Option<usize>,
    fixed_cost: Option<usize>,
    capacity: Option<usize>,
}

/// Rows as they are read.
#[derive(Default)]
struct Rows {
    names: Vec<String>,
    points: Vec<(f64, f64)>,
    demands: Vec<Decimal>,
    fixed_costs: Vec<Decimal>,
    capacities: Vec<Decimal>,
}

/// Reads points.
pub fn read(text: &str) -> (Option<Medians>, Vec<Finding>) {
    Findings::of(|findings| parse(text, findings))
}

fn parse(text: &str, findings: &mut Findings) -> Option<Medians> {
    let mut lines = text
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty());
    let Some((_, header)) = lines.next() else {
        findings.add(1, "header", "nothing", "names of columns");
        return None;
    };
    let columns = columns(header, findings)?;
    let mut rows = Rows::default();
    for (index, line) in lines {
        if rows.names.len() >= ROWS_MAX {
            findings.add(index + 1, "rows", "too many", format!("at most {ROWS_MAX}"));
            return None;
        }
        if findings.is_full() {
            return None;
        }
        row(index + 1, line, &columns, &mut rows, findings);
    }
    if rows.names.is_empty() {
        findings.add(0, "rows", "none", "at least one");
    }
    findings
        .is_empty()
        .then(|| medians(rows, &columns))
        .flatten()
}

fn columns(header: &str, findings: &mut Findings) -> Option<Columns> {
    let names: Vec<String> = header
        .split(',')
        .map(|name| name.trim().trim_matches('"').to_lowercase())
        .collect();
    let place = |wanted: &[&str]| {
        names
            .iter()
            .position(|name| wanted.contains(&name.as_str()))
    };
    let globe = place(&["latitude", "lat"]).zip(place(&["longitude", "lon", "lng"]));
    let plane = place(&["x"]).zip(place(&["y"]));
    let (Some((first, second)), Some(id)) = (globe.or(plane), place(&["id", "name"])) else {
        findings.add(
            1,
            "header",
            header,
            "id, and latitude and longitude or x and y",
        );
        return None;
    };
    Some(Columns {
        count: names.len(),
        id,
        first,
        second,
        metric: if globe.is_some() {
            Metric::GreatCircle
        } else {
            Metric::EuclideanFloor
        },
        demand: place(&["demand"]),
        fixed_cost: place(&["fixed_cost"]),
        capacity: place(&["capacity"]),
    })
}

fn row(number: usize, line: &str, columns: &Columns, rows: &mut Rows, findings: &mut Findings) {
    let cells: Vec<&str> = line
        .split(',')
        .map(|cell| cell.trim().trim_matches('"'))
        .collect();
    if cells.len() != columns.count {
        let value = format!("{} cells", cells.len());
        findings.add(number, "row", &value, format!("{} cells", columns.count));
        return;
    }
    let mut coordinate = |place: usize, field: &str, most: f64| {
        let value = cells[place]
            .parse::<f64>()
            .ok()
            .filter(|value| value.abs() <= most);
        if value.is_none() {
            findings.add(
                number,
                field,
                cells[place],
                format!("a number from -{most} to {most}"),
            );
        }
        value.unwrap_or(0.0)
    };
    let point = match columns.metric {
        Metric::GreatCircle => (
            coordinate(columns.first, "latitude", 90.0),
            coordinate(columns.second, "longitude", 180.0),
        ),
        Metric::EuclideanFloor => (
            coordinate(columns.first, "x", 1e12),
            coordinate(columns.second, "y", 1e12),
        ),
    };
    rows.points.push(point);
    rows.names.push(cells[columns.id].to_owned());
    let mut amount = |place: Option<usize>, field: &str, into: &mut Vec<Decimal>| {
        let Some(place) = place else { return };
        match Decimal::parse(cells[place]).filter(|amount| amount.value <= WHOLE_MAX) {
            Some(amount) => into.push(amount),
            None => findings.add(
                number,
                field,
                cells[place],
                "a number, not negative, at most 1e9",
            ),
        }
    };
    amount(columns.demand, "demand", &mut rows.demands);
    amount(columns.fixed_cost, "fixed_cost", &mut rows.fixed_costs);
    amount(columns.capacity, "capacity", &mut rows.capacities);
}

fn medians(rows: Rows, columns: &Columns) -> Option<Medians> {
    let scale = common_scale(rows.demands.iter().copied(), WHOLE_MAX);
    let whole = |amounts: &[Decimal]| -> Vec<i64> {
        amounts
            .iter()
            .map(|amount| (amount.value * scale).round() as i64)
            .collect()
    };
    let weights = match columns.demand {
        Some(_) => whole(&rows.demands),
        None => vec![1; rows.points.len()],
    };
    let plane = Plane::new(rows.points, weights.clone(), columns.metric)?;
    Some(Medians {
        unweighted: columns.demand.map(|_| plane.unweighted()),
        table: Box::new(plane),
        opening: columns.fixed_cost.map(|_| whole(&rows.fixed_costs)),
        capacities: columns.capacity.map(|_| whole(&rows.capacities)),
        weights,
        open: None,
        scale,
        names: rows.names,
    })
}
