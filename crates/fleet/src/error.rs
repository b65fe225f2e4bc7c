//! What can stand between a plan and a fleet.

use thiserror::Error;

/// A plan that cannot be built as it is written; each is fatal for the year it names.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum FleetError {
    /// The servers of a site draw more at full load than its halls carry.
    #[error(
        "servers planned for site `{site}` in {year} draw {servers_kw:.1} kW at full load; its {halls} halls carry {halls_kw:.1} kW"
    )]
    HallPowerExceeded {
        /// Site.
        site: String,
        /// Calendar year.
        year: i32,
        /// Power of all its servers at full load [kW].
        servers_kw: f64,
        /// Halls usable in the year.
        halls: u32,
        /// IT power of these halls [kW].
        halls_kw: f64,
    },
    /// An order names a row the scenario does not have.
    #[error("an order names {table} row {row}, but the scenario has {rows}")]
    UnknownRow {
        /// Table of the scenario.
        table: &'static str,
        /// Row named.
        row: usize,
        /// Rows there are.
        rows: usize,
    },
    /// A server has no platform, no units of work or no power span.
    #[error("equipment `{equipment}` cannot work as a server: {reason}")]
    UnusableServer {
        /// Equipment.
        equipment: String,
        /// What is missing.
        reason: &'static str,
    },
    /// More hosts than a fleet can number.
    #[error("the plan asks for {hosts} hosts in {year}; a fleet holds at most {limit}")]
    TooManyHosts {
        /// Hosts asked for.
        hosts: u64,
        /// Calendar year.
        year: i32,
        /// Most hosts of a fleet.
        limit: u64,
    },
}
