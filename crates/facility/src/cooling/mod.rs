//! Components of the cooling plant, one per file. A topology combines them.

mod affinity;
mod air_handler;
pub mod chiller;
mod coolant_distribution;
mod dry_cooler;
mod dx_unit;
mod economiser;
mod fan;
mod glycol;
mod humidifier;
pub mod pump;
pub mod tower;

pub use air_handler::{AirHandler, AirStream};
pub use coolant_distribution::CoolantDistribution;
pub use dry_cooler::{DryCooler, DryCoolerDesign, DryCoolerState};
pub use dx_unit::DxUnit;
pub use economiser::{Economiser, TreatedAir};
pub use fan::Fan;
pub use glycol::pump_power_factor;
pub use humidifier::Humidifier;
