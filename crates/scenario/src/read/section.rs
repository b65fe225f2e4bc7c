//! A block of keys of the settings file.

use std::borrow::Cow;

use angara_diagnostics::{Diagnostic, did_you_mean, listed, quoted};

use crate::defaults;
use crate::reading::Reading;
use crate::written::{At, Field};
use crate::yaml::{Content, Document, Key, Node, Span};

/// A block of keys; unknown keys are found when it is opened.
#[derive(Clone, Copy)]
pub(crate) struct Section<'a> {
    reading: &'a Reading,
    document: &'a Document,
    name: &'static str,
    entries: &'a [(Key, Node)],
}

impl<'a> Section<'a> {
    /// The whole file.
    pub(crate) fn root(
        document: &'a Document,
        keys: &'static [&'static str],
        reading: &'a Reading,
    ) -> Self {
        Self::open(document, "", &document.root, keys, reading)
    }

    /// A block within the file; all its defaults hold where it is left out.
    pub(crate) fn section(&self, name: &'static str, keys: &'static [&'static str]) -> Self {
        match self.node(name) {
            Some(node) => Self::open(self.document, name, node, keys, self.reading),
            None => Self {
                name,
                entries: &[],
                ..*self
            },
        }
    }

    fn open(
        document: &'a Document,
        name: &'static str,
        node: &'a Node,
        keys: &'static [&'static str],
        reading: &'a Reading,
    ) -> Self {
        let entries: &[(Key, Node)] = match &node.content {
            Content::Map(entries) => entries,
            Content::Empty if !name.is_empty() => &[],
            _ => {
                let what = if name.is_empty() {
                    "the settings file is not a block of keys".to_owned()
                } else {
                    format!("{} is not a block of keys", quoted(name))
                };
                reading.push(
                    Diagnostic::error("bad-settings", what)
                        .at(document.locate(node.span.clone()))
                        .expected(listed(keys.iter().copied())),
                );
                &[]
            }
        };
        let section = Self {
            reading,
            document,
            name,
            entries,
        };
        for (key, _) in entries {
            if keys.contains(&key.name.as_str()) {
                continue;
            }
            let block = if name.is_empty() {
                String::new()
            } else {
                format!(" in {}", quoted(name))
            };
            reading.push(
                Diagnostic::error(
                    "unknown-key",
                    format!("there is no key {}{block}", quoted(&key.name)),
                )
                .at(document
                    .locate(key.span.clone())
                    .field(section.path(&key.name)))
                .expected(listed(keys.iter().copied()))
                .maybe_hint(did_you_mean(&key.name, keys.iter().copied())),
            );
        }
        section
    }

    /// A value; the default where it is left out, or a finding where there is no default.
    pub(crate) fn field(&self, name: &'static str) -> Field<'a> {
        if let Some(field) = self.given(name) {
            return field;
        }
        if let Some(default) = defaults::of(self.name, name) {
            return self.reading.default_field(name, default);
        }
        self.reading.push(
            Diagnostic::error(
                "missing-key",
                format!("the key {} is missing", quoted(&self.path(name))),
            )
            .at(self.document.whole().field(self.path(name)))
            .expected(if self.name.is_empty() {
                format!("a line {}", quoted(&format!("{name}: …")))
            } else {
                format!(
                    "a line {} in the block {}",
                    quoted(&format!("{name}: …")),
                    quoted(&format!("{}:", self.name))
                )
            }),
        );
        Field::absent(self.reading, name)
    }

    /// A value that stands in the file.
    pub(crate) fn given(&self, name: &'static str) -> Option<Field<'a>> {
        let node = self.node(name)?;
        Some(match &node.content {
            Content::Empty => return None,
            Content::Scalar(text) => self.scalar(name, text, &node.span),
            Content::List(_) | Content::Map(_) => {
                self.reading.push(
                    Diagnostic::error(
                        "bad-settings",
                        format!("{} is a block or a list", quoted(&self.path(name))),
                    )
                    .at(self
                        .document
                        .locate(node.span.clone())
                        .field(self.path(name)))
                    .expected("a single value"),
                );
                Field::absent(self.reading, name)
            }
        })
    }

    /// Items of a list; one value counts as a list of one.
    pub(crate) fn items(&self, name: &'static str) -> Option<Vec<Field<'a>>> {
        let node = self.node(name)?;
        let Content::List(items) = &node.content else {
            return self.given(name).map(|field| vec![field]);
        };
        Some(
            items
                .iter()
                .map(|item| {
                    if let Content::Scalar(text) = &item.content {
                        return self.scalar(name, text, &item.span);
                    }
                    let path = self.path(name);
                    self.reading.push(
                        Diagnostic::error(
                            "bad-settings",
                            format!("an item of {} is not a value", quoted(&path)),
                        )
                        .at(self.document.locate(item.span.clone()).field(path))
                        .expected("a single value"),
                    );
                    Field::absent(self.reading, name)
                })
                .collect(),
        )
    }

    fn scalar(&self, name: &'static str, text: &'a str, span: &Span) -> Field<'a> {
        Field::new(
            self.reading,
            name,
            Cow::Borrowed(text),
            None,
            At::Key {
                document: self.document,
                span: span.clone(),
                path: self.path(name),
            },
        )
    }

    fn node(&self, name: &str) -> Option<&'a Node> {
        self.entries
            .iter()
            .find(|(key, _)| key.name == name)
            .map(|(_, node)| node)
    }

    fn path(&self, key: &str) -> String {
        if self.name.is_empty() {
            key.to_owned()
        } else {
            format!("{}.{key}", self.name)
        }
    }
}
