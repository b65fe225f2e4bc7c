//! Outlines of land and country borders for maps.
//!
//! Natural Earth 1:50 million, public domain, reduced by `cargo xtask outlines`, which documents the
//! coding. Borders are those that the source draws; a map here takes no position on any of them.

/// Where the outlines come from, for the foot of a map.
pub const OUTLINES_SOURCE: &str =
    "Land and country borders: Natural Earth 1:50m (public domain), borders as drawn there";

/// Steps of the coded coordinates per degree.
const STEPS_PER_DEGREE: f64 = 100.0;

const TEXT: &str = include_str!("../data/outlines.txt");

/// What an outline is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OutlineKind {
    /// A closed ring around land, or around a sea that land encloses; fill by the even-odd rule.
    Land,
    /// An open line between two countries.
    Border,
}

/// One outline.
#[derive(Debug, Clone, PartialEq)]
pub struct Outline {
    /// What it is.
    pub kind: OutlineKind,
    /// Longitude and latitude of its points [degree east, degree north].
    pub lon_lat: Vec<(f64, f64)>,
}

/// The outlines of the world, land first.
pub fn outlines() -> impl Iterator<Item = Outline> {
    TEXT.lines().filter_map(|line| {
        let kind = match line.as_bytes().first() {
            Some(b'L') => OutlineKind::Land,
            Some(b'B') => OutlineKind::Border,
            _ => return None,
        };
        Some(Outline {
            kind,
            lon_lat: decode(&line.as_bytes()[1..]),
        })
    })
}

/// Points from their coded differences.
fn decode(code: &[u8]) -> Vec<(f64, f64)> {
    let mut points = Vec::new();
    let mut here = [0_i64; 2];
    let (mut value, mut shift, mut axis) = (0_u64, 0, 0);
    for &byte in code {
        let digit = u64::from(byte.wrapping_sub(63));
        value |= (digit & 31) << shift;
        shift += 5;
        if digit & 32 != 0 {
            continue;
        }
        here[axis] += (value >> 1) as i64 ^ -((value & 1) as i64);
        if axis == 1 {
            points.push((
                here[0] as f64 / STEPS_PER_DEGREE,
                here[1] as f64 / STEPS_PER_DEGREE,
            ));
        }
        (value, shift, axis) = (0, 0, 1 - axis);
    }
    points
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Even-odd rule over all rings.
    fn is_land(longitude: f64, latitude: f64) -> bool {
        let mut inside = false;
        for outline in outlines().filter(|outline| outline.kind == OutlineKind::Land) {
            let points = &outline.lon_lat;
            for (a, b) in points.iter().zip(points.iter().cycle().skip(1)) {
                if (a.1 > latitude) != (b.1 > latitude)
                    && longitude < a.0 + (latitude - a.1) / (b.1 - a.1) * (b.0 - a.0)
                {
                    inside = !inside;
                }
            }
        }
        inside
    }

    #[test]
    fn cities_stand_on_land_and_seas_are_water() {
        for (name, longitude, latitude) in [
            ("Irkutsk", 104.3, 52.3),
            ("Novosibirsk", 82.9, 55.0),
            ("Nairobi", 36.8, -1.3),
            ("Alice Springs", 133.9, -23.7),
            ("Denver", -105.0, 39.7),
        ] {
            assert!(is_land(longitude, latitude), "{name}");
        }
        for (name, longitude, latitude) in [
            ("Caspian Sea", 51.0, 42.0),
            ("Sea of Okhotsk", 150.0, 54.0),
            ("Atlantic", -30.0, 20.0),
        ] {
            assert!(!is_land(longitude, latitude), "{name}");
        }
    }

    #[test]
    fn every_point_is_on_the_globe_and_every_ring_is_one() {
        for outline in outlines() {
            let at_least = if outline.kind == OutlineKind::Land {
                4
            } else {
                2
            };
            assert!(outline.lon_lat.len() >= at_least);
            for (longitude, latitude) in outline.lon_lat {
                assert!((-180.0..=180.0).contains(&longitude));
                assert!((-90.0..=90.0).contains(&latitude));
            }
        }
    }

    #[test]
    fn the_border_on_the_amur_is_there() {
        let near = outlines()
            .filter(|outline| outline.kind == OutlineKind::Border)
            .flat_map(|outline| outline.lon_lat)
            .any(|(longitude, latitude)| {
                (longitude - 127.5).abs() < 0.5 && (latitude - 50.2).abs() < 0.5
            });
        assert!(near, "no border near Blagoveshchensk");
    }
}
