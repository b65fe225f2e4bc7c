//! From an instance to a certificate: prices up, plan down, until they meet or a limit is reached.

mod branch;
mod dive;
mod drive;
mod progress;
mod round;

pub use drive::{SolveError, solve};
pub use progress::{Limits, Observer, Phase, Progress, Silent};
