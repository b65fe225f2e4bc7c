//! Where a value comes from.

use std::collections::BTreeMap;

use angara_diagnostics::nearest;

use crate::defaults::{DEFAULTS, DefaultValue};
use crate::table::Table;
use crate::tables::Tables;
use crate::yaml::{Content, Document, Node};

/// A value of the scenario and where it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explained {
    /// Its name: `sites.irkutsk.hall_it`, `planning.gap`.
    pub path: String,
    /// The value as written, without its unit.
    pub value: String,
    /// Its unit; empty where it has none.
    pub unit: String,
    /// Where it stands.
    pub origin: ValueOrigin,
    /// What the user, or the tool for a default, names as its source; empty where nothing is named.
    pub source: String,
}

/// Where a value stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ValueOrigin {
    /// In a table.
    Cell {
        /// File.
        file: String,
        /// Line in the file, counted from 1.
        line: usize,
        /// Row of the table, counted from 1 below the header.
        row: usize,
    },
    /// In the settings.
    Key {
        /// File.
        file: String,
        /// Line in the file, counted from 1.
        line: usize,
    },
    /// Nowhere: the tool's default holds.
    Default,
}

/// A default that the scenario relies on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DefaultUsed {
    /// The default.
    pub default: &'static DefaultValue,
    /// Rows, or keys, in which it holds.
    pub count: usize,
}

/// Attribution of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceLine {
    /// Table.
    pub table: &'static str,
    /// Name of the row within its table.
    pub id: String,
    /// What the user names as source.
    pub source: String,
}

/// Everything that was written, with its place.
#[derive(Debug, Default)]
pub struct Explanations {
    document: Option<Document>,
    tables: Tables,
    defaults_used: BTreeMap<&'static str, usize>,
}

impl Explanations {
    pub(crate) fn new(
        document: Option<Document>,
        tables: Tables,
        defaults_used: BTreeMap<&'static str, usize>,
    ) -> Self {
        Self {
            document,
            tables,
            defaults_used,
        }
    }

    /// Explains a value; the error is a name that may have been meant.
    pub fn explain(&self, path: &str) -> Result<Explained, Option<String>> {
        self.cell(path)
            .or_else(|| self.key(path))
            .ok_or_else(|| self.similar(path))
    }

    /// Every value that is written, tables last; defaults are not among them.
    pub fn written(&self) -> impl Iterator<Item = Explained> {
        let keys = self.document.iter().flat_map(|document| {
            let mut paths = Vec::new();
            leaves(&document.root, "", &mut paths);
            paths.into_iter().filter_map(|path| self.key(&path))
        });
        let cells = self.tables.all().into_iter().flat_map(move |table| {
            (0..table.len()).flat_map(move |row| {
                table
                    .column_names()
                    .filter_map(move |column| explained_cell(table, row, column))
            })
        });
        keys.chain(cells)
    }

    /// The defaults that hold, in the order of the documentation.
    pub fn defaults_used(&self) -> Vec<DefaultUsed> {
        DEFAULTS
            .iter()
            .filter_map(|default| {
                let count = *self.defaults_used.get(default.path)?;
                Some(DefaultUsed { default, count })
            })
            .collect()
    }

    /// Attribution of every row that names a source.
    pub fn sources(&self) -> Vec<SourceLine> {
        let mut lines = Vec::new();
        for table in self.tables.all() {
            for row in 0..table.len() {
                let source = source(table, row);
                if !source.is_empty() {
                    lines.push(SourceLine {
                        table: table.spec.name,
                        id: row_name(table, row),
                        source,
                    });
                }
            }
        }
        lines
    }

    fn cell(&self, path: &str) -> Option<Explained> {
        let (name, rest) = path.split_once('.')?;
        let (row_name_wanted, column) = rest.rsplit_once('.')?;
        let table = self
            .tables
            .all()
            .into_iter()
            .find(|table| table.spec.name == name)?;
        let row = (0..table.len()).find(|row| row_name(table, *row) == row_name_wanted)?;
        explained_cell(table, row, column).or_else(|| {
            let known = table.spec.column(column)?;
            let default = crate::defaults::of(name, known.name)?;
            Some(by_default(path, default))
        })
    }

    fn key(&self, path: &str) -> Option<Explained> {
        let document = self.document.as_ref()?;
        let found = path
            .split('.')
            .try_fold(&document.root, |node, key| child(node, key));
        let Some(node) = found.filter(|node| !matches!(node.content, Content::Empty)) else {
            let default = DEFAULTS
                .iter()
                .find(|default| default.path == path && self.defaults_used.contains_key(path))?;
            return Some(by_default(path, default));
        };
        let (value, unit) = split_unit(&text(node)?);
        Some(Explained {
            path: path.to_owned(),
            value,
            unit,
            origin: ValueOrigin::Key {
                file: document.file.clone(),
                line: document.line(&node.span).unwrap_or_default(),
            },
            source: String::new(),
        })
    }

    fn similar(&self, path: &str) -> Option<String> {
        const MOST: usize = 20_000;
        let mut paths: Vec<String> = self
            .written()
            .take(MOST)
            .map(|explained| explained.path)
            .collect();
        paths.extend(self.defaults_used.keys().map(|path| (*path).to_owned()));
        nearest(path, paths.iter().map(String::as_str)).map(ToOwned::to_owned)
    }
}

fn explained_cell(table: &Table, row: usize, column: &str) -> Option<Explained> {
    let index = table.column(column)?;
    let text = table.cell(row, index)?;
    if text.trim().is_empty() {
        return None;
    }
    let carries_unit = table
        .spec
        .column(column)
        .is_some_and(|spec| spec.unit.is_some());
    let (value, unit) = if carries_unit {
        split_unit(&text)
    } else {
        (text.trim().to_owned(), String::new())
    };
    let unit = if unit.is_empty() {
        table.unit(index).unwrap_or_default().to_owned()
    } else {
        unit
    };
    Some(Explained {
        path: format!("{}.{}.{column}", table.spec.name, row_name(table, row)),
        value,
        unit,
        origin: ValueOrigin::Cell {
            file: table.file.clone(),
            line: table.line(row).unwrap_or_default(),
            row: row + 1,
        },
        source: source(table, row),
    })
}

fn by_default(path: &str, default: &DefaultValue) -> Explained {
    let (value, unit) = split_unit(default.value);
    Explained {
        path: path.to_owned(),
        value,
        unit,
        origin: ValueOrigin::Default,
        source: default.source.to_owned(),
    }
}

/// Key columns of a row, joined.
fn row_name(table: &Table, row: usize) -> String {
    let parts: Vec<String> = table
        .spec
        .keys
        .iter()
        .map(|key| {
            table
                .column(key)
                .and_then(|column| table.cell(row, column))
                .unwrap_or_default()
                .trim()
                .to_owned()
        })
        .collect();
    parts.join(".")
}

fn source(table: &Table, row: usize) -> String {
    table
        .column("source")
        .and_then(|column| table.cell(row, column))
        .unwrap_or_default()
        .trim()
        .to_owned()
}

fn child<'a>(node: &'a Node, key: &str) -> Option<&'a Node> {
    match &node.content {
        Content::Map(entries) => entries
            .iter()
            .find(|(name, _)| name.name == key)
            .map(|(_, value)| value),
        _ => None,
    }
}

fn text(node: &Node) -> Option<String> {
    match &node.content {
        Content::Scalar(text) => Some(text.clone()),
        Content::List(items) => {
            let items: Option<Vec<String>> = items.iter().map(text).collect();
            Some(items?.join("; "))
        }
        Content::Empty | Content::Map(_) => None,
    }
}

fn leaves(node: &Node, path: &str, paths: &mut Vec<String>) {
    match &node.content {
        Content::Map(entries) => {
            for (key, value) in entries {
                let path = if path.is_empty() {
                    key.name.clone()
                } else {
                    format!("{path}.{}", key.name)
                };
                leaves(value, &path, paths);
            }
        }
        Content::Scalar(_) | Content::List(_) => paths.push(path.to_owned()),
        Content::Empty => {}
    }
}

/// `40 MW` as `40` and `MW`; text that does not begin with a number has no unit.
fn split_unit(text: &str) -> (String, String) {
    let text = text.trim();
    let whole = || (text.to_owned(), String::new());
    let Some((number, unit)) = text.split_once(char::is_whitespace) else {
        return whole();
    };
    if number.replace('_', "").parse::<f64>().is_err()
        || unit.contains(char::is_whitespace) && !unit.starts_with(['k', 'M', 'b'])
    {
        return whole();
    }
    (number.to_owned(), unit.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{TEMPLATE, load_files};

    fn example() -> Explanations {
        let files = TEMPLATE
            .iter()
            .map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec()))
            .collect();
        load_files(&files).explanations
    }

    #[test]
    fn a_cell_is_explained_by_its_file_row_unit_and_source() {
        let found = example().explain("sites.shore.hall_it").expect("a value");
        assert_eq!((found.value.as_str(), found.unit.as_str()), ("300", "kW"));
        assert_eq!(
            found.origin,
            ValueOrigin::Cell {
                file: "sites.csv".to_owned(),
                line: 3,
                row: 1
            }
        );
        assert_eq!(found.source, "example figure");
    }

    #[test]
    fn a_cell_with_its_own_unit_is_split_into_value_and_unit() {
        let found = example().explain("equipment.gpu-8.price").expect("a value");
        assert_eq!(
            (found.value.as_str(), found.unit.as_str()),
            ("210000", "USD")
        );
    }

    #[test]
    fn a_key_is_explained_by_its_line() {
        let found = example().explain("planning.gap").expect("a value");
        assert_eq!((found.value.as_str(), found.unit.as_str()), ("0.5", "%"));
        assert!(matches!(found.origin, ValueOrigin::Key { line, .. } if line > 1));
    }

    #[test]
    fn what_was_left_out_is_explained_by_its_default() {
        let explanations = example();
        for path in [
            "planning.rounds",
            "services.portal.cipher",
            "links.harbour-shore.round_trip",
        ] {
            let found = explanations.explain(path).expect(path);
            assert_eq!(found.origin, ValueOrigin::Default, "{path}");
            assert!(!found.source.is_empty(), "{path}");
        }
    }

    #[test]
    fn an_unknown_name_finds_the_one_that_was_meant() {
        assert_eq!(
            example().explain("sites.shore.hal_it"),
            Err(Some("sites.shore.hall_it".to_owned()))
        );
    }

    #[test]
    fn every_written_value_can_be_explained() {
        let explanations = example();
        for value in explanations.written() {
            assert_eq!(explanations.explain(&value.path).as_ref(), Ok(&value));
        }
    }

    #[test]
    fn defaults_that_are_used_are_listed_and_others_are_not() {
        let used: Vec<&str> = example()
            .defaults_used()
            .iter()
            .map(|used| used.default.path)
            .collect();
        assert!(used.contains(&"planning.rounds"));
        assert!(used.contains(&"links.round_trip"));
        assert!(!used.contains(&"planning.gap"));
    }

    #[test]
    fn every_row_of_the_example_names_its_source() {
        let sources = example().sources();
        assert!(
            sources
                .iter()
                .any(|line| line.table == "demand" && line.id == "training.midtown")
        );
        assert!(sources.len() > 40);
    }
}
