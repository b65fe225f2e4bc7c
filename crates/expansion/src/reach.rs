//! What it computes: who may be served from where, and at what rate, by distance alone; so that an instance of ten
//! thousand places needs no list of its links.
//!
//! Assumptions: positions are whole kilometres on a plane, a distance is the root of the sum of squares, rounded down.
//! Everything is whole numbers, so that any language finds the same links.
//!
//! Valid range: coordinates of at most [`KM_MAX`] in absolute value.

use crate::instance::{Link, Place, Position, Site};

/// Largest coordinate on a plane [km].
pub const KM_MAX: i64 = 1_000_000;
/// Most pairs of site and place whose distance a rule may ask for.
pub const PAIRS_MAX: usize = 400_000_000;

/// A rule for links: every place may be served from the sites within a distance, and in any case from the nearest few.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reach {
    /// Longest distance served [km].
    pub distance_km: i64,
    /// Rate of a link per kilometre of distance [minor unit/kW/km].
    pub rate_per_km: i64,
    /// So many nearest sites may serve a place however far they are; of equally near ones the first.
    pub least: usize,
}

impl Reach {
    /// Links by site, sorted; `None` where a position is not on the plane or a rate does not fit.
    pub fn links(&self, places: &[Place], sites: &[Site]) -> Option<Vec<Vec<Link>>> {
        let plane: Vec<(i64, i64)> = sites
            .iter()
            .map(|site| site.position.plane())
            .collect::<Option<_>>()?;
        let mut links = vec![Vec::new(); sites.len()];
        for (number, place) in places.iter().enumerate() {
            let (x, y) = place.position.plane()?;
            let distances = plane.iter().map(|&(to_x, to_y)| {
                let (dx, dy) = ((x - to_x).unsigned_abs(), (y - to_y).unsigned_abs());
                (dx * dx + dy * dy).isqrt() as i64
            });
            let mut near: Vec<(i64, usize)> = distances.zip(0..).collect();
            near.sort_unstable();
            for (rank, &(km, site)) in near.iter().enumerate() {
                if rank >= self.least && km > self.distance_km {
                    break;
                }
                let rate = u32::try_from(km.checked_mul(self.rate_per_km)?).ok()?;
                let place = number as u32;
                links[site].push(Link { rate, place });
            }
        }
        for list in &mut links {
            list.sort_unstable();
        }
        Some(links)
    }
}

impl Position {
    /// Coordinates on a plane within [`KM_MAX`]; `None` for degrees.
    fn plane(&self) -> Option<(i64, i64)> {
        match *self {
            Self::Plane { x_km, y_km } => {
                let within = x_km.abs() <= KM_MAX && y_km.abs() <= KM_MAX;
                within.then_some((x_km, y_km))
            }
            Self::Degrees { .. } => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(x_km: i64, y_km: i64) -> Place {
        Place {
            name: String::new(),
            position: Position::Plane { x_km, y_km },
            demand_kw: vec![1],
        }
    }

    fn site(x_km: i64, y_km: i64) -> Site {
        Site {
            name: String::new(),
            position: Position::Plane { x_km, y_km },
            initial: 0,
            earliest: 0,
            opening: vec![0],
            closing: None,
            serving: vec![0],
            levels: Vec::new(),
            links: Vec::new(),
        }
    }

    #[test]
    fn links_are_those_within_the_distance_and_the_nearest_at_least() {
        let reach = Reach {
            distance_km: 5,
            rate_per_km: 3,
            least: 1,
        };
        let sites = [site(3, 4), site(3, 5), site(100, 0)];
        let links = reach
            .links(&[place(0, 0), place(60, 0), place(103, 4)], &sites)
            .expect("on a plane");
        let link = |rate, place| Link { rate, place };
        assert_eq!(
            links,
            [
                vec![link(15, 0)],
                vec![link(15, 0)],
                vec![link(15, 2), link(120, 1)]
            ]
        );
    }

    #[test]
    fn there_are_no_links_by_distance_on_the_globe() {
        let reach = Reach {
            distance_km: 5,
            rate_per_km: 3,
            least: 1,
        };
        let mut town = place(0, 0);
        town.position = Position::Degrees {
            latitude: 52.0,
            longitude: 104.0,
        };
        assert_eq!(reach.links(&[town], &[site(0, 0)]), None);
    }
}
