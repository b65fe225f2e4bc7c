//! Exact uncapacitated location.

mod branching;
mod core;
mod divide;
mod guesses;
mod hunt;
mod interchange;
mod problem;
mod record;
mod region;
mod relaxation;
mod shake;
mod solve;
mod strengthen;
mod tree;

pub(crate) use problem::Problem;
pub(crate) use solve::{Outcome, solve, solve_within};
