//! What the fleet still delivers after a loss.
//!
//! [`deliverable`] gives the IT power of the fleet by year: whole, after the loss of any one unit of plant, and after
//! the loss of any one site or group of sites that can be lost together.

mod deliverable;
mod plant;
mod site;

#[cfg(test)]
mod example;

pub use deliverable::{Deliverable, DeliverableError, deliverable};
pub use site::{SiteCapacity, site_capacity};
