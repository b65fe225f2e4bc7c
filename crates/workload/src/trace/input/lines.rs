//! Lines of text, none longer than the limit.

use std::io::{self, BufRead, BufReader};

use super::Decoded;
use crate::trace::Limits;

/// Bytes read at once.
const BUFFER_BYTES: usize = 1 << 16;

/// One line without its line break.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Line<'a> {
    /// Text.
    Text(&'a str),
    /// Longer than the limit; skipped.
    TooLong,
    /// Not UTF-8.
    NotText,
}

/// Reads lines one by one; LF and CR LF end a line.
pub(crate) struct Lines {
    reader: BufReader<Decoded>,
    line: Vec<u8>,
    length_max: usize,
    number: u64,
}

impl Lines {
    pub(crate) fn new(reader: Decoded, limits: &Limits) -> Self {
        Self {
            reader: BufReader::with_capacity(BUFFER_BYTES, reader),
            line: Vec::new(),
            length_max: limits.line_bytes_max,
            number: 0,
        }
    }

    /// Number of the line that was read last, from 1.
    pub(crate) fn number(&self) -> u64 {
        self.number
    }

    /// The next line; `None` at the end.
    pub(crate) fn next(&mut self) -> io::Result<Option<Line<'_>>> {
        self.line.clear();
        let mut too_long = false;
        let mut any = false;
        loop {
            let chunk = self.reader.fill_buf()?;
            if chunk.is_empty() {
                break;
            }
            any = true;
            let (length, ended) = match memchr::memchr(b'\n', chunk) {
                Some(position) => (position, true),
                None => (chunk.len(), false),
            };
            if self.line.len() + length > self.length_max {
                too_long = true;
                self.line.clear();
            }
            if !too_long {
                self.line.extend_from_slice(&chunk[..length]);
            }
            self.reader.consume(length + usize::from(ended));
            if ended {
                break;
            }
        }
        if !any {
            return Ok(None);
        }
        self.number += 1;
        if too_long {
            return Ok(Some(Line::TooLong));
        }
        if self.line.last() == Some(&b'\r') {
            self.line.pop();
        }
        Ok(Some(
            std::str::from_utf8(&self.line).map_or(Line::NotText, Line::Text),
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &'static [u8]) -> Vec<String> {
        let limits = Limits {
            line_bytes_max: 5,
            ..Limits::default()
        };
        let mut lines = Lines::new(Box::new(text), &limits);
        let mut all = Vec::new();
        while let Some(line) = lines.next().unwrap() {
            all.push(match line {
                Line::Text(text) => text.to_owned(),
                Line::TooLong => "too long".to_owned(),
                Line::NotText => "not text".to_owned(),
            });
        }
        all
    }

    #[test]
    fn both_line_ends_and_a_missing_last_one_are_understood() {
        assert_eq!(lines(b"a\r\n\nb"), ["a", "", "b"]);
        assert!(lines(b"").is_empty());
    }

    #[test]
    fn a_line_over_the_limit_is_skipped_and_the_next_one_is_read() {
        assert_eq!(lines(b"12345\n123456\nx\n"), ["12345", "too long", "x"]);
        assert_eq!(lines(b"\xff\xfe\nx"), ["not text", "x"]);
    }
}
