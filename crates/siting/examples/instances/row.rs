//! One line of `optima.tsv`, solved.

use std::fmt;

use angara_siting::certificate::{CapacitatedQuestion, Question};
use angara_siting::instance::{Facilities, Medians};
use angara_siting::read::{orlib_cap, orlib_pmed, siplib_sslp, tsplib};
use angara_siting::server::server_location;
use angara_siting::{Limits, Progress, Siting, capacitated, p_median, uncapacitated};

use crate::clock::cpu_s;
use crate::textbook::{self, Textbook};

/// Most sites of a median that the textbook model is tried on: it has a column per pair.
const TEXTBOOK_SITES_MAX: usize = 400;

/// What to run and how long.
#[expect(clippy::struct_excessive_bools, reason = "switches of a command line")]
pub(crate) struct Options {
    pub(crate) family: Option<String>,
    pub(crate) limit_s: f64,
    /// Whether a row with a published time stops at that time, if it is less than the limit.
    pub(crate) limit_published: bool,
    pub(crate) textbook: bool,
    pub(crate) check: bool,
    pub(crate) trace: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            family: None,
            limit_s: 60.0,
            limit_published: false,
            textbook: false,
            check: true,
            trace: false,
        }
    }
}

/// A line with our answer.
pub(crate) struct Row {
    pub(crate) family: String,
    instance: String,
    parameters: String,
    published: f64,
    ours: f64,
    pub(crate) proven: bool,
    pub(crate) checked: Option<bool>,
    nodes: usize,
    pub(crate) cpu_s: f64,
    pub(crate) published_s: Option<f64>,
    textbook: Option<Textbook>,
}

impl Row {
    /// Whether our value is the published one, to its last digit.
    pub(crate) fn equal(&self) -> bool {
        (self.ours - self.published).abs() <= 0.006
    }

    pub(crate) fn faster(&self) -> bool {
        self.proven
            && self.equal()
            && self
                .published_s
                .is_some_and(|published| self.cpu_s < published)
    }
}

impl fmt::Display for Row {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let checked = match self.checked {
            Some(true) => "yes",
            Some(false) => "NO",
            None => "-",
        };
        let ratio = self.published_s.map_or("-".to_owned(), |published| {
            format!("{:.2}", self.cpu_s / published)
        });
        let published_s = self
            .published_s
            .map_or("-".to_owned(), |seconds| seconds.to_string());
        write!(
            formatter,
            "{}\t{}\t{}\t{}\t{:.3}\t{}\t{checked}\t{}\t{:.2}\t{published_s}\t{ratio}\t{}",
            self.family,
            self.instance,
            self.parameters,
            self.published,
            self.ours,
            self.proven,
            self.nodes,
            self.cpu_s,
            self.textbook
                .as_ref()
                .map_or("-".to_owned(), |textbook| textbook.beside(self.cpu_s)),
        )
    }
}

/// Reads and solves one line; none where its file is not there.
pub(crate) fn solved(folder: &str, line: &str, options: &Options) -> Option<Row> {
    let cells: Vec<&str> = line.split('\t').collect();
    let [family, instance, parameters, value, status] = cells[..] else {
        return None;
    };
    let text = |path: String| fs_err::read_to_string(format!("{folder}/{path}")).ok();
    let published_s = status
        .split_once("published ")
        .and_then(|(_, rest)| rest.split(' ').next())
        .and_then(|word| word.parse().ok());
    let mut row = Row {
        family: family.to_owned(),
        instance: instance.to_owned(),
        parameters: parameters.to_owned(),
        published: value.parse().ok()?,
        ours: f64::INFINITY,
        proven: false,
        checked: None,
        nodes: 0,
        cpu_s: 0.0,
        published_s,
        textbook: None,
    };
    let (name, capacity) = instance
        .split_once('_')
        .map_or((instance, None), |(name, number)| {
            (name, number.parse().ok())
        });
    match family {
        "p-median" => {
            let medians = orlib_pmed::read(&text(format!("orlib-pmed/{instance}.txt"))?).0?;
            median(&mut row, &medians, medians.open?, options);
        }
        "p-median Euclidean" => {
            let medians = tsplib::read(&text(format!("pmed-tsp/{instance}.tsp"))?).0?;
            let open = parameters.strip_prefix("p=")?.parse().ok()?;
            median(&mut row, &medians, open, options);
        }
        "cflp-multi-source" => {
            let facilities = orlib_cap::read(&text(format!("orlib-cap/{name}.txt"))?, capacity).0?;
            with_capacities(&mut row, &facilities, options)?;
        }
        "stochastic server location" => {
            let part = |end: &str| text(format!("siplib-sslp/{instance}.{end}"));
            let location = siplib_sslp::read(&part("cor")?, &part("tim")?, &part("sto")?).0?;
            let mut assignments = Vec::new();
            let siting = timed(&mut row, options, |limits| {
                let found = server_location(&location, limits);
                assignments = found.assignments;
                found.siting
            });
            let cost = location.cost(&siting.open, &assignments);
            // The plan is recomputed; the bound of a stochastic answer is not.
            row.checked = cost
                .filter(|cost| (cost - siting.objective).abs() > 1e-6)
                .map(|_| false);
        }
        _ => {
            let facilities =
                orlib_cap::read(&text(format!("orlib-cap/{name}.txt"))?, Some(1.0)).0?;
            let siting = timed(&mut row, options, |limits| {
                uncapacitated(&facilities, limits)
            });
            let question = Question {
                table: &facilities.costs,
                opening: &facilities.opening,
                count: None,
            };
            row.checked = checked(&question, &siting, facilities.scale, options);
            row.textbook = options
                .textbook
                .then(|| textbook::facilities(&facilities, None, options.limit_s));
        }
    }
    Some(row)
}

/// Prints what is reported on the way.
struct Trace {
    start_s: f64,
    wanted: bool,
}

impl Progress for Trace {
    fn report(&self, bound: f64, objective: f64, nodes: usize) {
        if self.wanted {
            let seconds = cpu_s() - self.start_s;
            eprintln!("{seconds:8.2} s  bound {bound:.3}  plan {objective}  nodes {nodes}");
        }
    }
}

fn timed(row: &mut Row, options: &Options, solve: impl FnOnce(&Limits<'_>) -> Siting) -> Siting {
    let start = cpu_s();
    let limit_s = match row.published_s {
        Some(published) if options.limit_published => options.limit_s.min(published),
        _ => options.limit_s,
    };
    let stop = || cpu_s() - start > limit_s;
    let trace = Trace {
        start_s: start,
        wanted: options.trace,
    };
    let limits = Limits {
        stop: &stop,
        progress: &trace,
        ..Limits::default()
    };
    let siting = solve(&limits);
    row.cpu_s = cpu_s() - start;
    row.ours = siting.objective;
    row.proven = siting.proven;
    row.nodes = siting.nodes;
    siting
}

fn median(row: &mut Row, medians: &Medians, open: usize, options: &Options) {
    let siting = timed(row, options, |limits| p_median(medians, open, limits));
    let opening = vec![0; medians.table.sites()];
    let question = Question {
        table: medians.table.as_ref(),
        opening: &opening,
        count: Some(open),
    };
    row.checked = checked(&question, &siting, medians.scale, options);
    if options.textbook && medians.table.sites() <= TEXTBOOK_SITES_MAX {
        row.textbook = Some(textbook::median(medians, open, options.limit_s));
    }
}

fn with_capacities(row: &mut Row, facilities: &Facilities, options: &Options) -> Option<()> {
    let capacities = facilities.capacities.as_ref()?;
    let mut found = None;
    let siting = timed(row, options, |limits| {
        found = capacitated(facilities, capacities, limits);
        found.clone().unwrap_or_else(Siting::none)
    });
    let question = CapacitatedQuestion {
        facilities,
        capacities,
    };
    let open: Vec<u32> = siting.open.iter().map(|&site| site as u32).collect();
    if options.check && siting.proven {
        let value = siting.objective * facilities.scale;
        let cost = question.cost(&open, siting.assignment.as_deref().unwrap_or_default());
        let bound = siting
            .proof
            .as_ref()
            .and_then(|proof| question.bound(proof));
        let close = |found: f64| (found - value).abs() <= 1e-8 * value.abs() + 1.0;
        row.checked = Some(cost.is_some_and(close) && bound.is_some_and(close));
    }
    row.textbook = options
        .textbook
        .then(|| textbook::facilities(facilities, Some(capacities), options.limit_s));
    Some(())
}

fn checked(
    question: &Question<'_>,
    siting: &Siting,
    scale: f64,
    options: &Options,
) -> Option<bool> {
    if !options.check || !siting.proven {
        return None;
    }
    let open: Vec<u32> = siting.open.iter().map(|&site| site as u32).collect();
    let cost = question.cost(&open)?;
    let bound = question.bound(siting.proof.as_ref()?);
    let allowed = (cost as f64 * 1e-9).ceil() as i64;
    if options.trace {
        eprintln!("check: cost {cost}, bound {bound:?}");
    }
    let same = (cost as f64 / scale - siting.objective).abs() < 1e-6;
    Some(same && bound.is_some_and(|bound| bound >= cost - allowed))
}
