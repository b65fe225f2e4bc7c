//! A plan, replayed into a run folder: whole or not at all.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use angara_results::{Manifest, Residual, RunFolder};
use rayon::prelude::*;

use crate::ReplayFault;
use crate::figures::{RunFigures, energy_residual, work_residual};
use crate::plan::ReplayPlan;
use crate::run::{ReplayListener, execute};
use crate::tables::Tables;

/// Largest relative residual of the energy sums.
const ENERGY_LIMIT: f64 = 1e-9;
/// Runs whose results are held in memory at once, for each thread.
const RUNS_PER_THREAD: usize = 2;

/// What the manifest says of a run beyond its results.
#[derive(Debug, Clone, Default)]
pub struct ReplayRecord {
    /// Version of the product.
    pub version: String,
    /// Command that makes the same run again.
    pub command: String,
    /// When the run was made (RFC 3339).
    pub created: String,
    /// Compiler and library versions that the results depend on.
    pub engines: BTreeMap<String, String>,
}

impl ReplayRecord {
    pub(crate) fn manifest(&self, name: &str, seed: u64) -> Manifest {
        let mut manifest = Manifest::new(&self.version, name, seed, &self.command, &self.created);
        manifest.engines.clone_from(&self.engines);
        manifest
    }
}

/// Makes the page of a run folder as it stands before it is put in its place; none where there is no page.
pub type Page<'a> = &'a dyn Fn(&Path) -> Result<Option<String>, String>;

/// Replays all runs of a plan into a run folder.
///
/// # Errors
/// A run that cannot be replayed, a folder that cannot be written, a page that cannot be made; nothing is left behind.
pub fn write_replay(
    plan: &ReplayPlan,
    record: &ReplayRecord,
    out: &Path,
    listener: &dyn ReplayListener,
    page: Page<'_>,
) -> Result<(PathBuf, Vec<RunFigures>), ReplayFault> {
    let mut folder = RunFolder::create(out)?;
    for (name, bytes) in &plan.inputs {
        folder.write_input(name, bytes)?;
    }
    let mut tables = Tables::start(&folder)?;
    let mut figures = Vec::with_capacity(plan.runs.len());
    let (mut energy, mut work) = (0.0_f64, 0.0_f64);
    let window = rayon::current_num_threads().max(1) * RUNS_PER_THREAD;
    let rows: Vec<usize> = (0..plan.runs.len()).collect();
    for rows in rows.chunks(window) {
        let results: Vec<_> = rows
            .par_iter()
            .map(|row| execute(plan, *row, &folder, listener))
            .collect::<Result<_, _>>()?;
        for (row, result) in rows.iter().zip(results) {
            let run = &plan.runs[*row];
            let topology = &plan.topologies[run.topology].topology;
            let workload = &plan.workloads[run.workload];
            let workload = result.workload.as_ref().unwrap_or(workload);
            tables.append(
                &result.figures,
                topology,
                workload,
                &result.outcome,
                &result.series,
            )?;
            energy = energy.max(energy_residual(&result.outcome));
            work = work.max(work_residual(&result.outcome));
            for file in result.files {
                folder.take(file);
            }
            figures.push(result.figures);
        }
    }
    tables.finish(&mut folder)?;
    let mut manifest = record.manifest(&plan.name, plan.seed);
    let residual = |name: &str, value: f64, limit: f64| Residual {
        name: name.to_owned(),
        value,
        limit,
    };
    manifest.residuals = vec![
        residual(
            "work done for tasks = work given by hosts [Hz ms]",
            work,
            0.0,
        ),
        residual(
            "energy of hosts = energy of sources less what batteries hold, relative",
            energy,
            ENERGY_LIMIT,
        ),
    ];
    Ok((commit(folder, &manifest, page)?, figures))
}

/// Adds the page and puts the folder in its place.
pub(crate) fn commit(
    mut folder: RunFolder,
    manifest: &Manifest,
    page: Page<'_>,
) -> Result<PathBuf, ReplayFault> {
    folder.write_manifest(manifest)?;
    if let Some(text) = page(folder.staging()).map_err(ReplayFault::Page)? {
        folder.write("report.html", text.as_bytes())?;
    }
    Ok(folder.commit(manifest)?)
}
