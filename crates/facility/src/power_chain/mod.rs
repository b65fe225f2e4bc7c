//! From the grid to the servers: what the electrical path loses at every load.

mod battery;
mod distribution;
pub mod generator;
mod loss;
mod transformer;
mod ups;

pub use battery::Battery;
pub use distribution::Distribution;
pub use generator::Generators;
pub use loss::LossCurve;
pub use transformer::Transformer;
pub use ups::{Ups, UpsKind};
