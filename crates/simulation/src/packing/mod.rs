//! Packing pods on the nodes of an accelerator cluster, where pods may share an accelerator.
//!
//! Pods arrive one after another and stay; one that fits nowhere is turned away. [`arrivals`] makes the stream of
//! pods from a list, up to a load; [`pack`] places it by a [`PackingPolicy`] and measures after every arrival how
//! much of the accelerators is allocated and how much of what is idle no typical pod could use ([`Packing`]).
//! Everything is a value: [`from_traces`] takes nodes and pods from traces that were read elsewhere. A run uses one
//! thread and nothing but its input and seed, so runs may go in parallel and give the same bits.

mod arrivals;
mod cluster;
mod draw;
mod error;
mod fragmentation;
mod input;
mod outcome;
mod pack;
mod policy;
mod room;
mod scores;
mod trace;

pub use arrivals::{ARRIVALS_MAX, arrivals};
pub use error::PackingError;
pub use input::{
    GPU_MILLI, GPUS_PER_NODE_MAX, GpuModel, GpuModels, Node, PackingInput, PackingPolicy, Pod,
};
pub use outcome::{LoadPoint, Packing, PackingSample, PodPlacement};
pub use pack::pack;
pub use trace::{TraceInput, from_traces};
