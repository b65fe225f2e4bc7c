//! Places and plays a million tasks of one fragment under a policy, so many times as asked: `small_tasks first-fit 10`.
//! Processor time of one: that of ten times less that of none, divided by ten.

#![allow(
    clippy::print_stdout,
    reason = "an example tells its result on standard output"
)]

#[path = "../benches/small_tasks/mod.rs"]
mod small_tasks;

use angara_simulation::replay::PlacementPolicy;
use small_tasks::{SmallTasks, TASKS};

fn main() {
    let mut arguments = std::env::args().skip(1);
    let policy = match arguments.next().as_deref() {
        Some("first-fit") => PlacementPolicy::FirstFit,
        Some("best-fit") => PlacementPolicy::BestFit,
        _ => {
            println!("small_tasks first-fit|best-fit [TIMES]");
            return;
        }
    };
    let times = arguments.next().and_then(|times| times.parse().ok());
    let tasks = SmallTasks::new();
    for _ in 0..times.unwrap_or(1_u32) {
        let makespan_ms = tasks.replay(policy.clone());
        println!("{TASKS} tasks end after {makespan_ms} ms");
    }
}
