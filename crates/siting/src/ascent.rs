//! Raising the bound: the volume algorithm on the multipliers.
//!
//! # What it computes
//! Multipliers with a high bound, and a running mean of the relaxation's sites that approaches the solution of the
//! strong linear program.
//!
//! # Assumptions
//! A known cost (`target`) above the best bound sets the length of the steps.
//!
//! # Valid range
//! Any start. Stops on the iteration limit or when the bound reaches `enough`.
//!
//! # References
//! Barahona, Anbil (2000), "The volume algorithm"; Barahona, Chudak (2005) for uncapacitated location.

/// A relaxation that the ascent can evaluate.
pub(crate) trait Relaxed {
    /// The bound at `u`.
    fn evaluate(&mut self, u: &[f64]) -> f64;
    /// 1 - how often the plan of the last evaluation serves each client.
    fn slack(&self) -> &[f64];
    /// Whether the plan of the last evaluation opens each site.
    fn open(&self) -> &[bool];
    /// The multiplier of a client may not exceed this.
    fn limit(&self, client: usize) -> f64;
}

/// State of the ascent on one relaxation.
#[derive(Debug, Clone)]
pub(crate) struct Ascent {
    /// Best multipliers.
    pub(crate) u: Vec<f64>,
    /// Their bound.
    pub(crate) bound: f64,
    /// Mean of the opened sites.
    pub(crate) mean: Vec<f64>,
    /// Mean of 1 - how often each client is served.
    pub(crate) direction: Vec<f64>,
    trial: Vec<f64>,
    step: f64,
    weight_max: f64,
    reds: u32,
    since_check: u32,
    bound_at_check: f64,
    started: bool,
    /// Whether the direction comes from another ascent.
    directed: bool,
}

const STEP_MAX: f64 = 2.0;
const STEP_MIN: f64 = 1e-4;
const REDS_MAX: u32 = 8;
const CHECK_EVERY: u32 = 40;

impl Ascent {
    /// From multipliers `u`, for a number of sites.
    pub(crate) fn new(sites: usize, u: Vec<f64>) -> Self {
        Self {
            bound: f64::NEG_INFINITY,
            mean: vec![0.0; sites],
            direction: vec![0.0; u.len()],
            trial: u.clone(),
            u,
            step: 1.0,
            weight_max: 0.2,
            reds: 0,
            since_check: 0,
            bound_at_check: f64::NEG_INFINITY,
            started: false,
            directed: false,
        }
    }

    /// The length of the steps and the weight of the newest plan.
    pub(crate) fn set_pace(&mut self, step: f64, weight_max: f64) {
        self.step = step;
        self.weight_max = weight_max;
    }

    /// The same pace from other multipliers and means; `bound` must hold for them.
    pub(crate) fn continued(&self, u: Vec<f64>, mean: Vec<f64>, bound: f64) -> Self {
        Self {
            step: self.step,
            weight_max: self.weight_max,
            bound,
            mean,
            ..Self::new(0, u)
        }
    }

    /// The same, with a mean of 1 - how often each client is served, where there is one.
    pub(crate) fn directed(mut self, direction: Vec<f64>, known: bool) -> Self {
        if known {
            self.direction = direction;
            self.directed = true;
        }
        self
    }

    /// Whether a direction is known.
    pub(crate) fn is_directed(&self) -> bool {
        self.started || self.directed
    }

    /// One evaluation; `relaxed` holds its plan. Returns whether the bound rose.
    pub(crate) fn iterate(&mut self, relaxed: &mut impl Relaxed, target: f64) -> bool {
        if !self.started {
            self.bound = relaxed.evaluate(&self.u);
            self.started = true;
            if !self.directed {
                self.direction.clear();
                self.direction.extend_from_slice(relaxed.slack());
            }
            if self.mean.iter().all(|&mean| mean == 0.0) {
                for (mean, &open) in self.mean.iter_mut().zip(relaxed.open()) {
                    *mean = f64::from(u8::from(open));
                }
            }
            return true;
        }
        let length: f64 = self.direction.iter().map(|value| value * value).sum();
        let gap = (target - self.bound).max(1e-9 * self.bound.abs()).max(1e-9);
        let step = if length > 0.0 {
            self.step * gap / length
        } else {
            0.0
        };
        for client in 0..self.u.len() {
            self.trial[client] =
                (self.u[client] + step * self.direction[client]).clamp(0.0, relaxed.limit(client));
        }
        let bound = relaxed.evaluate(&self.trial);
        let mut both = 0.0;
        let mut own = 0.0;
        for (slack, direction) in relaxed.slack().iter().zip(&self.direction) {
            both += slack * direction;
            own += slack * slack;
        }
        let spread = own - 2.0 * both + length;
        let best = if spread > 0.0 {
            (length - both) / spread
        } else {
            1.0
        };
        let weight = best.clamp(self.weight_max / 10.0, self.weight_max);
        for (direction, slack) in self.direction.iter_mut().zip(relaxed.slack()) {
            *direction += weight * (slack - *direction);
        }
        for (mean, &open) in self.mean.iter_mut().zip(relaxed.open()) {
            *mean += weight * (f64::from(u8::from(open)) - *mean);
        }
        let rose = bound > self.bound;
        if rose {
            if both >= 0.0 {
                self.step = (self.step * 1.1).min(STEP_MAX);
            }
            std::mem::swap(&mut self.u, &mut self.trial);
            self.bound = bound;
            self.reds = 0;
        } else {
            self.reds += 1;
            if self.reds >= REDS_MAX {
                self.reds = 0;
                self.step = (self.step * 0.7).max(STEP_MIN);
            }
        }
        self.since_check += 1;
        if self.since_check >= CHECK_EVERY {
            if self.bound - self.bound_at_check < 0.05 * (target - self.bound_at_check).abs() {
                self.weight_max = (self.weight_max * 0.7).max(1e-3);
            }
            self.bound_at_check = self.bound;
            self.since_check = 0;
        }
        rose
    }
}
