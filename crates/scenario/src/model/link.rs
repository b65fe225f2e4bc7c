//! Network links.

use angara_quantity::Price;

use super::Index;

/// End of a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LinkEnd {
    /// A place.
    Place(Index),
    /// A site.
    Site(Index),
}

/// How a figure is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RoundTripProvenance {
    /// Measured.
    Measured,
    /// Estimated from distance or by interpolation.
    Estimated,
}

/// A network route between two ends.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// Identifier.
    pub id: String,
    /// One end.
    pub from: LinkEnd,
    /// Other end.
    pub to: LinkEnd,
    /// Length of the route [m].
    pub length_m: f64,
    /// Round trip over the link [ms]: as measured, or from its length at the speed of light in fibre.
    pub round_trip_ms: f64,
    /// How the round trip is known.
    pub provenance: RoundTripProvenance,
    /// Rate that can be leased [bit/s].
    pub capacity_bits_per_second: f64,
    /// Price of a leased rate in the first year.
    pub lease_price: Price,
    /// Links of one group can be lost together.
    pub risk_group: String,
    /// Where the figures come from.
    pub source: String,
}
