//! Costs of serving clients from sites: whole numbers, from a matrix or from points.

mod covering;
mod matrix;
mod plane;

pub use covering::Covering;
pub use matrix::Matrix;
pub use plane::{Metric, Plane};

/// The cost of what is not allowed.
pub const UNREACHABLE: i64 = i64::MAX / 8;

/// What it costs to serve each client from each site, in whole units.
pub trait CostTable {
    /// Number of clients.
    fn clients(&self) -> usize;

    /// Number of sites.
    fn sites(&self) -> usize;

    /// Cost of serving `client` from `site`, never above [`CostTable::ceiling`].
    fn cost(&self, client: usize, site: usize) -> i64;

    /// Cost of a client that no listed site serves; [`UNREACHABLE`] where it must be served.
    fn ceiling(&self, _client: usize) -> i64 {
        UNREACHABLE
    }

    /// Appends every site whose cost for `client` is at most `limit` and below the ceiling, in any order.
    fn within(&self, client: usize, limit: i64, found: &mut Vec<(i64, u32)>);

    /// A limit within which at least `count` sites of `client` lie, or all it has.
    fn reach(&self, client: usize, count: usize) -> i64;
}
