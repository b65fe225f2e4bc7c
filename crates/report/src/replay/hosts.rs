//! The tables `hosts` and `sources`: what machines and clusters did over a whole run.

use std::collections::BTreeMap;
use std::path::Path;

use super::runs::Runs;
use crate::ReportError;
use crate::format::clean;
use crate::run::Columns;

/// Hosts that are named on the page.
const NAMED: usize = 10;

/// A host of the first run.
#[derive(Debug, Clone)]
pub(crate) struct Host {
    pub(crate) name: String,
    pub(crate) cluster: String,
    pub(crate) tasks: f64,
    pub(crate) utilisation: f64,
    pub(crate) energy_j: f64,
    pub(crate) up_ms: f64,
    pub(crate) down_ms: f64,
    pub(crate) outages: f64,
}

/// The hosts of a cluster in one run, together.
#[derive(Debug, Clone, Default)]
pub(crate) struct Cluster {
    pub(crate) hosts: f64,
    pub(crate) tasks: f64,
    pub(crate) utilisation_sum: f64,
    pub(crate) energy_j: f64,
    pub(crate) carbon_g: f64,
    pub(crate) down_ms: f64,
    pub(crate) outages: f64,
}

/// One energy source of a cluster in one run.
#[derive(Debug, Clone)]
pub(crate) struct Source {
    pub(crate) run: usize,
    pub(crate) cluster: String,
    pub(crate) name: String,
    pub(crate) energy_j: f64,
    pub(crate) carbon_g: f64,
    pub(crate) battery_change_j: f64,
}

/// Hosts, clusters and sources of all runs.
#[derive(Debug)]
pub(crate) struct Fleet {
    /// By number of the run and name of the cluster.
    pub(crate) clusters: BTreeMap<(usize, String), Cluster>,
    /// Utilisation of each host, highest first, by run.
    pub(crate) utilisations: Vec<Vec<f64>>,
    /// The hosts of the first run that used most energy.
    pub(crate) hungriest: Vec<Host>,
    pub(crate) sources: Vec<Source>,
}

impl Fleet {
    /// Reads the tables. Errors: missing or of another shape.
    pub(crate) fn read(folder: &Path, runs: &Runs) -> Result<Self, ReportError> {
        let mut fleet = Self {
            clusters: BTreeMap::new(),
            utilisations: vec![Vec::new(); runs.all.len()],
            hungriest: Vec::new(),
            sources: Vec::new(),
        };
        fleet.read_hosts(folder, runs)?;
        fleet.read_sources(folder, runs)?;
        for utilisations in &mut fleet.utilisations {
            utilisations.sort_by(|a, b| b.total_cmp(a));
        }
        Ok(fleet)
    }

    fn read_hosts(&mut self, folder: &Path, runs: &Runs) -> Result<(), ReportError> {
        let table = super::table(folder, "hosts")?;
        let table = Columns::of(&table);
        let run_of = runs.of_rows("hosts", table)?;
        let (names, clusters) = (table.cells("host")?, table.cells("cluster")?);
        let column = |name: &str| -> Result<Vec<f64>, ReportError> {
            let cells = table.optional_numbers(name)?;
            Ok(cells.into_iter().map(Option::unwrap_or_default).collect())
        };
        let (tasks, utilisation) = (column("tasks")?, column("utilisation")?);
        let (energy, up) = (column("energy_j")?, column("up_ms")?);
        let (down, outages) = (column("down_ms")?, column("outages")?);
        let mut first: Vec<usize> = Vec::new();
        for (row, run) in run_of.into_iter().enumerate() {
            let cluster = clean(clusters[row].as_deref().unwrap_or_default());
            let sums = self.clusters.entry((run, cluster)).or_default();
            sums.hosts += 1.0;
            sums.tasks += tasks[row];
            sums.utilisation_sum += utilisation[row];
            sums.energy_j += energy[row];
            sums.down_ms += down[row];
            sums.outages += outages[row];
            self.utilisations[run].push(utilisation[row]);
            if run == 0 {
                first.push(row);
            }
        }
        first.sort_by(|a, b| energy[*b].total_cmp(&energy[*a]).then(a.cmp(b)));
        first.truncate(NAMED);
        self.hungriest = first
            .into_iter()
            .map(|row| Host {
                name: clean(names[row].as_deref().unwrap_or_default()),
                cluster: clean(clusters[row].as_deref().unwrap_or_default()),
                tasks: tasks[row],
                utilisation: utilisation[row],
                energy_j: energy[row],
                up_ms: up[row],
                down_ms: down[row],
                outages: outages[row],
            })
            .collect();
        Ok(())
    }

    fn read_sources(&mut self, folder: &Path, runs: &Runs) -> Result<(), ReportError> {
        let table = super::table(folder, "sources")?;
        let table = Columns::of(&table);
        let run_of = runs.of_rows("sources", table)?;
        let (clusters, sources) = (table.texts("cluster")?, table.texts("source")?);
        let (energy, carbon) = (
            table.optional_numbers("energy_j")?,
            table.optional_numbers("carbon_g")?,
        );
        let battery = table.optional_numbers("battery_change_j")?;
        for (row, run) in run_of.into_iter().enumerate() {
            let carbon_g = carbon[row].unwrap_or_default();
            let cluster = clusters[row].clone();
            self.clusters
                .entry((run, cluster.clone()))
                .or_default()
                .carbon_g += carbon_g;
            self.sources.push(Source {
                run,
                cluster,
                name: sources[row].clone(),
                energy_j: energy[row].unwrap_or_default(),
                carbon_g,
                battery_change_j: battery[row].unwrap_or_default(),
            });
        }
        Ok(())
    }

    /// The clusters of a run by name.
    pub(crate) fn of_run(&self, run: usize) -> impl Iterator<Item = (&str, &Cluster)> {
        self.clusters
            .range((run, String::new())..(run + 1, String::new()))
            .map(|((_, name), cluster)| (name.as_str(), cluster))
    }
}
