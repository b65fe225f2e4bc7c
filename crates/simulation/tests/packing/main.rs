//! Packing pods on accelerator nodes: the published tables, and laws that hold for every policy.

#![allow(
    clippy::print_stdout,
    reason = "a test says what it skips and compares"
)]

mod laws;
mod paper;
mod trace;
