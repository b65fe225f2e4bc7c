//! `placement`: which host a task goes to.

use angara_diagnostics::{Diagnostic, did_you_mean, listed};
use angara_simulation::replay::{AntiAffinity, Filter, PlacementPolicy, Weigher};

use crate::document::{Dimension, Fields};
use crate::opendc::Allocation;
use crate::policy::{allocation_named, policy_names, with_policy};

/// Most waiting tasks that are looked at.
const LOOKAHEAD_MAX: u64 = 1_000_000;
/// Most that is promised for each that there is.
const RATIO_MAX: f64 = 1e6;
/// Longest time between two rounds of placement [ms].
const INTERVAL_MAX_MS: f64 = 1e9;

/// What is set about placement.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct PlacementSettings {
    /// Policy or weighers, and the key that names them.
    chosen: Option<(&'static str, Allocation)>,
    filters: Option<Vec<Filter>>,
    /// What is promised for each that there is.
    ratios: Vec<Filter>,
    tasks_max: Option<u32>,
    /// How far apart tasks of a group are kept.
    pub(super) apart: Option<AntiAffinity>,
    lookahead: Option<usize>,
    passed_over_max: Option<u32>,
    /// Time between two rounds of placement [ms].
    pub(super) interval_ms: Option<i64>,
}

const SCOPES: [(&str, AntiAffinity); 4] = [
    ("host", AntiAffinity::Host),
    ("rack", AntiAffinity::Rack),
    ("cluster", AntiAffinity::Cluster),
    ("site", AntiAffinity::Zone),
];

const FILTERS: [(&str, Filter); 4] = [
    ("cores", Filter::Cores { ratio: 1.0 }),
    ("memory", Filter::Memory { ratio: 1.0 }),
    ("accelerators", Filter::Accelerators { ratio: 1.0 }),
    ("core-speed", Filter::CoreSpeed),
];

const WEIGHERS: [(&str, Weigher); 6] = [
    ("memory", Weigher::Memory),
    ("core-memory", Weigher::CoreMemory),
    ("tasks", Weigher::Tasks),
    ("cores", Weigher::Cores),
    ("accelerators", Weigher::Accelerators),
    ("core-speed", Weigher::CoreSpeed),
];

pub(super) fn read(placement: Fields<'_>) -> PlacementSettings {
    let policy = policy(&placement).map(|allocation| ("placement.policy", allocation));
    let weighers = weighers(&placement).map(|allocation| ("placement.weighers", allocation));
    if policy.is_some() && weighers.is_some() {
        placement.document().complain(
            "placement.weighers",
            "placement.weighers is given beside placement.policy",
            "one of the two",
        );
    }
    let settings = PlacementSettings {
        chosen: weighers.or(policy),
        filters: filters(&placement),
        ratios: placement.object("overcommit").map_or_else(Vec::new, ratios),
        tasks_max: placement
            .whole("tasks_max", 1, u64::from(u32::MAX))
            .map(|tasks| tasks as u32),
        apart: placement.choice("apart", &SCOPES),
        lookahead: placement
            .whole("lookahead", 1, LOOKAHEAD_MAX)
            .map(|tasks| tasks as usize),
        passed_over_max: placement
            .whole("passed_over_max", 0, u64::from(u32::MAX))
            .map(|times| times as u32),
        interval_ms: placement
            .number("interval", Dimension::Time, 1.0, INTERVAL_MAX_MS)
            .map(|interval_ms| interval_ms.round() as i64),
    };
    placement.finish();
    settings
}

fn policy(placement: &Fields<'_>) -> Option<Allocation> {
    let name = placement.text("policy")?;
    let allocation = allocation_named(name);
    if allocation.is_none() {
        let names = policy_names();
        placement.document().push(
            Diagnostic::error("value", format!("placement.policy is {name}"))
                .at(placement.document().locate("placement.policy").value(name))
                .expected(format!("one of {}", listed(names.iter().copied())))
                .maybe_hint(did_you_mean(name, names)),
        );
    }
    allocation
}

fn weighers(placement: &Fields<'_>) -> Option<Allocation> {
    placement.get("weighers")?;
    let weighers: Vec<(&str, Weigher, f64)> = placement
        .objects("weighers")
        .into_iter()
        .filter_map(|entry| {
            entry.required("weigh");
            let name = entry.text("weigh").unwrap_or_default();
            let weigher = entry.choice("weigh", &WEIGHERS);
            let factor = entry.number("factor", Dimension::Plain, -1e9, 1e9);
            entry.finish();
            Some((name, weigher?, factor.unwrap_or(1.0)))
        })
        .collect();
    let words = weighers
        .iter()
        .map(|(name, _, factor)| format!("{factor}*{name}"));
    let name = words.collect::<Vec<_>>().join(" + ");
    let weighers = weighers
        .iter()
        .map(|(_, weigher, factor)| (*weigher, *factor));
    Some(with_policy(
        name,
        PlacementPolicy::Weighed(weighers.collect()),
    ))
}

fn filters(placement: &Fields<'_>) -> Option<Vec<Filter>> {
    placement.get("filters")?;
    let filters = placement.list("filters").into_iter();
    Some(
        filters
            .filter_map(|(path, value)| placement.document().choice(&path, value, &FILTERS))
            .collect(),
    )
}

fn ratios(overcommit: Fields<'_>) -> Vec<Filter> {
    let ratio = |name| overcommit.number(name, Dimension::Plain, 1e-6, RATIO_MAX);
    let cores = ratio("cores").map(|ratio| Filter::Cores { ratio });
    let memory = ratio("memory").map(|ratio| Filter::Memory { ratio });
    let accelerators = ratio("accelerators").map(|ratio| Filter::Accelerators { ratio });
    overcommit.finish();
    [cores, memory, accelerators]
        .into_iter()
        .flatten()
        .collect()
}

impl PlacementSettings {
    /// Key by which hosts are chosen, where there is one: what else chooses them contradicts it.
    pub(super) fn choosing(&self) -> Option<&'static str> {
        let filters = self.filters.as_ref().map(|_| "placement.filters");
        let ratios = (!self.ratios.is_empty()).then_some("placement.overcommit");
        self.chosen
            .as_ref()
            .map(|(key, _)| *key)
            .or(filters)
            .or(ratios)
    }

    /// The allocation that is set, or what is to be changed by the other settings.
    pub(super) fn apply(&self, other: Allocation, more: &[Filter]) -> Allocation {
        let chosen = self
            .chosen
            .as_ref()
            .map(|(_, allocation)| allocation.clone());
        let mut allocation = chosen.unwrap_or(other);
        let placement = &mut allocation.placement;
        if let Some(filters) = &self.filters {
            placement.filters.clone_from(filters);
        }
        for ratio in &self.ratios {
            let kind = std::mem::discriminant(ratio);
            let is_kind = |filter: &Filter| std::mem::discriminant(filter) == kind;
            placement.filters.retain(|filter| !is_kind(filter));
            placement.filters.push(*ratio);
        }
        placement
            .filters
            .extend(self.tasks_max.map(Filter::TasksMax));
        placement.filters.extend(self.apart.map(Filter::Apart));
        placement.filters.extend_from_slice(more);
        placement.lookahead = self.lookahead.unwrap_or(placement.lookahead);
        placement.passed_over_max = self.passed_over_max.unwrap_or(placement.passed_over_max);
        allocation
    }
}
