//! Where a finding is.

use std::ops::Range;

use serde::Serialize;

use crate::user_text::visible_line;

/// Characters of a source line that are shown on each side of the marked part.
const CONTEXT_CHARACTERS: usize = 60;
/// Characters of the marked part that are shown.
const MARKED_CHARACTERS: usize = 60;

/// Place in a file of the scenario.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Location {
    /// File, relative to the scenario folder, with `/` between its parts.
    pub file: String,
    /// Line, counted from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
    /// Character within the line, counted from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<usize>,
    /// Row of a table, counted from 1 without its header and comments.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub row: Option<usize>,
    /// Column of a table, or key of a settings file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// What stands there, shortened.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// The source line with the marked part.
    #[serde(skip)]
    pub snippet: Option<Snippet>,
}

/// A source line, ready to print: shortened, and free of characters that a terminal would obey.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snippet {
    /// The line.
    pub text: String,
    /// Bytes of `text` that are meant.
    pub marked: Range<usize>,
}

impl Location {
    /// A whole file.
    pub fn file(file: impl Into<String>) -> Self {
        Self {
            file: file.into(),
            ..Self::default()
        }
    }

    /// A range of bytes of a file's text; positions outside the text are moved inside it.
    pub fn span(file: impl Into<String>, text: &str, bytes: Range<usize>) -> Self {
        let start = floor_boundary(text, bytes.start);
        let end = bytes.end;
        let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
        let line = text[..line_start].matches('\n').count() + 1;
        let line_end = text[start..].find('\n').map_or(text.len(), |at| start + at);
        Self::in_line(
            file,
            line,
            &text[line_start..line_end],
            start - line_start..end.saturating_sub(line_start),
        )
    }

    /// A range of bytes of one line, where the number of the line is known; positions outside are moved inside.
    pub fn in_line(
        file: impl Into<String>,
        number: usize,
        line: &str,
        bytes: Range<usize>,
    ) -> Self {
        let line = line.trim_end_matches(['\r', '\n']);
        let start = floor_boundary(line, bytes.start);
        let end = floor_boundary(line, bytes.end).max(start);
        Self {
            file: file.into(),
            line: Some(number),
            column: Some(line[..start].chars().count() + 1),
            row: None,
            field: None,
            value: None,
            snippet: Some(Snippet::new(line, start..end)),
        }
    }

    /// Names the row of a table.
    #[must_use]
    pub fn row(mut self, row: usize) -> Self {
        self.row = Some(row);
        self
    }

    /// Names the column or key.
    #[must_use]
    pub fn field(mut self, field: impl Into<String>) -> Self {
        self.field = Some(field.into());
        self
    }

    /// Repeats what stands there.
    #[must_use]
    pub fn value(mut self, value: &str) -> Self {
        self.value = Some(crate::user_text::shortened(value));
        self
    }
}

impl Snippet {
    fn new(line: &str, marked: Range<usize>) -> Self {
        let before: Vec<char> = line[..marked.start].chars().collect();
        let cut = before.len().saturating_sub(CONTEXT_CHARACTERS);
        let mut text = String::new();
        if cut > 0 {
            text.push('…');
        }
        text.extend(before[cut..].iter().copied().map(visible_line));
        let start = text.len();
        let (middle, more) = head(&line[marked.clone()], MARKED_CHARACTERS);
        text.push_str(&middle);
        if more {
            text.push('…');
        }
        let end = text.len();
        let (rest, more) = head(&line[marked.end..], CONTEXT_CHARACTERS);
        text.push_str(&rest);
        if more {
            text.push('…');
        }
        Self {
            text,
            marked: start..end,
        }
    }
}

/// First characters of a text, and whether there are more.
fn head(text: &str, count: usize) -> (String, bool) {
    let mut characters = text.chars();
    let head = characters.by_ref().take(count).map(visible_line).collect();
    (head, characters.next().is_some())
}

fn floor_boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_knows_its_line_and_column() {
        let location = Location::span("a.csv", "id,name\nп,два\n", 11..17);
        assert_eq!((location.line, location.column), (Some(2), Some(3)));
        let snippet = location.snippet.expect("snippet");
        assert_eq!(&snippet.text[snippet.marked], "два");
    }

    #[test]
    fn a_long_line_is_cut_around_the_marked_part() {
        let text = format!("{}X{}", "a".repeat(500), "b".repeat(500));
        let snippet = Location::span("a", &text, 500..501)
            .snippet
            .expect("snippet");
        assert!(snippet.text.chars().count() < 130);
        assert_eq!(&snippet.text[snippet.marked], "X");
    }

    #[test]
    fn positions_outside_the_text_do_no_harm() {
        for range in [90..99, 0..99, 3..3] {
            let _ = Location::span("a", "ä\n", range);
        }
        let _ = Location::span("a", "", 0..0);
    }

    #[test]
    fn a_span_over_several_lines_marks_the_first() {
        let snippet = Location::span("a", "one\r\ntwo", 1..7)
            .snippet
            .expect("snippet");
        assert_eq!((snippet.text.as_str(), snippet.marked), ("one", 1..3));
    }
}
