//! Plans: a fleet whose service is always optimal, and moves that make it cheaper.

mod fleet;
mod moves;
mod swap;

pub(crate) use fleet::Fleet;
