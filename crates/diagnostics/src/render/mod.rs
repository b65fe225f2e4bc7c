//! Renderers: one finding, several forms.

mod json;
mod text;

pub use json::render_json;
pub use text::{TextStyle, render_text};
