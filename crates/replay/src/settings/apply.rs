//! Settings held against topologies, workloads and plan.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use angara_simulation::failure::{FailureSequence, Outages};
use angara_simulation::intensity::IntensitySeries;
use angara_simulation::replay::{DeferralSignal, Filter};

use super::SettingsFile;
use super::series::{SeriesRule, SeriesValues, fixed, points_of, price_series};
use super::tasks::Names;
use crate::ReplayFault;
use crate::opendc::{failure_rows, resolve};
use crate::plan::{PlannedFailure, PlannedTopology, PlannedWorkload, ReplayPlan};

/// Most groups of hosts that fail on their own.
const GROUPS_MAX: usize = 1_000_000;

impl SettingsFile {
    /// Paths of all rules that must meet something, as far as anything is there to be met.
    pub(super) fn rules(&self) -> Vec<&str> {
        let settings = &self.settings;
        let layout = &settings.layout;
        let sites = layout.sites.iter().map(|(_, _, path)| path.as_str());
        let hosts = layout.hosts.iter().map(|rule| rule.path.as_str());
        let tasks = settings.tasks.rules.iter().map(|rule| rule.path.as_str());
        let prices = settings.prices.iter().flat_map(|prices| &prices.series);
        let series = settings.carbon.iter().chain(prices);
        let series = series.map(|rule| rule.path.as_str());
        let of_hosts = sites
            .chain(hosts)
            .chain(series)
            .filter(|_| self.knows_hosts);
        of_hosts.chain(tasks.filter(|_| self.knows_tasks)).collect()
    }

    /// Reads the series that the settings name.
    pub(super) fn open_series(&mut self) {
        let read = |rule: &SeriesRule, make: &dyn Fn(Vec<(i64, f64)>) -> Result<_, String>| {
            let points = match &rule.values {
                SeriesValues::Fixed(value) => Ok(fixed(*value)),
                SeriesValues::File { file, column } => points_of(&self.file(file), column),
            };
            let made = points.map_err(problem).and_then(make);
            made.map_err(|problem| {
                let message = format!("the series cannot be read: {problem}");
                let path = format!("{}.file", rule.path);
                self.document.complain(&path, message, "values over time");
            })
            .ok()
        };
        let carbon = self.settings.carbon.iter().map(|rule| {
            read(rule, &|points| {
                IntensitySeries::carbon(points).map_err(|error| error.to_string())
            })
        });
        let carbon = carbon.collect();
        let prices = self.settings.prices.iter().flat_map(|prices| {
            let per_mwh = prices.per_mwh;
            let rules = prices.series.iter();
            rules.map(move |rule| (rule, per_mwh))
        });
        let prices = prices
            .map(|(rule, per_mwh)| {
                read(rule, &|points| price_series(points, per_mwh)).map(Arc::new)
            })
            .collect();
        self.carbon = carbon;
        self.prices = prices;
    }

    /// Where a file that the settings name is.
    fn file(&self, file: &str) -> PathBuf {
        resolve(&self.path, file)
    }

    /// Content of the file of settings.
    pub(crate) fn bytes(&self) -> Option<Vec<u8>> {
        fs_err::read(&self.path).ok()
    }

    /// Notes that a key says what something else says already.
    pub(crate) fn refuse_beside(&self, key: &str, other: &str) {
        let message = format!("{key} is set here, and by {other}");
        self.document.complain(key, message, "one of the two");
    }

    /// Key by which hosts are chosen.
    pub(crate) fn choosing_key(&self) -> Option<&'static str> {
        self.settings.placement.choosing()
    }

    /// Key by which something fails.
    pub(crate) fn failing_key(&self) -> Option<&'static str> {
        let failures = &self.settings.failures;
        let recorded = failures.recorded.as_ref().map(|_| "failures.recorded");
        recorded.or((!failures.processes.is_empty()).then_some("failures.processes"))
    }

    /// Key that says after how many failures a task is given up.
    pub(crate) fn giving_up_key(&self) -> Option<&'static str> {
        let times = self.settings.failures.task_failures_max;
        times.map(|_| "failures.task_failures_max")
    }

    /// Key by which tasks save their state.
    pub(crate) fn saving_key(&self) -> Option<&'static str> {
        self.settings.checkpoints.map(|_| "checkpoints")
    }

    /// Key by which tasks wait.
    pub(crate) fn waiting_key(&self) -> Option<&'static str> {
        self.settings.deferral.map(|_| "deferral")
    }

    /// Whether anything is said of single tasks, for which they must be in memory.
    pub(crate) fn marks_tasks(&self) -> bool {
        !self.settings.tasks.is_empty()
    }

    /// Racks, sites, platforms, carbon and prices of a topology.
    pub(crate) fn apply_to_topology(&mut self, site: &mut PlannedTopology) {
        self.knows_hosts = true;
        let (groups, met) = self.settings.layout.apply(&mut site.topology);
        site.groups = groups;
        let hosts = self.settings.layout.hosts.iter().zip(met);
        let met = hosts
            .filter(|(_, met)| *met)
            .map(|(rule, _)| rule.path.clone());
        self.met.extend(met);
        if !self.settings.layout.sites.is_empty() || self.settings.tasks.has_sites() {
            self.name_sites(site);
        }
        self.apply_carbon(site);
        self.apply_prices(site);
    }

    /// Clusters without a site are one of their own name.
    fn name_sites(&mut self, site: &mut PlannedTopology) {
        for cluster in &mut site.topology.clusters {
            let mut name = cluster.name.clone();
            for (site, pattern, path) in &self.settings.layout.sites {
                if pattern.matches(&cluster.name) {
                    name.clone_from(site);
                    self.met.insert(path.clone());
                }
            }
            let next = self.sites.len() as u32;
            cluster.zone = *self.sites.entry(name).or_insert(next);
        }
    }

    fn apply_carbon(&mut self, site: &mut PlannedTopology) {
        let own = site.carbon.len();
        for (rule, series) in self.settings.carbon.iter().zip(&self.carbon) {
            let row = site.carbon.len();
            let clusters = &mut site.topology.clusters;
            for cluster in clusters
                .iter_mut()
                .filter(|other| rule.cluster.matches(&other.name))
            {
                self.met.insert(rule.path.clone());
                if cluster.carbon.is_some_and(|row| row < own) {
                    let other = format!("carbonTracePath of the cluster {}", cluster.name);
                    let message = format!("{} is set here, and by {other}", rule.path);
                    self.document
                        .complain(&rule.path, message, "one of the two");
                } else if series.is_some() {
                    cluster.carbon = Some(row);
                }
            }
            site.carbon.extend(series.clone());
        }
    }

    fn apply_prices(&mut self, site: &mut PlannedTopology) {
        let Some(prices) = &self.settings.prices else {
            return;
        };
        site.prices = vec![None; site.topology.clusters.len()];
        for (rule, series) in prices.series.iter().zip(&self.prices) {
            for (cluster, price) in site.topology.clusters.iter().zip(&mut site.prices) {
                if rule.cluster.matches(&cluster.name) {
                    self.met.insert(rule.path.clone());
                    price.clone_from(series);
                }
            }
        }
    }

    /// Priorities, groups, platforms, sites and waits of the tasks of a workload; `own_table` is its table of tasks,
    /// where it has one.
    pub(crate) fn apply_to_tasks(
        &mut self,
        workload: &mut PlannedWorkload,
        own_table: Option<&Path>,
    ) {
        self.knows_tasks = true;
        let settings = &self.settings;
        if let Some(deferral) = &settings.deferral {
            deferral.apply(workload);
        }
        let platforms = settings.layout.platforms();
        let platform_of = |name: &str| {
            let row = platforms.binary_search(&name);
            row.ok().map(|row| row as u32 + 1)
        };
        let site_of = |name: &str| self.sites.get(name).copied();
        let mut names = Names::new(&platform_of, &site_of);
        if let Some(table) = &settings.tasks.table {
            let path = table.file.as_deref().map(|file| self.file(file));
            let problem = match path.as_deref().or(own_table) {
                Some(path) => table.apply(path, workload, &mut names).err().map(problem),
                None => Some("the trace has no table of tasks of OpenDC".to_owned()),
            };
            if let Some(problem) = problem {
                let key = if path.is_some() {
                    "tasks.table.file"
                } else {
                    "tasks.table"
                };
                let message = format!("the table of tasks cannot be used: {problem}");
                self.document
                    .complain(key, message, "a CSV or Parquet table of tasks");
            }
        }
        let met = settings.tasks.apply_rules(workload, &mut names);
        for unknown in names.unknown {
            let message = format!("{} is {}, which is not there", unknown.path, unknown.name);
            let expected = "a platform that hosts have, or a site or cluster";
            self.document.complain(&unknown.path, message, expected);
        }
        let rules = settings.tasks.rules.iter().zip(met);
        let met: Vec<String> = rules
            .filter(|(_, met)| *met)
            .map(|(rule, _)| rule.path.clone())
            .collect();
        self.met.extend(met);
    }

    /// Everything that holds for all runs; the topologies are known.
    pub(crate) fn apply_to_plan(&self, plan: &mut ReplayPlan) {
        let settings = &self.settings;
        let mut more = Vec::new();
        if settings.tasks.has_platforms() {
            more.push(Filter::Platform);
        }
        if settings.tasks.has_sites() {
            more.push(Filter::Zone);
        }
        let others = std::mem::take(&mut plan.allocations).into_iter();
        plan.allocations = others
            .map(|other| settings.placement.apply(other, &more))
            .collect();
        if let Some(deferral) = &settings.deferral {
            for allocation in &mut plan.allocations {
                allocation.deferral = Some(deferral.rule);
            }
            self.check_signal(deferral.rule.signal, plan);
        }
        if let Some(failure) = self.failure(plan) {
            plan.failures = vec![failure];
        }
        if settings.checkpoints.is_some() {
            plan.checkpoints = vec![settings.checkpoints];
        }
        if let Some(times) = settings.failures.task_failures_max {
            plan.failures_max = vec![times];
        }
        plan.settings.interval_ms = settings.placement.interval_ms;
        plan.settings.host_states = settings.host_states;
        plan.settings.consolidation = settings.consolidation;
        plan.settings.failure_seed = settings.failures.seed;
        plan.settings.currency = settings.prices.as_ref().and_then(|prices| prices.currency);
    }

    fn check_signal(&self, signal: DeferralSignal, plan: &ReplayPlan) {
        for site in &plan.topologies {
            let mut clusters = site.topology.clusters.iter();
            let is_there = match signal {
                DeferralSignal::Carbon => clusters.any(|cluster| cluster.carbon.is_some()),
                DeferralSignal::Price => self.settings.prices.is_some(),
            };
            if !is_there {
                let message = format!(
                    "no cluster of {} has a carbon intensity to wait for",
                    site.name
                );
                let expected = "carbon here, or carbonTracePath in the topology";
                self.document.complain("deferral", message, expected);
            }
        }
    }

    fn failure(&self, plan: &ReplayPlan) -> Option<PlannedFailure> {
        let failures = &self.settings.failures;
        if let Some(recorded) = &failures.recorded {
            let complain = |problem: &str| {
                let message = format!("the recorded failures cannot be used: {problem}");
                let expected = "a table of intervals, durations and intensities";
                self.document
                    .complain("failures.recorded.file", message, expected);
            };
            let rows = match failure_rows(&self.file(&recorded.file)) {
                Ok(rows) => rows,
                Err(fault) => {
                    complain(&problem(fault));
                    return None;
                }
            };
            let start_row = (recorded.start * rows.len() as f64).floor() as usize;
            let failure = PlannedFailure::Sequence(FailureSequence {
                start_row: start_row.min(rows.len().saturating_sub(1)),
                rows,
                repeat: recorded.repeat,
            });
            for site in &plan.topologies {
                let hosts = site.topology.hosts.len();
                if let Err(error) = Outages::new(&failure.model(site), hosts, 0) {
                    complain(&error.to_string());
                    break;
                }
            }
            return Some(failure);
        }
        if failures.processes.is_empty() {
            return None;
        }
        let most = plan
            .topologies
            .iter()
            .map(|site| site.topology.hosts.len())
            .max();
        if most.unwrap_or(0).saturating_mul(failures.processes.len()) > GROUPS_MAX {
            let message = "there are too many hosts to fail by so many processes";
            let expected = format!("at most {GROUPS_MAX} hosts times processes");
            self.document
                .complain("failures.processes", message, &expected);
            return None;
        }
        Some(PlannedFailure::Groups(failures.processes.clone()))
    }
}

fn problem(fault: ReplayFault) -> String {
    match fault {
        ReplayFault::File { path, problem } => format!("{}: {problem}", path.display()),
        other => other.to_string(),
    }
}
