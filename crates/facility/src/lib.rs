//! Psychrometrics, cooling plant, power chain, PUE, water.
//!
//! A [`Plant`] is sized once for a topology, a rated IT load and the site's [`DesignConditions`]. Under the
//! [`HourAir`] of each step it turns an IT load into a [`PlantHour`]: every loss, every fan, every litre, with
//! both energy balances checked. [`annual`] sums a year of such steps; planner and simulator both go through it.
//!
//! Pure: no file, no clock, no randomness. Electrical values in watt, temperatures in degrees Celsius.

pub mod annual;
mod balance;
mod climate_hours;
pub mod cooling;
mod design;
mod envelope;
mod plant;
pub mod power_chain;
mod redundancy;
mod ride_through;
mod settings;
mod topology;
mod weather;

pub use angara_psychrometrics as psychrometrics;
pub use annual::{
    AnnualError, EnergyByPart, PlantYear, WaterBySource, mean_pue_at_constant_load, mean_year,
    peak_pue, summarise,
};
pub use balance::{Balance, EnergyImbalance};
pub use climate_hours::{ClimateHours, Extremes};
pub use design::DesignConditions;
pub use envelope::Envelope;
pub use plant::{Plant, PlantHour};
pub use redundancy::{Redundancy, UnitBank, UnknownRedundancy};
pub use ride_through::RideThrough;
pub use settings::{PlantSettings, SettingsError, TowerKind, WaterClass, WaterEconomiser};
pub use topology::{CoolingMode, CoolingTopology, UnknownTopology};
pub use weather::{Air, HourAir};
