//! `failures`: what fails, and how often.

use angara_simulation::failure::{FailureError, FailurePrefab, Law};

use crate::document::{Dimension, Fields};

/// Milliseconds of an hour.
const HOUR_MS: f64 = 3.6e6;
/// Longest time of a law [ms].
const TIME_MAX_MS: f64 = 1e14;

/// What is set about failures.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct FailureSettings {
    pub(super) seed: Option<u64>,
    /// Failures of one task after which it is given up.
    pub(super) task_failures_max: Option<u32>,
    pub(super) recorded: Option<Recorded>,
    /// Independent processes, which overlap.
    pub(super) processes: Vec<FailureProcess>,
}

/// Failures as recorded in a file.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Recorded {
    pub(super) file: String,
    /// Part of the rows that is left out at the beginning [1].
    pub(super) start: f64,
    pub(super) repeat: bool,
}

/// Failures at random of all groups of one kind.
#[derive(Debug, Clone, PartialEq)]
pub struct FailureProcess {
    /// What fails as one.
    pub scope: Scope,
    /// Time from the start or the last repair to failure [h].
    pub time_to_failure: Law,
    /// Time from failure to repair [h].
    pub time_to_repair: Law,
    /// Share of the hosts of the group that a failure hits [1]; all of them where there is none.
    pub share: Option<Law>,
}

/// Hosts that fail as one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Each host on its own.
    Host,
    /// The hosts of a rack.
    Rack,
    /// The hosts of the racks on one feed.
    Feed,
    /// The hosts of a hall.
    Hall,
    /// The hosts of a cluster.
    Cluster,
    /// The hosts of the clusters of a site.
    Site,
    /// All hosts.
    All,
}

const SCOPES: [(&str, Scope); 7] = [
    ("host", Scope::Host),
    ("rack", Scope::Rack),
    ("feed", Scope::Feed),
    ("hall", Scope::Hall),
    ("cluster", Scope::Cluster),
    ("site", Scope::Site),
    ("all", Scope::All),
];

impl Scope {
    pub(super) fn name(self) -> &'static str {
        SCOPES
            .iter()
            .find(|(_, scope)| *scope == self)
            .map_or("", |(name, _)| name)
    }
}

pub(super) fn read(failures: Fields<'_>) -> FailureSettings {
    let settings = FailureSettings {
        seed: failures.whole("seed", 0, u64::MAX),
        task_failures_max: failures
            .whole("task_failures_max", 1, u64::from(u32::MAX))
            .map(|times| times as u32),
        recorded: failures.object("recorded").and_then(recorded),
        processes: failures
            .objects("processes")
            .into_iter()
            .filter_map(process)
            .collect(),
    };
    if settings.recorded.is_some() && !settings.processes.is_empty() {
        failures.document().complain(
            "failures.processes",
            "failures.processes are given beside failures.recorded",
            "one of the two",
        );
    }
    failures.finish();
    settings
}

fn recorded(recorded: Fields<'_>) -> Option<Recorded> {
    recorded.required("file");
    let file = recorded.text("file").map(str::to_owned);
    let start = recorded.number("start", Dimension::Plain, 0.0, 1.0);
    let repeat = recorded.truth("repeat");
    recorded.finish();
    Some(Recorded {
        file: file?,
        start: start.unwrap_or(0.0),
        repeat: repeat.unwrap_or(true),
    })
}

fn process(process: Fields<'_>) -> Option<FailureProcess> {
    process.required("group");
    let scope = process.choice("group", &SCOPES);
    let share = process
        .object("share")
        .and_then(|share| law(share, Dimension::Plain));
    let laws = if process.get("prefab").is_some() {
        let prefab = prefab(&process);
        for name in ["time_to_failure", "time_to_repair"] {
            if process.get(name).is_some() {
                process.document().complain(
                    &process.path(name),
                    format!("{} is given beside a prefab", process.path(name)),
                    "one of the two",
                );
            }
        }
        prefab.map(|prefab| (prefab.time_to_failure, prefab.time_to_repair))
    } else {
        let time = |name| {
            process.required(name)?;
            process
                .object(name)
                .and_then(|time| law(time, Dimension::Time))
        };
        let (to_failure, to_repair) = (time("time_to_failure"), time("time_to_repair"));
        to_failure.zip(to_repair)
    };
    process.finish();
    let (time_to_failure, time_to_repair) = laws?;
    Some(FailureProcess {
        scope: scope?,
        time_to_failure,
        time_to_repair,
        share,
    })
}

fn prefab(process: &Fields<'_>) -> Option<FailurePrefab> {
    let name = process.text("prefab")?;
    let prefab = FailurePrefab::named(name);
    if prefab.is_none() {
        let names: Vec<String> = FailurePrefab::all().map(|prefab| prefab.name).collect();
        let names = names.iter().map(|name| (name.as_str(), ()));
        let names: Vec<(&str, ())> = names.collect();
        if let Some(value) = process.get("prefab") {
            let path = process.path("prefab");
            process.document().choice(&path, value, &names);
        }
    }
    prefab
}

/// A law of times [h] or shares [1].
fn law(law: Fields<'_>, dimension: Dimension) -> Option<Law> {
    let (most, unit) = match dimension {
        Dimension::Time => (TIME_MAX_MS, HOUR_MS),
        _ => (1.0, 1.0),
    };
    let amount = |name| {
        law.required(name)?;
        let amount = law.number(name, dimension, 0.0, most);
        amount.map(|amount| amount / unit)
    };
    let number = |name| {
        law.required(name)?;
        law.number(name, Dimension::Plain, 0.0, 1e6)
    };
    law.required("law");
    let kinds = [
        ("constant", 0),
        ("exponential", 1),
        ("gamma", 2),
        ("log-normal", 3),
        ("uniform", 4),
        ("weibull", 5),
        ("empirical", 6),
    ];
    let made: Option<Result<Law, FailureError>> =
        law.choice("law", &kinds).and_then(|kind| match kind {
            0 => amount("value").map(|value| Law::empirical(vec![value])),
            1 => amount("mean").map(Law::exponential),
            2 => {
                let (shape, scale) = (number("shape"), amount("scale"));
                Some(Law::gamma(shape?, scale?))
            }
            3 => {
                let (median, deviation) = (amount("median"), number("log_deviation"));
                Some(Law::lognormal(libm::log(median?), deviation?))
            }
            4 => {
                let (least, most) = (amount("least"), amount("most"));
                Some(Law::uniform(least?, most?))
            }
            5 => {
                let (shape, scale) = (number("shape"), amount("scale"));
                Some(Law::weibull(shape?, scale?))
            }
            _ => {
                law.required("values")?;
                let values = law.numbers("values", dimension, 0.0, most)?;
                let values = values.into_iter().map(|value| value / unit);
                Some(Law::empirical(values.collect()))
            }
        });
    let made = made.and_then(|made| match made {
        Ok(made) => Some(made),
        Err(error) => {
            if let Some(value) = law.get("law") {
                law.refuse(
                    "law",
                    value,
                    format!("parameters that a law can have: {error}"),
                );
            }
            None
        }
    });
    law.finish();
    made
}
