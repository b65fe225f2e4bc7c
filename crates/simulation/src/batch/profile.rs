//! Processors that are free from now on, as far as estimates tell.
//!
//! # What it computes
//! A step function of time in segments, kept in blocks of a few dozen. A block knows the least and the most that is
//! free in it and carries changes that concern all of it as one number, so that a search or a change looks into few
//! blocks and passes the others by.
//!
//! # Assumptions
//! What is taken is free before; what is given back was taken.

use std::collections::VecDeque;
use std::ops::Range;

/// Segments of a block before it is halved.
const SEGMENTS_MAX: usize = 64;

/// A number of free processors until the next segment.
#[derive(Debug, Clone, Copy)]
struct Segment {
    from_s: i64,
    /// Free processors less those of its block; wraps.
    free: u64,
}

#[derive(Debug, Clone)]
struct Block {
    segments: Vec<Segment>,
    /// Processors to add to each of its segments; wraps.
    raised: u64,
    least: u64,
    most: u64,
}

impl Block {
    fn new(segments: Vec<Segment>, raised: u64) -> Self {
        let mut block = Self {
            segments,
            raised,
            least: 0,
            most: 0,
        };
        block.measure();
        block
    }

    fn begin_s(&self) -> i64 {
        self.segments[0].from_s
    }

    fn last_begin_s(&self) -> i64 {
        self.segments[self.segments.len() - 1].from_s
    }

    fn free(&self, segment: usize) -> u64 {
        self.segments[segment].free.wrapping_add(self.raised)
    }

    fn measure(&mut self) {
        let free = |segment: &Segment| segment.free.wrapping_add(self.raised);
        self.least = self.segments.iter().map(free).min().unwrap_or(0);
        self.most = self.segments.iter().map(free).max().unwrap_or(0);
    }

    /// Adds to the segments that begin within a span; wraps.
    fn change(&mut self, from_s: i64, to_s: i64, by: u64) {
        if self.begin_s() >= from_s && self.last_begin_s() < to_s {
            self.raised = self.raised.wrapping_add(by);
            self.least = self.least.wrapping_add(by);
            self.most = self.most.wrapping_add(by);
            return;
        }
        for segment in &mut self.segments {
            if (from_s..to_s).contains(&segment.from_s) {
                segment.free = segment.free.wrapping_add(by);
            }
        }
        self.measure();
    }
}

/// Free processors over time.
#[derive(Debug, Clone)]
pub(super) struct Profile {
    /// Never empty, nor is any block; the last segment lasts for ever.
    blocks: VecDeque<Block>,
}

impl Profile {
    /// All of a machine free at all times.
    pub(super) fn new(processors: u64) -> Self {
        let always = Segment {
            from_s: i64::MIN,
            free: processors,
        };
        Self {
            blocks: VecDeque::from([Block::new(vec![always], 0)]),
        }
    }

    /// Forgets what was before now.
    pub(super) fn advance(&mut self, now_s: i64) {
        while self
            .blocks
            .get(1)
            .is_some_and(|next| next.begin_s() <= now_s)
        {
            self.blocks.pop_front();
        }
        let first = &mut self.blocks[0];
        let begun = first
            .segments
            .partition_point(|segment| segment.from_s <= now_s);
        if begun > 1 {
            first.segments.drain(..begun - 1);
            first.measure();
        }
        if begun > 0 {
            first.segments[0].from_s = now_s;
        }
    }

    /// Sets processors aside over a span in which they are free.
    pub(super) fn take(&mut self, from_s: i64, to_s: i64, processors: u64) {
        self.change(from_s, to_s, processors.wrapping_neg());
    }

    /// Gives processors back over a span in which they were set aside.
    pub(super) fn give(&mut self, from_s: i64, to_s: i64, processors: u64) {
        self.change(from_s, to_s, processors);
    }

    /// The first segment with so many processors free: when it begins [s] and how many are free in it. The end of
    /// time, if even then there are not so many.
    pub(super) fn room_for(&self, need: u64) -> (i64, u64) {
        for block in self.blocks.iter().filter(|block| block.most >= need) {
            for segment in 0..block.segments.len() {
                if block.free(segment) >= need {
                    return (block.segments[segment].from_s, block.free(segment));
                }
            }
        }
        (i64::MAX, need)
    }

    /// The earliest start within a span from which so many processors are free for a duration, or up to a limit if
    /// that comes first [s].
    pub(super) fn first_fit(
        &self,
        starts_s: Range<i64>,
        limit_s: i64,
        need: u64,
        duration_s: i64,
    ) -> Option<i64> {
        if starts_s.is_empty() {
            return None;
        }
        let end_s = |start_s: i64| start_s.saturating_add(duration_s).min(limit_s);
        let mut start_s: Option<i64> = None;
        let (first, mut segment) = self.locate(starts_s.start);
        for block in self.blocks.range(first..) {
            let passed_by = match start_s {
                None if block.begin_s() >= starts_s.end => return None,
                None => block.most < need,
                Some(_) => block.least >= need,
            };
            let from = std::mem::take(&mut segment);
            if passed_by {
                continue;
            }
            for (place, segment) in block.segments.iter().enumerate().skip(from) {
                match start_s {
                    Some(found_s) if segment.from_s >= end_s(found_s) => return start_s,
                    Some(_) if block.free(place) < need => start_s = None,
                    None if segment.from_s >= starts_s.end => return None,
                    None if block.free(place) >= need => {
                        start_s = Some(segment.from_s.max(starts_s.start));
                    }
                    _ => {}
                }
            }
        }
        start_s
    }

    /// Most processors free at any time within a span.
    pub(super) fn most_free(&self, span_s: Range<i64>) -> u64 {
        let mut most = 0;
        let (first, mut segment) = self.locate(span_s.start);
        for block in self.blocks.range(first..) {
            let from = std::mem::take(&mut segment);
            if from == 0 && block.last_begin_s() < span_s.end {
                most = most.max(block.most);
                continue;
            }
            for (place, segment) in block.segments.iter().enumerate().skip(from) {
                if segment.from_s >= span_s.end {
                    return most;
                }
                most = most.max(block.free(place));
            }
        }
        most
    }

    fn change(&mut self, from_s: i64, to_s: i64, by: u64) {
        if from_s >= to_s {
            return;
        }
        self.cut(from_s);
        self.cut(to_s);
        let (first, _) = self.locate(from_s);
        for block in self.blocks.range_mut(first..) {
            if block.begin_s() >= to_s {
                break;
            }
            block.change(from_s, to_s, by);
        }
        self.join(from_s);
        self.join(to_s);
    }

    /// Block and segment that a time falls into.
    fn locate(&self, time_s: i64) -> (usize, usize) {
        let block = self
            .blocks
            .partition_point(|block| block.begin_s() <= time_s)
            .saturating_sub(1);
        let segment = self.blocks[block]
            .segments
            .partition_point(|segment| segment.from_s <= time_s)
            .saturating_sub(1);
        (block, segment)
    }

    /// Lets a segment begin at a time.
    fn cut(&mut self, time_s: i64) {
        let (place, segment) = self.locate(time_s);
        let block = &mut self.blocks[place];
        let here = block.segments[segment];
        if here.from_s >= time_s {
            return;
        }
        let later = Segment {
            from_s: time_s,
            ..here
        };
        block.segments.insert(segment + 1, later);
        if block.segments.len() > SEGMENTS_MAX {
            let rest = block.segments.split_off(SEGMENTS_MAX / 2);
            let raised = block.raised;
            block.measure();
            self.blocks.insert(place + 1, Block::new(rest, raised));
        }
    }

    /// Merges the segment that begins at a time with the one before, if as much is free in both.
    fn join(&mut self, time_s: i64) {
        let (place, segment) = self.locate(time_s);
        let block = &self.blocks[place];
        let before = if segment > 0 {
            block.free(segment - 1)
        } else if place > 0 {
            let before = &self.blocks[place - 1];
            before.free(before.segments.len() - 1)
        } else {
            return;
        };
        if block.segments[segment].from_s != time_s || block.free(segment) != before {
            return;
        }
        if block.segments.len() == 1 {
            self.blocks.remove(place);
            return;
        }
        let block = &mut self.blocks[place];
        block.segments.remove(segment);
        if segment == 0 {
            block.measure();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const HORIZON: usize = 400;

    /// Free processors second by second.
    struct Plain(Vec<u64>);

    impl Plain {
        fn first_fit(
            &self,
            starts: Range<usize>,
            limit: usize,
            need: u64,
            duration: usize,
        ) -> Option<i64> {
            let fits = |start: usize| {
                let end = (start + duration).min(limit).min(HORIZON);
                self.0[start..end].iter().all(|free| *free >= need)
            };
            starts
                .take_while(|start| *start < HORIZON)
                .find(|start| fits(*start))
                .map(|start| start as i64)
        }
    }

    proptest! {
        #[test]
        fn a_profile_agrees_with_counting_second_by_second(
            steps in prop::collection::vec((0usize..300, 1usize..90, 1u64..7, 0usize..2, 0usize..400), 1..300),
        ) {
            let mut profile = Profile::new(20);
            profile.advance(0);
            let mut plain = Plain(vec![20; HORIZON]);
            let mut taken = Vec::new();
            let mut now = 0;
            for (step, (from, duration, processors, late, limit)) in steps.into_iter().enumerate() {
                let from = from.max(now);
                let limit = limit.max(from);
                let end = limit - (limit - from) * late / 3;
                let found = profile.first_fit(
                    from as i64..end as i64,
                    limit as i64,
                    processors,
                    duration as i64,
                );
                prop_assert_eq!(
                    found,
                    plain.first_fit(from..end, limit, processors, duration)
                );
                if limit > from {
                    let most = plain.0[from..limit].iter().copied().max();
                    prop_assert_eq!(Some(profile.most_free(from as i64..limit as i64)), most);
                }
                if let Some(start) = plain
                    .first_fit(from..HORIZON, HORIZON, processors, duration)
                    .filter(|start| *start as usize + duration < HORIZON)
                {
                    profile.take(start, start + duration as i64, processors);
                    let span = start as usize..start as usize + duration;
                    plain.0[span.clone()].iter_mut().for_each(|free| *free -= processors);
                    taken.push((span, processors));
                }
                if step % 3 == 2 && late == 1 && !taken.is_empty() {
                    let (span, processors) = taken.swap_remove(from % taken.len());
                    let span = span.start.max(now)..span.end.max(now);
                    profile.give(span.start as i64, span.end as i64, processors);
                    plain.0[span].iter_mut().for_each(|free| *free += processors);
                }
                if step % 7 == 6 {
                    now += 1;
                    profile.advance(now as i64);
                }
                let room = (now..HORIZON).find(|second| plain.0[*second] >= 15);
                let (at_s, free) = profile.room_for(15);
                prop_assert_eq!(room.map(|second| second as i64), Some(at_s.max(now as i64)));
                prop_assert_eq!(room.map(|second| plain.0[second]), Some(free));
            }
        }
    }

    #[test]
    fn what_is_given_back_leaves_no_trace() {
        let mut profile = Profile::new(u64::MAX - 1);
        for turn in 0..1_000 {
            profile.take(turn, i64::MAX, 1);
        }
        assert!(profile.blocks.len() > 10);
        for turn in 0..1_000 {
            profile.give(turn, i64::MAX, 1);
        }
        let segments: usize = profile
            .blocks
            .iter()
            .map(|block| block.segments.len())
            .sum();
        assert_eq!(segments, 1);
        assert_eq!(profile.room_for(u64::MAX - 1), (i64::MIN, u64::MAX - 1));
    }
}
