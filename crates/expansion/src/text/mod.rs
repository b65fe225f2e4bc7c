//! Instances and certificates as text that anyone can read: one fact per line, a keyword and its values.
//!
//! `#` begins a comment line. Lists name their length first, so that a cut file is noticed. A reader answers with the
//! first error, which names line, field, value and what was expected; nothing in a file can make it use more memory
//! than a small multiple of the file's size.

mod certificate;
mod instance;
mod lines;

pub use certificate::{read_certificate, write_certificate};
pub use instance::{read_instance, write_instance};
pub use lines::ReadError;
