//! The binary from end to end, as a user and as a script meet it.

#![allow(clippy::print_stdout, reason = "a test says what it skips")]

#[path = "../../../scenario/tests/support/cases.rs"]
mod cases;

mod broken;
mod certify;
mod infeasible;
mod page;
mod plan_proof;
mod plant;
mod replay;
mod replay_logs;
mod replay_settings;
mod runs;
mod site;
mod support;
mod totals;
mod trace;
mod verification;
mod words;
