//! Recorded workloads: one reader per trace format, one model for all of them.
//!
//! [`read`] takes files or folders, recognises what they are ([`recognise`]), undoes zstd, gzip, xz and tar by
//! content, and returns a [`Trace`]: tasks in columns, fragments in columns, and the columns only that format has
//! ([`Detail`]). [`inspect`] makes the same pass in bounded memory and keeps a [`TraceSummary`] instead of the
//! fragments; [`stream`] hands the fragments to a [`FragmentSink`] block by block, and [`convert`] writes them in the
//! form of `OpenDC`. [`synthesise`] generates traces of any size in that form.
//!
//! A reader reports everything it noticed at once ([`Findings`]): rows with an error are left out and listed, and a
//! trace with an error is refused as a whole. No input makes a reader panic, run for ever or take memory beyond
//! [`Limits`].

mod companion;
mod finding;
mod format;
mod input;
mod kind;
mod limits;
mod model;
mod open;
mod recognise;
mod summary;
mod synthesis;
mod write;

pub use finding::{Findings, TraceFinding};
pub use format::{FragmentGroups, RunPart};
pub use input::Source;
pub use kind::{FileKind, Format};
pub use limits::Limits;
pub use model::{
    BatchHeader, BatchJobs, Clock, DemandUnit, Detail, FragmentBlock, FragmentSink, Machines,
    Measure, Parents, Pods, Requests, TaskIds, TaskRow, TextColumn, Trace, TraceFragments,
    TraceTasks, UNKNOWN_MS, VirtualMachines, Workflow,
};
pub use open::{inspect, read, read_sources, read_tasks, stream, stream_sources};
pub use recognise::{recognise, recognise_source};
pub use summary::{ChartQuantity, DurationHistogram, Timeline, TraceSummary};
pub use synthesis::{SynthesisOptions, Synthesised, synthesise};
pub use write::{ConvertOptions, Converted, WriteError, convert};
