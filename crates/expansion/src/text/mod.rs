//! Instances and certificates as text that anyone can read: one fact per line, a keyword and its values.
//!
//! `#` begins a comment line. Lists name their length first, so that a cut file is noticed. A reader answers with all
//! findings, each with line, field, value and what was expected, up to the first line that makes no sense; nothing in a
//! file can make it use more memory than the limits of an instance allow.

mod certificate;
mod instance;
mod lines;
mod series;
mod towns;

pub use certificate::{Source, read_certificate, write_certificate};
pub use instance::{read_instance, write_instance};
pub use lines::ReadError;
pub(crate) use series::{growing, weighted};
pub use towns::read_towns;
