//! Weather, carbon and price series on a common clock.
//!
//! The clock is the simulated year of [`calendar`]: 8760 hours from 1 January 00:00 UTC. Weather comes
//! from an `EnergyPlus` file ([`epw`]), from a table of hours ([`hourly`]) or, where none exists, from monthly normals ([`synthetic`]); both
//! yield a [`WeatherYear`] that says which of the two it is. Carbon intensity and prices are step
//! series ([`step`]). [`time_zone`] tells what people's clocks show at each hour.

pub mod calendar;
pub mod epw;
mod file;
pub mod finding;
pub mod hourly;
pub mod normals;
pub mod normals_table;
mod record;
#[cfg(test)]
mod shared_data;
pub mod step;
pub mod synthetic;
pub mod time_zone;
pub mod waves;
pub mod weather;

pub use calendar::{CalendarYear, HourOfYear, TimeStep, Weekday};
pub use epw::{read_epw, read_epw_file};
pub use file::{WEATHER_BYTES_MAX, WeatherPlace, read_weather, read_weather_file};
pub use finding::{Finding, Severity};
pub use hourly::read_hourly;
pub use normals::{ClimateNormals, MonthlyNormal};
pub use normals_table::{Neighbour, NormalsTable, PointError, PointNormals};
pub use record::WeatherRecord;
pub use step::StepSeries;
pub use synthetic::{SyntheticOptions, synthetic_year};
pub use time_zone::{LocalClock, LocalTime};
pub use waves::{WaveKind, year_with_wave};
pub use weather::{WeatherHour, WeatherOrigin, WeatherYear};
