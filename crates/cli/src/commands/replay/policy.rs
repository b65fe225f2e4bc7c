//! Placement policies by the names that users give them.

use angara_replay::opendc::{Allocation, prefab, prefab_names};
use angara_simulation::replay::{Filter, PlacementPolicy, PlacementSpec};

/// Names of the policies that are not `OpenDC`'s.
const OWN: [(&str, PlacementPolicy); 7] = [
    ("first-fit", PlacementPolicy::FirstFit),
    ("best-fit", PlacementPolicy::BestFit),
    ("worst-fit", PlacementPolicy::WorstFit),
    ("round-robin", PlacementPolicy::RoundRobin),
    ("random", PlacementPolicy::Random),
    ("dot-product", PlacementPolicy::DotProduct),
    ("fewest-tasks", PlacementPolicy::FewestTasks),
];

/// The allocation of a name, with so many cores promised for each that there is.
pub(super) fn allocation(name: &str, overcommit: f64) -> Result<Allocation, String> {
    let ready = prefab_names();
    let alike = ready.iter().find(|other| other.eq_ignore_ascii_case(name));
    let mut allocation = match alike.and_then(|name| prefab(name)) {
        Some(allocation) => allocation,
        None => own(name)?,
    };
    for filter in &mut allocation.placement.filters {
        if let Filter::Cores { ratio } = filter {
            *ratio = overcommit;
        }
    }
    Ok(allocation)
}

fn own(name: &str) -> Result<Allocation, String> {
    let found = OWN.iter().find(|(other, _)| *other == name);
    let Some((name, policy)) = found else {
        let own = OWN.iter().map(|(name, _)| *name);
        let all: Vec<&str> = own.chain(prefab_names()).collect();
        return Err(format!(
            "`{name}` is no policy; there are {}",
            all.join(", ")
        ));
    };
    Ok(Allocation {
        name: (*name).to_owned(),
        placement: PlacementSpec {
            filters: vec![
                Filter::Cores { ratio: 1.0 },
                Filter::Memory { ratio: 1.0 },
                Filter::Accelerators { ratio: 1.0 },
            ],
            policy: policy.clone(),
            ..PlacementSpec::default()
        },
        deferral: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_names_and_those_of_opendc_are_known_and_others_are_told() {
        for name in ["first-fit", "dot-product", "mem", "Mem", "CoreMemInv"] {
            let allocation = allocation(name, 2.0).unwrap();
            assert!(
                allocation
                    .placement
                    .filters
                    .contains(&Filter::Cores { ratio: 2.0 })
            );
        }
        let told = allocation("fist-fit", 1.0).unwrap_err();
        assert!(told.contains("first-fit") && told.contains("TaskNumMemorizing"));
    }
}
