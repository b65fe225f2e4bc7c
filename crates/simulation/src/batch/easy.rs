//! EASY backfilling: the head of the queue has a reservation, the others may start early where they do not delay it.
//!
//! # What it computes
//! At each instant jobs start from the head of the queue while they fit. The first that does not gets the shadow
//! time: the earliest moment by which enough running jobs are estimated to have ended. Processors that are free at
//! the shadow time beyond its need are spare; all jobs estimated to end by then count, also those that end at the
//! very shadow time after the need is met. The rest of the queue is then tried in order: a job starts if it fits now
//! and is estimated to end by the shadow time, or fits within the spare processors, which it then uses up.
//!
//! # Assumptions
//! Ties of the shadow time matter: counting only the jobs up to the one that meets the need leaves too few spare
//! processors and changes published results.
//!
//! # Valid range
//! Jobs in the order of submission, each within the machine, no estimate below its run time. Each step costs the
//! logarithm of the queue and the square root of the running jobs.
//!
//! # References
//! Lifka (1995); Mu'alem and Feitelson (2001), section 2.

use super::profile::Profile;
use super::running::Running;
use super::waiting::Waiting;
use super::{BatchJob, Schedule};

pub(super) fn schedule(queue: &[BatchJob], processors: u64) -> Schedule {
    let mut easy = Easy {
        queue,
        schedule: Schedule::unset(queue.len()),
        waiting: Waiting::new(queue.len()),
        running: Running::default(),
        profile: Profile::new(processors),
        free: processors,
    };
    let mut submitted = 0;
    loop {
        let submission_s = queue.get(submitted).map(|job| job.submit_s);
        let Some(now_s) = submission_s
            .into_iter()
            .chain(easy.running.next_end_s())
            .min()
        else {
            break;
        };
        easy.end_jobs(now_s);
        while let Some(job) = queue.get(submitted).filter(|job| job.submit_s <= now_s) {
            easy.waiting.push(submitted, job);
            submitted += 1;
        }
        easy.start_jobs(now_s);
    }
    easy.schedule
}

struct Easy<'a> {
    queue: &'a [BatchJob],
    schedule: Schedule,
    waiting: Waiting,
    running: Running,
    /// Processors free as running jobs are estimated to end.
    profile: Profile,
    free: u64,
}

impl Easy<'_> {
    fn end_jobs(&mut self, now_s: i64) {
        self.profile.advance(now_s);
        while let Some(ended) = self.running.take_ended(now_s) {
            let job = &self.queue[ended];
            let estimated_s = self.schedule.start_s[ended].saturating_add(job.estimate_s);
            self.profile.give(now_s, estimated_s, job.processors);
            self.free += job.processors;
        }
    }

    fn start_jobs(&mut self, now_s: i64) {
        let head = loop {
            let Some(head) = self.waiting.head() else {
                return;
            };
            if self.queue[head].processors > self.free {
                break head;
            }
            self.start(head, now_s);
        };
        if self.free == 0 && self.schedule.promised_s[head] < i64::MAX {
            return;
        }
        let need = self.queue[head].processors;
        let (shadow_s, free_then) = self.profile.room_for(need);
        let mut spare = free_then - need;
        if self.schedule.promised_s[head] == i64::MAX {
            self.schedule.promised_s[head] = shadow_s;
        }
        let mut place = head + 1;
        while self.free > 0 {
            let (free, window_s) = (self.free, shadow_s.saturating_sub(now_s));
            let next = self.waiting.next(place, |needs| {
                needs.processors <= free
                    && (needs.processors <= spare || needs.estimate_s <= window_s)
            });
            let Some(next) = next else {
                break;
            };
            let job = &self.queue[next];
            if job.estimate_s > window_s {
                spare -= job.processors;
            }
            self.start(next, now_s);
            place = next + 1;
        }
    }

    fn start(&mut self, place: usize, now_s: i64) {
        let job = &self.queue[place];
        self.waiting.remove(place);
        self.free -= job.processors;
        self.profile
            .take(now_s, now_s.saturating_add(job.estimate_s), job.processors);
        self.running.start(place, now_s.saturating_add(job.run_s));
        self.schedule.start_s[place] = now_s;
        let promised_s = &mut self.schedule.promised_s[place];
        if *promised_s == i64::MAX {
            *promised_s = now_s;
        }
    }
}
