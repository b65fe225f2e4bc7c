//! Playing what the tasks of every host demand.
//!
//! Hosts are played independently in chunks of fixed size, many at a time; chunks are summed in their order, so that
//! the number of threads cannot change a bit.

mod chunk;
mod columns;
mod host;
mod piece;
mod power;
mod sharing;
mod unplaced;

pub(crate) use chunk::{Chunk, ChunkResult, HostRow};
pub(crate) use columns::{ServiceWork, StepColumns};
pub(crate) use host::HostTask;
