//! Tables of which the columns are told by constants.

pub(crate) use angara_results::Cell;
use angara_results::{ResultsError, RunFolder, Table, TableFile, Values};

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Text,
    OptionalText,
    Real,
    Whole,
    OptionalWhole,
    Small,
}

impl Kind {
    fn values(self) -> Values {
        match self {
            Self::Text | Self::OptionalText => Values::Text {
                nullable: self == Self::OptionalText,
                cells: Vec::new(),
            },
            Self::Real => Values::Real {
                nullable: false,
                cells: Vec::new(),
            },
            Self::Whole | Self::OptionalWhole => Values::Whole {
                nullable: self == Self::OptionalWhole,
                cells: Vec::new(),
            },
            Self::Small => Values::Small {
                nullable: false,
                cells: Vec::new(),
            },
        }
    }
}

/// Name, unit, description and kind of a column.
pub(crate) type ColumnSpec = (&'static str, &'static str, &'static str, Kind);

/// Starts a table at a path of the run folder.
pub(crate) fn start(
    folder: &RunFolder,
    path: &str,
    name: &str,
    columns: &[ColumnSpec],
) -> Result<TableFile, ResultsError> {
    start_with(folder, path, name, columns.iter().copied())
}

/// As [`start`], where names depend on what is in the table.
pub(crate) fn start_with<'a>(
    folder: &RunFolder,
    path: &str,
    name: &str,
    columns: impl Iterator<Item = (&'a str, &'a str, &'a str, Kind)>,
) -> Result<TableFile, ResultsError> {
    let table = columns.fold(
        Table::new(name),
        |table, (name, unit, description, kind)| {
            table.column(name, unit, description, kind.values())
        },
    );
    folder.start_table(path, &table)
}
