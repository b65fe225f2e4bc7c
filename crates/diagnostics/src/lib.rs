//! One diagnostic type and its text and JSON renderers.
//!
//! A reader collects [`Diagnostic`]s in [`Diagnostics`] instead of stopping at the first; each names file, row,
//! field, value and expectation. User text enters messages only through [`quoted`], which shortens it and
//! escapes what a terminal would obey.

mod collection;
mod diagnostic;
mod location;
mod render;
mod suggest;
mod user_text;

pub use collection::{Diagnostics, Repeated};
pub use diagnostic::{Diagnostic, Severity};
pub use location::{Location, Snippet};
pub use render::{TextStyle, render_json, render_text};
pub use suggest::{did_you_mean, listed, nearest};
pub use user_text::{quoted, visible};
