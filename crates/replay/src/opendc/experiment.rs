//! `OpenDC`'s experiment file: lists whose every combination is a run.

use angara_simulation::replay::{Checkpoints, Play};
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use serde_json::Value;

use super::failure::{self, FailureAxis};
use super::placement::{self, Allocation};
use crate::document::Dimension;
use crate::document::{Document, Fields};

/// Most runs of an experiment.
const RUNS_MAX: usize = 100_000;
/// Longest times in a file [ms].
const TIME_MAX_MS: f64 = 1e14;

/// An experiment: its runs are all combinations of its axes, for every seed.
#[derive(Debug, Clone, PartialEq)]
pub struct Experiment {
    /// Name.
    pub name: String,
    /// Seed of the first repetition.
    pub seed: u64,
    /// Repetitions, each with the next seed.
    pub repetitions: u64,
    /// Paths of the topologies.
    pub topologies: Vec<String>,
    /// Workloads.
    pub workloads: Vec<WorkloadAxis>,
    /// Allocation policies.
    pub allocations: Vec<Allocation>,
    /// What is written.
    pub exports: Vec<Export>,
    /// What fails.
    pub failures: Vec<FailureAxis>,
    /// What tasks save.
    pub checkpoints: Vec<Option<Checkpoints>>,
    /// Failures after which a task is given up.
    pub failures_max: Vec<u32>,
    /// Lists of the file that settings may say as well.
    pub given: Vec<&'static str>,
}

/// A workload, before it is read.
#[derive(Debug, Clone, PartialEq)]
pub struct WorkloadAxis {
    /// Folder of its trace.
    pub path: String,
    /// When its first task is submitted; as in the trace where not told [ms since 1970].
    pub submission_ms: Option<i64>,
    /// What becomes of demand that is not supplied.
    pub play: Play,
    /// Whether all tasks may wait for clean power.
    pub defer_all: bool,
    /// Share of the tasks that is replayed [1].
    pub sample_fraction: f64,
}

/// What is written of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Export {
    /// Time between samples [ms].
    pub interval_ms: i64,
    /// Tables that are written; all where it is empty.
    pub tables: Vec<String>,
}

impl Default for Export {
    fn default() -> Self {
        Self {
            interval_ms: 300_000,
            tables: Vec::new(),
        }
    }
}

/// Names of the tables.
const TABLES: [&str; 5] = ["host", "task", "powerSource", "battery", "service"];

/// One run of an experiment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Combination {
    /// Row of the topology.
    pub topology: usize,
    /// Row of the workload.
    pub workload: usize,
    /// Row of the allocation policy.
    pub allocation: usize,
    /// Row of the export.
    pub export: usize,
    /// Row of the failure model.
    pub failure: usize,
    /// Row of the checkpoints.
    pub checkpoint: usize,
    /// Row of the failure limit.
    pub failures_max: usize,
}

impl Experiment {
    /// Number of combinations.
    pub fn count(&self) -> usize {
        self.lengths().iter().product()
    }

    /// Lengths of the axes, that which changes slowest first.
    fn lengths(&self) -> [usize; 7] {
        [
            self.topologies.len(),
            self.workloads.len(),
            self.allocations.len(),
            self.exports.len(),
            self.failures.len(),
            self.checkpoints.len(),
            self.failures_max.len(),
        ]
    }

    /// A combination by its number.
    pub fn combination(&self, number: usize) -> Combination {
        let mut rows = [0; 7];
        let mut rest = number;
        for (row, length) in rows.iter_mut().zip(self.lengths()).rev() {
            *row = rest % length;
            rest /= length;
        }
        Combination {
            topology: rows[0],
            workload: rows[1],
            allocation: rows[2],
            export: rows[3],
            failure: rows[4],
            checkpoint: rows[5],
            failures_max: rows[6],
        }
    }
}

/// Reads an experiment; what is wrong with it goes to the document.
pub(crate) fn read(document: &Document, value: &Value) -> Option<Experiment> {
    let root = document.fields(value, "")?;
    let name = root.text("name").unwrap_or("").to_owned();
    let _ = root.text("outputFolder");
    let seed = root.whole("initialSeed", 0, u64::MAX).unwrap_or(0);
    let repetitions = root.whole("runs", 1, RUNS_MAX as u64).unwrap_or(1);
    root.required("topologies");
    let topologies: Vec<String> = root
        .objects("topologies")
        .into_iter()
        .filter_map(|topology| {
            topology.required("pathToFile");
            let path = topology.text("pathToFile").map(str::to_owned);
            topology.finish();
            path
        })
        .collect();
    root.required("workloads");
    let workloads: Vec<_> = root
        .objects("workloads")
        .into_iter()
        .filter_map(workload)
        .collect();
    let mut allocations: Vec<_> = root
        .objects("allocationPolicies")
        .into_iter()
        .map(placement::read)
        .collect();
    if root.get("allocationPolicies").is_none() {
        allocations.extend(placement::prefab("Mem"));
    }
    let failures = root.objects("failureModels").into_iter().map(failure::read);
    let mut failures: Vec<_> = failures.collect();
    let checkpoints = root
        .objects("checkpointModels")
        .into_iter()
        .map(checkpoints_of);
    let mut checkpoints: Vec<_> = checkpoints.collect();
    let exports = root.objects("exportModels").into_iter().map(export);
    let mut exports: Vec<_> = exports.collect();
    let mut failures_max: Vec<u32> = root
        .list("maxNumFailures")
        .into_iter()
        .filter_map(|(path, value)| {
            let count = value.as_u64().and_then(|count| u32::try_from(count).ok());
            if count.is_none_or(|count| count == 0) {
                document.refuse(&path, value, "a whole number above 0");
            }
            count
        })
        .collect();
    if failures.is_empty() {
        failures.push(FailureAxis::None);
    }
    if checkpoints.is_empty() {
        checkpoints.push(None);
    }
    if exports.is_empty() {
        exports.push(Export::default());
    }
    if failures_max.is_empty() {
        failures_max.push(10);
    }
    for (name, is_empty) in [
        ("topologies", topologies.is_empty()),
        ("workloads", workloads.is_empty()),
        ("allocationPolicies", allocations.is_empty()),
    ] {
        if is_empty && let Some(found) = value.get(name) {
            root.refuse(name, found, "at least one entry");
        }
    }
    let given = given_lists(&root);
    root.finish();
    let experiment = Experiment {
        name,
        seed,
        repetitions,
        topologies,
        workloads,
        allocations,
        exports,
        failures,
        checkpoints,
        failures_max,
        given,
    };
    let runs = (experiment.count() as u128).saturating_mul(u128::from(repetitions));
    if runs > RUNS_MAX as u128 {
        document.refuse(
            "runs",
            &Value::from(runs as u64),
            format!("at most {RUNS_MAX} runs in all"),
        );
    }
    Some(experiment)
}

/// Lists of the file that settings may say as well.
fn given_lists(root: &Fields<'_>) -> Vec<&'static str> {
    let lists = [
        "allocationPolicies",
        "failureModels",
        "checkpointModels",
        "maxNumFailures",
    ];
    let given = lists.into_iter().filter(|name| root.get(name).is_some());
    given.collect()
}

fn workload(workload: Fields<'_>) -> Option<WorkloadAxis> {
    workload.required("pathToFile");
    let path = workload.text("pathToFile").map(str::to_owned);
    workload.choice("type", &[("ComputeWorkload", ())]);
    let sample_fraction = workload
        .number("sampleFraction", Dimension::Plain, 1e-9, 1.0)
        .unwrap_or(1.0);
    let submission_ms = workload.text("submissionTime").and_then(|text| {
        let instant_ms = instant_ms(text);
        if instant_ms.is_none() {
            let value = Value::from(text);
            workload.refuse(
                "submissionTime",
                &value,
                "a date and time such as 2024-03-01T00:00:00",
            );
        }
        instant_ms
    });
    let defer_all = workload.truth("deferAll").unwrap_or(false);
    let play = workload
        .choice(
            "scalingPolicy",
            &[("NoDelay", Play::Drop), ("Perfect", Play::Stretch)],
        )
        .unwrap_or_default();
    workload.finish();
    Some(WorkloadAxis {
        path: path?,
        submission_ms,
        play,
        defer_all,
        sample_fraction,
    })
}

/// Milliseconds since 1970 of a date and time, taken as UTC.
pub(crate) fn instant_ms(text: &str) -> Option<i64> {
    let civil: DateTime = text.trim_end_matches('Z').parse().ok()?;
    let zoned = civil.to_zoned(TimeZone::UTC).ok()?;
    Some(zoned.timestamp().as_millisecond())
}

fn checkpoints_of(model: Fields<'_>) -> Option<Checkpoints> {
    let time = |name, default: f64| {
        model
            .number(name, Dimension::Time, 0.0, TIME_MAX_MS)
            .unwrap_or(default)
            .round() as i64
    };
    let interval_ms = time("checkpointInterval", 3_600_000.0);
    let duration_ms = time("checkpointDuration", 300_000.0);
    let interval_scaling = model
        .number("checkpointIntervalScaling", Dimension::Plain, 1e-6, 1e6)
        .unwrap_or(1.0);
    model.finish();
    (interval_ms > 0).then_some(Checkpoints {
        interval_ms,
        duration_ms,
        interval_scaling,
    })
}

fn export(model: Fields<'_>) -> Export {
    let interval_s = model
        .number(
            "exportInterval",
            Dimension::Seconds,
            0.001,
            TIME_MAX_MS / 1e3,
        )
        .unwrap_or(300.0);
    model.number("printFrequency", Dimension::Plain, 0.0, 1e12);
    let mut tables = Vec::new();
    for (path, value) in model.list("filesToExport") {
        let name = value
            .as_str()
            .and_then(|text| TABLES.iter().find(|name| name.eq_ignore_ascii_case(text)));
        if let Some(name) = name {
            tables.push((*name).to_owned());
        } else {
            let expected = format!("one of {}", TABLES.join(", "));
            model.document().refuse(&path, value, expected);
        }
    }
    // All columns are always written.
    let _ = model.get("computeExportConfig");
    model.finish();
    Export {
        interval_ms: (interval_s * 1e3).round() as i64,
        tables,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: &str = r#"{
        "name": "x", "runs": 2, "initialSeed": 5,
        "topologies": [{"pathToFile": "a.json"}, {"pathToFile": "b.json"}],
        "workloads": [{"pathToFile": "w", "type": "ComputeWorkload", "submissionTime": "2024-03-01T00:00:00"}],
        "allocationPolicies": [{"type": "prefab", "policyName": "Mem"}, {"type": "filter",
            "filters": [{"type": "Compute"}, {"type": "VCpu", "allocationRatio": 2.0}],
            "weighers": [{"type": "Ram", "multiplier": -1.0}], "subsetSize": 1}],
        "maxNumFailures": [10, 20],
        "exportModels": [{"exportInterval": 3600, "printFrequency": 168, "filesToExport": ["host", "powerSource"]}]
    }"#;

    fn read_text(text: &str, lenient: bool) -> (Option<Experiment>, Vec<String>) {
        let document = Document::new("experiment.json", lenient);
        let experiment = document
            .parse(text)
            .and_then(|value| read(&document, &value));
        let findings = document.into_findings();
        let texts = findings
            .iter()
            .map(|finding| format!("{}: {}", finding.severity.name(), finding.message))
            .collect();
        (experiment, texts)
    }

    #[test]
    fn runs_are_all_combinations_the_first_axis_slowest() {
        let (experiment, findings) = read_text(SMALL, false);
        assert!(findings.is_empty(), "{findings:?}");
        let experiment = experiment.unwrap();
        assert_eq!(experiment.count(), 8);
        let rows: Vec<_> = (0..8)
            .map(|number| {
                let run = experiment.combination(number);
                (run.topology, run.allocation, run.failures_max)
            })
            .collect();
        assert_eq!(rows[..3], [(0, 0, 0), (0, 0, 1), (0, 1, 0)]);
        assert_eq!(rows[7], (1, 1, 1));
        assert_eq!(
            experiment.workloads[0].submission_ms,
            Some(1_709_251_200_000)
        );
        assert_eq!(experiment.exports[0].interval_ms, 3_600_000);
    }

    #[test]
    fn an_unknown_key_is_an_error_with_a_hint_and_a_warning_where_one_is_lenient() {
        let text = SMALL.replace("policyName", "policyNam");
        let (_, findings) = read_text(&text, false);
        assert!(
            findings
                .iter()
                .any(|text| text.starts_with("error: allocationPolicies[0].policyNam "))
        );
        let text = SMALL.replace(r#""runs": 2"#, r#""runs": 2, "scheduler": "Mem""#);
        let (_, findings) = read_text(&text, true);
        assert_eq!(
            findings,
            ["warning: scheduler is not a key that is known here"]
        );
    }

    #[test]
    fn all_faults_of_a_file_are_found_at_once() {
        let text = SMALL
            .replace("3600", "\"soon\"")
            .replace("2.0", "-2.0")
            .replace("[10, 20]", "[0]")
            .replace("\"Mem\"", "\"Men\"");
        let (_, findings) = read_text(&text, false);
        assert_eq!(findings.len(), 4, "{findings:?}");
    }
}
