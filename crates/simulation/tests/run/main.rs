//! Whole runs over small fleets.

mod cases;
mod laws;
mod small;
