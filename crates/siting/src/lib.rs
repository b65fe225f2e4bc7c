//! The siting laboratory: location problems solved exactly, each answer with its bound and its proof.

mod ascent;
pub mod certificate;
mod cover;
mod facility;
pub mod finding;
pub mod instance;
mod limits;
mod location;
mod median;
pub mod read;
pub mod server;
mod siting;
pub mod table;

pub use cover::{OutOfReach, center_is_least, maximal_covering, p_center, set_covering};
pub use facility::{capacitated, uncapacitated};
pub use limits::{Limits, Progress, Silent};
pub use median::p_median;
pub use siting::Siting;
