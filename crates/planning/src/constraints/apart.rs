//! Copies apart.

use std::collections::BTreeMap;

use crate::columns::Draft;
use crate::facts::too_near;
use crate::model::ColumnId;
use crate::promise::Promise;

/// For every group Q of sites of which any two are too near for two copies of service s:
///
/// Σ_{i ∈ Q} x[s,j,i,t] ≤ 1
///
/// Too near: closer than the service's least distance, or in one risk group where its copies must not share one. The
/// groups cover every pair that is too near. Part of a demand may use one pair of sites and the rest another; where a
/// group is missing from such a mixture, the rows are necessary, and sufficient when nearness runs in separate groups.
pub(crate) fn define_apart(draft: &mut Draft<'_, '_>) {
    let facts = draft.facts;
    for (service, entry) in facts.scenario.services.iter().enumerate() {
        if entry.replicas < 2 {
            continue;
        }
        let groups = groups(facts.scenario.sites.len(), |a, b| {
            too_near(facts.scenario, entry, a, b)
        });
        if groups.is_empty() {
            continue;
        }
        let mut shares: BTreeMap<usize, BTreeMap<usize, ColumnId>> = BTreeMap::new();
        for share in &draft.columns.shares {
            if facts.demands[share.demand].service == service {
                shares
                    .entry(share.demand)
                    .or_default()
                    .insert(share.site, share.column);
            }
        }
        for group in &groups {
            for by_site in shares.values() {
                let terms: Vec<(ColumnId, f64)> = group
                    .iter()
                    .filter_map(|site| by_site.get(site))
                    .map(|column| (*column, 1.0))
                    .collect();
                if terms.len() > 1 {
                    draft.promise_row(Promise::Apart { service }, f64::NEG_INFINITY, 1.0, terms);
                }
            }
        }
    }
}

/// Groups in which any two are near, so that every near pair lies in one of them.
fn groups(count: usize, near: impl Fn(usize, usize) -> bool) -> Vec<Vec<usize>> {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for first in 0..count {
        for second in first + 1..count {
            let covered = |group: &Vec<usize>| group.contains(&first) && group.contains(&second);
            if !near(first, second) || groups.iter().any(covered) {
                continue;
            }
            let mut group = vec![first, second];
            for next in 0..count {
                if !group.contains(&next) && group.iter().all(|member| near(*member, next)) {
                    group.push(next);
                }
            }
            groups.push(group);
        }
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_near_pair_lies_in_a_group_of_near_ones(edges in proptest::collection::vec(any::<bool>(), 36)) {
            let near = |a: usize, b: usize| {
                let (low, high) = (a.min(b), a.max(b));
                low != high && edges[low * 6 + high]
            };
            let groups = groups(6, near);
            for group in &groups {
                for a in group {
                    prop_assert!(group.iter().all(|b| a == b || near(*a, *b)));
                }
            }
            for a in 0..6 {
                for b in a + 1..6 {
                    let together = groups.iter().any(|group| group.contains(&a) && group.contains(&b));
                    prop_assert_eq!(near(a, b), together);
                }
            }
        }
    }
}
