//! A document read field by field, so that everything that is wrong with it is found at once.
//!
//! `OpenDC`'s files are JSON. Settings are YAML: their values are texts that know where they stand, and amounts carry
//! their units.

mod unit;
mod written;

use std::cell::RefCell;

use angara_diagnostics::{Diagnostic, Diagnostics, Location, did_you_mean, listed, visible};
use serde_json::{Map, Value};

pub(crate) use unit::Dimension;
use unit::parse_quantity;
use written::Written;

/// Characters of a value that are shown.
const TEXT_MAX: usize = 200;

/// A document being read.
#[derive(Debug)]
pub(crate) struct Document {
    file: String,
    lenient: bool,
    findings: RefCell<Diagnostics>,
    /// Where values stand, in a document of settings.
    written: Option<Written>,
}

impl Document {
    /// A document of a name; a lenient one lets unknown keys pass with a warning.
    pub(crate) fn new(file: &str, lenient: bool) -> Self {
        Self {
            file: file.to_owned(),
            lenient,
            findings: RefCell::new(Diagnostics::new()),
            written: None,
        }
    }

    /// The text of settings; no value where it is no YAML.
    pub(crate) fn of_settings(file: &str, text: String) -> (Self, Option<Value>) {
        let mut document = Self::new(file, false);
        match Written::read(file, text) {
            Ok((written, value)) => {
                document.written = Some(written);
                (document, Some(value))
            }
            Err(finding) => {
                document.push(*finding);
                (document, None)
            }
        }
    }

    /// Where the value of a field stands, as well as is known.
    pub(crate) fn locate(&self, path: &str) -> Location {
        self.placed(path, |written| written.value(path))
    }

    /// Where the name of a field stands, as well as is known.
    fn locate_key(&self, path: &str) -> Location {
        self.placed(path, |written| written.key(path))
    }

    /// Where a field would stand that is not there.
    fn locate_parent(&self, path: &str) -> Location {
        let parent = path.rsplit_once('.').map_or("", |(parent, _)| parent);
        self.placed(path, |written| written.key(parent))
    }

    /// A place for a field: what is found in the text, or the file as a whole.
    fn placed(&self, path: &str, find: impl FnOnce(&Written) -> Option<Location>) -> Location {
        let found = self.written.as_ref().and_then(find);
        found
            .unwrap_or_else(|| Location::file(&self.file))
            .field(path)
    }

    /// A value as the file shows it.
    fn shown(&self, value: &Value) -> String {
        let text = match value {
            Value::String(text) if self.written.is_some() => text.clone(),
            other => other.to_string(),
        };
        match text.char_indices().nth(TEXT_MAX) {
            Some((cut, _)) => format!("{}…", &text[..cut]),
            None => text,
        }
    }

    /// Parses the text; none where it is no JSON.
    pub(crate) fn parse(&self, text: &str) -> Option<Value> {
        match serde_json::from_str(text) {
            Ok(value) => Some(value),
            Err(error) => {
                let location = Location {
                    line: Some(error.line()),
                    column: Some(error.column()),
                    ..Location::file(&self.file)
                };
                self.push(
                    Diagnostic::error("json", format!("this is not JSON: {error}")).at(location),
                );
                None
            }
        }
    }

    /// The fields of an object.
    pub(crate) fn fields<'v>(&'v self, value: &'v Value, path: &str) -> Option<Fields<'v>> {
        if let Value::Object(map) = value {
            return Some(Fields {
                document: self,
                map,
                path: path.to_owned(),
                known: RefCell::new(Vec::new()),
            });
        }
        let is_settings = self.written.is_some();
        let expected = if is_settings {
            "keys and values"
        } else {
            "an object {...}"
        };
        self.refuse(path, value, expected);
        None
    }

    /// Notes that a value is not what it should be.
    pub(crate) fn refuse(&self, path: &str, value: &Value, expected: impl Into<String>) {
        let text = self.shown(value);
        let what = if path.is_empty() { "the file" } else { path };
        self.push(
            Diagnostic::error("value", format!("{what} is {}", visible(&text)))
                .at(self.locate(path).value(&text))
                .expected(expected),
        );
    }

    /// A number within limits, at a path.
    fn number(
        &self,
        path: &str,
        value: &Value,
        dimension: Dimension,
        least: f64,
        most: f64,
    ) -> Option<f64> {
        let is_settings = self.written.is_some();
        let number = match value {
            Value::Number(number) => number.as_f64(),
            Value::String(text) if is_settings && dimension.lacks_unit(text) => None,
            Value::String(text) => parse_quantity(text, dimension),
            _ => None,
        };
        let number = number.filter(|number| (least..=most).contains(number));
        if number.is_none() {
            let expected = if is_settings {
                dimension.expected(least, most)
            } else {
                let unit = dimension.hint();
                format!("a number{unit} from {least} to {most}")
            };
            self.refuse(path, value, expected);
        }
        number
    }

    /// One of some names, at a path; case counts.
    pub(crate) fn choice<T: Copy>(
        &self,
        path: &str,
        value: &Value,
        choices: &[(&str, T)],
    ) -> Option<T> {
        let found = value
            .as_str()
            .and_then(|text| choices.iter().find(|(choice, _)| *choice == text));
        if found.is_none() {
            let names = choices.iter().map(|(choice, _)| *choice);
            let hint = value
                .as_str()
                .and_then(|text| did_you_mean(text, names.clone()));
            let text = self.shown(value);
            self.push(
                Diagnostic::error("value", format!("{path} is {}", visible(&text)))
                    .at(self.locate(path).value(&text))
                    .expected(format!("one of {}", listed(names)))
                    .maybe_hint(hint),
            );
        }
        found.map(|(_, meaning)| *meaning)
    }

    pub(crate) fn push(&self, finding: Diagnostic) {
        self.findings.borrow_mut().push(finding);
    }

    /// Notes what is wrong about a field in words.
    pub(crate) fn complain(&self, path: &str, message: impl Into<String>, expected: &str) {
        self.push(
            Diagnostic::error("value", message)
                .at(self.locate(path))
                .expected(expected),
        );
    }

    /// Everything that was found.
    pub(crate) fn into_findings(self) -> Diagnostics {
        self.findings.into_inner()
    }
}

/// An object whose fields are asked for one by one; what nobody asked for is unknown.
#[derive(Debug)]
pub(crate) struct Fields<'v> {
    document: &'v Document,
    map: &'v Map<String, Value>,
    path: String,
    known: RefCell<Vec<&'static str>>,
}

impl<'v> Fields<'v> {
    /// Path of a field.
    pub(crate) fn path(&self, name: &str) -> String {
        if self.path.is_empty() {
            name.to_owned()
        } else {
            format!("{}.{name}", self.path)
        }
    }

    /// A field that is there and not null.
    pub(crate) fn get(&self, name: &'static str) -> Option<&'v Value> {
        let mut known = self.known.borrow_mut();
        if !known.contains(&name) {
            known.push(name);
        }
        self.map.get(name).filter(|value| !value.is_null())
    }

    /// A field that must be there.
    pub(crate) fn required(&self, name: &'static str) -> Option<&'v Value> {
        let value = self.get(name);
        if value.is_none() {
            let path = self.path(name);
            self.document.push(
                Diagnostic::error("missing", format!("{path} is missing"))
                    .at(self.document.locate_parent(&path))
                    .expected(format!("the key {name}")),
            );
        }
        value
    }

    /// Notes that a field is not what it should be.
    pub(crate) fn refuse(&self, name: &str, value: &Value, expected: impl Into<String>) {
        self.document.refuse(&self.path(name), value, expected);
    }

    pub(crate) fn document(&self) -> &'v Document {
        self.document
    }

    pub(crate) fn text(&self, name: &'static str) -> Option<&'v str> {
        let value = self.get(name)?;
        if value.as_str().is_none() {
            self.refuse(name, value, "a text");
        }
        value.as_str()
    }

    pub(crate) fn truth(&self, name: &'static str) -> Option<bool> {
        let value = self.get(name)?;
        let truth = match value {
            Value::String(text) if self.document.written.is_some() => text.parse().ok(),
            other => other.as_bool(),
        };
        if truth.is_none() {
            self.refuse(name, value, "true or false");
        }
        truth
    }

    /// A number, or a text with a unit of the dimension, within limits; in the base unit of the dimension.
    pub(crate) fn number(
        &self,
        name: &'static str,
        dimension: Dimension,
        least: f64,
        most: f64,
    ) -> Option<f64> {
        self.checked_number(name, self.get(name)?, dimension, least, most)
    }

    /// As [`Self::number`], for a field that must be there.
    pub(crate) fn required_number(
        &self,
        name: &'static str,
        dimension: Dimension,
        least: f64,
        most: f64,
    ) -> Option<f64> {
        self.checked_number(name, self.required(name)?, dimension, least, most)
    }

    fn checked_number(
        &self,
        name: &'static str,
        value: &Value,
        dimension: Dimension,
        least: f64,
        most: f64,
    ) -> Option<f64> {
        let path = self.path(name);
        self.document.number(&path, value, dimension, least, most)
    }

    /// The numbers of a list, each as by [`Self::number`]; none where one of them is not.
    pub(crate) fn numbers(
        &self,
        name: &'static str,
        dimension: Dimension,
        least: f64,
        most: f64,
    ) -> Option<Vec<f64>> {
        self.get(name)?;
        let elements = self.list(name).into_iter();
        let numbers: Vec<Option<f64>> = elements
            .map(|(path, value)| self.document.number(&path, value, dimension, least, most))
            .collect();
        numbers.into_iter().collect()
    }

    /// A whole number within limits.
    pub(crate) fn whole(&self, name: &'static str, least: u64, most: u64) -> Option<u64> {
        let value = self.get(name)?;
        let written = value.as_str().filter(|_| self.document.written.is_some());
        let whole = value.as_u64().or_else(|| {
            if let Some(text) = written {
                return text.replace('_', "").parse().ok();
            }
            let number = value.as_f64()?;
            (number >= 0.0 && number.fract() == 0.0 && number < 9e15).then_some(number as u64)
        });
        match whole {
            Some(whole) if (least..=most).contains(&whole) => Some(whole),
            _ => {
                self.refuse(
                    name,
                    value,
                    format!("a whole number from {least} to {most}"),
                );
                None
            }
        }
    }

    /// One of some names; case counts.
    pub(crate) fn choice<T: Copy>(&self, name: &'static str, choices: &[(&str, T)]) -> Option<T> {
        self.document
            .choice(&self.path(name), self.get(name)?, choices)
    }

    /// An object.
    pub(crate) fn object(&self, name: &'static str) -> Option<Self> {
        let value = self.get(name)?;
        self.document.fields(value, &self.path(name))
    }

    /// The elements of a list with their paths; empty where it is not there.
    pub(crate) fn list(&self, name: &'static str) -> Vec<(String, &'v Value)> {
        let Some(value) = self.get(name) else {
            return Vec::new();
        };
        let Value::Array(elements) = value else {
            self.refuse(name, value, "a list [...]");
            return Vec::new();
        };
        let path = self.path(name);
        elements
            .iter()
            .enumerate()
            .map(|(place, element)| (format!("{path}[{place}]"), element))
            .collect()
    }

    /// The objects of a list.
    pub(crate) fn objects(&self, name: &'static str) -> Vec<Self> {
        self.list(name)
            .into_iter()
            .filter_map(|(path, element)| self.document.fields(element, &path))
            .collect()
    }

    /// Notes every field that nobody asked for.
    pub(crate) fn finish(self) {
        let known = self.known.borrow();
        for name in self.map.keys() {
            if known.contains(&name.as_str()) {
                continue;
            }
            let path = self.path(name);
            let message = format!("{path} is not a key that is known here");
            let finding = if self.document.lenient {
                Diagnostic::warning("unknown-key", message)
            } else {
                Diagnostic::error("unknown-key", message)
            };
            let hint = did_you_mean(name, known.iter().copied());
            self.document.push(
                finding
                    .at(self.document.locate_key(&path))
                    .expected(format!("one of {}", listed(known.iter().copied())))
                    .maybe_hint(hint),
            );
        }
    }
}
