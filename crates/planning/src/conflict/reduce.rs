//! Reducing a conflict until nothing in it is idle.

use std::collections::BTreeSet;

use crate::promise::Promise;

/// Promises of the list that conflict and of which none can be left out; earlier ones are preferred.
///
/// The whole list must conflict. Asks about as often as the size of the answer times the logarithm of the list.
pub(super) fn irreducible(
    list: &[Promise],
    conflict: &mut impl FnMut(&BTreeSet<Promise>) -> bool,
) -> Vec<Promise> {
    split(&BTreeSet::new(), false, list, conflict)
}

fn split(
    background: &BTreeSet<Promise>,
    grown: bool,
    list: &[Promise],
    conflict: &mut impl FnMut(&BTreeSet<Promise>) -> bool,
) -> Vec<Promise> {
    if list.is_empty() || (grown && conflict(background)) {
        return Vec::new();
    }
    if list.len() == 1 {
        return list.to_vec();
    }
    let (preferred, other) = list.split_at(list.len() / 2);
    let with_preferred = background.iter().chain(preferred).copied().collect();
    let mut found = split(&with_preferred, true, other, conflict);
    let with_found = background.iter().chain(&found).copied().collect();
    let mut kept = split(&with_found, !found.is_empty(), preferred, conflict);
    kept.append(&mut found);
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn halls(sites: &[usize]) -> Vec<Promise> {
        sites
            .iter()
            .map(|site| Promise::Halls { site: *site })
            .collect()
    }

    #[test]
    fn the_one_pair_that_conflicts_is_found_among_many() {
        let list = halls(&(0..40).collect::<Vec<_>>());
        let pair = halls(&[7, 31]);
        let mut asked = 0;
        let found = irreducible(&list, &mut |active| {
            asked += 1;
            pair.iter().all(|promise| active.contains(promise))
        });
        assert_eq!(found, pair);
        assert!(asked < 40, "{asked} questions");
    }

    #[test]
    fn of_two_conflicts_the_one_of_earlier_promises_is_told() {
        let list = halls(&[0, 1, 2, 3]);
        let found = irreducible(&list, &mut |active| {
            let has = |site| active.contains(&Promise::Halls { site });
            (has(0) && has(2)) || (has(1) && has(3))
        });
        assert_eq!(found, halls(&[0, 2]));
    }

    #[test]
    fn a_single_promise_can_be_a_conflict() {
        let list = halls(&[5, 6, 7]);
        let found = irreducible(&list, &mut |active| {
            active.contains(&Promise::Halls { site: 6 })
        });
        assert_eq!(found, halls(&[6]));
    }
}
