//! The plan made concrete: sites, halls, racks, hosts.
//!
//! A [`Plan`] says what is bought for which site; a [`Fleet`] says which machine stands where in one year. Tables
//! are columns: a host is an index, its model, site, hall and rack are looked up. Nothing here knows load, weather
//! or money.

mod error;
mod fleet;
mod hall;
mod host;
mod model;
mod plan;
mod rack;

pub use error::FleetError;
pub use fleet::Fleet;
pub use hall::Halls;
pub use host::Hosts;
pub use model::{HostModel, Resource};
pub use plan::{Assignment, Lease, Order, Plan, SitePlan};
pub use rack::Racks;
