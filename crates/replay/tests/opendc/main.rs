//! Results against those of OpenDC: its own tests, and runs of it on a recorded week.

mod cases;
mod hangs;
mod measured;
mod support;
