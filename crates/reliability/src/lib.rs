//! What the fleet still delivers after a loss.
//!
//! [`deliverable`] gives the IT power of the fleet by year: whole, after the loss of any one unit of plant, and after
//! the loss of any one site or group of sites that can be lost together.
//!
//! Beside it stand the models of reliability, numbers in and numbers out, one file each: exact solutions where they
//! exist, and [`SampledSystem`] for any structure and any law.

mod areas;
mod backup;
mod birth_death;
mod capacity_outage;
mod common_cause;
mod decision_diagram;
mod deliverable;
mod durability;
mod error;
mod growth;
mod k_out_of_n;
mod law;
mod markov;
mod plant;
mod queue;
mod replacement;
mod sampler;
mod site;
mod sites;
mod spares;
mod storage_adequacy;
mod structure;
mod time_to_survive;
mod two_state;

#[cfg(test)]
mod example;

pub use areas::{Area, AreaShortfall, Link, Unit, area_shortfall};
pub use backup::Backup;
pub use capacity_outage::{CapacityOutageTable, Shortfall};
pub use common_cause::pair_unavailability;
pub use decision_diagram::DecisionDiagram;
pub use deliverable::{Deliverable, DeliverableError, deliverable};
pub use durability::{DataLoss, ErasureCode, error_free_read, mean_time_to_data_loss};
pub use error::ReliabilityError;
pub use growth::{ReliabilityGrowth, reliability_growth};
pub use k_out_of_n::{KOutOfN, RepairLoad, independent_unavailability};
pub use law::Law;
pub use markov::MarkovChain;
pub use queue::{erlang_b, erlang_c};
pub use replacement::{Replacement, best_replacement};
pub use sampler::{Component, Estimate, SampledSystem, Sampling, ShockEvent};
pub use site::{SiteCapacity, site_capacity};
pub use sites::{Shock, Sites};
pub use spares::{BaseStock, PoolState, pool};
pub use storage_adequacy::{Alternation, SteppedUnit, Storage, storage_shortfall};
pub use structure::Structure;
pub use time_to_survive::{OutageLoss, Product, Supplier, outage_loss, time_to_survive};
pub use two_state::{TwoState, downtime_hours, failure_on_demand};
