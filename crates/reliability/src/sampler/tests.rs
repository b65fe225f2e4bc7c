use super::*;
use crate::decision_diagram::DecisionDiagram;
use crate::k_out_of_n::KOutOfN;
use crate::sites::{Shock, Sites};
use crate::two_state::TwoState;

fn exponential(mean: f64) -> Law {
    Law::Exponential { mean }
}

fn group(needed: usize, count: usize, life: &Law, repair: &Law) -> SampledSystem {
    SampledSystem {
        structure: Structure::AtLeast(needed, (0..count).map(Structure::Component).collect()),
        components: vec![
            Component {
                life: life.clone(),
                repair: repair.clone(),
            };
            count
        ],
        shocks: Vec::new(),
        crews: None,
    }
}

/// The sample agrees with the exact value, is precise, and would notice a change of 5 %.
fn agrees(system: &SampledSystem, changed: &SampledSystem, sampling: &Sampling, exact: f64) {
    let estimate = system.unavailability(sampling).unwrap();
    let z = estimate.z(exact);
    assert!(z.abs() < 4.5, "{estimate:?} against {exact}: z = {z}");
    let half_width = estimate.half_width();
    assert!(half_width < 0.01, "half width {half_width}");
    let other = changed.unavailability(sampling).unwrap();
    let z = other.z(exact);
    assert!(z.abs() > 4.5, "a change of 5 % goes unseen: z = {z}");
}

#[test]
fn r01_one_component_sampled() {
    let exact = 1.0 - TwoState::new(1000.0, 10.0).unwrap().availability();
    let sampling = Sampling {
        seed: 1,
        histories: 1000,
        time: 150_000.0,
        warm_up: 1000.0,
    };
    agrees(
        &group(1, 1, &exponential(1000.0), &exponential(10.0)),
        &group(1, 1, &exponential(1000.0), &exponential(10.5)),
        &sampling,
        exact,
    );
}

#[test]
fn r05_availability_does_not_depend_on_the_laws_beyond_their_means() {
    let life = Law::Weibull {
        scale: 500.0,
        shape: 0.5,
    };
    let repair = |mean: f64| Law::Lognormal {
        median: mean * libm::exp(-1.125),
        sigma: 1.5,
    };
    // The share of renewals: long histories, few in number, for the heavy tails of both laws.
    let sampling = Sampling {
        seed: 5,
        histories: 200,
        time: 6_000_000.0,
        warm_up: 50_000.0,
    };
    agrees(
        &group(1, 1, &life, &repair(10.0)),
        &group(1, 1, &life, &repair(10.5)),
        &sampling,
        1.0 - 0.990099009901,
    );
}

#[test]
fn r12_r13_groups_with_one_crew_sampled() {
    for (count, needed, mttf, mttr, lives) in
        [(3, 2, 1000.0, 10.0, 1800.0), (5, 4, 2000.0, 24.0, 500.0)]
    {
        let exact = KOutOfN::new(count, needed, mttf, mttr, 1)
            .unwrap()
            .unavailability()
            .unwrap();
        let system = |repair: f64| SampledSystem {
            crews: Some(1),
            ..group(needed, count, &exponential(mttf), &exponential(repair))
        };
        let sampling = Sampling {
            seed: 12,
            histories: 1000,
            time: mttf * lives,
            warm_up: mttf,
        };
        agrees(&system(mttr), &system(mttr * 1.05), &sampling, exact);
    }
}

#[test]
fn r49_three_sites_needing_any_two_sampled_with_and_without_a_regional_shock() {
    for (between, years) in [(None, 20_000.0), (Some(50.0 * 365.0), 10_000.0)] {
        let exact = Sites {
            sites: 3,
            needed: 2,
            mttf: 5.0 * 365.0,
            mttr: 14.0,
            shock: between.map(|mean_between| Shock {
                mean_between,
                hits: 2,
                mttr: 30.0,
            }),
        }
        .unavailability()
        .unwrap();
        // One rate changes: that of the shock where there is one, else that of the sites.
        let own = |factor: f64| if between.is_some() { 1.0 } else { factor };
        let system = |factor: f64| SampledSystem {
            shocks: between
                .map(|mean| ShockEvent {
                    interval: exponential(mean * factor),
                    exposed: vec![0, 1, 2],
                    hits: 2,
                    repair: exponential(30.0),
                })
                .into_iter()
                .collect(),
            ..group(
                2,
                3,
                &exponential(5.0 * 365.0 * own(factor)),
                &exponential(14.0),
            )
        };
        let sampling = Sampling {
            seed: 49,
            histories: 500,
            time: years * 365.0,
            warm_up: 1000.0,
        };
        agrees(&system(1.0), &system(0.95), &sampling, exact);
    }
}

#[test]
fn a_site_of_two_paths_and_a_shared_feed_sampled_against_the_diagram() {
    let path = |parts: [usize; 2]| Structure::series(parts.map(Structure::Component).to_vec());
    // The feed, and one of two paths of a switch and a unit each.
    let site = Structure::series(vec![
        Structure::Component(0),
        Structure::parallel(vec![path([1, 2]), path([3, 4])]),
    ]);
    let means = [
        (5000.0, 10.0),
        (500.0, 20.0),
        (800.0, 40.0),
        (500.0, 20.0),
        (800.0, 40.0),
    ];
    let up: Vec<f64> = means
        .iter()
        .map(|(life, repair)| TwoState::new(*life, *repair).unwrap().availability())
        .collect();
    let exact = DecisionDiagram::new(&site)
        .unwrap()
        .unavailability(&up)
        .unwrap();
    let system = |factor: f64| SampledSystem {
        structure: site.clone(),
        components: means
            .iter()
            .map(|(life, repair)| Component {
                life: exponential(*life),
                repair: exponential(repair * factor),
            })
            .collect(),
        shocks: Vec::new(),
        crews: None,
    };
    let sampling = Sampling {
        seed: 47,
        histories: 500,
        time: 1_500_000.0,
        warm_up: 1000.0,
    };
    agrees(&system(1.0), &system(1.05), &sampling, exact);
}

#[test]
fn a_component_more_moves_no_stream_of_the_others() {
    let sampling = Sampling {
        seed: 2,
        histories: 4,
        time: 10_000.0,
        warm_up: 0.0,
    };
    let one = group(1, 1, &exponential(100.0), &exponential(10.0));
    let two = SampledSystem {
        structure: Structure::Component(0),
        ..group(1, 2, &exponential(100.0), &exponential(10.0))
    };
    assert_eq!(one.unavailability(&sampling), two.unavailability(&sampling));
}

#[test]
fn a_structure_without_its_components_is_refused() {
    let mut system = group(1, 2, &exponential(100.0), &exponential(10.0));
    system.components.pop();
    let sampling = Sampling {
        seed: 2,
        histories: 4,
        time: 10_000.0,
        warm_up: 0.0,
    };
    assert!(system.unavailability(&sampling).is_err());
}
