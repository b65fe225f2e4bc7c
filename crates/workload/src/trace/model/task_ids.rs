//! Identities of tasks.

use std::borrow::Cow;

/// Identities as the trace writes them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TaskIds {
    /// Whole numbers.
    Numbers(Vec<i64>),
    /// Text.
    Texts(TextColumn),
}

impl Default for TaskIds {
    fn default() -> Self {
        Self::Numbers(Vec::new())
    }
}

impl TaskIds {
    /// Identity of a task as text.
    pub fn text(&self, task: usize) -> Cow<'_, str> {
        match self {
            Self::Numbers(numbers) => numbers[task].to_string().into(),
            Self::Texts(texts) => texts.get(task).into(),
        }
    }

    /// Identity of a task as a whole number, where it is one.
    pub fn number(&self, task: usize) -> Option<i64> {
        match self {
            Self::Numbers(numbers) => Some(numbers[task]),
            Self::Texts(texts) => texts.get(task).parse().ok(),
        }
    }

    /// Number of identities.
    pub fn len(&self) -> usize {
        match self {
            Self::Numbers(numbers) => numbers.len(),
            Self::Texts(texts) => texts.len(),
        }
    }

    /// True where there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Appends a number; a column of texts takes its digits.
    pub(crate) fn push_number(&mut self, number: i64) {
        match self {
            Self::Numbers(numbers) => numbers.push(number),
            Self::Texts(texts) => texts.push(&number.to_string()),
        }
    }

    /// Appends a text; a column of numbers becomes one of texts.
    pub(crate) fn push_text(&mut self, text: &str) {
        if let Self::Numbers(numbers) = self {
            let mut texts = TextColumn::default();
            for number in numbers.iter() {
                texts.push(&number.to_string());
            }
            *self = Self::Texts(texts);
        }
        if let Self::Texts(texts) = self {
            texts.push(text);
        }
    }
}

/// Texts end to end.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TextColumn {
    texts: String,
    ends: Vec<usize>,
}

impl TextColumn {
    /// One text.
    pub fn get(&self, row: usize) -> &str {
        let from = if row == 0 { 0 } else { self.ends[row - 1] };
        &self.texts[from..self.ends[row]]
    }

    /// Number of texts.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// True where there is none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// All texts in order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|row| self.get(row))
    }

    pub(crate) fn push(&mut self, text: &str) {
        self.texts.push_str(text);
        self.ends.push(self.texts.len());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_become_texts_when_a_text_arrives() {
        let mut ids = TaskIds::default();
        ids.push_number(-7);
        ids.push_text("job");
        ids.push_number(8);
        let all: Vec<_> = (0..ids.len())
            .map(|task| ids.text(task).into_owned())
            .collect();
        assert_eq!(all, ["-7", "job", "8"]);
    }
}
