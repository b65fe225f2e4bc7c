//! Equipment catalogue of the scenario.

use angara_quantity::{Duration, Money};

use super::Index;

/// What a piece of equipment is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EquipmentKind {
    /// General-purpose server.
    Server,
    /// Server with accelerators.
    AcceleratorServer,
    /// Uninterruptible supply.
    Ups,
    /// Transformer.
    Transformer,
    /// Generator set.
    Generator,
    /// Air handler of an air economiser.
    AirHandler,
    /// Dry cooler with its trim chiller.
    DryCooler,
    /// Cooling tower with its chiller.
    CoolingTower,
}

impl EquipmentKind {
    /// Every kind with its name in the scenario.
    pub const ALL: [(Self, &'static str); 8] = [
        (Self::Server, "server"),
        (Self::AcceleratorServer, "accelerator-server"),
        (Self::Ups, "ups"),
        (Self::Transformer, "transformer"),
        (Self::Generator, "generator"),
        (Self::AirHandler, "air-handler"),
        (Self::DryCooler, "dry-cooler"),
        (Self::CoolingTower, "cooling-tower"),
    ];

    /// Name in the scenario.
    pub fn name(self) -> &'static str {
        Self::ALL[self as usize].1
    }

    /// True for servers of either kind.
    pub fn is_server(self) -> bool {
        matches!(self, Self::Server | Self::AcceleratorServer)
    }
}

/// A catalogue entry.
#[derive(Debug, Clone, PartialEq)]
pub struct Equipment {
    /// Identifier.
    pub id: String,
    /// Name.
    pub name: String,
    /// What it is.
    pub kind: EquipmentKind,
    /// Who makes it.
    pub supplier: String,
    /// Route by which it comes.
    pub origin: Index,
    /// Platform, index into [`super::Scenario::platforms`]; servers only.
    pub platform: Option<Index>,
    /// Physical cores; servers only.
    pub cores: u32,
    /// Work of one core over that of a reference core [1].
    pub core_rating: f64,
    /// Memory [B]; servers only.
    pub memory_bytes: f64,
    /// Accelerators.
    pub accelerators: u32,
    /// Power drawn when idle [W]; servers only.
    pub idle_w: f64,
    /// Power drawn at full load [W]; servers only.
    pub peak_w: f64,
    /// Rated power [W]; plant only.
    pub rating_w: f64,
    /// Price of one unit, before duty and freight.
    pub price: Money,
    /// From order to use: half of all orders come within it.
    pub lead_time: Duration,
    /// Nine of ten orders come within it; at least the lead time.
    pub lead_time_late: Duration,
    /// Years in use [yr].
    pub life_years: u32,
    /// Units in the smallest order: a rack of servers, one machine of plant.
    pub lot: u32,
    /// First calendar year in which it can be ordered.
    pub orderable_from: i32,
    /// Last calendar year in which it can be ordered.
    pub orderable_to: i32,
    /// Where the figures come from.
    pub source: String,
}
