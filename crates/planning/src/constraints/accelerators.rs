//! Accelerators.

use angara_scenario::EquipmentKind;

use super::cores::define_capacity;
use crate::columns::Draft;
use crate::facts::usable_units;

/// For every set Q of platforms:
///
/// headroom[i,t] · Σ_{s confined to Q} Σ_j need[s,j,t] · x[s,j,i,t] ≤ Σ_{accelerator servers e on Q} usable[e] · U[e,i,t]
///
/// usable: accelerators that whole tasks can fill
pub(crate) fn define_accelerator_capacity(draft: &mut Draft<'_, '_>) {
    define_capacity(
        draft,
        "accelerators",
        EquipmentKind::AcceleratorServer,
        |demand| demand.need,
        usable_units,
    );
}
