//! Conservative backfilling: every job has a reservation, made when it is submitted and never moved to a later time.
//!
//! # What it computes
//! A job that is submitted gets the earliest start at which its processors are free for all of its estimate, among
//! the running jobs and all reservations before it. When a job ends before its estimate, the schedule is compressed:
//! each waiting job, in the order of the queue, moves to the earliest start it now finds. Ends of the same second
//! count as one. A pass that moves a job can leave room for one that it has already passed by; should the machine
//! have nothing to run while jobs wait, another pass is made.
//!
//! # Assumptions
//! A job is never moved to a later start, so that the first reservation is a promise. A compression looks only where
//! processors have come free since it last asked a job, which changes no result: an earlier start that was not
//! possible then must use some of that room.
//!
//! # Valid range
//! Jobs in the order of submission, each within the machine, no estimate below its run time. A submission costs a
//! look at each block of the profile (see there); a compression a look at the room that came free for every waiting
//! job that is small enough for some of it. Where a log asks for more than the machine has, the queue grows without
//! end and every compression with it: the time then grows with the square of the log.
//!
//! # References
//! Mu'alem and Feitelson (2001), section 2.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::ops::Range;

use super::profile::Profile;
use super::running::Running;
use super::waiting::Waiting;
use super::{BatchJob, Schedule};

/// Reservations that are kept without looking which of them have been moved.
const DUE_MIN: usize = 64;

pub(super) fn schedule(queue: &[BatchJob], processors: u64) -> Schedule {
    let mut conservative = Conservative {
        queue,
        reserved: Schedule::unset(queue.len()),
        waiting: Waiting::new(queue.len()),
        due: BinaryHeap::new(),
        due_max: DUE_MIN,
        running: Running::default(),
        profile: Profile::new(processors),
        vacated: Vec::new(),
    };
    let mut submitted = 0;
    loop {
        let submission_s = queue.get(submitted).map(|job| job.submit_s);
        let Some(now_s) = submission_s
            .into_iter()
            .chain(conservative.running.next_end_s())
            .chain(conservative.next_due_s())
            .min()
        else {
            break;
        };
        conservative.end_jobs(now_s);
        while queue
            .get(submitted)
            .is_some_and(|job| job.submit_s <= now_s)
        {
            conservative.reserve(submitted, now_s);
            submitted += 1;
        }
        conservative.start_jobs(now_s);
        if conservative.running.is_empty() && conservative.waiting.head().is_some() {
            conservative.compress(now_s, now_s);
            conservative.start_jobs(now_s);
        }
    }
    conservative.reserved
}

struct Conservative<'a> {
    queue: &'a [BatchJob],
    /// Start each job has now and had first.
    reserved: Schedule,
    waiting: Waiting,
    /// Reservations by their start, also those that have been moved since.
    due: BinaryHeap<Reverse<(i64, usize)>>,
    /// How many of them are kept before those that have been moved are cleared out.
    due_max: usize,
    running: Running,
    /// What running jobs and reservations leave free.
    profile: Profile,
    /// Where reservations were moved away from in the last compression: jobs before the one moved have not been asked
    /// about that room.
    vacated: Vec<Range<i64>>,
}

impl Conservative<'_> {
    /// When the next job that waits is to start [s].
    fn next_due_s(&mut self) -> Option<i64> {
        loop {
            let Reverse((start_s, job)) = *self.due.peek()?;
            if self.reserved.start_s[job] == start_s && self.waiting.holds(job) {
                return Some(start_s);
            }
            self.due.pop();
        }
    }

    fn end_jobs(&mut self, now_s: i64) {
        self.profile.advance(now_s);
        let mut free_until_s = now_s;
        while let Some(ended) = self.running.take_ended(now_s) {
            let estimated_s = self.estimated_end_s(ended);
            if estimated_s > now_s {
                self.profile
                    .give(now_s, estimated_s, self.queue[ended].processors);
                free_until_s = free_until_s.max(estimated_s);
            }
        }
        if free_until_s > now_s {
            self.compress(now_s, free_until_s);
        }
    }

    fn reserve(&mut self, place: usize, now_s: i64) {
        let job = &self.queue[place];
        let start_s = self
            .profile
            .first_fit(now_s..i64::MAX, i64::MAX, job.processors, job.estimate_s)
            .unwrap_or(i64::MAX);
        self.reserved.promised_s[place] = start_s;
        self.waiting.push(place, job);
        self.take(place, start_s);
    }

    /// Moves each waiting job to the earliest start it finds, after room has come free from now to some time.
    fn compress(&mut self, now_s: i64, free_until_s: i64) {
        let mut room = Room::default();
        room.add(now_s..free_until_s, &self.profile);
        for vacated in std::mem::take(&mut self.vacated) {
            room.add(vacated.start.max(now_s)..vacated.end, &self.profile);
        }
        let mut place = 0;
        while let Some(next) = self
            .waiting
            .next(place, |needs| needs.processors <= room.most_free)
        {
            place = next + 1;
            let Some(earlier_s) = self.earlier(next, now_s, &room) else {
                continue;
            };
            let job = &self.queue[next];
            let vacated = self.reserved.start_s[next]..self.estimated_end_s(next);
            self.profile
                .give(vacated.start, vacated.end, job.processors);
            self.take(next, earlier_s);
            room.add(vacated.clone(), &self.profile);
            self.vacated.push(vacated);
        }
    }

    /// A start for a waiting job before the one it has, if room that came free allows one. Its processors must be free
    /// up to its own reservation only: from there on they are its own.
    fn earlier(&self, place: usize, now_s: i64, room: &Room) -> Option<i64> {
        let job = &self.queue[place];
        let limit_s = self.reserved.start_s[place];
        room.spans
            .iter()
            .take_while(|span| span.from_s < limit_s)
            .filter(|span| span.most_free >= job.processors)
            .find_map(|span| {
                // The first start that still reaches into the span.
                let first_s = span.from_s.saturating_sub(job.estimate_s - 1).max(now_s);
                self.profile.first_fit(
                    first_s..span.to_s.min(limit_s),
                    limit_s,
                    job.processors,
                    job.estimate_s,
                )
            })
    }

    fn take(&mut self, place: usize, start_s: i64) {
        self.reserved.start_s[place] = start_s;
        let end_s = self.estimated_end_s(place);
        self.profile
            .take(start_s, end_s, self.queue[place].processors);
        self.due.push(Reverse((start_s, place)));
        if self.due.len() > self.due_max {
            let (reserved, waiting) = (&self.reserved.start_s, &self.waiting);
            self.due.retain(|Reverse((start_s, job))| {
                reserved[*job] == *start_s && waiting.holds(*job)
            });
            self.due_max = 2 * self.due.len() + DUE_MIN;
        }
    }

    fn start_jobs(&mut self, now_s: i64) {
        while self.next_due_s().is_some_and(|due_s| due_s <= now_s) {
            if let Some(Reverse((start_s, job))) = self.due.pop() {
                self.waiting.remove(job);
                self.running
                    .start(job, start_s.saturating_add(self.queue[job].run_s));
            }
        }
    }

    fn estimated_end_s(&self, place: usize) -> i64 {
        self.reserved.start_s[place].saturating_add(self.queue[place].estimate_s)
    }
}

/// Room that has come free, as spans of time that neither overlap nor touch, in their order.
#[derive(Debug, Default)]
struct Room {
    spans: Vec<Span>,
    /// Most processors free in any of them, or more.
    most_free: u64,
}

#[derive(Debug, Clone, Copy)]
struct Span {
    from_s: i64,
    to_s: i64,
    /// Most processors free in it when it was added, or more.
    most_free: u64,
}

impl Room {
    fn add(&mut self, span_s: Range<i64>, profile: &Profile) {
        if span_s.is_empty() {
            return;
        }
        let first = self.spans.partition_point(|span| span.to_s < span_s.start);
        let after = self.spans.partition_point(|span| span.from_s <= span_s.end);
        let touched = &self.spans[first..after];
        let from_s = touched
            .first()
            .map_or(span_s.start, |span| span.from_s.min(span_s.start));
        let to_s = touched
            .last()
            .map_or(span_s.end, |span| span.to_s.max(span_s.end));
        let most_free = profile.most_free(from_s..to_s);
        self.most_free = self.most_free.max(most_free);
        let merged = Span {
            from_s,
            to_s,
            most_free,
        };
        self.spans.splice(first..after, [merged]);
    }
}
