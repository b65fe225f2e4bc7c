//! `OpenDC`'s own files: experiments, topologies, carbon and failure traces; read unchanged.

mod experiment;
mod failure;
mod placement;
mod power;
mod series;
mod topology;

use std::path::{Path, PathBuf};

use angara_diagnostics::{Diagnostic, Diagnostics, Location};

pub use experiment::{Combination, Experiment, Export, WorkloadAxis};
pub use failure::FailureAxis;
pub use placement::{Allocation, prefab, prefab_names};
pub(crate) use series::{batches, points};
pub use series::{carbon_series, failure_rows};
pub use topology::TopologyFile;

use crate::document::Document;

/// Largest JSON file that is read [B].
const JSON_BYTES_MAX: u64 = 256 << 20;

/// Reads an experiment file. Unknown keys are errors, or warnings where `lenient`.
pub fn read_experiment(path: &Path, lenient: bool) -> (Option<Experiment>, Diagnostics) {
    let document = Document::new(&path.display().to_string(), lenient);
    let experiment = text_of(&document, path)
        .and_then(|text| document.parse(&text))
        .and_then(|value| experiment::read(&document, &value));
    (experiment, document.into_findings())
}

/// Reads a topology file. Unknown keys are errors, or warnings where `lenient`.
pub fn read_topology(path: &Path, lenient: bool) -> (Option<TopologyFile>, Diagnostics) {
    let document = Document::new(&path.display().to_string(), lenient);
    let topology = text_of(&document, path)
        .and_then(|text| document.parse(&text))
        .and_then(|value| topology::read(&document, &value));
    (topology, document.into_findings())
}

/// Reads a topology from the text of a file of some name.
pub fn parse_topology(
    text: &str,
    name: &str,
    lenient: bool,
) -> (Option<TopologyFile>, Diagnostics) {
    let document = Document::new(name, lenient);
    let topology = document
        .parse(text)
        .and_then(|value| topology::read(&document, &value));
    (topology, document.into_findings())
}

fn text_of(document: &Document, path: &Path) -> Option<String> {
    let text = fs_err::metadata(path).and_then(|metadata| {
        if metadata.len() > JSON_BYTES_MAX {
            return Err(std::io::Error::other(format!(
                "it has {} bytes, at most {JSON_BYTES_MAX} are read",
                metadata.len()
            )));
        }
        fs_err::read_to_string(path)
    });
    text.map_err(|error| {
        document.push(
            Diagnostic::error("file", format!("the file cannot be read: {error}"))
                .at(Location::file(path.display().to_string())),
        );
    })
    .ok()
}

/// Where a path in a file is meant to be: as it is where it is absolute; else beside the file, or, where nothing
/// stands there, from the current folder, as `OpenDC` takes it.
pub fn resolve(base: &Path, path: &str) -> PathBuf {
    let path = Path::new(path);
    if path.is_absolute() {
        return path.to_owned();
    }
    let beside = base.parent().unwrap_or(Path::new("")).join(path);
    if !beside.exists() && path.exists() {
        return path.to_owned();
    }
    beside
}
