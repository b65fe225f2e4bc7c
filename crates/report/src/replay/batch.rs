//! The story of a batch log: jobs in the queue of one machine.

use std::path::Path;

use angara_results::{Table, Values, read_table};

use super::block::{Block, Part, Story, Tile, count_tile, tile, time_tile};
use super::figures::count;
use super::waits::{self, Waits};
use crate::ReportError;
use crate::duration::{long, short};
use crate::format::{capital, clean, full, number, percent, significant};
use crate::grid::{Cell, Grid, numbers, words};
use crate::plot::{Across, Bins, Curve, Plot, PlotFigure, TimeUnit};
use crate::run::Columns;

/// Jobs that are named on the page.
const NAMED: usize = 10;
/// Most rows of a table of figures.
const ROWS: usize = 200;

struct Jobs {
    names: Vec<String>,
    submit_s: Vec<f64>,
    start_s: Vec<f64>,
    wait_s: Vec<f64>,
    run_s: Vec<f64>,
    processors: Vec<f64>,
}

/// What the jobs took together.
struct Course {
    start_s: f64,
    end_s: f64,
    busy: Bins,
    queue: Bins,
    most_busy: f64,
    longest_queue: f64,
    /// Processors times seconds.
    work: f64,
}

/// The story of a folder. Errors: a table is missing, broken or of another shape.
pub(crate) fn story(folder: &Path) -> Result<Story, ReportError> {
    let jobs = Jobs::read(folder)?;
    let runs = super::table_path(folder, "runs");
    let figures = if runs.is_file() {
        Some(read_table(&runs)?)
    } else {
        None
    };
    let machine = figures.as_ref().and_then(processors);
    let course = jobs.course();
    let waits = Waits::new(
        jobs.wait_s.iter().map(|wait| wait.max(0.0) * 1e3).collect(),
        0,
    );
    let headline = headline(&jobs, &course, machine, &waits);
    let mut tables = Vec::new();
    if let Some(table) = &figures {
        tables.push(Block::Heading("Figures".into()));
        tables.push(Block::Table(as_written(
            table,
            "As the run folder has them",
        )));
    }
    tables.push(Block::Heading("Longest waits".into()));
    tables.push(Block::Table(jobs.slowest(course.start_s)));
    Ok(Story {
        title: "Replay of a batch log".to_owned(),
        kind: "replay of a batch log",
        headline,
        lead: String::new(),
        tiles: tiles(&jobs, &course, machine, &waits),
        parts: vec![
            Part {
                id: "time",
                title: "Over time",
                blocks: course.plots(machine),
            },
            Part {
                id: "spread",
                title: "Waits",
                blocks: vec![Block::Figure(Box::new(PlotFigure::new(
                    "Waits of the jobs",
                    "How many jobs started within a wait of this length; what starts at once stands at the left edge.",
                    &waits::plot("jobs", &[("Jobs".to_owned(), 0, &waits)]),
                )))],
            },
            Part {
                id: "tables",
                title: "Tables",
                blocks: tables,
            },
        ],
    })
}

fn headline(jobs: &Jobs, course: &Course, machine: Option<f64>, waits: &Waits) -> String {
    if jobs.len() == 0 {
        return "The log holds no jobs.".to_owned();
    }
    let on = machine.map_or_else(String::new, |processors| {
        format!(
            " on {}, {} of them busy on average",
            count(processors, "processor", "processors"),
            percent(course.utilisation(processors), 1)
        )
    });
    format!(
        "{}{on}: done in {}, mean wait {}, longest wait {}.",
        count(jobs.len() as f64, "job", "jobs"),
        long((course.end_s - course.start_s) * 1e3),
        long(waits.mean_ms()),
        long(waits.longest_ms()),
    )
}

fn tiles(jobs: &Jobs, course: &Course, machine: Option<f64>, waits: &Waits) -> Vec<Tile> {
    let makespan_ms = (course.end_s - course.start_s) * 1e3;
    let mut tiles = vec![
        count_tile("Jobs", "jobs", jobs.len() as f64),
        time_tile("Makespan", "makespan_ms", makespan_ms),
    ];
    if let Some(processors) = machine {
        let share = course.utilisation(processors);
        tiles.push(count_tile("Processors", "processors", processors));
        let text = number(share * 100.0, 1);
        tiles.push(tile("Utilisation", text, "%", "utilisation", share));
    }
    let (median_ms, p95_ms) = (waits.quantile_ms(0.5), waits.quantile_ms(0.95));
    let hours = course.work / 3600.0;
    tiles.extend([
        count_tile("Most processors busy", "most_busy", course.most_busy),
        count_tile("Processor hours", "processor_hours", hours),
        tile(
            "Longest queue",
            number(course.longest_queue, 0),
            "jobs",
            "longest_queue",
            course.longest_queue,
        ),
        time_tile("Mean wait", "mean_wait_ms", waits.mean_ms()),
        time_tile("Median wait", "median_wait_ms", median_ms),
        time_tile("Wait of 95\u{a0}% at most", "p95_wait_ms", p95_ms),
        time_tile("Longest wait", "longest_wait_ms", waits.longest_ms()),
        count_tile("Jobs that waited", "waiting_jobs", waits.waiting() as f64),
    ]);
    tiles
}

/// The size of the machine, where the figures say it and agree.
fn processors(table: &Table) -> Option<f64> {
    let sizes = Columns::of(table).optional_numbers("processors").ok()?;
    let first = sizes.first().copied().flatten()?;
    (first > 0.0 && sizes.iter().all(|size| *size == Some(first))).then_some(first)
}

/// A table with its columns under their own names and units.
pub(crate) fn as_written(table: &Table, label: &str) -> Grid {
    let heads = table.columns().iter().map(|column| {
        // The unit stands under the name.
        let plain = column.name.strip_suffix(column.unit.as_str());
        let plain = plain.and_then(|name| name.strip_suffix('_'));
        let plain = plain.or_else(|| column.name.strip_suffix("_percent"));
        let name = clean(plain.unwrap_or(&column.name)).replace('_', " ");
        let name = capital(&name);
        match column.values {
            Values::Text { .. } | Values::Truth { .. } => words(&name),
            _ => numbers(&name, if column.unit == "1" { "" } else { &column.unit }),
        }
    });
    let mut grid = Grid::new(label, heads.collect());
    for row in 0..table.rows().min(ROWS) {
        let cells = table.columns().iter().map(|column| match &column.values {
            Values::Text { cells, .. } => Cell::text(clean(cells[row].as_deref().unwrap_or("–"))),
            Values::Truth { cells, .. } => Cell::text(match cells[row] {
                Some(true) => "yes",
                Some(false) => "no",
                None => "–",
            }),
            Values::Real { cells, .. } => cells[row].map_or_else(
                || Cell::text("–"),
                |value| Cell::text(significant(value, 4)),
            ),
            Values::Whole { cells, .. } => Cell::optional(cells[row].map(|value| value as f64), 0),
            Values::Small { cells, .. } => Cell::optional(cells[row].map(f64::from), 0),
        });
        grid.row(cells.collect());
    }
    if table.rows() > ROWS {
        grid.note(format!("The first {ROWS} of {} rows.", table.rows()));
    }
    grid
}

impl Jobs {
    fn read(folder: &Path) -> Result<Self, ReportError> {
        let table = read_table(&folder.join("jobs.parquet"))?;
        let table = Columns::of(&table);
        // Logs number their jobs; other sources name them.
        let names = match table.cells("job") {
            Ok(cells) => cells
                .iter()
                .map(|cell| clean(cell.as_deref().unwrap_or_default()))
                .collect(),
            Err(_) => table.numbers("job")?.into_iter().map(full).collect(),
        };
        Ok(Self {
            names,
            submit_s: table.numbers("submit_s")?,
            start_s: table.numbers("start_s")?,
            wait_s: table.numbers("wait_s")?,
            run_s: table.numbers("run_s")?,
            processors: table.numbers("processors")?,
        })
    }

    fn len(&self) -> usize {
        self.names.len()
    }

    fn end_s(&self, job: usize) -> f64 {
        self.start_s[job] + self.run_s[job].max(0.0)
    }

    fn course(&self) -> Course {
        let start_s = self
            .submit_s
            .iter()
            .copied()
            .reduce(f64::min)
            .unwrap_or(0.0);
        let ends = (0..self.len()).map(|job| self.end_s(job));
        let end_s = ends.fold(start_s, f64::max);
        // What changes, and when: processors taken or given back, jobs that join or leave the queue.
        let mut changes: Vec<(f64, f64, f64)> = Vec::with_capacity(self.len() * 3);
        for job in 0..self.len() {
            let processors = self.processors[job].max(0.0);
            changes.push((self.submit_s[job], 0.0, 1.0));
            changes.push((self.start_s[job], processors, -1.0));
            changes.push((self.end_s(job), -processors, 0.0));
        }
        changes.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut course = Course {
            start_s,
            end_s,
            busy: Bins::new(start_s * 1e3, end_s * 1e3),
            queue: Bins::new(start_s * 1e3, end_s * 1e3),
            most_busy: 0.0,
            longest_queue: 0.0,
            work: 0.0,
        };
        let (mut busy, mut queue) = (0.0_f64, 0.0_f64);
        let mut moments = changes.chunk_by(|a, b| a.0 == b.0).peekable();
        while let Some(moment) = moments.next() {
            busy = (busy + moment.iter().map(|change| change.1).sum::<f64>()).max(0.0);
            queue = (queue + moment.iter().map(|change| change.2).sum::<f64>()).max(0.0);
            let from = moment[0].0;
            let to = moments.peek().map_or(from, |next| next[0].0);
            course.busy.add(from * 1e3, to * 1e3, busy);
            course.queue.add(from * 1e3, to * 1e3, queue);
            course.most_busy = course.most_busy.max(busy);
            course.longest_queue = course.longest_queue.max(queue);
            course.work += busy * (to - from);
        }
        course
    }

    fn slowest(&self, first_s: f64) -> Grid {
        let mut grid = Grid::new(
            "At most ten, longest first",
            vec![
                words("Job"),
                numbers("Submitted", "after the first"),
                numbers("Wait", ""),
                numbers("Run", ""),
                numbers("Processors", ""),
            ],
        );
        let mut jobs: Vec<usize> = (0..self.len()).collect();
        jobs.sort_by(|a, b| self.wait_s[*b].total_cmp(&self.wait_s[*a]).then(a.cmp(b)));
        for job in jobs.into_iter().take(NAMED) {
            grid.row(vec![
                self.names[job].as_str().into(),
                Cell::text(short((self.submit_s[job] - first_s) * 1e3)),
                Cell::text(short(self.wait_s[job] * 1e3)),
                Cell::text(short(self.run_s[job] * 1e3)),
                Cell::number(self.processors[job], 0),
            ]);
        }
        grid
    }
}

impl Course {
    fn utilisation(&self, processors: f64) -> f64 {
        let whole = processors * (self.end_s - self.start_s);
        if whole > 0.0 { self.work / whole } else { 0.0 }
    }

    fn plots(&self, machine: Option<f64>) -> Vec<Block> {
        let span_ms = (self.end_s - self.start_s).max(0.001) * 1e3;
        let unit = TimeUnit::of(span_ms);
        let plot =
            |label: &str, quantity: &'static str, unit_text, name: &str, colour, bins: &Bins| {
                Plot {
                    label: label.to_owned(),
                    quantity,
                    unit: unit_text,
                    across: Across::time(unit, 0.0, span_ms / unit.ms),
                    stacked: false,
                    reach: 0.0,
                    places: bins.places(self.start_s * 1e3, unit.ms),
                    curves: vec![Curve {
                        name: name.to_owned(),
                        colour,
                        values: bins.ranges(1.0),
                    }],
                }
            };
        let mut busy = plot(
            "Processors busy over time",
            "Processors",
            "count",
            "Busy",
            0,
            &self.busy,
        );
        if let Some(processors) = machine {
            let places = busy.places.len();
            busy.curves.push(Curve::exact(
                "Machine",
                crate::chart::INK,
                std::iter::repeat_n(processors, places),
            ));
        }
        let queue = plot(
            "Jobs waiting over time",
            "Waiting",
            "jobs",
            "Waiting",
            3,
            &self.queue,
        );
        let banded = "Lines are means, shaded bands reach from the lowest to the highest value.";
        vec![
            Block::Figure(Box::new(PlotFigure::new("Busy processors", banded, &busy))),
            Block::Figure(Box::new(PlotFigure::new("Queue", "", &queue))),
        ]
    }
}
