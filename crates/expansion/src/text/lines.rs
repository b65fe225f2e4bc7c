//! Lines of keyword and values.

use std::str::{FromStr, Lines, SplitWhitespace};

/// Longest text read [bytes].
const LENGTH_MAX: usize = 1 << 31;

/// What a reader stumbled over.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {field} is `{value}`, expected {expected}")]
pub struct ReadError {
    /// Line, from 1.
    pub line: usize,
    /// Field name.
    pub field: String,
    /// What was found, shortened.
    pub value: String,
    /// What was expected.
    pub expected: String,
}

/// Lines that mean something, with their numbers.
pub(super) struct Reader<'t> {
    lines: Lines<'t>,
    number: usize,
}

/// The values of one line.
pub(super) struct Values<'t> {
    pub(super) line: usize,
    field: &'static str,
    /// All that follows the keyword.
    pub(super) rest: &'t str,
    words: SplitWhitespace<'t>,
}

/// An error at a line.
pub(super) fn error(line: usize, field: &str, value: &str, expected: &str) -> ReadError {
    ReadError {
        line,
        field: field.to_owned(),
        value: value.chars().take(60).collect(),
        expected: expected.to_owned(),
    }
}

impl<'t> Reader<'t> {
    pub(super) fn new(text: &'t str) -> Result<Self, ReadError> {
        if text.len() > LENGTH_MAX {
            let expected = "at most 2 GiB of text";
            return Err(error(1, "length", &text.len().to_string(), expected));
        }
        Ok(Self {
            lines: text.lines(),
            number: 0,
        })
    }

    fn next(&mut self) -> Option<&'t str> {
        loop {
            let line = self.lines.next()?;
            self.number += 1;
            let line = line.trim();
            if !line.is_empty() && !line.starts_with('#') {
                return Some(line);
            }
        }
    }

    /// The next line, which must begin with `keyword`.
    pub(super) fn named(&mut self, keyword: &'static str) -> Result<Values<'t>, ReadError> {
        let Some(line) = self.next() else {
            let expected = format!("a line `{keyword} …`");
            return Err(error(self.number + 1, keyword, "end of text", &expected));
        };
        let (first, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        if first != keyword {
            return Err(error(
                self.number,
                "keyword",
                first,
                &format!("`{keyword}`"),
            ));
        }
        Ok(Values {
            line: self.number,
            field: keyword,
            rest: rest.trim(),
            words: rest.split_whitespace(),
        })
    }

    /// Nothing may follow.
    pub(super) fn end(&mut self) -> Result<(), ReadError> {
        match self.next() {
            None => Ok(()),
            Some(line) => Err(error(self.number, "text", line, "the end")),
        }
    }
}

impl<'t> Values<'t> {
    pub(super) fn word(&mut self, expected: &str) -> Result<&'t str, ReadError> {
        let found = self.words.next();
        found.ok_or_else(|| error(self.line, self.field, "end of line", expected))
    }

    pub(super) fn number<T: FromStr>(&mut self, expected: &str) -> Result<T, ReadError> {
        let word = self.word(expected)?;
        self.parse(word, expected)
    }

    pub(super) fn parse<T: FromStr>(&self, word: &str, expected: &str) -> Result<T, ReadError> {
        let number = word.parse();
        number.map_err(|_| error(self.line, self.field, word, expected))
    }

    /// A number from `least` to `most`.
    pub(super) fn within(&mut self, least: usize, most: usize) -> Result<usize, ReadError> {
        let expected = format!("a number from {least} to {most}");
        let word = self.word(&expected)?;
        let number = self.parse(word, &expected)?;
        if number < least || number > most {
            return Err(error(self.line, self.field, word, &expected));
        }
        Ok(number)
    }

    /// All remaining values, `count` of them.
    pub(super) fn series<T: FromStr>(mut self, count: usize) -> Result<Vec<T>, ReadError> {
        let expected = format!("{count} whole numbers");
        let mut numbers = Vec::new();
        for _ in 0..count {
            numbers.push(self.number(&expected)?);
        }
        self.finish()?;
        Ok(numbers)
    }

    /// All remaining values, `count` of them, `-` for none.
    pub(super) fn limits(mut self, count: usize) -> Result<Vec<Option<i64>>, ReadError> {
        let expected = format!("{count} whole numbers or `-`");
        let mut limits = Vec::new();
        for _ in 0..count {
            let word = self.word(&expected)?;
            limits.push(match word {
                "-" => None,
                word => Some(self.parse(word, &expected)?),
            });
        }
        self.finish()?;
        Ok(limits)
    }

    /// Nothing may follow on this line.
    pub(super) fn finish(mut self) -> Result<(), ReadError> {
        match self.words.next() {
            None => Ok(()),
            Some(word) => Err(error(self.line, self.field, word, "the end of the line")),
        }
    }
}
