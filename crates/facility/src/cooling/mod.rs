//! Components of the cooling plant, one per file. A topology combines them.

mod affinity;
mod air_handler;
pub mod chiller;
mod coolant_distribution;
mod dry_cooler;
mod dx_unit;
mod economiser;
mod evaporative_media;
mod fan;
mod glycol;
mod heat_recovery;
mod humidifier;
pub mod pump;
mod thermal_storage;
pub mod tower;

pub(crate) use air_handler::SUPPLY_AIR_C;
pub use air_handler::{AirHandler, AirStream};
pub use coolant_distribution::CoolantDistribution;
pub use dry_cooler::{DryCooler, DryCoolerDesign, DryCoolerState};
pub use dx_unit::DxUnit;
pub use economiser::{Economiser, TreatedAir};
pub use evaporative_media::{MediaOutlet, media_outlet};
pub use fan::Fan;
pub use glycol::pump_power_factor;
pub use heat_recovery::{HeatRecovery, ReusedHeat};
pub use humidifier::Humidifier;
pub use thermal_storage::ThermalStorage;
