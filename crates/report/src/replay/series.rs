//! The table `series`: the course of each run, reduced to what a screen can show while it is read.
//!
//! The samples of all clusters of a run are taken at the same times, so that those of one time add up.

use std::collections::BTreeMap;
use std::path::Path;

use super::hosts::Fleet;
use super::runs::Runs;
use crate::ReportError;
use crate::format::clean;
use crate::plot::Bins;
use crate::run::Columns;

/// Most lines of a plot; smaller clusters share the last one.
const LINES: usize = 8;

/// A cluster of the first run, or several small ones together.
#[derive(Debug)]
pub(crate) struct Line {
    pub(crate) name: String,
    /// Power [W].
    pub(crate) power: Bins,
    /// Utilisation [1].
    pub(crate) utilisation: Bins,
    /// Carbon [g/ms].
    pub(crate) carbon: Bins,
}

/// The course of one run.
#[derive(Debug)]
pub(crate) struct Course {
    pub(crate) start_ms: f64,
    pub(crate) end_ms: f64,
    /// Power of all clusters [W].
    pub(crate) power: Bins,
    /// Utilisation, each cluster counting by its hosts [1].
    pub(crate) utilisation: Bins,
    pub(crate) running: Bins,
    pub(crate) pending: Bins,
    /// Highest mean power of each cluster over an interval [W].
    pub(crate) peaks_w: BTreeMap<String, f64>,
    /// Highest power of all clusters [W].
    pub(crate) peak_w: f64,
    /// The clusters, most energy first; only of the first run.
    pub(crate) lines: Vec<Line>,
}

/// The columns that the plots need.
struct Samples<'a> {
    clusters: &'a [Option<String>],
    time: Vec<f64>,
    interval: Vec<f64>,
    power: Vec<Option<f64>>,
    utilisation: Vec<Option<f64>>,
    carbon: Vec<Option<f64>>,
    running: Vec<Option<f64>>,
    pending: Vec<Option<f64>>,
}

/// The course of each run; nothing for a run without samples.
/// Errors: the table is missing or of another shape.
pub(crate) fn read(
    folder: &Path,
    runs: &Runs,
    fleet: &Fleet,
) -> Result<Vec<Option<Course>>, ReportError> {
    let table = super::table(folder, "series")?;
    let table = Columns::of(&table);
    let run_of = runs.of_rows("series", table)?;
    let samples = Samples {
        clusters: table.cells("cluster")?,
        time: table.numbers("time_ms")?,
        interval: table.numbers("interval_ms")?,
        power: table.optional_numbers("power_w")?,
        utilisation: table.optional_numbers("utilisation")?,
        carbon: table.optional_numbers("carbon_g")?,
        running: table.optional_numbers("running")?,
        pending: table.optional_numbers("pending")?,
    };
    let mut rows: Vec<Vec<usize>> = vec![Vec::new(); runs.all.len()];
    for (row, run) in run_of.into_iter().enumerate() {
        rows[run].push(row);
    }
    Ok(rows
        .into_iter()
        .enumerate()
        .map(|(run, rows)| samples.course(run, rows, fleet))
        .collect())
}

impl Samples<'_> {
    fn course(&self, run: usize, mut rows: Vec<usize>, fleet: &Fleet) -> Option<Course> {
        rows.sort_by(|a, b| self.time[*a].total_cmp(&self.time[*b]).then(a.cmp(b)));
        let end_ms = self.time[*rows.last()?];
        let starts = rows
            .iter()
            .map(|row| self.time[*row] - self.interval[*row].max(0.0));
        let start_ms = starts.fold(end_ms, f64::min);
        let bins = || Bins::new(start_ms, end_ms);
        let hosts: BTreeMap<&str, f64> = fleet
            .of_run(run)
            .map(|(name, cluster)| (name, cluster.hosts))
            .collect();
        let names = self.lines(run, &rows);
        let line_of = |cluster: &str| {
            let found = names.iter().position(|name| name == cluster);
            found.unwrap_or(names.len().saturating_sub(1))
        };
        let mut course = Course {
            start_ms,
            end_ms,
            power: bins(),
            utilisation: bins(),
            running: bins(),
            pending: bins(),
            peaks_w: BTreeMap::new(),
            peak_w: 0.0,
            lines: names
                .iter()
                .map(|name| Line {
                    name: name.clone(),
                    power: bins(),
                    utilisation: bins(),
                    carbon: bins(),
                })
                .collect(),
        };
        for group in rows.chunk_by(|a, b| self.time[*a] == self.time[*b]) {
            let to = self.time[group[0]];
            let interval = group
                .iter()
                .map(|row| self.interval[*row])
                .fold(0.0, f64::max);
            let from = to - interval;
            let mut all = Sums::default();
            let mut parts = vec![Sums::default(); names.len()];
            for row in group {
                let cluster = clean(self.clusters[*row].as_deref().unwrap_or_default());
                let weight = hosts.get(cluster.as_str()).copied().unwrap_or(1.0);
                all.add(self, *row, weight);
                if !names.is_empty() {
                    parts[line_of(&cluster)].add(self, *row, weight);
                }
                if let Some(power) = self.power[*row] {
                    let peak = course.peaks_w.entry(cluster).or_default();
                    *peak = peak.max(power);
                }
            }
            course.peak_w = course.peak_w.max(all.power.unwrap_or(0.0));
            put(&mut course.power, from, to, all.power);
            put(&mut course.utilisation, from, to, all.utilisation());
            put(&mut course.running, from, to, self.running[group[0]]);
            put(&mut course.pending, from, to, self.pending[group[0]]);
            for (line, sums) in course.lines.iter_mut().zip(parts) {
                put(&mut line.power, from, to, sums.power);
                put(&mut line.utilisation, from, to, sums.utilisation());
                if interval > 0.0 {
                    let rate = sums.carbon.map(|carbon| carbon / interval);
                    put(&mut line.carbon, from, to, rate);
                }
            }
        }
        Some(course)
    }

    /// Names of the lines of the first run: clusters by energy, and what the smallest share.
    fn lines(&self, run: usize, rows: &[usize]) -> Vec<String> {
        if run > 0 {
            return Vec::new();
        }
        let mut energies: BTreeMap<String, f64> = BTreeMap::new();
        for row in rows {
            let cluster = clean(self.clusters[*row].as_deref().unwrap_or_default());
            let energy = self.power[*row].unwrap_or(0.0) * self.interval[*row];
            *energies.entry(cluster).or_default() += energy;
        }
        let mut clusters: Vec<(String, f64)> = energies.into_iter().collect();
        clusters.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        let mut names: Vec<String> = clusters.into_iter().map(|(name, _)| name).collect();
        if names.len() > LINES {
            let others = names.len() - (LINES - 1);
            names.truncate(LINES - 1);
            names.push(format!("{others} other clusters"));
        }
        names
    }
}

fn put(bins: &mut Bins, from: f64, to: f64, value: Option<f64>) {
    if let Some(value) = value {
        bins.add(from, to, value);
    }
}

/// Samples of one time together.
#[derive(Debug, Clone, Copy, Default)]
struct Sums {
    power: Option<f64>,
    carbon: Option<f64>,
    busy: f64,
    weight: f64,
}

impl Sums {
    fn add(&mut self, samples: &Samples<'_>, row: usize, weight: f64) {
        let sum = |sum: Option<f64>, value: Option<f64>| match (sum, value) {
            (Some(sum), Some(value)) => Some(sum + value),
            (sum, value) => sum.or(value),
        };
        self.power = sum(self.power, samples.power[row]);
        self.carbon = sum(self.carbon, samples.carbon[row]);
        if let Some(utilisation) = samples.utilisation[row] {
            self.busy += utilisation * weight;
            self.weight += weight;
        }
    }

    fn utilisation(&self) -> Option<f64> {
        (self.weight > 0.0).then(|| self.busy / self.weight)
    }
}
