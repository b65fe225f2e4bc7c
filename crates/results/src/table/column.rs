//! One column: name, unit, description, cells of one kind.

/// One column of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// Name, lower case with underscores.
    pub name: String,
    /// Unit, empty for text and truth values, `1` for shares.
    pub unit: String,
    /// One sentence for a reader who has only the file.
    pub description: String,
    /// The cells.
    pub values: Values,
}

/// Cells of one kind; `nullable` says whether a cell may be empty, and holds even where none is.
#[derive(Debug, Clone, PartialEq)]
pub enum Values {
    /// Text.
    Text {
        /// Whether a cell may be empty.
        nullable: bool,
        /// One cell per row.
        cells: Vec<Option<String>>,
    },
    /// Double precision numbers, all finite.
    Real {
        /// Whether a cell may be empty.
        nullable: bool,
        /// One cell per row.
        cells: Vec<Option<f64>>,
    },
    /// 64-bit whole numbers: money in minor units, counts.
    Whole {
        /// Whether a cell may be empty.
        nullable: bool,
        /// One cell per row.
        cells: Vec<Option<i64>>,
    },
    /// 32-bit whole numbers: years, months, hours.
    Small {
        /// Whether a cell may be empty.
        nullable: bool,
        /// One cell per row.
        cells: Vec<Option<i32>>,
    },
    /// Yes or no.
    Truth {
        /// Whether a cell may be empty.
        nullable: bool,
        /// One cell per row.
        cells: Vec<Option<bool>>,
    },
}

impl Values {
    /// Number of cells.
    pub fn len(&self) -> usize {
        match self {
            Self::Text { cells, .. } => cells.len(),
            Self::Real { cells, .. } => cells.len(),
            Self::Whole { cells, .. } => cells.len(),
            Self::Small { cells, .. } => cells.len(),
            Self::Truth { cells, .. } => cells.len(),
        }
    }

    /// Whether there is no cell.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether a cell may be empty.
    pub fn nullable(&self) -> bool {
        match self {
            Self::Text { nullable, .. }
            | Self::Real { nullable, .. }
            | Self::Whole { nullable, .. }
            | Self::Small { nullable, .. }
            | Self::Truth { nullable, .. } => *nullable,
        }
    }

    /// The kind of the cells, in words.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::Text { .. } => "text",
            Self::Real { .. } => "real numbers",
            Self::Whole { .. } => "whole numbers (64 bits)",
            Self::Small { .. } => "whole numbers (32 bits)",
            Self::Truth { .. } => "truth values",
        }
    }

    /// Row of the first real number that is infinite or not a number.
    pub(crate) fn first_not_finite(&self) -> Option<usize> {
        match self {
            Self::Real { cells, .. } => cells
                .iter()
                .position(|cell| cell.is_some_and(|value| !value.is_finite())),
            _ => None,
        }
    }
}
