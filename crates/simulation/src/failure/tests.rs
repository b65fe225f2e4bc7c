use super::*;
use proptest::prelude::*;

const MINUTE_MS: i64 = 60_000;

fn row(interval_ms: i64, duration_ms: i64, intensity: f64) -> FailureRow {
    FailureRow {
        interval_ms,
        duration_ms,
        intensity,
    }
}

fn sequence(rows: &[FailureRow], repeat: bool, start_row: usize) -> FailureModel {
    FailureModel::Sequence(FailureSequence {
        rows: rows.to_vec(),
        repeat,
        start_row,
    })
}

fn spans(model: &FailureModel, hosts: usize, count: usize) -> Vec<(i64, i64)> {
    Outages::new(model, hosts, 1)
        .unwrap()
        .take(count)
        .map(|outage| (outage.from_ms, outage.to_ms))
        .collect()
}

fn group(name: &str, hosts: &[u32], time_to_failure: Law, time_to_repair: Law) -> FailureGroup {
    FailureGroup {
        name: name.to_owned(),
        hosts: hosts.to_vec(),
        time_to_failure,
        time_to_repair,
        share: None,
    }
}

// The sequences are those of another simulator's tests: one task's makespans there follow from these spans.
#[test]
fn a_sequence_waits_fails_and_waits_again() {
    let single = [row(5 * MINUTE_MS, 5 * MINUTE_MS, 1.0)];
    assert_eq!(
        spans(&sequence(&single, false, 0), 1, 9),
        [(300_000, 600_000)]
    );
    let two = [
        row(5 * MINUTE_MS, 5 * MINUTE_MS, 1.0),
        row(7 * MINUTE_MS, 10 * MINUTE_MS, 1.0),
    ];
    assert_eq!(
        spans(&sequence(&two, false, 0), 1, 9),
        [(300_000, 600_000), (1_020_000, 1_620_000)]
    );
    assert_eq!(
        spans(&sequence(&single, true, 0), 1, 4),
        [
            (300_000, 600_000),
            (900_000, 1_200_000),
            (1_500_000, 1_800_000),
            (2_100_000, 2_400_000)
        ]
    );
}

#[test]
fn a_sequence_can_begin_at_any_row_and_comes_around() {
    let rows = [row(10, 1, 1.0), row(20, 2, 1.0), row(30, 3, 1.0)];
    let expected = [(20, 22), (52, 55), (65, 66)];
    assert_eq!(spans(&sequence(&rows, false, 1), 1, 9), expected);
    assert_eq!(spans(&sequence(&rows, false, 4), 1, 9), expected);
    assert_eq!(spans(&sequence(&rows, true, 1), 1, 4)[3], (86, 88));
}

#[test]
fn a_share_of_the_hosts_is_rounded_and_every_host_is_hit_as_often() {
    let model = sequence(&[row(1, 1, 0.25)], true, 0);
    let mut hits = [0_u32; 10];
    let count = 20_000;
    for outage in Outages::new(&model, 10, 5).unwrap().take(count) {
        // 2.5 hosts round to 3.
        assert_eq!(outage.hosts.len(), 3);
        assert!(outage.hosts.is_sorted_by(|one, other| one < other));
        for host in outage.hosts {
            hits[host as usize] += 1;
        }
    }
    let expected = 0.3 * count as f64;
    let error = (count as f64 * 0.3 * 0.7).sqrt();
    for hit in hits {
        assert!((f64::from(hit) - expected).abs() < 4.5 * error, "{hits:?}");
    }
}

#[test]
fn the_same_seed_gives_the_same_outages_and_another_others() {
    let models = [
        sequence(&[row(1, 1, 0.5)], true, 0),
        FailureModel::Processes(FailurePrefab::named("G5k06Gam").unwrap().process(40)),
    ];
    for model in models {
        let draw =
            |seed| -> Vec<Outage> { Outages::new(&model, 40, seed).unwrap().take(50).collect() };
        assert_eq!(draw(1), draw(1));
        assert_ne!(draw(1), draw(2));
    }
}

#[test]
fn groups_fail_independently_in_order_and_overlap() {
    let laws = || {
        (
            Law::exponential(10.0).unwrap(),
            Law::exponential(5.0).unwrap(),
        )
    };
    let groups: Vec<FailureGroup> = (0..4)
        .map(|number| {
            let (time_to_failure, time_to_repair) = laws();
            let name = format!("rack {number}");
            group(&name, &[number, 4], time_to_failure, time_to_repair)
        })
        .collect();
    let outages = |groups: &[FailureGroup]| -> Vec<Outage> {
        let groups = groups.to_vec();
        let model = FailureModel::Processes(FailureProcesses { groups });
        Outages::new(&model, 5, 11).unwrap().take(400).collect()
    };
    let merged = outages(&groups);
    assert!(merged.is_sorted_by_key(|outage| outage.from_ms));
    let overlaps = merged
        .windows(2)
        .filter(|pair| pair[1].from_ms < pair[0].to_ms)
        .count();
    assert!(overlaps > 100, "{overlaps}");
    // The first group alone has the same outages, whatever the others do, and its own never overlap.
    let alone = outages(&groups[..1]);
    let own: Vec<&Outage> = merged
        .iter()
        .filter(|outage| outage.hosts[0] == 0)
        .collect();
    assert!(own.len() > 50);
    for (one, other) in own.iter().zip(&alone) {
        assert_eq!(*one, other);
    }
    assert!(own.windows(2).all(|pair| pair[1].from_ms > pair[0].to_ms));
}

#[test]
fn a_group_is_down_for_its_share_of_repair() {
    let laws = (
        Law::weibull(1.5, 100.0).unwrap(),
        Law::gamma(2.0, 5.0).unwrap(),
    );
    let (up_h, down_h) = (laws.0.mean(), laws.1.mean());
    let groups = vec![group("feed", &[0, 1], laws.0, laws.1)];
    let model = FailureModel::Processes(FailureProcesses { groups });
    let mut outages = Outages::new(&model, 2, 3).unwrap();
    let (mut down_ms, mut end_ms) = (0, 0);
    for outage in outages.by_ref().take(50_000) {
        assert_eq!(outage.hosts, [0, 1]);
        down_ms += outage.to_ms - outage.from_ms;
        end_ms = outage.to_ms;
    }
    let share = down_ms as f64 / end_ms as f64;
    let expected = down_h / (up_h + down_h);
    assert!((share / expected - 1.0).abs() < 0.02, "{share} {expected}");
}

#[test]
fn a_named_model_hits_any_share_of_the_hosts_for_ever() {
    let prefab = FailurePrefab::named("Websites02Exp").unwrap();
    let model = FailureModel::Processes(prefab.process(1000));
    let outages: Vec<Outage> = Outages::new(&model, 1000, 8).unwrap().take(4000).collect();
    assert_eq!(outages.len(), 4000);
    let hit: usize = outages.iter().map(|outage| outage.hosts.len()).sum();
    let mean = hit as f64 / 4000.0;
    let error = 1000.0 / 12_f64.sqrt() / 4000_f64.sqrt();
    assert!((mean - 500.0).abs() < 4.5 * error, "{mean}");
}

#[test]
fn nothing_fails_without_a_model_or_beyond_the_horizon() {
    assert_eq!(
        Outages::new(&FailureModel::None, 3, 0).unwrap().next(),
        None
    );
    assert_eq!(spans(&sequence(&[], false, 3), 3, 9), []);
    let late = [row(i64::MAX, i64::MAX, 1.0)];
    assert_eq!(spans(&sequence(&late, true, 0), 3, 9), []);
    let long = [row(5, i64::MAX, 1.0)];
    assert_eq!(
        spans(&sequence(&long, true, 0), 3, 9),
        [(5, 5 + HORIZON_MS)]
    );
    let law = || Law::exponential(1e300).unwrap();
    let groups = vec![group("site", &[0], law(), law())];
    let model = FailureModel::Processes(FailureProcesses { groups });
    assert!(spans(&model, 1, 9).len() <= 1);
}

#[test]
fn an_outage_without_length_lasts_a_millisecond() {
    assert_eq!(
        spans(&sequence(&[row(3, 0, 1.0)], true, 0), 1, 2),
        [(3, 4), (7, 8)]
    );
    let law = || Law::empirical(vec![0.0]).unwrap();
    let groups = vec![group("host", &[0], law(), law())];
    let model = FailureModel::Processes(FailureProcesses { groups });
    assert_eq!(spans(&model, 1, 3), [(1, 2), (3, 4), (5, 6)]);
}

#[test]
fn what_cannot_fail_so_is_refused() {
    let refused = |model: &FailureModel| Outages::new(model, 3, 0).unwrap_err();
    assert_eq!(
        refused(&sequence(&[row(0, 0, 1.0)], true, 0)),
        FailureError::RepeatsWithoutTime
    );
    assert_eq!(
        refused(&sequence(&[], true, 0)),
        FailureError::RepeatsWithoutTime
    );
    assert_eq!(
        refused(&sequence(&[row(-1, 0, 1.0)], false, 0)),
        FailureError::NegativeTime { row: 0 }
    );
    assert!(matches!(
        refused(&sequence(&[row(1, 1, 1.5)], false, 0)),
        FailureError::InvalidShare { row: 0, .. }
    ));
    let processes = |hosts: &[u32]| {
        let law = Law::exponential(1.0).unwrap();
        let groups = vec![group("hall", hosts, law.clone(), law)];
        FailureModel::Processes(FailureProcesses { groups })
    };
    let group = "hall".to_owned();
    assert_eq!(
        refused(&processes(&[0, 3])),
        FailureError::InvalidHost {
            group: group.clone(),
            host: 3
        }
    );
    assert_eq!(
        refused(&processes(&[1, 0, 1])),
        FailureError::InvalidHost {
            group: group.clone(),
            host: 1
        }
    );
    assert_eq!(refused(&processes(&[])), FailureError::EmptyGroup { group });
}

proptest! {
    #[test]
    fn outages_ascend_last_and_name_hosts_that_exist(
        rows in prop::collection::vec((0i64..1000, 0i64..1000, 0.0..=1.0f64), 1..8),
        hosts in 0usize..20,
        start_row in 0usize..20,
        seed in any::<u64>(),
    ) {
        let rows: Vec<FailureRow> = rows.into_iter().map(|(wait, last, share)| row(wait, last, share)).collect();
        if let Ok(outages) = Outages::new(&sequence(&rows, true, start_row), hosts, seed) {
            let mut from_ms = -1;
            for outage in outages.take(100) {
                prop_assert!(outage.from_ms > from_ms);
                prop_assert!(outage.to_ms > outage.from_ms);
                prop_assert!(outage.hosts.iter().all(|host| (*host as usize) < hosts));
                from_ms = outage.from_ms;
            }
        }
    }
}
