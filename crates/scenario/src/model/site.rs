//! Sites.

use angara_quantity::{Duration, Money, Price};

use super::Index;

/// How a site rejects heat.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cooling {
    /// Outside air through the halls, with adiabatic humidification and a trim chiller.
    AirEconomiser,
    /// Dry cooler with glycol, chiller for the hot hours.
    DryCoolerTrim,
    /// Cooling tower, water-cooled chiller and water-side economiser.
    CoolingTower,
}

impl Cooling {
    /// Every topology with its name in the scenario.
    pub const ALL: [(Self, &'static str); 3] = [
        (Self::AirEconomiser, "air-economiser"),
        (Self::DryCoolerTrim, "dry-cooler-trim"),
        (Self::CoolingTower, "cooling-tower"),
    ];

    /// Name in the scenario.
    pub fn name(self) -> &'static str {
        Self::ALL[self as usize].1
    }
}

/// Firm grid power from a year on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GridLimit {
    /// First calendar year in which it holds.
    pub from_year: i32,
    /// Firm power [W].
    pub power_w: f64,
}

/// A candidate or existing location of a data centre.
#[derive(Debug, Clone, PartialEq)]
pub struct Site {
    /// Identifier.
    pub id: String,
    /// Name.
    pub name: String,
    /// Latitude [°].
    pub latitude: f64,
    /// Longitude [°].
    pub longitude: f64,
    /// Zone in which residency is judged.
    pub residency_zone: String,
    /// Grid that feeds it.
    pub grid: Index,
    /// Climate it stands in.
    pub climate: Index,
    /// How it rejects heat.
    pub cooling: Cooling,
    /// IT power of one hall [W].
    pub hall_it_w: f64,
    /// Halls that fit.
    pub halls_max: u32,
    /// Halls that stand at the start of the horizon.
    pub halls_existing: u32,
    /// Land, shell, substation: paid once when the site opens.
    pub opening_cost: Money,
    /// Building and fit-out of one hall, without plant and servers.
    pub hall_cost: Money,
    /// From the decision to open to the first usable hall.
    pub opening_lead: Duration,
    /// From the decision to add a hall to its use.
    pub hall_lead: Duration,
    /// Technicians per hall.
    pub staff_per_hall: f64,
    /// Technicians who can be hired in a year; `None` where it is not limited.
    pub hires_per_year: Option<f64>,
    /// Cost of one technician per year in the first year.
    pub staff_cost: Price,
    /// Price of water.
    pub water_price: Price,
    /// Water that may be drawn in a year [m³]; `None` where it is not limited.
    pub water_limit_m3: Option<f64>,
    /// Sites of one group can be lost together.
    pub risk_group: String,
    /// Firm grid power by year, ascending.
    pub grid_limits: Vec<GridLimit>,
    /// Where the figures come from.
    pub source: String,
}
