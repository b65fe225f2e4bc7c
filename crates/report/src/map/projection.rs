//! What it computes: the plane image of a region, areas true, shapes little changed near its centre.
//! Assumptions: a sphere; the region spans less than a hemisphere.
//! Valid range: points up to 130 degrees of arc from the centre; farther ones have no image.
//! References: J. P. Snyder, Map Projections: A Working Manual, USGS Professional Paper 1395 (1987),
//! chapter 24, Lambert azimuthal equal-area, equations 24-2 to 24-4.

use libm::{cos, sin};

/// Cosine of the distance at which the world is cut off: beyond 130 degrees shapes turn inside out.
const CUT_COSINE: f64 = -0.642_787_609_686_539_3;

/// Lambert's azimuthal equal-area projection around a centre, in radii of the sphere, y to the north.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Projection {
    longitude: f64,
    sin_latitude: f64,
    cos_latitude: f64,
}

impl Projection {
    /// The projection around the middle of some points [degree east, degree north].
    pub(crate) fn around(points: &[(f64, f64)]) -> Self {
        // The mean direction in space: it knows no date line.
        let mut sum = [0.0; 3];
        for &(longitude, latitude) in points {
            let (longitude, latitude) = (longitude.to_radians(), latitude.to_radians());
            sum[0] += cos(latitude) * cos(longitude);
            sum[1] += cos(latitude) * sin(longitude);
            sum[2] += sin(latitude);
        }
        let flat = (sum[0] * sum[0] + sum[1] * sum[1]).sqrt();
        let latitude = libm::atan2(sum[2], flat);
        Self {
            longitude: libm::atan2(sum[1], sum[0]),
            sin_latitude: sin(latitude),
            cos_latitude: cos(latitude),
        }
    }

    /// Image of a point [degree east, degree north]; `None` too far from the centre.
    pub(crate) fn image(&self, (longitude, latitude): (f64, f64)) -> Option<(f64, f64)> {
        let east = longitude.to_radians() - self.longitude;
        let latitude = latitude.to_radians();
        let (sine, cosine) = (sin(latitude), cos(latitude));
        let nearness = self.sin_latitude * sine + self.cos_latitude * cosine * cos(east);
        if nearness < CUT_COSINE {
            return None;
        }
        let scale = (2.0 / (1.0 + nearness)).sqrt();
        Some((
            scale * cosine * sin(east),
            scale * (self.cos_latitude * sine - self.sin_latitude * cosine * cos(east)),
        ))
    }
}

/// Where the plane lands on the paper: y downwards, in pixels.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Frame {
    /// Size of the paper [px].
    pub(crate) width: f64,
    /// Size of the paper [px].
    pub(crate) height: f64,
    scale: f64,
    middle: (f64, f64),
}

impl Frame {
    /// A frame in which all points have room, with a margin [px] around them.
    pub(crate) fn around(
        points: &[(f64, f64)],
        width: f64,
        height: f64,
        margin: (f64, f64),
    ) -> Self {
        let (mut low, mut high) = ((f64::MAX, f64::MAX), (f64::MIN, f64::MIN));
        for point in points {
            low = (low.0.min(point.0), low.1.min(point.1));
            high = (high.0.max(point.0), high.1.max(point.1));
        }
        // A single town still shows some 400 km around it.
        let least = 0.06;
        let span = ((high.0 - low.0).max(least), (high.1 - low.1).max(least));
        let scale = ((width - 2.0 * margin.0) / span.0).min((height - 2.0 * margin.1) / span.1);
        Self {
            width,
            height,
            scale,
            middle: (f64::midpoint(low.0, high.0), f64::midpoint(low.1, high.1)),
        }
    }

    /// Place on the paper.
    pub(crate) fn place(&self, point: (f64, f64)) -> (f64, f64) {
        (
            self.width / 2.0 + (point.0 - self.middle.0) * self.scale,
            self.height / 2.0 - (point.1 - self.middle.1) * self.scale,
        )
    }

    /// Pixels per kilometre at the centre.
    pub(crate) fn pixels_per_km(&self) -> f64 {
        self.scale / 6371.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn areas_are_true() {
        // A cell of one degree, near the centre and forty degrees from it.
        let projection = Projection::around(&[(104.0, 52.0)]);
        for (longitude, latitude) in [(104.0, 52.0), (60.0, 40.0), (150.0, 70.0)] {
            let corner = |east, north| {
                projection
                    .image((longitude + east, latitude + north))
                    .unwrap()
            };
            let (a, b, c) = (corner(0.0, 0.0), corner(0.1, 0.0), corner(0.0, 0.1));
            let area = (b.0 - a.0) * (c.1 - a.1) - (b.1 - a.1) * (c.0 - a.0);
            let step = 0.1_f64.to_radians();
            let sphere = step * step * cos((latitude + 0.05_f64).to_radians());
            assert!(
                (area / sphere - 1.0).abs() < 0.005,
                "{longitude} {latitude}"
            );
        }
    }

    #[test]
    fn the_centre_is_the_origin_and_distances_are_chords() {
        let projection = Projection::around(&[(104.0, 52.0)]);
        let (x, y) = projection.image((104.0, 52.0)).unwrap();
        assert!(x.abs() < 1e-12 && y.abs() < 1e-12);
        // Ninety degrees away lies at the square root of two.
        let (x, y) = projection.image((104.0, -38.0)).unwrap();
        assert!((x.hypot(y) - 2f64.sqrt()).abs() < 1e-12);
    }

    #[test]
    fn the_date_line_is_no_edge() {
        let projection = Projection::around(&[(170.0, 65.0), (-170.0, 65.0)]);
        let west = projection.image((179.9, 65.0)).unwrap();
        let east = projection.image((-179.9, 65.0)).unwrap();
        assert!((west.0 - east.0).abs() < 0.01);
        assert!(west.0 < 0.0 && east.0 > 0.0);
    }

    #[test]
    fn the_other_side_of_the_world_has_no_image() {
        assert!(
            Projection::around(&[(104.0, 52.0)])
                .image((-76.0, -52.0))
                .is_none()
        );
    }

    #[test]
    fn every_point_lands_inside_the_margin() {
        let points = [(-0.4, 0.1), (0.3, -0.05), (0.0, 0.2)];
        let frame = Frame::around(&points, 1000.0, 500.0, (50.0, 40.0));
        for point in points {
            let (x, y) = frame.place(point);
            assert!((49.999..=950.001).contains(&x) && (39.999..=460.001).contains(&y));
        }
    }
}
