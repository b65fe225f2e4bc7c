//! Where the values of a settings file stand.

use std::collections::BTreeMap;
use std::ops::Range;

use angara_diagnostics::{Diagnostic, Location};
use angara_scenario::yaml::{Content, Document, Node};
use serde_json::{Map, Value};

/// A settings file: where its keys and values stand, by path.
#[derive(Debug)]
pub(super) struct Written {
    document: Document,
    places: BTreeMap<String, Place>,
}

#[derive(Debug)]
struct Place {
    key: Range<usize>,
    value: Range<usize>,
}

impl Written {
    /// Reads a file; all its scalars become texts.
    pub(super) fn read(file: &str, text: String) -> Result<(Self, Value), Box<Diagnostic>> {
        // A file of comments sets nothing, but is no YAML document.
        let is_empty = text
            .lines()
            .all(|line| line.trim().is_empty() || line.trim_start().starts_with('#'));
        let text = if is_empty { "{}".to_owned() } else { text };
        let document = Document::new(file, text)?;
        let mut places = BTreeMap::new();
        let value = value_of(&document.root, "", &mut places);
        Ok((Self { document, places }, value))
    }

    /// Where a value stands.
    pub(super) fn value(&self, path: &str) -> Option<Location> {
        let place = self.places.get(path)?;
        Some(self.document.locate(place.value.clone()))
    }

    /// Where a key stands.
    pub(super) fn key(&self, path: &str) -> Option<Location> {
        let place = self.places.get(path)?;
        Some(self.document.locate(place.key.clone()))
    }
}

/// A node as a value; the library has bounded its depth.
fn value_of(node: &Node, path: &str, places: &mut BTreeMap<String, Place>) -> Value {
    match &node.content {
        Content::Empty => Value::Null,
        Content::Scalar(text) => Value::String(text.clone()),
        Content::List(items) => {
            let item_of = |(place, item): (usize, &Node)| {
                let path = format!("{path}[{place}]");
                let found = Place {
                    key: item.span.clone(),
                    value: item.span.clone(),
                };
                places.insert(path.clone(), found);
                value_of(item, &path, places)
            };
            Value::Array(items.iter().enumerate().map(item_of).collect())
        }
        Content::Map(entries) => {
            let mut map = Map::new();
            for (key, item) in entries {
                let path = if path.is_empty() {
                    key.name.clone()
                } else {
                    format!("{path}.{}", key.name)
                };
                let found = Place {
                    key: key.span.clone(),
                    value: item.span.clone(),
                };
                places.insert(path.clone(), found);
                map.insert(key.name.clone(), value_of(item, &path, places));
            }
            Value::Object(map)
        }
    }
}
