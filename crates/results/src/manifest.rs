//! What made a run: inputs, seed, versions, command, and what came out.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::{FileRecord, ResultsError};

/// Name of the manifest in a run folder.
pub const MANIFEST: &str = "manifest.json";
/// The product that writes run folders; tells ours from any other `manifest.json`.
pub const PRODUCT: &str = "angara";
/// Version of the layout of a run folder.
pub const RUN_FORMAT: u32 = 1;

/// The manifest of a run folder.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// Always [`PRODUCT`].
    pub product: String,
    /// Version of the layout, [`RUN_FORMAT`] when written today.
    pub format: u32,
    /// Version of the product.
    pub version: String,
    /// Name of the scenario.
    pub scenario: String,
    /// Seed of every random draw.
    pub seed: u64,
    /// Command that makes the same run again.
    pub command: String,
    /// When the run was made (RFC 3339), the only time stamp; verification ignores it.
    pub created: String,
    /// Compiler, solver and library versions that the results depend on.
    pub engines: BTreeMap<String, String>,
    /// Every file of the scenario, copied under `scenario/`.
    pub inputs: Vec<FileRecord>,
    /// Every other file of the run folder but the manifest.
    pub outputs: Vec<FileRecord>,
    /// What the conservation laws left over.
    pub residuals: Vec<Residual>,
}

/// What a conservation law left over in this run, and how much it may.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Residual {
    /// The law, in words.
    pub name: String,
    /// What was left over, in the unit that the name gives; relative [1] where it gives none.
    pub value: f64,
    /// What may be left over, in the same unit.
    pub limit: f64,
}

impl Manifest {
    /// A manifest without engines, files and residuals.
    pub fn new(version: &str, scenario: &str, seed: u64, command: &str, created: &str) -> Self {
        Self {
            product: PRODUCT.to_owned(),
            format: RUN_FORMAT,
            version: version.to_owned(),
            scenario: scenario.to_owned(),
            seed,
            command: command.to_owned(),
            created: created.to_owned(),
            engines: BTreeMap::new(),
            inputs: Vec::new(),
            outputs: Vec::new(),
            residuals: Vec::new(),
        }
    }

    /// The manifest of a run folder. Errors: there is none, it is longer than 16 MiB, or it is not ours.
    pub fn read(run: &Path) -> Result<Self, ResultsError> {
        let path = run.join(MANIFEST);
        let bytes = fs_err::metadata(&path)?.len();
        if bytes > 16 << 20 {
            return Err(ResultsError::file(&path, "longer than 16 MiB"));
        }
        let manifest: Self = serde_json::from_slice(&fs_err::read(&path)?)
            .map_err(|error| ResultsError::file(&path, format!("not a manifest: {error}")))?;
        if manifest.product != PRODUCT {
            return Err(ResultsError::file(&path, "written by another product"));
        }
        if manifest.format == 0 || manifest.format > RUN_FORMAT {
            return Err(ResultsError::file(
                &path,
                format!(
                    "format {} is not known here (newest known: {RUN_FORMAT})",
                    manifest.format
                ),
            ));
        }
        Ok(manifest)
    }

    /// The manifest as it stands in the file: indented JSON with a newline at the end.
    /// Errors: a residual that is not finite.
    pub fn to_json(&self) -> Result<Vec<u8>, ResultsError> {
        if let Some(residual) = self
            .residuals
            .iter()
            .find(|residual| !residual.value.is_finite() || !residual.limit.is_finite())
        {
            return Err(ResultsError::table(
                MANIFEST,
                format!("residual {:?} is not finite", residual.name),
            ));
        }
        let mut text = serde_json::to_vec_pretty(self)
            .map_err(|error| ResultsError::table(MANIFEST, error.to_string()))?;
        text.push(b'\n');
        Ok(text)
    }
}
