//! Ends of running tasks, earliest first.
//!
//! A radix heap: an end lies in the bucket of the highest bit in which it differs from the last instant taken, so that
//! an end moves to a lower bucket at most once for each bit, wherever it lies among the others. Ends must not be put in
//! before the last instant taken. Reference: Ahuja, Mehlhorn, Orlin, Tarjan, Journal of the ACM 37 (1990).

/// The end of a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct End {
    pub(super) at_ms: i64,
    pub(super) host: u32,
    /// Place among all starts.
    pub(super) order: u32,
    pub(super) task: u32,
}

/// One for each bit of an instant, none of which is negative, and one for the last instant itself.
const BUCKETS: usize = 64;

#[derive(Debug)]
pub(super) struct Ends {
    buckets: Vec<Vec<End>>,
    /// Buckets that hold something, as bits.
    filled: u64,
    /// Earliest of each bucket [ms].
    earliest_ms: [i64; BUCKETS],
    last_ms: i64,
    len: usize,
}

impl Ends {
    pub(super) fn new() -> Self {
        Self {
            buckets: vec![Vec::new(); BUCKETS],
            filled: 0,
            earliest_ms: [i64::MAX; BUCKETS],
            last_ms: 0,
            len: 0,
        }
    }

    pub(super) fn len(&self) -> usize {
        self.len
    }

    pub(super) fn is_empty(&self) -> bool {
        self.len == 0
    }

    fn bucket_of(&self, end_ms: i64) -> usize {
        (u64::BITS - (end_ms ^ self.last_ms).leading_zeros()) as usize
    }

    fn put(&mut self, end: End) {
        let bucket = self.bucket_of(end.at_ms);
        self.buckets[bucket].push(end);
        self.filled |= 1 << bucket;
        self.earliest_ms[bucket] = self.earliest_ms[bucket].min(end.at_ms);
    }

    /// Adds an end.
    pub(super) fn push(&mut self, end: End) {
        debug_assert!(end.at_ms >= self.last_ms);
        self.put(end);
        self.len += 1;
    }

    /// The earliest end [ms].
    pub(super) fn next_ms(&self) -> Option<i64> {
        self.first().map(|bucket| self.earliest_ms[bucket])
    }

    /// The first bucket that holds something: the earliest end lies there.
    fn first(&self) -> Option<usize> {
        (self.filled != 0).then(|| self.filled.trailing_zeros() as usize)
    }

    /// Takes the ends of an instant out, by host and in the order of their starts; none may be earlier.
    pub(super) fn take_at(&mut self, now_ms: i64, taken: &mut Vec<End>) {
        taken.clear();
        let Some(bucket) = self.first() else { return };
        if self.earliest_ms[bucket] > now_ms {
            return;
        }
        self.last_ms = now_ms;
        let ends = std::mem::take(&mut self.buckets[bucket]);
        self.earliest_ms[bucket] = i64::MAX;
        self.filled &= !(1 << bucket);
        for end in &ends {
            if end.at_ms <= now_ms {
                taken.push(*end);
            } else {
                self.put(*end);
            }
        }
        // The memory of the bucket serves again; nothing was put back there, for all share the bit it stands for.
        let mut ends = ends;
        ends.clear();
        self.buckets[bucket] = ends;
        self.len -= taken.len();
        taken.sort_unstable();
    }

    /// Takes all that is left out, in no order.
    pub(super) fn take_all(&mut self) -> Vec<End> {
        self.len = 0;
        self.filled = 0;
        self.earliest_ms = [i64::MAX; BUCKETS];
        self.buckets.iter_mut().flat_map(std::mem::take).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn ends_come_in_the_order_of_time_host_and_start(
            rounds in proptest::collection::vec(proptest::collection::vec((0_i64..1 << 20, 0_u32..4), 0..20), 1..30)
        ) {
            let mut ends = Ends::new();
            let mut plain: Vec<End> = Vec::new();
            let (mut now_ms, mut order) = (0, 0);
            let mut taken = Vec::new();
            for round in rounds {
                for (run_ms, host) in round {
                    let end = End { at_ms: now_ms + 1 + run_ms, host, order, task: order };
                    order += 1;
                    ends.push(end);
                    plain.push(end);
                }
                plain.sort();
                prop_assert_eq!(ends.len(), plain.len());
                prop_assert_eq!(ends.next_ms(), plain.first().map(|end| end.at_ms));
                let Some(next_ms) = ends.next_ms() else { continue };
                now_ms = next_ms;
                ends.take_at(now_ms, &mut taken);
                let due = plain.iter().take_while(|end| end.at_ms == now_ms).count();
                let rest = plain.split_off(due);
                prop_assert_eq!(&taken, &plain);
                plain = rest;
            }
            let mut left = ends.take_all();
            left.sort();
            prop_assert_eq!(left, plain);
            prop_assert!(ends.is_empty());
        }
    }
}
