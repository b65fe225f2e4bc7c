//! The same structure by sampling, event by event.
//!
//! What it computes: the share of time in which a structure does not work, with its standard error over independent
//! histories.
//!
//! Assumptions: a component is renewed by its repair; repair crews take components in the order of their failure; a
//! shock takes components whatever their state and holds them until its own repair, which needs no crew. Every
//! component and shock draws from a stream of its own, so that a plan with one component more sees the same times for
//! the others.
//!
//! Valid range: histories that are long against the slowest repair; the warm-up is not counted.
//!
//! References: Law, Simulation Modeling and Analysis, 2015; Salmon et al. 2011 (counter-based streams).

use std::cmp::Ordering;
use std::collections::{BinaryHeap, VecDeque};

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;

use crate::error::{ReliabilityError, positive, within};
use crate::law::{Law, uniform};
use crate::structure::Structure;

/// What fails and is repaired.
#[derive(Debug, Clone, PartialEq)]
pub struct Component {
    /// Law of the time to fail.
    pub life: Law,
    /// Law of the time to repair, once a crew has come.
    pub repair: Law,
}

/// What takes several components at once.
#[derive(Debug, Clone, PartialEq)]
pub struct ShockEvent {
    /// Law of the time between shocks.
    pub interval: Law,
    /// Components that it may take.
    pub exposed: Vec<usize>,
    /// How many of them it takes, each choice equally likely.
    pub hits: usize,
    /// Law of the time until a component that was hit returns.
    pub repair: Law,
}

/// A system to sample.
#[derive(Debug, Clone, PartialEq)]
pub struct SampledSystem {
    /// What needs what.
    pub structure: Structure,
    /// The components, by number.
    pub components: Vec<Component>,
    /// The shocks.
    pub shocks: Vec<ShockEvent>,
    /// Repair crews; one for every component when none are counted.
    pub crews: Option<usize>,
}

/// How much to sample.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sampling {
    /// Seed of every stream.
    pub seed: u64,
    /// Independent histories.
    pub histories: u32,
    /// Time of each that is counted.
    pub time: f64,
    /// Time before it that is not.
    pub warm_up: f64,
}

/// A mean of independent histories.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// Mean.
    pub mean: f64,
    /// Standard error of the mean.
    pub standard_error: f64,
}

impl Estimate {
    /// Mean and standard error of values.
    ///
    /// # Errors
    /// Fewer than two values.
    pub fn of(values: &[f64]) -> Result<Self, ReliabilityError> {
        within("histories", values.len(), 2, usize::MAX)?;
        let count = values.len() as f64;
        let mean = values.iter().sum::<f64>() / count;
        let squares: f64 = values
            .iter()
            .map(|value| (value - mean) * (value - mean))
            .sum();
        Ok(Self {
            mean,
            standard_error: (squares / (count - 1.0) / count).sqrt(),
        })
    }

    /// Distance from an exact value in standard errors [1].
    pub fn z(&self, exact: f64) -> f64 {
        (self.mean - exact) / self.standard_error
    }

    /// Half of the interval of 95 %, relative to the mean [1].
    pub fn half_width(&self) -> f64 {
        1.959963984540054 * self.standard_error / self.mean
    }
}

impl SampledSystem {
    /// Unavailability over all histories [1].
    ///
    /// # Errors
    /// Laws, numbers and times out of their range.
    pub fn unavailability(&self, sampling: &Sampling) -> Result<Estimate, ReliabilityError> {
        let system = self.clone().checked()?;
        positive("time of a history", sampling.time)?;
        // Zero is no warm-up.
        positive("warm-up", sampling.warm_up + f64::MIN_POSITIVE)?;
        let values: Vec<f64> = (0..sampling.histories)
            .map(|history| History::new(&system, sampling, history).run(sampling))
            .collect();
        Estimate::of(&values)
    }

    fn checked(mut self) -> Result<Self, ReliabilityError> {
        let count = self.components.len();
        within(
            "components",
            count,
            self.structure.components().max(1),
            1 << 24,
        )?;
        if let Some(crews) = self.crews {
            within("crews", crews, 1, usize::MAX)?;
        }
        for component in &mut self.components {
            component.life = component.life.clone().checked()?;
            component.repair = component.repair.clone().checked()?;
        }
        for shock in &mut self.shocks {
            shock.interval = shock.interval.clone().checked()?;
            shock.repair = shock.repair.clone().checked()?;
            within("components hit", shock.hits, 1, shock.exposed.len())?;
            for component in &shock.exposed {
                within("exposed component", *component, 0, count - 1)?;
            }
        }
        Ok(self)
    }
}

/// A component fails or returns, or a shock comes, unless the component changed since (`epoch`).
#[derive(Debug, Clone, Copy)]
struct Event {
    time: f64,
    entity: usize,
    epoch: u32,
}

impl PartialEq for Event {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Event {}

impl PartialOrd for Event {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Event {
    /// The earliest is the greatest; equal times by number.
    fn cmp(&self, other: &Self) -> Ordering {
        let mine = (other.time, other.entity, other.epoch);
        mine.0
            .total_cmp(&self.time)
            .then((mine.1, mine.2).cmp(&(self.entity, self.epoch)))
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Up,
    Waiting,
    Repaired,
    Hit,
}

struct History<'a> {
    system: &'a SampledSystem,
    streams: Vec<ChaCha8Rng>,
    state: Vec<State>,
    up: Vec<bool>,
    epoch: Vec<u32>,
    events: BinaryHeap<Event>,
    waiting: VecDeque<(usize, u32)>,
    crews_free: usize,
}

impl<'a> History<'a> {
    fn new(system: &'a SampledSystem, sampling: &Sampling, history: u32) -> Self {
        let components = system.components.len();
        let entities = components + system.shocks.len();
        let streams = (0..entities)
            .map(|entity| {
                // Shocks count from the other end, so that a component more moves no stream.
                let number = entity
                    .checked_sub(components)
                    .map_or(entity as u32, |shock| u32::MAX - shock as u32);
                let mut stream = ChaCha8Rng::seed_from_u64(sampling.seed);
                stream.set_stream(u64::from(history) << 32 | u64::from(number));
                stream
            })
            .collect();
        let mut history = Self {
            system,
            streams,
            state: vec![State::Up; components],
            up: vec![true; components],
            epoch: vec![0; entities],
            events: BinaryHeap::new(),
            waiting: VecDeque::new(),
            crews_free: system.crews.unwrap_or(components),
        };
        for (component, laws) in system.components.iter().enumerate() {
            history.schedule(component, 0.0, &laws.life);
        }
        for (shock, laws) in system.shocks.iter().enumerate() {
            history.schedule(components + shock, 0.0, &laws.interval);
        }
        history
    }

    fn schedule(&mut self, entity: usize, now: f64, law: &Law) {
        self.epoch[entity] += 1;
        self.events.push(Event {
            time: now + law.draw(&mut self.streams[entity]),
            entity,
            epoch: self.epoch[entity],
        });
    }

    /// Share of the counted time in which the structure does not work.
    fn run(mut self, sampling: &Sampling) -> f64 {
        let end = sampling.warm_up + sampling.time;
        let mut down = 0.0;
        let mut down_since = None;
        while let Some(event) = self.events.pop().filter(|event| event.time < end) {
            if event.epoch != self.epoch[event.entity] {
                continue;
            }
            self.apply(event);
            let works = self.system.structure.works(&self.up);
            match (works, down_since) {
                (false, None) => down_since = Some(event.time),
                (true, Some(since)) => {
                    down += (event.time - sampling.warm_up.max(since)).max(0.0);
                    down_since = None;
                }
                _ => {}
            }
        }
        if let Some(since) = down_since {
            down += end - sampling.warm_up.max(since);
        }
        down / sampling.time
    }

    fn apply(&mut self, event: Event) {
        let system = self.system;
        let entity = event.entity;
        let Some(laws) = system.components.get(entity) else {
            self.strike(entity, event.time);
            return;
        };
        match self.state[entity] {
            State::Up => {
                self.up[entity] = false;
                self.state[entity] = State::Waiting;
                self.epoch[entity] += 1;
                self.waiting.push_back((entity, self.epoch[entity]));
            }
            returning => {
                self.crews_free += usize::from(returning == State::Repaired);
                self.up[entity] = true;
                self.state[entity] = State::Up;
                self.schedule(entity, event.time, &laws.life);
            }
        }
        self.send_crews(event.time);
    }

    fn send_crews(&mut self, now: f64) {
        let system = self.system;
        while self.crews_free > 0 {
            let Some((component, epoch)) = self.waiting.pop_front() else {
                return;
            };
            // A shock has taken it since.
            if epoch != self.epoch[component] {
                continue;
            }
            self.crews_free -= 1;
            self.state[component] = State::Repaired;
            self.schedule(component, now, &system.components[component].repair);
        }
    }

    fn strike(&mut self, entity: usize, now: f64) {
        let shock = &self.system.shocks[entity - self.system.components.len()];
        let mut exposed = shock.exposed.clone();
        for place in 0..shock.hits {
            let left = (exposed.len() - place) as f64;
            let other = place + (uniform(&mut self.streams[entity]) * left) as usize;
            let other = other.min(exposed.len() - 1);
            exposed.swap(place, other);
            let component = exposed[place];
            match self.state[component] {
                State::Hit => continue,
                State::Repaired => self.crews_free += 1,
                State::Up | State::Waiting => {}
            }
            self.state[component] = State::Hit;
            self.up[component] = false;
            self.schedule(component, now, &shock.repair);
        }
        self.schedule(entity, now, &shock.interval);
        self.send_crews(now);
    }
}

#[cfg(test)]
mod tests;
