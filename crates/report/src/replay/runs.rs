//! The table `runs`: one row per run.

use std::collections::BTreeMap;
use std::path::Path;

use angara_quantity::{Currency, Money};

use crate::ReportError;
use crate::run::{Columns, content};

/// One run of an experiment.
#[derive(Debug, Clone)]
pub(crate) struct Run {
    /// Its name: `0/seed=1`.
    pub(crate) name: String,
    pub(crate) seed: f64,
    pub(crate) topology: String,
    pub(crate) workload: String,
    pub(crate) policy: String,
    pub(crate) hosts: f64,
    pub(crate) tasks: f64,
    pub(crate) completed: f64,
    pub(crate) terminated: f64,
    pub(crate) makespan_ms: f64,
    pub(crate) energy_j: f64,
    pub(crate) carbon_g: f64,
    /// What the energy cost, where prices were told.
    pub(crate) cost: Option<Money>,
    pub(crate) mean_utilisation: f64,
    pub(crate) mean_wait_ms: f64,
    pub(crate) longest_wait_ms: f64,
    /// Work asked for, done and lost [MHz·ms].
    pub(crate) work: [f64; 3],
}

/// What each run cost; nothing where the table does not tell.
fn costs(table: Columns<'_>) -> Vec<Option<Money>> {
    let columns = table.optional_numbers("cost_minor").ok();
    let columns = columns.zip(table.cells("currency").ok());
    let Some((minor, currencies)) = columns else {
        return vec![None; table.rows()];
    };
    let cost = |(minor, currency): (Option<f64>, &Option<String>)| {
        let currency: Currency = currency.as_ref()?.parse().ok()?;
        Some(Money::from_minor(minor? as i128, currency))
    };
    minor.into_iter().zip(currencies).map(cost).collect()
}

/// The runs of an experiment in the order of the table.
#[derive(Debug)]
pub(crate) struct Runs {
    pub(crate) all: Vec<Run>,
    by_name: BTreeMap<String, usize>,
}

impl Runs {
    /// Reads the table. Errors: missing, of another shape, or without a run.
    pub(crate) fn read(folder: &Path) -> Result<Self, ReportError> {
        let table = super::table(folder, "runs")?;
        let table = Columns::of(&table);
        let names = table.cells("run")?;
        let (topology, workload) = (table.texts("topology")?, table.texts("workload")?);
        let policy = table.texts("policy")?;
        let column = |name: &str| -> Result<Vec<f64>, ReportError> {
            let cells = table.optional_numbers(name)?;
            Ok(cells.into_iter().map(Option::unwrap_or_default).collect())
        };
        let seed = column("seed")?;
        let (hosts, tasks) = (column("hosts")?, column("tasks")?);
        let (completed, terminated) = (column("completed")?, column("terminated")?);
        let (makespan, energy) = (column("makespan_ms")?, column("energy_j")?);
        let (carbon, utilisation) = (column("carbon_g")?, column("mean_utilisation")?);
        let costs = costs(table);
        let (mean_wait, longest_wait) = (column("mean_wait_ms")?, column("longest_wait_ms")?);
        let work = [
            column("cpu_demanded_mhz_ms")?,
            column("cpu_done_mhz_ms")?,
            column("cpu_lost_mhz_ms")?,
        ];
        let mut runs = Self {
            all: Vec::new(),
            by_name: BTreeMap::new(),
        };
        for row in 0..table.rows() {
            let name = names[row].clone().unwrap_or_default();
            runs.by_name.insert(name.clone(), row);
            runs.all.push(Run {
                name: crate::format::clean(&name),
                seed: seed[row],
                topology: topology[row].clone(),
                workload: workload[row].clone(),
                policy: policy[row].clone(),
                hosts: hosts[row],
                tasks: tasks[row],
                completed: completed[row],
                terminated: terminated[row],
                makespan_ms: makespan[row],
                energy_j: energy[row],
                carbon_g: carbon[row],
                cost: costs[row],
                mean_utilisation: utilisation[row],
                mean_wait_ms: mean_wait[row],
                longest_wait_ms: longest_wait[row],
                work: [work[0][row], work[1][row], work[2][row]],
            });
        }
        if runs.all.is_empty() {
            return Err(content("runs", "holds no run"));
        }
        Ok(runs)
    }

    /// For each row of another table, the number of its run. Errors: a run that this table does not have.
    pub(crate) fn of_rows(
        &self,
        name: &str,
        table: Columns<'_>,
    ) -> Result<Vec<usize>, ReportError> {
        let mut last: Option<(&str, usize)> = None;
        table
            .cells("run")?
            .iter()
            .map(|cell| {
                let run = cell.as_deref().unwrap_or_default();
                if let Some((text, index)) = last
                    && text == run
                {
                    return Ok(index);
                }
                let index = self.by_name.get(run).copied().ok_or_else(|| {
                    let run = crate::format::clean(run);
                    content(
                        name,
                        &format!("names the run {run:?}, which the table runs has not"),
                    )
                })?;
                last = Some((run, index));
                Ok(index)
            })
            .collect()
    }
}
