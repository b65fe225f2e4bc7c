//! Splitting CSV text (RFC 4180) into records and cells without copying them.
//!
//! Our own, because a finding must mark the cell in its file and a quote that is never closed must be found,
//! and the readers at hand tell neither.

use std::borrow::Cow;
use std::ops::Range;

use angara_diagnostics::{Diagnostic, Location};

use crate::limits;

/// One record: its line, its bytes, and the indices of its cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Record {
    pub(super) line: usize,
    pub(super) text: Range<usize>,
    pub(super) cells: Range<usize>,
}

/// All records of a text, the header first, comments and blank lines left out.
#[derive(Debug, Default)]
pub(super) struct Split {
    pub(super) records: Vec<Record>,
    pub(super) cells: Vec<Range<usize>>,
    pub(super) faults: Vec<Fault>,
}

/// What is wrong with the text as CSV.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    kind: FaultKind,
    at: Range<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum FaultKind {
    UnclosedQuote,
    TextAfterQuote,
    CellTooLong,
    TooManyColumns,
    TooManyRows,
}

impl Fault {
    pub(super) fn diagnostic(&self, file: &str, text: &str) -> Diagnostic {
        let finding = match self.kind {
            FaultKind::UnclosedQuote => {
                Diagnostic::error("unclosed-quote", "a quote is opened here and never closed")
                    .expected("a closing `\"` before the next comma")
                    .hint("write a quote that belongs to the text twice: `\"\"`")
            }
            FaultKind::TextAfterQuote => Diagnostic::error(
                "text-after-quote",
                "there is text between the closing quote and the next comma",
            )
            .expected("a comma or the end of the line after a closing `\"`")
            .hint("write a quote that belongs to the text twice: `\"\"`"),
            FaultKind::CellTooLong => Diagnostic::error(
                "cell-too-long",
                format!("a cell has {} bytes", self.at.len()),
            )
            .expected(format!("at most {} bytes in a cell", limits::CELL_BYTES))
            .hint("look for a missing comma or quote, or for text pasted by mistake"),
            FaultKind::TooManyColumns => Diagnostic::error(
                "too-many-columns",
                "a row has too many cells; the rest of the table is not read",
            )
            .expected(format!("at most {} columns", limits::COLUMNS)),
            FaultKind::TooManyRows => Diagnostic::error(
                "too-many-rows",
                "the table has too many rows; the rest of it is not read",
            )
            .expected(format!("at most {} rows", limits::ROWS)),
        };
        finding.at(Location::span(file, text, self.at.clone()))
    }
}

/// Splits a text.
pub(super) fn split(text: &str) -> Split {
    let bytes = text.as_bytes();
    let mut split = Split::default();
    let mut at = 0;
    let mut line = 1;
    while at < bytes.len() {
        let end = line_end(bytes, at);
        let head = text[at..end].trim();
        if head.is_empty() || head.starts_with('#') || head.bytes().all(|byte| byte == b',') {
            at = end + 1;
            line += 1;
            continue;
        }
        if split.records.len() > limits::ROWS {
            split.fault(FaultKind::TooManyRows, at..end);
            break;
        }
        let (next, lines, go_on) = split.record(text, at, line);
        at = next;
        line += lines;
        if !go_on {
            break;
        }
    }
    split
}

impl Split {
    fn fault(&mut self, kind: FaultKind, at: Range<usize>) {
        const MOST_FAULTS: usize = 100;
        if self.faults.len() < MOST_FAULTS {
            self.faults.push(Fault { kind, at });
        }
    }

    /// Splits one record; returns where the next begins, how many lines it took, and whether to go on.
    fn record(&mut self, text: &str, start: usize, line: usize) -> (usize, usize, bool) {
        let bytes = text.as_bytes();
        let first_cell = self.cells.len();
        let mut at = start;
        let mut lines = 1;
        loop {
            let cell_start = at;
            let cell_end = if bytes.get(at) == Some(&b'"') {
                let Some(close) = closing_quote(bytes, at + 1) else {
                    self.fault(FaultKind::UnclosedQuote, at..line_end(bytes, at));
                    self.cells.truncate(first_cell);
                    return (bytes.len(), lines, false);
                };
                lines += text[at..close].matches('\n').count();
                let end = plain_end(bytes, close + 1);
                if !text[close + 1..end].trim().is_empty() {
                    self.fault(FaultKind::TextAfterQuote, close + 1..end);
                }
                end
            } else {
                plain_end(bytes, at)
            };
            let cell = trimmed(text, cell_start..cell_end);
            if cell.len() > limits::CELL_BYTES {
                self.fault(FaultKind::CellTooLong, cell.clone());
            }
            self.cells.push(cell);
            if self.cells.len() - first_cell > limits::COLUMNS {
                self.fault(FaultKind::TooManyColumns, start..cell_end);
                self.cells.truncate(first_cell);
                return (bytes.len(), lines, false);
            }
            if bytes.get(cell_end) == Some(&b',') {
                at = cell_end + 1;
                continue;
            }
            self.records.push(Record {
                line,
                text: trimmed(text, start..cell_end),
                cells: first_cell..self.cells.len(),
            });
            return (cell_end + 1, lines, true);
        }
    }
}

fn line_end(bytes: &[u8], from: usize) -> usize {
    bytes[from..]
        .iter()
        .position(|byte| *byte == b'\n')
        .map_or(bytes.len(), |length| from + length)
}

fn plain_end(bytes: &[u8], from: usize) -> usize {
    bytes[from..]
        .iter()
        .position(|byte| matches!(byte, b',' | b'\n'))
        .map_or(bytes.len(), |length| from + length)
}

fn closing_quote(bytes: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        at += bytes.get(at..)?.iter().position(|byte| *byte == b'"')?;
        if bytes.get(at + 1) != Some(&b'"') {
            return Some(at);
        }
        at += 2;
    }
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let cell = &text[range.clone()];
    let start = range.start + (cell.len() - cell.trim_start().len());
    start..start + cell.trim().len()
}

/// Content of a cell without its quotes.
pub(super) fn unquoted(cell: &str) -> Cow<'_, str> {
    let Some(inner) = cell.strip_prefix('"') else {
        return Cow::Borrowed(cell);
    };
    let inner = inner.strip_suffix('"').unwrap_or(inner);
    if inner.contains("\"\"") {
        Cow::Owned(inner.replace("\"\"", "\""))
    } else {
        Cow::Borrowed(inner.trim())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cells(text: &str) -> Vec<Vec<String>> {
        let split = split(text);
        split
            .records
            .iter()
            .map(|record| {
                split.cells[record.cells.clone()]
                    .iter()
                    .map(|range| unquoted(&text[range.clone()]).into_owned())
                    .collect()
            })
            .collect()
    }

    #[test]
    fn quoted_cells_may_hold_commas_quotes_and_line_ends() {
        assert_eq!(
            cells("a,\"b, \"\"c\"\"\nd\"\r\ne,f"),
            vec![vec!["a", "b, \"c\"\nd"], vec!["e", "f"]]
        );
    }

    #[test]
    fn comments_blank_lines_and_empty_spreadsheet_rows_are_left_out() {
        assert_eq!(cells("# note\n\na,b\n,,\n  # more\nc,d\n").len(), 2);
    }

    #[test]
    fn a_record_knows_the_line_it_begins_on() {
        let split = split("a\n\"x\ny\"\nb\n");
        let lines: Vec<usize> = split.records.iter().map(|record| record.line).collect();
        assert_eq!(lines, [1, 2, 4]);
    }

    #[test]
    fn a_quote_that_is_never_closed_is_a_fault() {
        assert_eq!(split("a,\"b\nc,d").faults[0].kind, FaultKind::UnclosedQuote);
    }

    #[test]
    fn text_after_a_closing_quote_is_a_fault() {
        assert_eq!(split("\"a\"b,c").faults[0].kind, FaultKind::TextAfterQuote);
    }

    proptest! {
        #[test]
        fn no_text_makes_splitting_panic(text in "[a,\"\\n\\r #é]{0,60}") {
            for record in cells(&text) {
                prop_assert!(!record.is_empty());
            }
        }

        #[test]
        fn what_is_quoted_reads_back(cell in "[a,\"\\né]{1,20}") {
            let text = format!("x,\"{}\",y", cell.replace('"', "\"\""));
            let read = cells(&text);
            prop_assert_eq!(read[0][1].trim(), cell.trim());
        }
    }
}
