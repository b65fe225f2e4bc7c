//! Climates.

/// Climate at one or several sites.
#[derive(Debug, Clone, PartialEq)]
pub struct Climate {
    /// Identifier.
    pub id: String,
    /// Where the hourly weather comes from.
    pub weather: WeatherSource,
    /// Where the figures come from.
    pub source: String,
}

/// Source of the hourly weather of a climate.
#[derive(Debug, Clone, PartialEq)]
pub enum WeatherSource {
    /// Monthly normals, from which a synthetic year is drawn.
    Normals {
        /// Longitude, for solar time [°].
        longitude: f64,
        /// Height above the sea [m].
        elevation_m: f64,
        /// January to December.
        months: [MonthlyNormal; 12],
    },
    /// Typical or measured year, already read: 8,760 hours from 1 January 00:00 UTC.
    Hourly {
        /// Name of the file, relative to the scenario folder.
        file: String,
        /// Height above the sea [m].
        elevation_m: f64,
        /// Dry bulb by hour [°C].
        dry_bulb_c: Vec<f64>,
        /// Relative humidity by hour [1].
        relative_humidity: Vec<f64>,
        /// Pressure by hour [Pa].
        pressure_pa: Vec<f64>,
    },
}

/// Normal of one month.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct MonthlyNormal {
    /// Mean dry bulb [°C].
    pub mean_c: f64,
    /// Mean daily range of the dry bulb [K].
    pub daily_range_k: f64,
    /// Mean relative humidity [1].
    pub relative_humidity: f64,
}
