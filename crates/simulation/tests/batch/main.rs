//! Schedules of batch logs: against published schedules and figures, against a slow scheduler, and by their laws.
#![allow(clippy::print_stdout, reason = "what is skipped is told")]

mod extremes;
mod figures;
mod laws;
mod logs;
mod slow;
mod starts;
