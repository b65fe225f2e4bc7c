//! Sets of platforms on which capacity must suffice.
//!
//! What it computes: the sets Q of Hall's condition. Work that runs on several platforms can be split among them if
//! and only if for every set Q of platforms the work that runs on Q alone fits into Q; it is enough to look at unions
//! of the services' own platform sets.
//!
//! Valid range: any number of platforms; the number of unions is at most two to the number of distinct sets.
//!
//! References: P. Hall, "On representatives of subsets", Journal of the London Mathematical Society 10 (1935).

use std::collections::BTreeSet;

use angara_scenario::{Index, Service};

/// Unions of the platform sets of the selected services, ascending.
pub(super) fn platform_sets<'a>(
    services: impl Iterator<Item = &'a Service>,
) -> BTreeSet<BTreeSet<Index>> {
    let mut unions: BTreeSet<BTreeSet<Index>> = BTreeSet::new();
    let own: BTreeSet<BTreeSet<Index>> = services
        .map(|service| service.platforms.iter().copied().collect())
        .collect();
    for set in own {
        let grown: Vec<_> = unions
            .iter()
            .map(|union| union.union(&set).copied().collect())
            .collect();
        unions.extend(grown);
        unions.insert(set);
    }
    unions
}

/// True where a service runs on platforms of the set alone.
pub(super) fn confined(service: &Service, set: &BTreeSet<Index>) -> bool {
    service
        .platforms
        .iter()
        .all(|platform| set.contains(platform))
}
