//! A part of a workload, drawn at random.
//!
//! `OpenDC` draws with replacement and without a seed, so that some tasks run twice and no two runs are alike. Here a
//! task is drawn at most once, the fraction is one of the number of tasks, and the seed of the run decides.

use angara_simulation::replay::{ReplayTask, ReplayTasks};
use rand_chacha::ChaCha8Rng;
use rand_core::{Rng, SeedableRng};

use crate::plan::PlannedWorkload;

/// Stream of the draw among those of the seed.
const STREAM: u64 = u64::MAX;

/// Tasks of a workload as the seed draws them, in the order of the trace; parents that were not drawn are not waited
/// for.
pub(crate) fn drawn(workload: &PlannedWorkload, seed: u64) -> PlannedWorkload {
    let rows = drawn_rows(workload.tasks.len(), workload.sampled_len(), seed);
    let mut row_of = vec![u32::MAX; workload.tasks.len()];
    for (place, row) in rows.iter().enumerate() {
        row_of[*row as usize] = place as u32;
    }
    let all = &workload.tasks;
    let mut tasks = ReplayTasks::default();
    for row in &rows {
        let row = *row as usize;
        tasks.push(ReplayTask {
            id: all.id[row],
            submission_ms: all.submission_ms[row],
            cores: all.cores[row],
            capacity_hz: all.capacity_hz[row],
            memory_mib: all.memory_mib[row],
            gpu_cores: all.gpu_cores[row],
            parents: all
                .parents(row)
                .iter()
                .map(|parent| row_of[*parent as usize])
                .filter(|parent| *parent != u32::MAX)
                .collect(),
            deferrable: all.deferrable[row],
            deadline_ms: all.deadline_ms[row],
            group: all.group[row],
            priority: all.priority[row],
            platform: all.platform[row],
            zone: all.zone[row],
        });
    }
    let name = |row: &u32, names: &[String]| names[*row as usize].clone();
    PlannedWorkload {
        name: workload.name.clone(),
        tasks,
        fragments: workload.fragments.of_tasks(&rows),
        names: workload
            .names
            .as_ref()
            .map(|names| rows.iter().map(|row| name(row, names)).collect()),
        play: workload.play,
        sample_fraction: 1.0,
        columns: None,
    }
}

/// So many rows of all, ascending: the first steps of a Fisher–Yates shuffle.
fn drawn_rows(all: usize, wanted: usize, seed: u64) -> Vec<u32> {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    random.set_stream(STREAM);
    let mut rows: Vec<u32> = (0..all as u32).collect();
    for place in 0..wanted {
        let left = (all - place) as u128;
        let other = place + ((u128::from(random.next_u64()) * left) >> 64) as usize;
        rows.swap(place, other);
    }
    rows.truncate(wanted);
    rows.sort_unstable();
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_drawn_once_and_follow_from_the_seed() {
        let rows = drawn_rows(1_000, 300, 7);
        assert_eq!(rows.len(), 300);
        assert!(rows.windows(2).all(|pair| pair[0] < pair[1]));
        assert_eq!(rows, drawn_rows(1_000, 300, 7));
        assert_ne!(rows, drawn_rows(1_000, 300, 8));
        // Every third on average: the mean row is near the middle.
        let mean = rows.iter().map(|row| f64::from(*row)).sum::<f64>() / 300.0;
        assert!((mean - 500.0).abs() < 60.0, "{mean}");
    }
}
