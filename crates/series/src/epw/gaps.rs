//! Missing values: filled by interpolation in time, and counted.

use crate::finding::{Finding, Findings};

/// Fills gaps of a column linearly in time, around the end of the year; notes how many.
pub(super) fn fill(column: &mut [Option<f64>], name: &str, findings: &mut Findings) {
    let known: Vec<(usize, f64)> = column
        .iter()
        .enumerate()
        .filter_map(|(index, value)| Some((index, (*value)?)))
        .collect();
    let missing = column.len() - known.len();
    if missing == 0 || known.is_empty() {
        return;
    }
    let length = column.len();
    for (position, &(start, before)) in known.iter().enumerate() {
        let (next, after) = known[(position + 1) % known.len()];
        let gap = (next + length - start - 1) % length + 1;
        for offset in 1..gap {
            let share = offset as f64 / gap as f64;
            column[(start + offset) % length] = Some(before + (after - before) * share);
        }
    }
    findings.push(Finding::note(
        None,
        name,
        &format!("{missing} values missing"),
        "interpolated in time between their neighbours",
    ));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(column: &[Option<f64>]) -> Vec<Option<f64>> {
        let mut column = column.to_vec();
        fill(&mut column, "value", &mut Findings::default());
        column
    }

    #[test]
    fn a_gap_is_a_straight_line_between_its_neighbours() {
        let found = filled(&[Some(1.0), None, None, Some(4.0)]);
        assert_eq!(found, [Some(1.0), Some(2.0), Some(3.0), Some(4.0)]);
    }

    #[test]
    fn a_gap_at_the_turn_of_the_year_is_filled_around_it() {
        let found = filled(&[None, Some(0.0), Some(6.0), None]);
        assert_eq!(found, [Some(2.0), Some(0.0), Some(6.0), Some(4.0)]);
    }

    #[test]
    fn a_single_known_value_fills_all_and_none_fills_nothing() {
        assert_eq!(filled(&[None, Some(3.0), None]), [Some(3.0); 3]);
        assert_eq!(filled(&[None, None]), [None, None]);
    }
}
