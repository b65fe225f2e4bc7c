//! The siting laboratory: location problems solved exactly, each answer with its bound and its proof.

pub mod certificate;
pub mod finding;
pub mod instance;
mod limits;
mod location;
mod median;
pub mod read;
mod siting;
pub mod table;

pub use limits::{Limits, Progress, Silent};
pub use median::p_median;
pub use siting::Siting;
