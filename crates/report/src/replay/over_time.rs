//! Part 2: the first run over time, and the others beside it.

use super::block::{Block, Part};
use super::figures::{J_PER_KWH, shortened};
use super::runs::Run;
use super::series::{Course, Line};
use crate::figure::{Key, Legend};
use crate::plot::{Across, Bins, Curve, Plot, PlotFigure, PlotSmall, TimeUnit};

/// Runs drawn small beside the first; the tables show all.
const SMALLS: usize = 12;
/// Most clusters whose bands can be told apart in one plot.
const TOGETHER: usize = 4;
/// Milliseconds of an hour.
const HOUR_MS: f64 = 3.6e6;

/// The axis of a course: its unit, where it counts from, and what that is called.
struct Clock {
    unit: TimeUnit,
    origin_ms: f64,
    across: Across,
}

impl Clock {
    /// Counts from the first submission where that is within the course, else from its start.
    fn new(course: &Course, first_ms: Option<f64>, span_ms: f64) -> Self {
        let unit = TimeUnit::of(span_ms);
        let first = first_ms.filter(|first| (course.start_ms..=course.end_ms).contains(first));
        let origin_ms = first.unwrap_or(course.start_ms);
        let event = match first {
            Some(_) => "the first submission",
            None => "the first sample",
        };
        let low = (course.start_ms - origin_ms) / unit.ms;
        let high = low + span_ms.max(1.0) / unit.ms;
        Self {
            unit,
            origin_ms,
            across: Across::time_since(event, unit, low, high),
        }
    }

    fn plot(&self, label: &str, quantity: &'static str, unit: &'static str, bins: &Bins) -> Plot {
        Plot {
            label: label.to_owned(),
            quantity,
            unit,
            across: self.across.clone(),
            stacked: false,
            reach: 0.0,
            places: bins.places(self.origin_ms, self.unit.ms),
            curves: Vec::new(),
        }
    }
}

fn curve(name: &str, colour: usize, bins: &Bins, factor: f64) -> Curve {
    Curve {
        name: name.to_owned(),
        colour,
        values: bins.ranges(factor),
    }
}

/// The plots over time of all runs; `first_ms` is when the first task of each came.
pub(crate) fn part(runs: &[Run], courses: &[Option<Course>], first_ms: &[Option<f64>]) -> Part {
    let mut blocks = Vec::new();
    match courses.first().and_then(Option::as_ref) {
        Some(course) => first_run(course, first_ms[0], &mut blocks),
        None => blocks.push(Block::Note("No samples over time were written.".into())),
    }
    if runs.len() > 1 {
        if let Some(run) = runs.first() {
            blocks.insert(
                0,
                Block::Note(format!(
                    "In full: run {}. The other runs follow in small.",
                    run.name
                )),
            );
        }
        others(runs, courses, first_ms, &mut blocks);
    }
    Part {
        id: "time",
        title: "Over time",
        blocks,
    }
}

/// A measure of a cluster over time.
type Measure = fn(&Line) -> &Bins;

fn first_run(course: &Course, first_ms: Option<f64>, blocks: &mut Vec<Block>) {
    let clock = Clock::new(course, first_ms, course.end_ms - course.start_ms);
    let utilisation = clock.plot("Utilisation over time", "Utilisation", "%", &course.power);
    by_cluster(
        "Utilisation of the hosts",
        &utilisation,
        course,
        |line| &line.utilisation,
        100.0,
        blocks,
    );
    let power = clock.plot("Power over time", "Power", "kW", &course.power);
    by_cluster("Power", &power, course, |line| &line.power, 1e-3, blocks);
    let queue = Plot {
        curves: vec![
            curve("Running", 0, &course.running, 1.0),
            curve("Pending", 3, &course.pending, 1.0),
        ],
        ..clock.plot(
            "Tasks running and pending over time",
            "Tasks",
            "count",
            &course.power,
        )
    };
    blocks.push(Block::Figure(Box::new(PlotFigure::new(
        "Queue",
        "Of the whole run.",
        &queue,
    ))));
    let lines = course.lines.iter().enumerate();
    let energy = Plot {
        stacked: true,
        curves: lines
            .map(|(colour, line)| {
                let kwh = line.power.amounts(1e-3 / J_PER_KWH);
                Curve::exact(&line.name, colour, kwh.into_iter())
            })
            .collect(),
        ..clock.plot(
            "Energy used since the start",
            "Energy",
            "kWh",
            &course.power,
        )
    };
    blocks.push(Block::Figure(Box::new(PlotFigure::new(
        "Energy since the start",
        "",
        &energy,
    ))));
    let most_carbon = course.lines.iter().filter_map(|line| line.carbon.highest());
    if most_carbon.fold(0.0, f64::max) > 0.0 {
        let carbon = clock.plot("Carbon over time", "Carbon", "kg/h", &course.power);
        by_cluster(
            "Carbon",
            &carbon,
            course,
            |line| &line.carbon,
            HOUR_MS * 1e-3,
            blocks,
        );
    }
}

/// A measure of every cluster: in one plot where they are few, else each in its own on the same axes.
fn by_cluster(
    title: &str,
    plot: &Plot,
    course: &Course,
    measure: Measure,
    factor: f64,
    blocks: &mut Vec<Block>,
) {
    let note = "Lines are means, shaded bands reach from the lowest to the highest sample.";
    let lines = course.lines.iter().enumerate();
    let curves = lines.map(|(colour, line)| curve(&line.name, colour, measure(line), factor));
    if course.lines.len() <= TOGETHER {
        let plot = Plot {
            curves: curves.collect(),
            ..plot.clone()
        };
        blocks.push(Block::Figure(Box::new(PlotFigure::new(title, note, &plot))));
        return;
    }
    let highest = course
        .lines
        .iter()
        .filter_map(|line| measure(line).highest());
    let reach = highest.fold(0.0, f64::max) * factor;
    let smalls = curves.map(|curve| {
        let plot = Plot {
            reach,
            curves: vec![curve.clone()],
            ..plot.clone()
        };
        PlotSmall::new(&shortened(&curve.name, 40), &plot)
    });
    blocks.push(Block::Heading(title.to_owned()));
    blocks.push(Block::Note(note.to_owned()));
    blocks.push(Block::Smalls(smalls.collect()));
}

/// The same measures of every run on the same axes, so that heights and lengths compare.
fn others(
    runs: &[Run],
    courses: &[Option<Course>],
    first_ms: &[Option<f64>],
    blocks: &mut Vec<Block>,
) {
    let shown: Vec<(usize, &Course)> = courses
        .iter()
        .enumerate()
        .filter_map(|(run, course)| Some((run, course.as_ref()?)))
        .take(SMALLS + 1)
        .collect();
    let spans = shown
        .iter()
        .map(|(_, course)| course.end_ms - course.start_ms);
    let span_ms = spans.fold(0.0, f64::max);
    let highest = |bins: &[fn(&Course) -> &Bins]| {
        let all = shown
            .iter()
            .flat_map(|(_, course)| bins.iter().map(|bins| bins(course)));
        all.filter_map(Bins::highest).fold(0.0, f64::max)
    };
    let most_tasks = highest(&[|course| &course.running, |course| &course.pending]);
    let most_power = highest(&[|course| &course.power]) * 1e-3;
    let most_busy = highest(&[|course| &course.utilisation]) * 100.0;
    let smalls = |make: &dyn Fn(&Course, &Clock) -> Plot| -> Block {
        let plots = shown.iter().map(|(run, course)| {
            let clock = Clock::new(course, first_ms[*run], span_ms);
            PlotSmall::new(&title(&runs[*run]), &make(course, &clock))
        });
        Block::Smalls(plots.collect())
    };
    blocks.push(Block::Heading("All runs: power of all clusters".into()));
    blocks.push(smalls(&|course, clock| Plot {
        reach: most_power,
        curves: vec![curve("Power", 0, &course.power, 1e-3)],
        ..clock.plot("Power over time", "Power", "kW", &course.power)
    }));
    blocks.push(Block::Heading("All runs: utilisation of the hosts".into()));
    blocks.push(smalls(&|course, clock| Plot {
        reach: most_busy,
        curves: vec![curve("Utilisation", 2, &course.utilisation, 100.0)],
        ..clock.plot("Utilisation over time", "Utilisation", "%", &course.power)
    }));
    blocks.push(Block::Heading("All runs: tasks running and pending".into()));
    blocks.push(Block::Key(queue_legend()));
    blocks.push(smalls(&|course, clock| Plot {
        reach: most_tasks,
        curves: vec![
            curve("Running", 0, &course.running, 1.0),
            curve("Pending", 3, &course.pending, 1.0),
        ],
        ..clock.plot("Tasks over time", "Tasks", "count", &course.power)
    }));
    let left_out = courses.iter().flatten().count() - shown.len();
    if left_out > 0 {
        blocks.push(Block::Note(format!(
            "{left_out} more runs are in the comparison below, not drawn here."
        )));
    }
}

fn queue_legend() -> Legend {
    let names = [("Running", "line s0"), ("Pending", "line s3")];
    let keys = names.map(|(name, class)| Key::new(name, class.to_owned(), false));
    Legend::of_keys(keys.into())
}

/// A run as its small plots call it.
fn title(run: &Run) -> String {
    shortened(&format!("{} · {}", run.name, run.policy), 40)
}
