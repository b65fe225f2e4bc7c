//! The example that `angara init` writes: a small commented scenario.

use std::io;
use std::path::Path;

macro_rules! files {
    ($($name:literal),+ $(,)?) => {
        &[$(($name, include_str!(concat!("../template/", $name)))),+]
    };
}

/// Name of the schema beside the example, for editors.
pub const SCHEMA_FILE: &str = "scenario.schema.json";

/// Name and text of every file of the example.
pub const TEMPLATE: &[(&str, &str)] = files!(
    "scenario.yaml",
    "climates.csv",
    "currencies.csv",
    "demand.csv",
    "equipment.csv",
    "futures.csv",
    "grid_limits.csv",
    "grids.csv",
    "links.csv",
    "origins.csv",
    "parties.csv",
    "places.csv",
    "profiles.csv",
    "services.csv",
    "sites.csv",
    "supply.csv",
);

/// Writes the example, and the schema that editors use, into a folder that is new or empty.
///
/// Fails where the folder holds anything, or cannot be written.
pub fn write_template(folder: &Path) -> io::Result<()> {
    fs_err::create_dir_all(folder)?;
    if fs_err::read_dir(folder)?.next().is_some() {
        return Err(io::Error::new(
            io::ErrorKind::AlreadyExists,
            format!("{} is not empty", folder.display()),
        ));
    }
    for (name, text) in TEMPLATE {
        fs_err::write(folder.join(name), text)?;
    }
    let mut schema = serde_json::to_string_pretty(&crate::schema()).map_err(io::Error::other)?;
    schema.push('\n');
    fs_err::write(folder.join(SCHEMA_FILE), schema)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::load_files;

    #[test]
    fn the_example_loads_without_a_finding() {
        let files: BTreeMap<String, Vec<u8>> = TEMPLATE
            .iter()
            .map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec()))
            .collect();
        let loaded = load_files(&files);
        let text = angara_diagnostics::render_text(
            &loaded.diagnostics,
            "template",
            angara_diagnostics::TextStyle::default(),
        );
        assert_eq!(text, "");
        let scenario = loaded.scenario.expect("no finding, so a scenario");
        assert_eq!(scenario.sites.len(), 2);
        assert_eq!(scenario.places.len(), 4);
        assert_eq!(scenario.services.len(), 2);
        assert_eq!(loaded.inputs.len(), TEMPLATE.len());
    }

    #[test]
    fn the_example_is_not_written_over_other_files() {
        let folder = tempfile::tempdir().expect("folder");
        write_template(folder.path()).expect("an empty folder");
        assert!(crate::load(folder.path()).scenario.is_some());
        assert!(write_template(folder.path()).is_err());
    }
}
