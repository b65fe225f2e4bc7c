//! Years of sites are the same, bit for bit, for any number of threads.

#[allow(dead_code)]
mod support;

use angara_facility::{CoolingTopology, PlantYear, summarise};
use rayon::prelude::*;
use support::{DESERT, SIBERIA, TROPICS, plant};

fn years(threads: usize) -> Vec<PlantYear> {
    let loads: Vec<f64> = (0..8760 * 4)
        .map(|step| 6e6 + 3e6 * libm::sin(f64::from(step) * 0.05))
        .collect();
    let sites: Vec<_> = [&SIBERIA, &TROPICS, &DESERT]
        .into_iter()
        .flat_map(|climate| CoolingTopology::ALL.map(|topology| (climate, topology)))
        .collect();
    rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .build()
        .expect("threads")
        .install(|| {
            sites
                .par_iter()
                .map(|(climate, topology)| {
                    let hours = climate.hours();
                    let plant = plant(*topology, &hours, 1e7);
                    summarise(&plant, &hours, &loads, 0.25).expect("a sound plant")
                })
                .collect()
        })
}

#[test]
fn any_number_of_threads_gives_the_same_bits() {
    let one = years(1);
    assert_eq!(one.len(), 18);
    for threads in [2, 7] {
        for (left, right) in one.iter().zip(years(threads)) {
            assert_eq!(format!("{left:?}"), format!("{right:?}"));
            assert_eq!(
                left.energy.total_kwh().to_bits(),
                right.energy.total_kwh().to_bits()
            );
        }
    }
}
