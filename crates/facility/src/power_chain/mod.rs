//! From the grid to the servers: what the electrical path loses at every load.

mod distribution;
mod loss;
mod transformer;
mod ups;

pub use distribution::Distribution;
pub use loss::LossCurve;
pub use transformer::Transformer;
pub use ups::{Ups, UpsKind};
