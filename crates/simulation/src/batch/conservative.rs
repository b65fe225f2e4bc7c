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
//! A job is never moved to a later start, so that the first reservation is a promise. Passing by all jobs that need
//! more processors than are free anywhere in the time that became free changes no result: to start earlier a job
//! must use some of that time.
//!
//! # Valid range
//! Jobs in the order of submission, each within the machine, no estimate below its run time. A submission costs a
//! look at each block of the profile (see there); a compression one such look for every waiting job that is small
//! enough.
//!
//! # References
//! Mu'alem and Feitelson (2001), section 2.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::profile::Profile;
use super::running::Running;
use super::waiting::Waiting;
use super::{BatchJob, Schedule};

/// No reservation has been moved away.
const NOWHERE: i64 = i64::MIN;

pub(super) fn schedule(queue: &[BatchJob], processors: u64) -> Schedule {
    let mut conservative = Conservative {
        queue,
        reserved: Schedule::unset(queue.len()),
        waiting: Waiting::new(queue.len()),
        due: BinaryHeap::new(),
        running: Running::default(),
        profile: Profile::new(processors),
        vacated_until_s: NOWHERE,
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
            conservative.compress(now_s, NOWHERE);
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
    running: Running,
    /// What running jobs and reservations leave free.
    profile: Profile,
    /// End of the latest reservation moved away in the last compression: jobs before the one moved have not been
    /// asked about that room.
    vacated_until_s: i64,
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
        let mut free_until_s = NOWHERE;
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
            .first_fit(now_s, i64::MAX, job.processors, job.estimate_s)
            .unwrap_or(i64::MAX);
        self.reserved.promised_s[place] = start_s;
        self.waiting.push(place, job);
        self.take(place, start_s);
    }

    /// Moves each waiting job to the earliest start it finds, after room has come free up to some time.
    fn compress(&mut self, now_s: i64, free_until_s: i64) {
        let mut room_until_s = free_until_s.max(self.vacated_until_s);
        self.vacated_until_s = NOWHERE;
        let mut most_free = self.profile.most_free(room_until_s);
        let mut place = 0;
        while let Some(next) = self
            .waiting
            .next(place, |needs| needs.processors <= most_free)
        {
            place = next + 1;
            let job = &self.queue[next];
            // Up to its own reservation only: from there on its processors are its own.
            let start_s = self.reserved.start_s[next];
            let earlier_s = self
                .profile
                .first_fit(now_s, start_s, job.processors, job.estimate_s);
            if let Some(earlier_s) = earlier_s {
                let end_s = self.estimated_end_s(next);
                self.profile.give(start_s, end_s, job.processors);
                self.take(next, earlier_s);
                self.vacated_until_s = self.vacated_until_s.max(end_s);
                room_until_s = room_until_s.max(end_s);
                most_free = self.profile.most_free(room_until_s);
            }
        }
    }

    fn take(&mut self, place: usize, start_s: i64) {
        self.reserved.start_s[place] = start_s;
        let end_s = self.estimated_end_s(place);
        self.profile
            .take(start_s, end_s, self.queue[place].processors);
        self.due.push(Reverse((start_s, place)));
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
