//! Demand beyond what follows from population.

use super::Index;

/// Users (or machines, or jobs) of a service at a place at full uptake.
#[derive(Debug, Clone, PartialEq)]
pub struct DemandUnits {
    /// Service.
    pub service: Index,
    /// Place.
    pub place: Index,
    /// Users at full uptake [1].
    pub users: f64,
    /// Where the figure comes from.
    pub source: String,
}
