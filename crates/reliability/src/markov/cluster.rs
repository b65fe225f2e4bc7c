//! Two clusters of workstations, two switches, a backbone and one repair crew that inspects before it repairs
//! (Haverkort, Hermanns and Katoen 2000).

use super::MarkovChain;
use crate::error::{assert_close, assert_near};

const FAILURE: [f64; 5] = [0.002, 0.002, 0.00025, 0.00025, 0.0002];
const REPAIR: [f64; 5] = [2.0, 2.0, 0.25, 0.25, 0.125];
const INSPECTION: f64 = 10.0;

/// Working units of the left cluster, the right one, the left switch, the right switch and the backbone; what is
/// under repair.
type State = ([u8; 5], Option<u8>);

fn next(all: [u8; 5], state: State) -> Vec<(State, f64)> {
    let (working, repaired) = state;
    let mut follow = Vec::new();
    for kind in 0..5 {
        if working[kind] > 0 {
            let mut left = working;
            left[kind] -= 1;
            follow.push(((left, repaired), FAILURE[kind] * f64::from(working[kind])));
        }
        if repaired.is_none() && working[kind] < all[kind] {
            follow.push(((working, Some(kind as u8)), INSPECTION));
        }
        if repaired == Some(kind as u8) {
            let mut back = working;
            back[kind] += 1;
            follow.push(((back, None), REPAIR[kind]));
        }
    }
    follow
}

fn delivers(state: State, needed: u8) -> bool {
    let [left, right, left_switch, right_switch, backbone] = state.0;
    (left >= needed && left_switch > 0)
        || (right >= needed && right_switch > 0)
        || (left + right >= needed && left_switch > 0 && right_switch > 0 && backbone > 0)
}

fn cluster(size: u8) -> (MarkovChain, Vec<State>) {
    let all = [size, size, 1, 1, 1];
    MarkovChain::explored((all, None), 100_000, |state| next(all, *state)).unwrap()
}

fn premium(size: u8) -> (usize, f64) {
    let (chain, states) = cluster(size);
    let steady = chain.steady_state().unwrap();
    let lost: f64 = (0..states.len())
        .filter(|index| !delivers(states[*index], size))
        .map(|index| steady[index])
        .sum();
    (states.len(), 1.0 - lost)
}

#[test]
fn r25_r26_premium_service_of_small_clusters() {
    let (chain, _) = cluster(2);
    assert_eq!((chain.states(), chain.transitions()), (276, 1120));
    assert_close(premium(2).1, 0.9999615335623628, 1e-12);
    let (states, value) = premium(4);
    assert_eq!(states, 820);
    assert_close(value, 0.9999212408513793, 1e-11);
}

#[test]
fn r27_minimum_service_lost_within_a_hundred_hours() {
    let (chain, states) = cluster(2);
    let stopped = chain.stopped(|index| !delivers(states[index], 1));
    let mut start = vec![0.0; states.len()];
    start[0] = 1.0;
    let state = stopped.transient(&start, 100.0).unwrap();
    let lost: f64 = (0..states.len())
        .filter(|index| !delivers(states[*index], 1))
        .map(|index| state[index])
        .sum();
    assert_near(lost, 5.5461254704419085e-5, 1e-6);
}

#[test]
fn r28_premium_service_of_large_clusters() {
    for (size, count, expected) in [
        (8, 2772, 0.9998330692674163),
        (16, 10132, 0.9996450888603327),
    ] {
        let (states, value) = premium(size);
        assert_eq!(states, count);
        assert_close(value, expected, 1e-10);
    }
}
