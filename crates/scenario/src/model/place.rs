//! Places.

/// Where demand arises.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// Identifier.
    pub id: String,
    /// Name.
    pub name: String,
    /// Latitude [°].
    pub latitude: f64,
    /// Longitude [°].
    pub longitude: f64,
    /// Residents.
    pub population: f64,
    /// Zone of the IANA time-zone database.
    pub time_zone: String,
    /// Zone in which residency is judged.
    pub residency_zone: String,
    /// Where the figures come from.
    pub source: String,
}
