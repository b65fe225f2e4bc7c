//! Rows of tasks by their ids.

use std::collections::{HashMap, HashSet};

use crate::trace::model::TaskIds;

/// Row of a task by its id; the last where several have it.
pub(super) enum RowOf {
    /// In the order of the numbers.
    Numbers(Vec<(i64, u32)>),
    Texts(HashMap<String, u32>),
}

impl RowOf {
    pub(super) fn new(ids: &TaskIds) -> Self {
        match ids {
            TaskIds::Numbers(numbers) => {
                let mut rows: Vec<(i64, u32)> = numbers.iter().copied().zip(0..).collect();
                rows.sort_unstable();
                Self::Numbers(rows)
            }
            TaskIds::Texts(texts) => {
                let rows = texts.iter().map(ToOwned::to_owned).zip(0..);
                Self::Texts(rows.collect())
            }
        }
    }

    pub(super) fn number(&self, number: i64) -> Option<u32> {
        match self {
            Self::Numbers(rows) => {
                let next = rows.partition_point(|(other, _)| *other <= number);
                let (found, row) = *rows.get(next.checked_sub(1)?)?;
                (found == number).then_some(row)
            }
            Self::Texts(rows) => rows.get(&number.to_string()).copied(),
        }
    }

    pub(super) fn text(&self, text: &str) -> Option<u32> {
        match self {
            Self::Numbers(_) => self.number(text.parse().ok()?),
            Self::Texts(rows) => rows.get(text).copied(),
        }
    }

    /// Rows whose id an earlier row has, in their order; the ids are those this was made of.
    pub(super) fn repeated(&self, ids: &TaskIds) -> Vec<u32> {
        match (self, ids) {
            (Self::Numbers(rows), _) => {
                let pairs = rows.windows(2).filter(|pair| pair[0].0 == pair[1].0);
                let mut repeated: Vec<u32> = pairs.map(|pair| pair[1].1).collect();
                repeated.sort_unstable();
                repeated
            }
            (Self::Texts(rows), TaskIds::Texts(texts)) if rows.len() < texts.len() => {
                let mut met = HashSet::new();
                let all = texts.iter().zip(0..);
                all.filter(|(text, _)| !met.insert(*text))
                    .map(|(_, row)| row)
                    .collect()
            }
            (Self::Texts(_), _) => Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_texts_are_found_and_what_is_repeated_is_told() {
        let numbers = TaskIds::Numbers(vec![7, -3, 7, 9, 7]);
        let mut texts = TaskIds::default();
        for text in ["7", "x", "7", "9", "7"] {
            texts.push_text(text);
        }
        for ids in [&numbers, &texts] {
            let row_of = RowOf::new(ids);
            assert_eq!(row_of.number(9), Some(3));
            assert_eq!(row_of.text("7"), Some(4));
            assert_eq!(row_of.number(8), None);
            assert_eq!(row_of.text("y"), None);
            assert_eq!(row_of.repeated(ids), [2, 4]);
        }
        let none = RowOf::new(&TaskIds::default());
        assert_eq!(none.number(i64::MIN), None);
    }
}
