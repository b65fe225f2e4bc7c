//! Land, coasts and borders of a region as SVG paths.

use angara_catalog::{OutlineKind, outlines};

use super::clip::Window;
use super::projection::{Frame, Projection};
use crate::chart::coordinate;

type Point = (f64, f64);

/// Points nearer to each other than this are drawn as one [px].
const FINEST_PX: f64 = 0.7;

/// The ground of a map.
#[derive(Debug, Default)]
pub(crate) struct Ground {
    /// Land, to be filled by the even-odd rule.
    pub(crate) land: String,
    /// Coasts.
    pub(crate) coasts: String,
    /// Borders.
    pub(crate) borders: String,
}

impl Ground {
    /// The ground inside a frame.
    pub(crate) fn of(projection: &Projection, frame: &Frame) -> Self {
        // A little beyond the paper, so that no cut edge shows.
        let window = Window {
            low: (-4.0, -4.0),
            high: (frame.width + 4.0, frame.height + 4.0),
        };
        let mut ground = Self::default();
        for outline in outlines() {
            let points: Vec<Option<Point>> = outline
                .lon_lat
                .iter()
                .map(|point| projection.image(*point).map(|image| frame.place(image)))
                .collect();
            if outline.kind == OutlineKind::Border {
                stretches(&points, &window, |_| true, &mut ground.borders);
                continue;
            }
            let seen: Vec<Point> = points.iter().copied().flatten().collect();
            let ring = thin(&window.ring(&seen));
            if ring.len() > 2 {
                write(&ring, &mut ground.land);
                ground.land.push('Z');
            }
            // The source cuts land along the date line and the south pole; that cut is no coast.
            let is_coast = |index: usize| {
                let on_cut = |point: (f64, f64)| point.0.abs() > 179.95 || point.1 < -89.0;
                !(on_cut(outline.lon_lat[index]) && on_cut(outline.lon_lat[index + 1]))
            };
            stretches(&points, &window, is_coast, &mut ground.coasts);
        }
        ground
    }
}

/// Adds the visible stretches of a line to a path.
fn stretches(
    points: &[Option<Point>],
    window: &Window,
    is_drawn: impl Fn(usize) -> bool,
    path: &mut String,
) {
    let mut run: Vec<Point> = Vec::new();
    let mut flush = |run: &mut Vec<Point>| {
        let thinned = thin(run);
        if thinned.len() > 1 {
            write(&thinned, path);
        }
        run.clear();
    };
    for (index, pair) in points.windows(2).enumerate() {
        let [Some(from), Some(to)] = pair else {
            flush(&mut run);
            continue;
        };
        let Some((start, end)) = window.stretch(*from, *to).filter(|_| is_drawn(index)) else {
            flush(&mut run);
            continue;
        };
        if run.last() != Some(&start) {
            flush(&mut run);
            run.push(start);
        }
        run.push(end);
    }
    flush(&mut run);
}

/// Leaves out points that no eye tells from their neighbour; the first and the last stay.
fn thin(points: &[Point]) -> Vec<Point> {
    let mut kept: Vec<Point> = Vec::with_capacity(points.len());
    for (index, &point) in points.iter().enumerate() {
        let is_end = index + 1 == points.len();
        let is_far = kept
            .last()
            .is_none_or(|last| (last.0 - point.0).abs() + (last.1 - point.1).abs() > FINEST_PX);
        if is_far || (is_end && kept.last() != Some(&point)) {
            kept.push(point);
        }
    }
    kept
}

fn write(points: &[Point], path: &mut String) {
    for (index, point) in points.iter().enumerate() {
        path.push(if index == 0 { 'M' } else { 'L' });
        path.push_str(&coordinate(point.0));
        path.push(' ');
        path.push_str(&coordinate(point.1));
    }
}
