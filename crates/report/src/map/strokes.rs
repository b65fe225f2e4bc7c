//! Links, and who serves whom, as lines of the map.

use super::region::Region;
use super::sheet::Sheet;
use crate::chart::{COLOURS, coordinate};
use crate::format::{SPACE, significant};

/// A line with what it tells under the pointer.
pub(super) struct Stroke {
    pub(super) path: String,
    pub(super) class: String,
    pub(super) width: String,
    pub(super) tip: String,
}

/// Every link.
pub(super) fn links(region: &Region<'_>, sheet: &Sheet) -> Vec<Stroke> {
    let links = region.links.iter();
    links
        .filter_map(|link| {
            let (from, to) = (sheet.place(link.from)?, sheet.place(link.to)?);
            Some(Stroke {
                path: format!(
                    "M{} {}L{} {}",
                    coordinate(from.0),
                    coordinate(from.1),
                    coordinate(to.0),
                    coordinate(to.1)
                ),
                class: "link".into(),
                width: String::new(),
                tip: format!(
                    "Link {}\nround trip {}{SPACE}ms ({})",
                    link.name,
                    significant(link.round_trip_ms, 3),
                    link.provenance
                ),
            })
        })
        .collect()
}

/// Who serves whom, in the colour of the site.
pub(super) fn servings(region: &Region<'_>, sheet: &Sheet) -> Vec<Stroke> {
    let most = region
        .servings
        .values()
        .map(|serving| serving.cores)
        .fold(1e-9, f64::max);
    let thickest = if sheet.is_wide { 4.5 } else { 3.0 };
    let servings = region.servings.iter();
    servings
        .filter_map(|((place, site), serving)| {
            let (place, site) = (&region.places[*place], &region.fleet.sites[*site]);
            let (from, to) = (sheet.place(place.at)?, sheet.place(site.lon_lat)?);
            let (dx, dy) = (to.0 - from.0, to.1 - from.1);
            // Bowed to one side, so that both directions between two towns show.
            let bend = (
                f64::midpoint(from.0, to.0) - dy * 0.14,
                f64::midpoint(from.1, to.1) + dx * 0.14,
            );
            Some(Stroke {
                path: format!(
                    "M{} {}Q{} {} {} {}",
                    coordinate(from.0),
                    coordinate(from.1),
                    coordinate(bend.0),
                    coordinate(bend.1),
                    coordinate(to.0),
                    coordinate(to.1)
                ),
                class: format!("serving s{}", site.colour % COLOURS),
                width: coordinate(0.6 + (serving.cores / most).sqrt() * thickest),
                tip: format!(
                    "{} is served by {}\n{}\nround trip up to {}{SPACE}ms",
                    place.name,
                    site.name,
                    serving.services.join(", "),
                    significant(serving.round_trip_ms, 3)
                ),
            })
        })
        .collect()
}
