//! A small modelling layer: named columns and rows, promises, and a solver behind one trait.

mod highs;
mod program;
mod relaxed;
mod solver;

pub(crate) use highs::Highs;
pub(crate) use program::{Column, ColumnId, Program, Row};
pub(crate) use solver::{Limits, Outcome, Relaxation, Solver, Values};
