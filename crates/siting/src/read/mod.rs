//! Readers of instance files: text in, an instance and all findings out.

pub mod matrix;
pub mod orlib_cap;
pub mod orlib_pmed;
pub mod points;
mod recognise;
pub mod siplib_sslp;
mod smps;
pub mod tsplib;
mod words;

pub use recognise::{Format, format_of, read};
