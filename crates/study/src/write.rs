//! A study as a run folder, whole or not at all.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use angara_results::{Manifest, Residual, ResultsError, RunFolder};
use angara_scenario::{Explanations, InputFile, Scenario};

use crate::error::StudyError;
use crate::study::Study;
use crate::tables::tables;

/// Largest relative residual of the energy sums.
const ENERGY_LIMIT: f64 = 1e-9;

/// What the manifest says of a run beyond its study.
#[derive(Debug, Clone)]
pub struct RunRecord {
    /// Version of the product.
    pub version: String,
    /// Command that makes the same run again.
    pub command: String,
    /// When the run was made (RFC 3339).
    pub created: String,
    /// Compiler, solver and library versions that the results depend on.
    pub engines: BTreeMap<String, String>,
}

/// Writes a run folder; `page` makes the report from the folder as it stands before it is put in its place.
///
/// # Errors
/// A folder that cannot be written, or a page that cannot be made; nothing is left behind.
pub fn write_run<E: From<StudyError>>(
    scenario: &Scenario,
    explanations: &Explanations,
    inputs: &[InputFile],
    study: &Study,
    record: &RunRecord,
    out: &Path,
    page: impl FnOnce(&Path) -> Result<String, E>,
) -> Result<PathBuf, E> {
    let fail = |error: ResultsError| E::from(StudyError::Results(error));
    let mut folder = RunFolder::create(out).map_err(fail)?;
    for input in inputs {
        folder
            .write_input(&input.path, &input.bytes)
            .map_err(fail)?;
    }
    for table in tables(scenario, explanations, study)? {
        folder.write_table(&table).map_err(fail)?;
    }
    let manifest = manifest(scenario, study, record);
    folder.write_manifest(&manifest).map_err(fail)?;
    let page = page(folder.staging())?;
    folder.write("report.html", page.as_bytes()).map_err(fail)?;
    folder.commit(&manifest).map_err(fail)
}

fn manifest(scenario: &Scenario, study: &Study, record: &RunRecord) -> Manifest {
    let mut manifest = Manifest::new(
        &record.version,
        &scenario.name,
        scenario.seed,
        &record.command,
        &record.created,
    );
    manifest.engines.clone_from(&record.engines);
    let worst = |figure: &dyn Fn(&crate::YearProof) -> f64| {
        study.proofs.iter().map(figure).fold(0.0, f64::max)
    };
    let ledger = &study.accounts.ledger;
    let parties: i128 = study
        .accounts
        .parties
        .iter()
        .map(|account| account.ledger.total().minor)
        .sum();
    let residual = |name: &str, value: f64, limit: f64| Residual {
        name: name.to_owned(),
        value,
        limit,
    };
    manifest.residuals = vec![
        residual(
            "work submitted = done + lost + queued [milli-core ms]",
            worst(&|proof| proof.residuals.work_milli_ms.unsigned_abs() as f64),
            0.0,
        ),
        residual(
            "work served by hosts = work done for services [milli-core ms]",
            worst(&|proof| proof.residuals.served_milli_ms.unsigned_abs() as f64),
            0.0,
        ),
        residual(
            "energy of hosts = energy of sites, relative",
            worst(&|proof| proof.residuals.energy_relative.abs()),
            ENERGY_LIMIT,
        ),
        residual(
            "facility energy = servers + cooling + losses + humidifiers, relative",
            worst(&facility_residual),
            ENERGY_LIMIT,
        ),
        residual(
            "money of the parties = money of the project [minor units]",
            (parties - ledger.total().minor).unsigned_abs() as f64,
            0.0,
        ),
    ];
    manifest
}

/// Largest relative difference between a site's draw and the sum of its parts in a year.
fn facility_residual(proof: &crate::YearProof) -> f64 {
    proof
        .sites
        .iter()
        .map(|site| {
            let drawn = site.sum(|month| month.facility_kwh);
            let parts = site.sum(|month| {
                month.it_kwh + month.cooling_kwh + month.losses_kwh + month.humidifier_kwh
            });
            if drawn > 0.0 {
                (drawn - parts).abs() / drawn
            } else {
                0.0
            }
        })
        .fold(0.0, f64::max)
}
