//! Rings and lines cut to a rectangle.

type Point = (f64, f64);

/// A rectangle on the paper [px].
#[derive(Debug, Clone, Copy)]
pub(crate) struct Window {
    /// Left and top.
    pub(crate) low: Point,
    /// Right and bottom.
    pub(crate) high: Point,
}

impl Window {
    /// Distance inside the four sides; negative outside.
    fn inside(&self, point: Point, side: usize) -> f64 {
        match side {
            0 => point.0 - self.low.0,
            1 => self.high.0 - point.0,
            2 => point.1 - self.low.1,
            _ => self.high.1 - point.1,
        }
    }

    /// The part of a ring inside (Sutherland and Hodgman); may run along the edge.
    pub(crate) fn ring(&self, ring: &[Point]) -> Vec<Point> {
        let mut points = ring.to_vec();
        for side in 0..4 {
            let mut kept = Vec::with_capacity(points.len());
            let Some(mut before) = points.last().copied() else {
                return points;
            };
            for &point in &points {
                let (a, b) = (self.inside(before, side), self.inside(point, side));
                if (a >= 0.0) != (b >= 0.0) {
                    kept.push(between(before, point, a / (a - b)));
                }
                if b >= 0.0 {
                    kept.push(point);
                }
                before = point;
            }
            points = kept;
        }
        points
    }

    /// The part of a stretch inside (Liang and Barsky).
    pub(crate) fn stretch(&self, from: Point, to: Point) -> Option<(Point, Point)> {
        let (mut start, mut end) = (0.0_f64, 1.0_f64);
        for side in 0..4 {
            let (a, b) = (self.inside(from, side), self.inside(to, side));
            if a < 0.0 && b < 0.0 {
                return None;
            }
            if a < 0.0 {
                start = start.max(a / (a - b));
            } else if b < 0.0 {
                end = end.min(a / (a - b));
            }
        }
        (start < end).then(|| (between(from, to, start), between(from, to, end)))
    }
}

fn between(from: Point, to: Point, share: f64) -> Point {
    (
        from.0 + (to.0 - from.0) * share,
        from.1 + (to.1 - from.1) * share,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const UNIT: Window = Window {
        low: (0.0, 0.0),
        high: (1.0, 1.0),
    };

    #[test]
    fn a_ring_around_the_window_becomes_the_window() {
        let ring = UNIT.ring(&[(-1.0, -1.0), (3.0, -1.0), (3.0, 3.0), (-1.0, 3.0)]);
        assert_eq!(ring.len(), 4);
        assert!(
            ring.iter()
                .all(|point| [0.0, 1.0].contains(&point.0) && [0.0, 1.0].contains(&point.1))
        );
    }

    #[test]
    fn a_ring_elsewhere_vanishes_and_one_inside_stays() {
        assert!(UNIT.ring(&[(2.0, 2.0), (3.0, 2.0), (2.0, 3.0)]).is_empty());
        assert_eq!(UNIT.ring(&[(0.2, 0.2), (0.8, 0.2), (0.5, 0.8)]).len(), 3);
    }

    #[test]
    fn a_stretch_is_cut_at_the_edges() {
        assert_eq!(
            UNIT.stretch((-1.0, 0.5), (2.0, 0.5)),
            Some(((0.0, 0.5), (1.0, 0.5)))
        );
        assert_eq!(UNIT.stretch((-1.0, 2.0), (2.0, 2.0)), None);
        assert_eq!(UNIT.stretch((-0.5, 0.6), (0.6, 1.7)), None);
    }
}
