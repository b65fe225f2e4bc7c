//! Lines of keyword and values.

use std::str::{FromStr, Lines, SplitWhitespace};

use crate::instance::PERIODS_MAX;

/// Longest text read [bytes].
const LENGTH_MAX: usize = 1 << 30;
/// Most findings of one reading.
const FINDINGS_MAX: usize = 50;

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

/// The reading cannot go on: what follows would be guesswork.
#[derive(Debug)]
pub(super) struct Stop;

/// Lines that mean something, with their numbers, and what was found wrong in them.
pub(super) struct Reader<'t> {
    lines: Lines<'t>,
    number: usize,
    findings: Vec<ReadError>,
}

/// The values of one line.
pub(super) struct Values<'t> {
    pub(super) line: usize,
    pub(super) field: &'static str,
    /// All that follows the keyword.
    pub(super) rest: &'t str,
    words: SplitWhitespace<'t>,
}

impl<'t> Reader<'t> {
    /// What `read` makes of a text, or everything that is wrong with it.
    pub(super) fn read<T>(
        text: &'t str,
        read: impl FnOnce(&mut Self) -> Result<T, Stop>,
    ) -> Result<T, Vec<ReadError>> {
        let mut reader = Self {
            lines: text.lines(),
            number: 0,
            findings: Vec::new(),
        };
        if text.len() > LENGTH_MAX {
            let length = text.len().to_string();
            let _ = reader.note(1, "length", &length, "at most 1 GiB of text");
            return Err(reader.findings);
        }
        match read(&mut reader) {
            Ok(value) if reader.findings.is_empty() => Ok(value),
            _ => Err(reader.findings),
        }
    }

    /// Notes a finding; an error when there are too many to go on.
    pub(super) fn note(
        &mut self,
        line: usize,
        field: &str,
        value: &str,
        expected: &str,
    ) -> Result<(), Stop> {
        self.findings.push(ReadError {
            line,
            field: field.to_owned(),
            value: value.chars().take(60).collect(),
            expected: expected.to_owned(),
        });
        if self.findings.len() < FINDINGS_MAX {
            Ok(())
        } else {
            Err(Stop)
        }
    }

    /// Whether nothing was found wrong so far.
    pub(super) fn sound(&self) -> bool {
        self.findings.is_empty()
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
    pub(super) fn named(&mut self, keyword: &'static str) -> Result<Values<'t>, Stop> {
        let Some(line) = self.next() else {
            let expected = format!("a line `{keyword} …`");
            let _ = self.note(self.number + 1, keyword, "end of text", &expected);
            return Err(Stop);
        };
        let (first, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        if first != keyword {
            let _ = self.note(self.number, "keyword", first, &format!("`{keyword}`"));
            return Err(Stop);
        }
        Ok(Values {
            line: self.number,
            field: keyword,
            rest: rest.trim(),
            words: rest.split_whitespace(),
        })
    }

    /// The number of things that follow; without it nothing that follows makes sense.
    pub(super) fn count(
        &mut self,
        keyword: &'static str,
        least: usize,
        most: usize,
    ) -> Result<usize, Stop> {
        let mut values = self.named(keyword)?;
        let expected = format!("a number from {least} to {most}");
        let word = values.words.next().unwrap_or("");
        let number = word
            .parse()
            .ok()
            .filter(|number| (least..=most).contains(number));
        let Some(number) = number else {
            let _ = self.note(values.line, keyword, word, &expected);
            return Err(Stop);
        };
        self.finish(values)?;
        Ok(number)
    }

    /// A line of one number.
    pub(super) fn single<T: FromStr + Default>(
        &mut self,
        keyword: &'static str,
    ) -> Result<T, Stop> {
        let mut values = self.named(keyword)?;
        let number = self.number(&mut values, "a whole number")?;
        self.finish(values)?;
        Ok(number)
    }

    /// A line of `count` numbers.
    pub(super) fn series<T: FromStr + Default>(
        &mut self,
        keyword: &'static str,
        count: usize,
    ) -> Result<Vec<T>, Stop> {
        let values = self.named(keyword)?;
        self.all(values, count)
    }

    /// All numbers of a line, `count` of them.
    pub(super) fn all<T: FromStr + Default>(
        &mut self,
        mut values: Values<'t>,
        count: usize,
    ) -> Result<Vec<T>, Stop> {
        let expected = format!("{count} whole numbers");
        let mut numbers = Vec::new();
        for _ in 0..count {
            let Some(word) = values.words.next() else {
                self.note(values.line, values.field, "end of line", &expected)?;
                // Reading goes on with zeros, but a short line makes no long list.
                numbers.resize_with(count.min(PERIODS_MAX), T::default);
                return Ok(numbers);
            };
            numbers.push(self.parse(&values, word, &expected)?);
        }
        self.finish(values)?;
        Ok(numbers)
    }

    /// A line of `count` limits, `-` for none.
    pub(super) fn limits(
        &mut self,
        keyword: &'static str,
        count: usize,
    ) -> Result<Vec<Option<i64>>, Stop> {
        let mut values = self.named(keyword)?;
        let expected = format!("{count} whole numbers or `-`");
        let mut limits = vec![None; count];
        for limit in &mut limits {
            match values.words.next() {
                Some("-") => {}
                Some(word) => *limit = Some(self.parse(&values, word, &expected)?),
                None => {
                    self.note(values.line, keyword, "end of line", &expected)?;
                    break;
                }
            }
        }
        self.finish(values)?;
        Ok(limits)
    }

    /// The next number of a line; 0 and a finding where there is none.
    pub(super) fn number<T: FromStr + Default>(
        &mut self,
        values: &mut Values<'t>,
        expected: &str,
    ) -> Result<T, Stop> {
        let word = values.words.next().unwrap_or("");
        self.parse(values, word, expected)
    }

    /// A word as a number; 0 and a finding where it is none.
    pub(super) fn parse<T: FromStr + Default>(
        &mut self,
        values: &Values<'t>,
        word: &str,
        expected: &str,
    ) -> Result<T, Stop> {
        if let Ok(number) = word.parse() {
            return Ok(number);
        }
        self.note(values.line, values.field, word, expected)?;
        Ok(T::default())
    }

    /// Nothing may follow on this line.
    pub(super) fn finish(&mut self, mut values: Values<'t>) -> Result<(), Stop> {
        match values.words.next() {
            None => Ok(()),
            Some(word) => self.note(values.line, values.field, word, "the end of the line"),
        }
    }

    /// The last line; nothing may follow.
    pub(super) fn end(&mut self) -> Result<(), Stop> {
        let values = self.named("end")?;
        self.finish(values)?;
        match self.next() {
            None => Ok(()),
            Some(line) => self.note(self.number, "text", line, "the end"),
        }
    }
}

impl<'t> Values<'t> {
    /// The next word of the line.
    pub(super) fn word(&mut self) -> Option<&'t str> {
        self.words.next()
    }
}

pub(super) fn numbers<T: ToString>(values: &[T]) -> String {
    values.iter().fold(String::new(), |mut text, value| {
        text.push(' ');
        text.push_str(&value.to_string());
        text
    })
}
