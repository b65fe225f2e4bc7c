//! Comma-separated tables, read by column name. A record is one line: none of the formats here breaks lines within
//! quotes, and so a record can never outgrow the limit of a line.

use super::{Line, Lines};
use crate::trace::{Findings, Limits, Source};

/// A table and its findings.
pub(crate) struct Table<'a> {
    lines: Lines,
    cells: Cells,
    file: String,
    findings: &'a mut Findings,
}

impl<'a> Table<'a> {
    /// A table whose first line is data.
    pub(crate) fn without_header(
        source: &Source,
        limits: &Limits,
        findings: &'a mut Findings,
    ) -> Option<Self> {
        match source.open(limits) {
            Ok(stream) => Some(Self {
                lines: Lines::new(stream, limits),
                cells: Cells::default(),
                file: source.name().to_owned(),
                findings,
            }),
            Err(fault) => {
                findings.unreadable(source.name(), &fault);
                None
            }
        }
    }

    /// A table with a header, and the places of the named columns; a missing one is an error.
    pub(crate) fn with_header<const N: usize>(
        source: &Source,
        columns: [&str; N],
        limits: &Limits,
        findings: &'a mut Findings,
    ) -> Option<(Self, [usize; N])> {
        let mut table = Self::without_header(source, limits, findings)?;
        table.next_row();
        let mut places = [0; N];
        let mut complete = true;
        for (place, column) in places.iter_mut().zip(columns) {
            if let Some(found) = table.place(column) {
                *place = found;
            } else {
                complete = false;
                let header = &table.cells.line;
                table.findings.error(
                    &table.file,
                    Some(1),
                    "header",
                    header,
                    format!("a column `{column}`"),
                );
            }
        }
        complete.then_some((table, places))
    }

    /// Place of a column by its name; to be asked before the first row.
    pub(crate) fn place(&self, column: &str) -> Option<usize> {
        let header = self.cells.line.trim_start_matches('\u{feff}');
        header
            .split(',')
            .position(|cell| cell.trim().trim_matches('"') == column)
    }

    /// Goes to the next line that is not empty; false at the end or where the file cannot be read further.
    pub(crate) fn next_row(&mut self) -> bool {
        loop {
            let fault = match self.lines.next() {
                Ok(None) => return false,
                Ok(Some(Line::Text(text))) => {
                    if text.trim().is_empty() {
                        continue;
                    }
                    if self.cells.fill(text) {
                        return true;
                    }
                    "quotes that are closed, with a comma behind"
                }
                Ok(Some(Line::TooLong)) => "a line within the length limit",
                Ok(Some(Line::NotText)) => "UTF-8 text",
                Err(fault) => {
                    self.findings.unreadable(&self.file, &fault);
                    return false;
                }
            };
            let number = self.lines.number();
            self.findings
                .error(&self.file, Some(number), "line", "", fault);
        }
    }

    /// A cell without blanks around it; empty where the record is too short.
    pub(crate) fn text(&self, place: usize) -> &str {
        self.cells.get(place).trim()
    }

    /// Cells of the record.
    pub(crate) fn width(&self) -> usize {
        self.cells.ends.len()
    }

    /// A cell as what `parse` makes of it; `None` becomes an error that names the expectation.
    pub(crate) fn cell<T>(
        &mut self,
        place: usize,
        field: &str,
        expected: &str,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        let parsed = parse(self.text(place));
        if parsed.is_none() {
            self.findings.error(
                &self.file,
                Some(self.lines.number()),
                field,
                self.cells.get(place),
                expected,
            );
        }
        parsed
    }

    /// Reports an error about the current record.
    pub(crate) fn error(&mut self, field: &str, value: &str, expected: impl Into<String>) {
        self.findings.error(
            &self.file,
            Some(self.lines.number()),
            field,
            value,
            expected,
        );
    }
}

/// The cells of one line: unquoted text and where each cell ends in it.
#[derive(Default)]
struct Cells {
    line: String,
    ends: Vec<(usize, usize)>,
}

impl Cells {
    fn get(&self, place: usize) -> &str {
        self.ends
            .get(place)
            .and_then(|(from, to)| self.line.get(*from..*to))
            .unwrap_or_default()
    }

    /// Takes over a line; false where its quotes do not match.
    fn fill(&mut self, line: &str) -> bool {
        self.line.clear();
        self.ends.clear();
        if memchr::memchr(b'"', line.as_bytes()).is_none() {
            self.line.push_str(line);
            let mut from = 0;
            for comma in memchr::memchr_iter(b',', line.as_bytes()) {
                self.ends.push((from, comma));
                from = comma + 1;
            }
            self.ends.push((from, line.len()));
            return true;
        }
        let mut rest = line;
        loop {
            let from = self.line.len();
            let behind = if let Some(quoted) = rest.strip_prefix('"') {
                self.push_quoted(quoted)
            } else {
                let end = rest.find(',').unwrap_or(rest.len());
                self.line.push_str(&rest[..end]);
                Some(&rest[end..])
            };
            let Some(behind) = behind else {
                return false;
            };
            self.ends.push((from, self.line.len()));
            match behind.strip_prefix(',') {
                Some(next) => {
                    self.line.push(',');
                    rest = next;
                }
                None => return behind.is_empty(),
            }
        }
    }

    /// Takes over a cell up to its closing quote, doubled quotes as one; the rest of the line behind it.
    fn push_quoted<'l>(&mut self, mut rest: &'l str) -> Option<&'l str> {
        loop {
            let (text, behind) = rest.split_once('"')?;
            self.line.push_str(text);
            match behind.strip_prefix('"') {
                Some(next) => {
                    self.line.push('"');
                    rest = next;
                }
                None => return Some(behind),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(line: &str) -> Option<Vec<String>> {
        let mut cells = Cells::default();
        let well_formed = cells.fill(line);
        well_formed.then(|| {
            (0..cells.ends.len())
                .map(|place| cells.get(place).to_owned())
                .collect()
        })
    }

    #[test]
    fn quoted_and_plain_cells_are_told_apart() {
        assert_eq!(cells("a,,b").unwrap(), ["a", "", "b"]);
        assert_eq!(cells("").unwrap(), [""]);
        assert_eq!(cells("\"a,b\",\"c\"\"d\",e").unwrap(), ["a,b", "c\"d", "e"]);
        assert_eq!(cells("\"open,b"), None);
        assert_eq!(cells("\"a\"b,c"), None);
    }

    #[test]
    fn columns_are_found_by_name_whatever_their_order() {
        let source = Source::from_bytes("x.csv", &b"\xef\xbb\xbfb,a\r\n\r\n1,2\r\n3\r\n"[..]);
        let mut findings = Findings::default();
        let (mut table, [a, b]) =
            Table::with_header(&source, ["a", "b"], &Limits::default(), &mut findings).unwrap();
        assert!(table.next_row());
        assert_eq!((table.text(a), table.text(b)), ("2", "1"));
        assert!(table.next_row());
        assert_eq!(
            table.cell(a, "a", "a number", |text| text.parse::<u8>().ok()),
            None
        );
        assert!(!table.next_row());
        let listed = findings.to_string();
        assert_eq!(listed, "error: x.csv: row 4, a: found \"\"; a number\n");
        let mut findings = Findings::default();
        assert!(Table::with_header(&source, ["c"], &Limits::default(), &mut findings).is_none());
    }
}
