//! An hour of every plant with warm curves, and what an hour of air costs.

use std::hint::black_box;

use angara_facility::{Air, CoolingTopology, DesignConditions, HourAir, Plant};
use criterion::{Criterion, criterion_group, criterion_main};

const RATED_W: f64 = 20e6;

/// Days of a cold, a mild and a hot month, so that every mode is met.
fn hours() -> Vec<HourAir> {
    (0..720)
        .map(|hour| {
            let day = std::f64::consts::TAU * f64::from(hour % 24) / 24.0;
            let dry_bulb_c = -25.0 + 60.0 * f64::from(hour) / 720.0 - 5.0 * libm::cos(day);
            Air::from_dew_point(dry_bulb_c, dry_bulb_c - 8.0, 98_000.0).into()
        })
        .collect()
}

fn plant_hour(criterion: &mut Criterion) {
    let hours = hours();
    let design = DesignConditions::from_hours(&hours).expect("there are hours");
    let mut group = criterion.benchmark_group("plant hour");
    for topology in CoolingTopology::ALL {
        let plant = Plant::new(topology, RATED_W, &design);
        let mut step = 0;
        group.bench_function(topology.name(), |bencher| {
            bencher.iter(|| {
                step += 1;
                let it_w = RATED_W * (0.4 + 0.5 * ((step % 97) as f64 / 97.0));
                plant.hour(black_box(&hours[step % 720]), black_box(it_w))
            });
        });
    }
    group.finish();
    criterion.bench_function("air of an hour", |bencher| {
        let mut step = 0;
        bencher.iter(|| {
            step += 1;
            let hour = &hours[step % 720];
            let air = Air::from_relative_humidity(
                black_box(hour.dry_bulb_c),
                hour.relative_humidity,
                hour.pressure_pa,
            );
            HourAir::from(air)
        });
    });
}

criterion_group!(benches, plant_hour);
criterion_main!(benches);
