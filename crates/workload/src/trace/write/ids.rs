//! Identities in the written form: 32-bit whole numbers.

use crate::trace::{TaskIds, TraceTasks};

/// Where the numbers come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ids {
    /// The trace's own.
    Own,
    /// The rows of the task table, from zero; the trace's own stand in the column `name`.
    Rows,
}

impl Ids {
    /// The trace's own where they fit and differ.
    pub(super) fn of(tasks: &TraceTasks) -> Self {
        let TaskIds::Numbers(numbers) = &tasks.id else {
            return Self::Rows;
        };
        let mut sorted = numbers.clone();
        sorted.sort_unstable();
        let fit = |number: Option<&i64>| {
            number.is_none_or(|number| (0..=i64::from(i32::MAX)).contains(number))
        };
        let differ = sorted.windows(2).all(|pair| pair[0] < pair[1]);
        if fit(sorted.first()) && fit(sorted.last()) && differ {
            Self::Own
        } else {
            Self::Rows
        }
    }

    /// The number of a task.
    pub(super) fn number(self, tasks: &TraceTasks, task: usize) -> i32 {
        match (self, &tasks.id) {
            (Self::Own, TaskIds::Numbers(numbers)) => numbers[task] as i32,
            _ => task as i32,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::TaskRow;

    fn ids(numbers: &[i64]) -> Ids {
        let mut tasks = TraceTasks::default();
        for number in numbers {
            tasks.push_numbered(*number, TaskRow::default());
        }
        Ids::of(&tasks)
    }

    #[test]
    fn only_numbers_that_fit_and_differ_are_kept() {
        assert_eq!(ids(&[7, 3, i64::from(i32::MAX)]), Ids::Own);
        assert_eq!(ids(&[]), Ids::Own);
        for others in [&[7, 7][..], &[-1, 2], &[1, 1 << 40]] {
            assert_eq!(ids(others), Ids::Rows);
        }
    }
}
