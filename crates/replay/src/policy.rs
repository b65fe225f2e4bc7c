//! Placement policies by the names that users give them.

use angara_simulation::replay::{Filter, PlacementPolicy, PlacementSpec};

use crate::opendc::{Allocation, prefab, prefab_names};

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

/// Names of all policies.
pub fn policy_names() -> Vec<&'static str> {
    let own = OWN.iter().map(|(name, _)| *name);
    own.chain(prefab_names()).collect()
}

/// The allocation of a name; the case of `OpenDC`'s names is forgiven. None where no policy has the name.
pub fn allocation_named(name: &str) -> Option<Allocation> {
    let ready = prefab_names();
    let alike = ready.iter().find(|other| other.eq_ignore_ascii_case(name));
    if let Some(allocation) = alike.and_then(|name| prefab(name)) {
        return Some(allocation);
    }
    let (name, policy) = OWN.iter().find(|(other, _)| *other == name)?;
    Some(with_policy((*name).to_owned(), policy.clone()))
}

/// An allocation by a policy, over hosts that have enough of everything.
pub(crate) fn with_policy(name: String, policy: PlacementPolicy) -> Allocation {
    Allocation {
        name,
        placement: PlacementSpec {
            filters: vec![
                Filter::Cores { ratio: 1.0 },
                Filter::Memory { ratio: 1.0 },
                Filter::Accelerators { ratio: 1.0 },
            ],
            policy,
            ..PlacementSpec::default()
        },
        deferral: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_names_and_those_of_opendc_are_known() {
        for name in ["first-fit", "dot-product", "mem", "Mem", "CoreMemInv"] {
            assert!(allocation_named(name).is_some(), "{name}");
        }
        assert_eq!(allocation_named("fist-fit"), None);
        let names = policy_names();
        assert!(names.contains(&"first-fit") && names.contains(&"TaskNumMemorizing"));
        for name in names {
            assert!(allocation_named(name).is_some(), "{name}");
        }
    }
}
