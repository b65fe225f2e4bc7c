//! Memory.

use angara_scenario::EquipmentKind;

use super::cores::define_capacity;
use crate::columns::Draft;
use crate::facts::{overcommit, runs_on, server_memory_gib, server_units};

/// For every set Q of platforms and either kind of server:
///
/// headroom[i,t] · Σ_{s confined to Q} Σ_j memory[s,j,t] · x[s,j,i,t] ≤ Σ_{servers e on Q} memory[e] · U[e,i,t]
///
/// Left out where every server has at least the memory per core (or accelerator) that any service on it asks for: the
/// rows for cores then imply these.
pub(crate) fn define_memory_capacity(draft: &mut Draft<'_, '_>) {
    for kind in [EquipmentKind::Server, EquipmentKind::AcceleratorServer] {
        if !memory_is_ample(draft, kind) {
            define_capacity(
                draft,
                "memory",
                kind,
                |demand| demand.memory_gib,
                |_, server| server_memory_gib(server),
            );
        }
    }
}

fn memory_is_ample(draft: &Draft<'_, '_>, kind: EquipmentKind) -> bool {
    let scenario = draft.facts.scenario;
    scenario
        .equipment
        .iter()
        .filter(|server| server.kind == kind)
        .all(|server| {
            let held = server.memory_bytes / server_units(server).max(f64::MIN_POSITIVE);
            scenario
                .services
                .iter()
                .filter(|service| runs_on(service, server))
                .all(|service| {
                    service.memory_per_unit_bytes * overcommit(scenario, service) <= held
                })
        })
}
