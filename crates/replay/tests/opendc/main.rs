//! Results against those of `OpenDC`: its own tests, and runs of it on a recorded week.

#![allow(clippy::print_stdout, reason = "a test says what it skips")]

mod cases;
mod hangs;
mod measured;
mod support;
