//! What it computes: places that nobody has counted: clusters of towns on a plane, few large and many small.
//!
//! Assumptions: one cluster per about square root of the number of places; a fifth of all places lie alone; the rank
//! of a place gives its population (Zipf).
//!
//! Valid range: any number of places; coordinates from 0 to 5,000 and 2,500 km.
//!
//! References: Zipf, "Human Behavior and the Principle of Least Effort" (1949), for sizes by rank.

use super::{Draws, Located};
use crate::instance::Position;

const EAST_KM: f64 = 5_000.0;
const NORTH_KM: f64 = 2_500.0;
/// Inhabitants of the largest place.
const LARGEST: f64 = 3e6;
/// Share of places outside every cluster \[1\].
const ALONE: f64 = 0.2;

/// So many places, the largest first.
pub fn scatter(seed: u64, places: usize) -> Vec<Located> {
    let clusters: Vec<(f64, f64, f64)> = (0..places.isqrt().max(1))
        .map(|number| {
            let mut draws = Draws::new(seed, 3 << 40 | number as u64);
            let (east, north) = (draws.between(0.0, EAST_KM), draws.between(0.0, NORTH_KM));
            (east, north, draws.between(40.0, 200.0))
        })
        .collect();
    (0..places)
        .map(|number| {
            let mut draws = Draws::new(seed, 4 << 40 | number as u64);
            let (mut x, mut y) = (draws.between(0.0, EAST_KM), draws.between(0.0, NORTH_KM));
            if draws.between(0.0, 1.0) >= ALONE {
                let at = draws.between(0.0, clusters.len() as f64) as usize;
                let (east, north, wide) = clusters[at.min(clusters.len() - 1)];
                x = east + wide * draws.normal();
                y = north + wide * draws.normal();
            }
            let rank = (number + 1) as f64;
            let size = LARGEST * draws.between(0.7, 1.3) / libm::pow(rank, 0.85);
            Located {
                name: format!("P{number}"),
                position: Position::Plane {
                    x_km: x.clamp(0.0, EAST_KM).round() as i64,
                    y_km: y.clamp(0.0, NORTH_KM).round() as i64,
                },
                population: size.round().max(500.0) as u64,
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_repeat_themselves_with_the_seed_and_shrink_with_rank() {
        let once = scatter(5, 200);
        assert_eq!(once, scatter(5, 200));
        assert_ne!(once, scatter(6, 200));
        let half = |part: &[Located]| part.iter().map(|place| place.population).sum::<u64>();
        assert!(half(&once[..100]) > 3 * half(&once[100..]));
    }
}
