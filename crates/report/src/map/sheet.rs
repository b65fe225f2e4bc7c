//! The paper of one map: its size, and where each point of the region falls on it.

use super::projection::{Frame, Projection};
use super::region::Region;

/// Longitude and latitude, or a place on the paper [px].
pub(super) type Point = (f64, f64);

/// The paper of one map.
pub(super) struct Sheet {
    pub(super) is_wide: bool,
    pub(super) projection: Projection,
    pub(super) frame: Frame,
}

impl Sheet {
    /// A sheet on which the whole region has room.
    pub(super) fn around(region: &Region<'_>, is_wide: bool, width: f64, height: f64) -> Self {
        let places = region.places.iter().map(|place| place.at);
        let sites = region.fleet.sites.iter().map(|site| site.lon_lat);
        let shown: Vec<Point> = places.chain(sites).collect();
        let projection = Projection::around(&shown);
        let images: Vec<Point> = shown
            .iter()
            .filter_map(|point| projection.image(*point))
            .collect();
        let margin = if is_wide { (70.0, 56.0) } else { (26.0, 34.0) };
        Self {
            is_wide,
            projection,
            frame: Frame::around(&images, width, height, margin),
        }
    }

    /// Place of a point [degree] on the paper [px]; `None` on the far side of the world.
    pub(super) fn place(&self, point: Point) -> Option<Point> {
        self.projection
            .image(point)
            .map(|image| self.frame.place(image))
    }
}
