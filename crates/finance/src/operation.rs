//! What the fleet drew and emitted, planned or simulated.

use std::collections::BTreeMap;

use angara_scenario::Index;

/// Operation of every site in every year; a site and year that is missing drew nothing.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Operation {
    /// By site and year of the horizon.
    pub site_years: BTreeMap<(Index, u32), SiteYear>,
}

/// Operation of one site in one year.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct SiteYear {
    /// Energy of the servers [kWh].
    pub it_kwh: f64,
    /// Energy drawn from the grid [kWh].
    pub facility_kwh: f64,
    /// Highest draw of January to December [kW].
    pub peak_kw: [f64; 12],
    /// Water drawn [m³].
    pub water_m3: f64,
    /// Carbon emitted [t].
    pub carbon_tonnes: f64,
}

impl Operation {
    /// Operation of a site in a year.
    pub fn site_year(&self, site: Index, year: u32) -> SiteYear {
        self.site_years
            .get(&(site, year))
            .copied()
            .unwrap_or_default()
    }
}
