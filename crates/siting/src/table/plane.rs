//! Points in the plane or on the globe, with a grid that finds neighbours without holding all distances.
//!
//! # What it computes
//! The whole-number cost between any two points, and all points within a cost of one.
//!
//! # Assumptions
//! Plane: cost = weight of the client x floor of the Euclidean distance. Globe: coordinates are degrees, cost =
//! weight x whole metres of the great circle on a sphere of 6371008.8 m.
//!
//! # Valid range
//! Costs below 2^53. On the globe neighbours are searched point by point (no grid over the date line).
//!
//! # References
//! Garcia, Labbe, Marin (2011) for the floor convention; Moritz (2000) for the mean radius of the Earth.

use super::CostTable;

/// Mean radius of the Earth [m].
const EARTH_RADIUS_M: f64 = 6_371_008.8;

/// How the distance of two points is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Metric {
    /// Floor of the Euclidean distance.
    EuclideanFloor,
    /// Great circle of latitude (x) and longitude (y) in degrees, to the nearest metre.
    GreatCircle,
}

/// Points that are clients and sites at once.
#[derive(Debug, Clone)]
pub struct Plane {
    points: Vec<(f64, f64)>,
    weights: Vec<i64>,
    metric: Metric,
    grid: Grid,
}

#[derive(Debug, Clone)]
struct Grid {
    low: (f64, f64),
    cell: f64,
    columns: usize,
    rows: usize,
    starts: Vec<u32>,
    members: Vec<u32>,
}

/// Points that a cell of the grid holds on average.
const POINTS_PER_CELL: f64 = 3.0;

impl Grid {
    fn new(points: &[(f64, f64)]) -> Self {
        let mut low = (f64::INFINITY, f64::INFINITY);
        let mut high = (f64::NEG_INFINITY, f64::NEG_INFINITY);
        for &(x, y) in points {
            low = (low.0.min(x), low.1.min(y));
            high = (high.0.max(x), high.1.max(y));
        }
        if points.is_empty() {
            low = (0.0, 0.0);
            high = (0.0, 0.0);
        }
        let (width, height) = (high.0 - low.0, high.1 - low.1);
        let wanted = (points.len() as f64 / POINTS_PER_CELL).max(1.0);
        let cell = (width * height / wanted)
            .sqrt()
            .max(width.max(height) / wanted)
            .max(f64::MIN_POSITIVE);
        let columns = (width / cell) as usize + 1;
        let rows = (height / cell) as usize + 1;
        let place = |(x, y): (f64, f64)| {
            let column = (((x - low.0) / cell) as usize).min(columns - 1);
            let row = (((y - low.1) / cell) as usize).min(rows - 1);
            row * columns + column
        };
        let mut starts = vec![0u32; columns * rows + 1];
        for &point in points {
            starts[place(point) + 1] += 1;
        }
        for index in 1..starts.len() {
            starts[index] += starts[index - 1];
        }
        let mut next = starts.clone();
        let mut members = vec![0u32; points.len()];
        for (index, &point) in points.iter().enumerate() {
            let cell_index = place(point);
            members[next[cell_index] as usize] = index as u32;
            next[cell_index] += 1;
        }
        Self {
            low,
            cell,
            columns,
            rows,
            starts,
            members,
        }
    }

    /// Columns or rows that a stretch around a coordinate touches.
    fn span(&self, low: f64, count: usize, coordinate: f64, radius: f64) -> (usize, usize) {
        let first = ((coordinate - radius - low) / self.cell).floor().max(0.0);
        let last = ((coordinate + radius - low) / self.cell).floor().max(0.0);
        (
            (first as usize).min(count - 1),
            (last as usize).min(count - 1),
        )
    }
}

impl Plane {
    /// Points with the weight of each as a client; `None` where lengths differ, a coordinate is not finite or a
    /// weight is negative.
    pub fn new(points: Vec<(f64, f64)>, weights: Vec<i64>, metric: Metric) -> Option<Self> {
        let finite = points.iter().all(|(x, y)| x.is_finite() && y.is_finite());
        let fits = points.len() == weights.len() && weights.iter().all(|&weight| weight >= 0);
        (finite && fits).then(|| Self {
            grid: Grid::new(&points),
            points,
            weights,
            metric,
        })
    }

    /// The weight of each client.
    pub fn weights(&self) -> &[i64] {
        &self.weights
    }

    /// The same points with every weight one: plain distances.
    #[must_use]
    pub fn unweighted(&self) -> Self {
        Self {
            weights: vec![1; self.points.len()],
            ..self.clone()
        }
    }

    fn distance(&self, one: usize, other: usize) -> i64 {
        let (a, b) = (self.points[one], self.points[other]);
        match self.metric {
            Metric::EuclideanFloor => {
                let (x, y) = (a.0 - b.0, a.1 - b.1);
                (x * x + y * y).sqrt() as i64
            }
            Metric::GreatCircle => great_circle(a, b),
        }
    }
}

/// Great circle between two points given as latitude and longitude in degrees [m].
fn great_circle(a: (f64, f64), b: (f64, f64)) -> i64 {
    let half_latitude = libm::sin((b.0 - a.0).to_radians() / 2.0);
    let half_longitude = libm::sin((b.1 - a.1).to_radians() / 2.0);
    let cosines = libm::cos(a.0.to_radians()) * libm::cos(b.0.to_radians());
    let square = half_latitude * half_latitude + cosines * half_longitude * half_longitude;
    (2.0 * EARTH_RADIUS_M * libm::asin(square.sqrt().min(1.0))).round() as i64
}

impl CostTable for Plane {
    fn clients(&self) -> usize {
        self.points.len()
    }

    fn sites(&self) -> usize {
        self.points.len()
    }

    fn cost(&self, client: usize, site: usize) -> i64 {
        self.weights[client] * self.distance(client, site)
    }

    fn within(&self, client: usize, limit: i64, found: &mut Vec<(i64, u32)>) {
        let weight = self.weights[client];
        if limit < 0 {
            return;
        }
        if self.metric == Metric::GreatCircle || weight == 0 {
            for site in 0..self.points.len() {
                let cost = self.cost(client, site);
                if cost <= limit {
                    found.push((cost, site as u32));
                }
            }
            return;
        }
        // A cost of at most the limit is a distance strictly below this radius.
        let radius = (limit / weight + 1) as f64;
        let (x, y) = self.points[client];
        let grid = &self.grid;
        let (column_first, column_last) = grid.span(grid.low.0, grid.columns, x, radius);
        let (row_first, row_last) = grid.span(grid.low.1, grid.rows, y, radius);
        let square = radius * radius;
        for row in row_first..=row_last {
            let start = grid.starts[row * grid.columns + column_first] as usize;
            let end = grid.starts[row * grid.columns + column_last + 1] as usize;
            for &site in &grid.members[start..end] {
                let (site_x, site_y) = self.points[site as usize];
                let (away_x, away_y) = (site_x - x, site_y - y);
                let away = away_x * away_x + away_y * away_y;
                if away < square {
                    let cost = weight * away.sqrt() as i64;
                    if cost <= limit {
                        found.push((cost, site));
                    }
                }
            }
        }
    }

    fn reach(&self, client: usize, count: usize) -> i64 {
        let count = count.clamp(1, self.points.len());
        let weight = self.weights[client].max(1);
        let mut found: Vec<(i64, u32)> = Vec::new();
        if self.metric == Metric::GreatCircle {
            self.within(client, i64::MAX / 16, &mut found);
            return found.select_nth_unstable(count - 1).1.0;
        }
        let mut radius = self.grid.cell.max(1.0) * (count as f64 / POINTS_PER_CELL).sqrt() * 0.7;
        loop {
            found.clear();
            self.within(client, weight.saturating_mul(radius as i64 + 1), &mut found);
            if found.len() >= count {
                return found.select_nth_unstable(count - 1).1.0;
            }
            radius *= 1.6;
            if radius > 1e15 {
                return i64::MAX / 16;
            }
        }
    }
}
