//! A settings file in YAML as a tree whose nodes know where they stand.
//!
//! The only place that knows the YAML library. Budgets bound depth, nodes and replayed aliases, so that no file
//! can unfold beyond what a settings file needs.

use std::fmt;
use std::ops::Range;

use angara_diagnostics::{Diagnostic, Location, quoted, visible};
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_saphyr::options::{NonFiniteFloatPolicy, Options};
use serde_saphyr::{Error, Spanned};

use crate::limits;

/// Bytes of the file.
pub type Span = Range<usize>;

/// The settings file.
#[derive(Debug)]
pub struct Document {
    /// Name of the file.
    pub file: String,
    text: String,
    /// Its content.
    pub root: Node,
}

/// A value and where it stands.
#[derive(Debug)]
pub struct Node {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub content: Content,
}

/// A value.
#[derive(Debug)]
pub enum Content {
    /// Nothing.
    Empty,
    /// Text, number or truth value, as text.
    Scalar(String),
    /// Items.
    List(Vec<Node>),
    /// Keys and values, in order.
    Map(Vec<(Key, Node)>),
}

/// A key and where it stands.
#[derive(Debug)]
pub struct Key {
    /// The key.
    pub name: String,
    /// Where it stands.
    pub span: Span,
}

impl Document {
    /// Reads the text of a settings file.
    ///
    /// # Errors
    /// What is no YAML, or unfolds to more than a settings file can need.
    pub fn new(file: &str, text: String) -> Result<Self, Box<Diagnostic>> {
        let parsed: Result<Spanned<RawNode>, Error> =
            serde_saphyr::from_str_with_options(&text, options());
        match parsed {
            Ok(node) => {
                let root = located(node);
                Ok(Self {
                    file: file.to_owned(),
                    text,
                    root,
                })
            }
            Err(error) => Err(Box::new(finding(file, &text, &error))),
        }
    }

    /// Where a span is.
    pub fn locate(&self, span: Span) -> Location {
        Location::span(&self.file, &self.text, span)
    }

    /// The file itself.
    pub fn whole(&self) -> Location {
        Location::file(&self.file)
    }

    /// Line of a span.
    pub fn line(&self, span: &Span) -> Option<usize> {
        self.locate(span.clone()).line
    }
}

fn options() -> Options {
    serde_saphyr::options! {
        budget: serde_saphyr::budget! {
            max_nodes: limits::SETTINGS_NODES,
            max_events: 4 * limits::SETTINGS_NODES,
            max_depth: limits::SETTINGS_DEPTH,
            max_aliases: 100,
            max_anchors: 100,
            max_documents: 1,
        },
        alias_limits: serde_saphyr::alias_limits! {
            max_total_replayed_events: limits::SETTINGS_NODES,
            max_replay_stack_depth: 8,
        },
        non_finite_float_policy: NonFiniteFloatPolicy::AsString,
        with_snippet: false,
    }
}

fn finding(file: &str, text: &str, error: &Error) -> Diagnostic {
    let at = error
        .location()
        .and_then(|location| {
            let span = location.span();
            let start = span.byte_offset().or_else(|| {
                // Some errors count characters only.
                let (at, _) = text.char_indices().nth(span.offset() as usize)?;
                Some(at as u64)
            })? as usize;
            let length = span.byte_len().unwrap_or(1).max(1) as usize;
            Some(Location::span(file, text, start..start + length))
        })
        .unwrap_or_else(|| Location::file(file));
    let mut cause = error.without_snippet();
    while let Error::AliasError { error, .. } = cause {
        cause = error.without_snippet();
    }
    match cause {
        Error::DuplicateMappingKey { key, .. } => {
            let key = key.clone().unwrap_or_default();
            Diagnostic::error(
                "duplicate-key",
                format!("the key {} is there twice", quoted(&key)),
            )
            .expected("each key once")
            .hint("take one of the two out")
            .at(at)
        }
        Error::Budget { .. }
        | Error::AliasReplayLimitExceeded { .. }
        | Error::AliasExpansionLimitExceeded { .. }
        | Error::AliasReplayStackDepthExceeded { .. } => too_large().at(at),
        Error::Eof { .. } => Diagnostic::error("bad-yaml", "the settings file is empty")
            .expected("`format: 1` and the keys of a scenario")
            .hint("`angara init` writes an example to start from")
            .at(Location::file(file)),
        other if plain(other).contains("recursion limit") => too_large().at(at),
        other => Diagnostic::error("bad-yaml", format!("this is not YAML: {}", plain(other)))
            .hint("check indentation, quotes and brackets here and on the line above")
            .at(at),
    }
}

fn too_large() -> Diagnostic {
    Diagnostic::error(
        "settings-too-large",
        "the settings unfold to more than a settings file can need",
    )
    .expected(format!(
        "at most {} values, {} levels deep, and few aliases",
        limits::SETTINGS_NODES,
        limits::SETTINGS_DEPTH
    ))
    .hint("write the values out, or move them to a table")
}

/// The message of an error without its own location, which the finding gives already.
fn plain(error: &Error) -> String {
    let text = error.to_string();
    let first = text.lines().next().unwrap_or_default();
    let first = first.strip_prefix("error: ").unwrap_or(first);
    let first = first.strip_prefix("line ").map_or(first, |rest| {
        rest.split_once(": ").map_or(first, |(_, message)| message)
    });
    visible(first.split(" at line ").next().unwrap_or(first))
}

/// A value as the library hands it over.
enum RawNode {
    Empty,
    Scalar(String),
    List(Vec<Spanned<Self>>),
    Map(Vec<(Spanned<String>, Spanned<Self>)>),
}

impl<'de> Deserialize<'de> for RawNode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NodeVisitor)
    }
}

struct NodeVisitor;

impl<'de> Visitor<'de> for NodeVisitor {
    type Value = RawNode;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<RawNode, E> {
        Ok(RawNode::Scalar(value.to_string()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<RawNode, E> {
        Ok(RawNode::Scalar(value.to_string()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<RawNode, E> {
        Ok(RawNode::Scalar(value.to_string()))
    }

    fn visit_i128<E>(self, value: i128) -> Result<RawNode, E> {
        Ok(RawNode::Scalar(value.to_string()))
    }

    fn visit_u128<E>(self, value: u128) -> Result<RawNode, E> {
        Ok(RawNode::Scalar(value.to_string()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<RawNode, E> {
        Ok(RawNode::Scalar(value.to_string()))
    }

    fn visit_str<E>(self, value: &str) -> Result<RawNode, E> {
        Ok(RawNode::Scalar(value.to_owned()))
    }

    fn visit_unit<E>(self) -> Result<RawNode, E> {
        Ok(RawNode::Empty)
    }

    fn visit_none<E>(self) -> Result<RawNode, E> {
        Ok(RawNode::Empty)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<RawNode, D::Error> {
        RawNode::deserialize(deserializer)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<RawNode, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = access.next_element()? {
            items.push(item);
        }
        Ok(RawNode::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<RawNode, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = access.next_entry()? {
            entries.push(entry);
        }
        Ok(RawNode::Map(entries))
    }
}

/// Turns the library's tree into ours; the library has bounded its depth.
fn located(node: Spanned<RawNode>) -> Node {
    let span = span(&node);
    let content = match node.value {
        RawNode::Empty => Content::Empty,
        RawNode::Scalar(text) => Content::Scalar(text),
        RawNode::List(items) => Content::List(items.into_iter().map(located).collect()),
        RawNode::Map(entries) => Content::Map(
            entries
                .into_iter()
                .map(|(key, value)| {
                    let key = Key {
                        span: self::span(&key),
                        name: key.value,
                    };
                    (key, located(value))
                })
                .collect(),
        ),
    };
    Node { span, content }
}

fn span<T>(node: &Spanned<T>) -> Span {
    let span = node.referenced.span();
    let start = span.byte_offset().unwrap_or(0) as usize;
    start..start + span.byte_len().unwrap_or(0) as usize
}
