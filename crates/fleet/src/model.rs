//! What all hosts of one catalogue entry have in common.

use angara_catalog::PowerCurve;
use angara_scenario::{Equipment, EquipmentKind};

use crate::FleetError;

/// What tasks take from a host.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Resource {
    /// Reference cores.
    Cores,
    /// Accelerators.
    Accelerators,
}

impl Resource {
    /// Both, in the order of their discriminants.
    pub const ALL: [Self; 2] = [Self::Cores, Self::Accelerators];
}

/// A kind of host.
#[derive(Debug, Clone, PartialEq)]
pub struct HostModel {
    /// Row of the scenario's equipment.
    pub equipment: usize,
    /// Identifier of the equipment.
    pub id: String,
    /// What it offers: a server its cores, a server with accelerators its accelerators only.
    pub resource: Resource,
    /// Index into the scenario's platforms.
    pub platform: u32,
    /// Capacity [milli-cores of a reference core, or milli-accelerators].
    pub capacity_milli: u64,
    /// Memory [B].
    pub memory_bytes: u64,
    /// Power when idle [W].
    pub idle_w: f64,
    /// Power at full load [W].
    pub peak_w: f64,
    /// Shape of the power between the two.
    pub curve: &'static PowerCurve,
}

impl HostModel {
    /// Model of a server that is bought in a calendar year.
    ///
    /// A core does [`Equipment::core_rating`] reference cores of work, so that demand and capacity share one unit.
    pub fn new(equipment: usize, entry: &Equipment, year: i32) -> Result<Self, FleetError> {
        let unusable = |reason| FleetError::UnusableServer {
            equipment: entry.id.clone(),
            reason,
        };
        let (resource, capacity_milli, curve) = match entry.kind {
            EquipmentKind::Server => (
                Resource::Cores,
                (f64::from(entry.cores) * entry.core_rating * 1000.0).round() as u64,
                PowerCurve::of_servers(year),
            ),
            EquipmentKind::AcceleratorServer => (
                Resource::Accelerators,
                u64::from(entry.accelerators) * 1000,
                PowerCurve::of_accelerators(year),
            ),
            _ => return Err(unusable("it is not a server")),
        };
        if capacity_milli == 0 {
            return Err(unusable("it has neither cores nor accelerators to offer"));
        }
        let spans = entry.idle_w >= 0.0 && entry.peak_w >= entry.idle_w;
        if !spans || entry.peak_w <= 0.0 || !entry.peak_w.is_finite() {
            return Err(unusable("idle power must lie between zero and peak power"));
        }
        Ok(Self {
            equipment,
            id: entry.id.clone(),
            resource,
            platform: entry
                .platform
                .ok_or_else(|| unusable("it names no platform"))? as u32,
            capacity_milli,
            memory_bytes: entry.memory_bytes as u64,
            idle_w: entry.idle_w,
            peak_w: entry.peak_w,
            curve,
        })
    }
}
