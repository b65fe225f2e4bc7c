//! `OpenDC`'s allocation policies: which host a task goes to.

use angara_simulation::replay::{
    AntiAffinity, Deferral, Filter, PlacementPolicy, PlacementSpec, Weigher,
};

use crate::document::Dimension;
use crate::document::Fields;

/// A placement and whether tasks that may wait do so for clean power.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Allocation {
    /// Name.
    pub name: String,
    /// Which host a task goes to.
    pub placement: PlacementSpec,
    /// How tasks that may wait are put off.
    pub deferral: Option<Deferral>,
}

/// Waiting tasks that the memorising policies look at.
const MEMORISING_LOOKAHEAD: usize = 10_000;

/// Reads an allocation policy.
pub(super) fn read(policy: Fields<'_>) -> Allocation {
    policy.required("type");
    let kind = policy
        .choice("type", &[("prefab", 0), ("filter", 1), ("timeshift", 2)])
        .unwrap_or(0);
    if kind == 0 {
        policy.required("policyName");
        let name = policy.text("policyName").unwrap_or_default();
        let prefab = policy.choice("policyName", &prefabs());
        policy.finish();
        return prefab.map_or_else(Allocation::default, |prefab| {
            prefab_allocation(name, prefab)
        });
    }
    policy.required("filters");
    let filters = policy
        .objects("filters")
        .into_iter()
        .filter_map(filter)
        .collect();
    policy.required("weighers");
    let weighers: Vec<_> = policy
        .objects("weighers")
        .into_iter()
        .filter_map(weigher)
        .collect();
    policy.whole("subsetSize", 1, u64::from(u32::MAX));
    let mut deferral = None;
    if kind == 2 {
        policy.whole("windowSize", 1, 1_000_000);
        policy.truth("peakShift");
        policy.truth("forecast");
        let quantile = policy.number("forecastThreshold", Dimension::Plain, 0.0, 1.0);
        let hours = policy.whole("forecastSize", 1, 10_000);
        policy.truth("memorize");
        let defaults = Deferral::default();
        deferral = Some(Deferral {
            quantile: quantile.unwrap_or(defaults.quantile),
            hours: hours.unwrap_or(defaults.hours.into()) as u32,
            ..defaults
        });
    }
    policy.finish();
    let weights = weighers
        .iter()
        .map(|(weigher, factor)| format!("{factor}*{weigher:?}"));
    let kind = if kind == 2 { "Timeshift" } else { "Filter" };
    Allocation {
        name: format!("{kind}({})", weights.collect::<Vec<_>>().join(", ")),
        placement: PlacementSpec {
            filters,
            policy: PlacementPolicy::Weighed(weighers),
            ..PlacementSpec::default()
        },
        deferral,
    }
}

/// A ready-made policy.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Prefab {
    /// One weigher and its factor.
    Weighed(Weigher, f64),
    /// Cores and accelerator cores alike, with a factor.
    WithAccelerators(f64),
    Random,
    FewestTasks {
        accelerators: bool,
    },
    Timeshift,
}

/// The ready-made policies by name.
fn prefabs() -> Vec<(&'static str, Prefab)> {
    use Prefab::{FewestTasks, Random, Timeshift, Weighed, WithAccelerators};
    vec![
        ("Mem", Weighed(Weigher::Memory, 1.0)),
        ("MemInv", Weighed(Weigher::Memory, -1.0)),
        ("CoreMem", Weighed(Weigher::CoreMemory, 1.0)),
        ("CoreMemInv", Weighed(Weigher::CoreMemory, -1.0)),
        ("ActiveServers", Weighed(Weigher::Tasks, -1.0)),
        ("ActiveServersInv", Weighed(Weigher::Tasks, 1.0)),
        ("ProvisionedCores", Weighed(Weigher::Cores, 1.0)),
        ("ProvisionedCoresInv", Weighed(Weigher::Cores, -1.0)),
        ("ProvisionedCpuGpuCores", WithAccelerators(1.0)),
        ("ProvisionedCpuGpuCoresInv", WithAccelerators(-1.0)),
        ("Random", Random),
        (
            "TaskNumMemorizing",
            FewestTasks {
                accelerators: false,
            },
        ),
        ("GpuTaskMemorizing", FewestTasks { accelerators: true }),
        ("Timeshift", Timeshift),
    ]
}

/// Names of the ready-made policies.
pub fn prefab_names() -> Vec<&'static str> {
    prefabs().into_iter().map(|(name, _)| name).collect()
}

/// The allocation of a ready-made policy by its name.
pub fn prefab(name: &str) -> Option<Allocation> {
    prefabs()
        .into_iter()
        .find(|(other, _)| *other == name)
        .map(|(name, prefab)| prefab_allocation(name, prefab))
}

fn prefab_allocation(name: &str, prefab: Prefab) -> Allocation {
    let accelerators = matches!(
        prefab,
        Prefab::WithAccelerators(_) | Prefab::FewestTasks { accelerators: true }
    );
    let mut filters = vec![Filter::Cores { ratio: 1.0 }, Filter::Memory { ratio: 1.0 }];
    if accelerators {
        filters.push(Filter::Accelerators { ratio: 1.0 });
    }
    let mut placement = PlacementSpec {
        filters,
        ..PlacementSpec::default()
    };
    let mut deferral = None;
    placement.policy = match prefab {
        Prefab::Weighed(weigher, factor) => PlacementPolicy::Weighed(vec![(weigher, factor)]),
        Prefab::WithAccelerators(factor) => PlacementPolicy::Weighed(vec![
            (Weigher::Cores, factor),
            (Weigher::Accelerators, factor),
        ]),
        Prefab::Random => PlacementPolicy::Random,
        Prefab::FewestTasks { .. } => {
            placement.lookahead = MEMORISING_LOOKAHEAD;
            PlacementPolicy::FewestTasks
        }
        Prefab::Timeshift => {
            deferral = Some(Deferral::default());
            PlacementPolicy::Weighed(vec![(Weigher::Memory, 1.0)])
        }
    };
    Allocation {
        name: name.to_owned(),
        placement,
        deferral,
    }
}

fn filter(filter: Fields<'_>) -> Option<Filter> {
    filter.required("type");
    let kind = filter.choice(
        "type",
        &[
            ("Compute", 0),
            ("VCpu", 1),
            ("Ram", 2),
            ("VGpu", 3),
            ("VCpuCapacity", 4),
            ("InstanceCount", 5),
            ("DifferentHost", 6),
            ("SameHost", 7),
        ],
    );
    let ratio = filter
        .number("allocationRatio", Dimension::Plain, 0.0, 1e6)
        .unwrap_or(1.0);
    let limit = filter.whole("limit", 0, u64::from(u32::MAX));
    let made = match kind? {
        1 => Some(Filter::Cores { ratio }),
        2 => Some(Filter::Memory { ratio }),
        3 => Some(Filter::Accelerators { ratio }),
        4 => Some(Filter::CoreSpeed),
        5 => Some(Filter::TasksMax(limit.unwrap_or(u64::from(u32::MAX)) as u32)),
        6 => Some(Filter::Apart(AntiAffinity::Host)),
        // Every host that is up passes the first; no trace format says which tasks belong together for the last.
        _ => None,
    };
    filter.finish();
    made
}

fn weigher(weigher: Fields<'_>) -> Option<(Weigher, f64)> {
    weigher.required("type");
    let kind = weigher.choice(
        "type",
        &[
            ("Ram", Weigher::Memory),
            ("CoreRam", Weigher::CoreMemory),
            ("InstanceCount", Weigher::Tasks),
            ("VCpu", Weigher::Cores),
            ("VGpu", Weigher::Accelerators),
            ("VCpuCapacity", Weigher::CoreSpeed),
        ],
    );
    let factor = weigher.number("multiplier", Dimension::Plain, -1e9, 1e9);
    weigher.number("allocationRatio", Dimension::Plain, 0.0, 1e6);
    weigher.finish();
    Some((kind?, factor.unwrap_or(1.0)))
}
