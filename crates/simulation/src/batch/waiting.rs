//! Jobs that wait, in the order of the queue, searched by size.

use super::BatchJob;

/// The least that any of some jobs needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Least {
    /// Fewest processors.
    pub(super) processors: u64,
    /// Shortest estimate [s].
    pub(super) estimate_s: i64,
}

/// Nobody: more processors than a machine may have.
const NOBODY: Least = Least {
    processors: u64::MAX,
    estimate_s: i64::MAX,
};

/// A binary tree over the places of the queue; each node knows the least that the jobs below it need.
#[derive(Debug)]
pub(super) struct Waiting {
    /// Node 1 is the root, the children of node `n` are `2n` and `2n + 1`, leaves follow from `leaves` on.
    least: Vec<Least>,
    leaves: usize,
}

impl Waiting {
    /// An empty queue with so many places.
    pub(super) fn new(places: usize) -> Self {
        let leaves = places.next_power_of_two();
        Self {
            least: vec![NOBODY; 2 * leaves],
            leaves,
        }
    }

    /// Lets a job wait at its place.
    pub(super) fn push(&mut self, place: usize, job: &BatchJob) {
        let needs = Least {
            processors: job.processors,
            estimate_s: job.estimate_s,
        };
        self.set(place, needs);
    }

    /// Takes the job at a place out.
    pub(super) fn remove(&mut self, place: usize) {
        self.set(place, NOBODY);
    }

    /// True where a job waits at a place.
    pub(super) fn holds(&self, place: usize) -> bool {
        self.least[self.leaves + place] != NOBODY
    }

    /// Place of the first job that waits.
    pub(super) fn head(&self) -> Option<usize> {
        self.next(0, |_| true)
    }

    /// The first job from a place on that a test accepts. What accepts a need must accept every lesser one, so that
    /// what is refused for many jobs together is refused for each.
    pub(super) fn next(&self, from: usize, accepts: impl Fn(Least) -> bool) -> Option<usize> {
        if from >= self.leaves {
            return None;
        }
        let mut node = self.leaves + from;
        loop {
            let least = self.least[node];
            if least != NOBODY && accepts(least) {
                if node >= self.leaves {
                    return Some(node - self.leaves);
                }
                node *= 2;
            } else {
                // The next node to the right that no node above has ruled out.
                while node % 2 == 1 {
                    node /= 2;
                }
                if node == 0 {
                    return None;
                }
                node += 1;
            }
        }
    }

    fn set(&mut self, place: usize, needs: Least) {
        let mut node = self.leaves + place;
        self.least[node] = needs;
        while node > 1 {
            node /= 2;
            let (left, right) = (self.least[2 * node], self.least[2 * node + 1]);
            let least = Least {
                processors: left.processors.min(right.processors),
                estimate_s: left.estimate_s.min(right.estimate_s),
            };
            if self.least[node] == least {
                break;
            }
            self.least[node] = least;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_next_job_is_the_one_that_looking_at_all_finds(
            steps in prop::collection::vec((0usize..40, 0u64..12, 1i64..12, 0u64..12, 0i64..12), 1..80),
        ) {
            let mut waiting = Waiting::new(40);
            let mut all = [None; 40];
            for (place, processors, estimate_s, free, window_s) in steps {
                let job = BatchJob { submit_s: 0, run_s: 1, estimate_s, processors };
                if all[place].take().is_some() {
                    waiting.remove(place);
                } else {
                    all[place] = Some(job);
                    waiting.push(place, &job);
                }
                let found = waiting.next(place, |needs| {
                    needs.processors <= free && needs.estimate_s <= window_s
                });
                let expected = (place..40).find(|other| {
                    all[*other].is_some_and(|job: BatchJob| {
                        job.processors <= free && job.estimate_s <= window_s
                    })
                });
                prop_assert_eq!(found, expected);
                prop_assert_eq!(waiting.head(), all.iter().position(Option::is_some));
            }
        }
    }
}
