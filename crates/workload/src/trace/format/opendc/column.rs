//! Columns read in chunks straight into vectors.

use parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use parquet::data_type::{ByteArray, DataType};
use parquet::errors::ParquetError;

use super::Parquet;
use super::schema::Leaf;

/// Rows that are read at once: few enough that the columns of a chunk stay in the cache.
pub(super) const CHUNK_ROWS: usize = 1 << 13;

/// One chunk of a column. A missing value stands as zero, false or empty text.
#[derive(Debug)]
pub(super) enum Cells {
    /// Whole numbers.
    Integers(Vec<i64>),
    /// Numbers.
    Numbers(Vec<f64>),
    /// Texts.
    Texts(Vec<ByteArray>),
    /// Truth values.
    Flags(Vec<bool>),
}

/// A column of a row group while it is read.
pub(super) struct Column {
    leaf: Leaf,
    reader: ColumnReader,
    levels: Vec<i16>,
    repetitions: Vec<i16>,
    narrow: Vec<i32>,
    /// The chunk that was read last.
    pub(super) cells: Cells,
    /// Rows of that chunk that have no value; empty when all have.
    pub(super) missing: Vec<bool>,
    /// Ends of the lists of that chunk, for a list column.
    pub(super) list_ends: Vec<usize>,
}

impl Column {
    pub(super) fn open(file: &Parquet, group: usize, leaf: &Leaf) -> Result<Self, ParquetError> {
        let reader = file.get_row_group(group)?.get_column_reader(leaf.place)?;
        let cells = match reader {
            ColumnReader::BoolColumnReader(_) => Cells::Flags(Vec::new()),
            ColumnReader::Int32ColumnReader(_) | ColumnReader::Int64ColumnReader(_) => {
                Cells::Integers(Vec::new())
            }
            ColumnReader::FloatColumnReader(_) | ColumnReader::DoubleColumnReader(_) => {
                Cells::Numbers(Vec::new())
            }
            ColumnReader::ByteArrayColumnReader(_) => Cells::Texts(Vec::new()),
            _ => {
                return Err(ParquetError::General(format!(
                    "column `{}` has the type {}, which the format does not use",
                    leaf.name, leaf.physical
                )));
            }
        };
        Ok(Self {
            leaf: leaf.clone(),
            reader,
            levels: Vec::new(),
            repetitions: Vec::new(),
            narrow: Vec::new(),
            cells,
            missing: Vec::new(),
            list_ends: Vec::new(),
        })
    }

    /// Reads the next rows; fewer than a chunk at the end, none behind it.
    pub(super) fn next_chunk(&mut self) -> Result<usize, ParquetError> {
        self.levels.clear();
        self.repetitions.clear();
        self.missing.clear();
        self.list_ends.clear();
        let mut read = Levels {
            leaf: &self.leaf,
            definitions: &mut self.levels,
            repetitions: &mut self.repetitions,
        };
        let per_millisecond = self.leaf.per_millisecond;
        let rows = match (&mut self.reader, &mut self.cells) {
            (ColumnReader::Int64ColumnReader(reader), Cells::Integers(cells)) => {
                cells.clear();
                let rows = read.fill(reader, cells)?;
                if per_millisecond > 1 {
                    for cell in cells.iter_mut() {
                        *cell = cell.div_euclid(per_millisecond);
                    }
                }
                rows
            }
            (ColumnReader::Int32ColumnReader(reader), Cells::Integers(cells)) => {
                self.narrow.clear();
                let rows = read.fill(reader, &mut self.narrow)?;
                cells.clear();
                cells.extend(self.narrow.iter().map(|cell| i64::from(*cell)));
                rows
            }
            (ColumnReader::DoubleColumnReader(reader), Cells::Numbers(cells)) => {
                cells.clear();
                read.fill(reader, cells)?
            }
            (ColumnReader::FloatColumnReader(reader), Cells::Numbers(cells)) => {
                let mut narrow = Vec::with_capacity(CHUNK_ROWS);
                let rows = read.fill(reader, &mut narrow)?;
                cells.clear();
                cells.extend(narrow.into_iter().map(f64::from));
                rows
            }
            (ColumnReader::BoolColumnReader(reader), Cells::Flags(cells)) => {
                cells.clear();
                read.fill(reader, cells)?
            }
            (ColumnReader::ByteArrayColumnReader(reader), Cells::Texts(cells)) => {
                cells.clear();
                read.fill(reader, cells)?
            }
            _ => {
                return Err(ParquetError::General(
                    "a column changed its type".to_owned(),
                ));
            }
        };
        if self.leaf.repeated {
            self.find_lists()?;
        } else if self.leaf.defined > 0 {
            self.spread();
        }
        Ok(rows)
    }

    /// Puts the values of an optional column at the rows they belong to.
    fn spread(&mut self) {
        let defined = self.leaf.defined;
        if self.levels.iter().all(|level| *level == defined) {
            return;
        }
        self.missing = self.levels.iter().map(|level| *level < defined).collect();
        match &mut self.cells {
            Cells::Integers(cells) => spread_into(cells, &self.missing),
            Cells::Numbers(cells) => spread_into(cells, &self.missing),
            Cells::Texts(cells) => spread_into(cells, &self.missing),
            Cells::Flags(cells) => spread_into(cells, &self.missing),
        }
    }

    /// Finds where the list of each row ends among the values.
    fn find_lists(&mut self) -> Result<(), ParquetError> {
        let mut values = 0;
        for (place, (level, repetition)) in self.levels.iter().zip(&self.repetitions).enumerate() {
            if *repetition == 0 && place > 0 {
                self.list_ends.push(values);
            }
            values += usize::from(*level == self.leaf.defined);
        }
        if !self.levels.is_empty() {
            self.list_ends.push(values);
        }
        let held = match &self.cells {
            Cells::Integers(cells) => cells.len(),
            Cells::Numbers(cells) => cells.len(),
            Cells::Texts(cells) => cells.len(),
            Cells::Flags(cells) => cells.len(),
        };
        if held == values {
            Ok(())
        } else {
            Err(ParquetError::General(format!(
                "the lists of column `{}` do not match its values",
                self.leaf.name
            )))
        }
    }
}

fn spread_into<T: Default>(cells: &mut Vec<T>, missing: &[bool]) {
    let mut values = std::mem::take(cells).into_iter();
    cells.extend(missing.iter().map(|absent| {
        if *absent {
            T::default()
        } else {
            values.next().unwrap_or_default()
        }
    }));
}

/// Where the levels of a chunk go.
struct Levels<'a> {
    leaf: &'a Leaf,
    definitions: &'a mut Vec<i16>,
    repetitions: &'a mut Vec<i16>,
}

impl Levels<'_> {
    /// Reads one chunk of values; the number of rows.
    fn fill<T: DataType>(
        &mut self,
        reader: &mut ColumnReaderImpl<T>,
        values: &mut Vec<T::T>,
    ) -> Result<usize, ParquetError> {
        let mut rows = 0;
        while rows < CHUNK_ROWS {
            let levels = (self.leaf.defined > 0).then_some(&mut *self.definitions);
            let repetitions = self.leaf.repeated.then_some(&mut *self.repetitions);
            let (more, _, _) =
                reader.read_records(CHUNK_ROWS - rows, levels, repetitions, values)?;
            if more == 0 {
                break;
            }
            rows += more;
        }
        Ok(rows)
    }
}
