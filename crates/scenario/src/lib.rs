//! The scenario folder, checked: units, tables, cross-checks, schema.
//!
//! What a user writes is one folder: `scenario.yaml` and the tables and series it names. Everything here turns
//! that folder into a checked [`Scenario`], or into all the findings at once.
//!
//! The way through: [`load`] opens the files (`folder`), splits tables into cells that know their place
//! (`table`), reads each into the model (`read`, one file per table), and holds them against each other
//! (`check`, one file per concern). [`Explanations`] keeps what was written, so that any value can be explained.

mod check;
mod defaults;
mod explain;
mod folder;
mod limits;
mod load;
mod model;
mod read;
mod reading;
mod schema;
mod table;
mod tables;
mod template;
mod written;
pub mod yaml;

pub use defaults::{DEFAULTS, DefaultValue};
pub use explain::{DefaultUsed, Explained, Explanations, SourceLine, ValueOrigin};
pub use folder::InputFile;
pub use load::{Loaded, SETTINGS_FILE, load, load_files};
pub use model::*;
pub use schema::schema;
pub use template::{SCHEMA_FILE, TEMPLATE, write_template};
