//! What the fleet still delivers after a loss.
//!
//! [`deliverable`] gives the IT power of the fleet by year: whole, after the loss of any one unit of plant, and after
//! the loss of any one site or group of sites that can be lost together.
//!
//! Beside it stand the models of reliability, numbers in and numbers out, one file each: exact solutions where they
//! exist.

mod birth_death;
mod common_cause;
mod deliverable;
mod error;
mod k_out_of_n;
mod markov;
mod plant;
mod queue;
mod site;
mod spares;
mod two_state;

#[cfg(test)]
mod example;

pub use common_cause::pair_unavailability;
pub use deliverable::{Deliverable, DeliverableError, deliverable};
pub use error::ReliabilityError;
pub use k_out_of_n::{KOutOfN, RepairLoad, independent_unavailability};
pub use markov::MarkovChain;
pub use queue::{erlang_b, erlang_c};
pub use site::{SiteCapacity, site_capacity};
pub use spares::{BaseStock, PoolState, pool};
pub use two_state::{TwoState, downtime_hours, failure_on_demand};
