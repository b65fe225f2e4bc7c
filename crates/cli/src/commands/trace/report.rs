//! The summary of a trace in words and as JSON.

use angara_series::Severity;
use angara_workload::trace::{
    ChartQuantity, Clock, DurationHistogram, Findings, TraceFinding, TraceSummary,
};
use serde::Serialize;

use super::chart::Chart;
use super::clock::{instant, length, timestamp};
use super::scale::{self, grouped, short};

/// Columns of the names of the figures.
const NAME: usize = 24;
/// Columns of a bar of the histogram.
const BAR: usize = 32;

/// The summary for people.
pub(super) fn lines(summary: &TraceSummary, width: usize) -> Vec<String> {
    let mut lines = figures(summary);
    lines.extend(timeline(summary, width));
    lines.extend(durations(&summary.durations));
    lines
}

fn figures(summary: &TraceSummary) -> Vec<String> {
    let mut figures: Vec<(String, String)> = Vec::new();
    let mut add = |name: &str, value: String| figures.push((name.to_owned(), value));
    let format = summary.format;
    add("format", format!("{format}: {}", format.description()));
    for (name, count) in [
        ("tasks", summary.tasks),
        ("machines", summary.machines),
        ("fragments", summary.fragments),
        ("dependences", summary.dependences),
    ] {
        if count > 0 || name == "tasks" {
            add(name, grouped(count as f64));
        }
    }
    if let Some((from_ms, to_ms)) = summary.range_ms {
        let clock = summary.clock;
        let zone = if timestamp(clock, from_ms).is_some() {
            " UTC"
        } else {
            " since the start of the trace"
        };
        let span = length((i128::from(to_ms) - i128::from(from_ms)) as f64 / 1_000.0);
        let (from, to) = (instant(clock, from_ms), instant(clock, to_ms));
        add("time", format!("{from} to {to}{zone} ({span})"));
    }
    let all = if summary.machines > 0 {
        "all machines"
    } else {
        "all tasks together"
    };
    if summary.cores > 0.0 {
        add("cores", format!("{} ({all})", short(summary.cores)));
    }
    if summary.memory_bytes > 0 {
        let bytes = summary.memory_bytes as f64;
        let (step, unit) = scale::step(bytes, &scale::MEMORY);
        add("memory", format!("{} {unit} ({all})", short(bytes / step)));
    }
    if summary.accelerators > 0.0 {
        let count = short(summary.accelerators);
        add("accelerators", format!("{count} ({all})"));
    }
    if let Some(utilisation) = summary.utilisation {
        add("utilisation", format!("{} %", short(utilisation * 100.0)));
    }
    for measure in &summary.measures {
        let unit = if measure.unit == "1" {
            ""
        } else {
            measure.unit
        };
        let value = format!("{} {unit}", short(measure.value));
        add(measure.name, value.trim_end().to_owned());
    }
    figures
        .into_iter()
        .map(|(name, value)| format!("{name:<NAME$} {value}"))
        .collect()
}

/// What the timeline shows, its unit, and the steps of that unit.
fn quantity(quantity: ChartQuantity) -> Option<(&'static str, &'static str)> {
    Some(match quantity {
        ChartQuantity::DemandMegahertz => ("demand of all tasks together", "MHz"),
        ChartQuantity::Cores => ("cores in use or reserved", "cores"),
        ChartQuantity::Accelerators => ("accelerators in use", "accelerators"),
        ChartQuantity::ArrivalsPerHour => ("tasks that arrive", "per hour"),
        ChartQuantity::Nothing => return None,
    })
}

fn timeline(summary: &TraceSummary, width: usize) -> Vec<String> {
    let Some((name, unit)) = quantity(summary.quantity) else {
        return Vec::new();
    };
    let mut points: Vec<(i64, f64)> = summary.timeline.points().collect();
    let most = points.iter().map(|(_, value)| *value).fold(0.0, f64::max);
    let (step, unit) = if unit == "MHz" {
        scale::step(most, &scale::SPEED)
    } else {
        (1.0, unit)
    };
    for (_, value) in &mut points {
        *value /= step;
    }
    let (Some((first_ms, _)), Some((last_ms, _))) = (points.first(), points.last()) else {
        return Vec::new();
    };
    let bin_ms = summary.timeline.width_ms();
    let chart = Chart {
        points: &points,
        bin_ms,
        ends: [
            instant(summary.clock, *first_ms),
            instant(summary.clock, last_ms.saturating_add(bin_ms)),
        ],
        width,
    };
    let drawn = chart.lines();
    if drawn.is_empty() {
        return drawn;
    }
    let title = format!("{name} [{unit}], mean of {}", chart.bin());
    [String::new(), title].into_iter().chain(drawn).collect()
}

fn durations(histogram: &DurationHistogram) -> Vec<String> {
    let counts = histogram.counts();
    let most = counts.iter().copied().max().unwrap_or(0);
    let mut lines = Vec::new();
    if most == 0 {
        if histogram.unknown() > 0 {
            let count = grouped(histogram.unknown() as f64);
            lines.push(String::new());
            lines.push(format!(
                "durations                unknown for all {count} tasks"
            ));
        }
        return lines;
    }
    lines.extend([String::new(), "how long tasks run".to_owned()]);
    let first = counts.iter().position(|count| *count > 0).unwrap_or(0);
    for (class, count) in counts.iter().enumerate().skip(first) {
        let to = length(DurationHistogram::from_s(class + 1) as f64);
        let eighths = (*count as f64 / most as f64 * (BAR * 8) as f64).ceil() as usize;
        let mut bar = "█".repeat(eighths / 8);
        if !eighths.is_multiple_of(8) {
            bar.push(['▏', '▎', '▍', '▌', '▋', '▊', '▉'][eighths % 8 - 1]);
        }
        let line = format!("  below {to:>9}  {bar:<BAR$}  {}", grouped(*count as f64));
        lines.push(line);
    }
    if histogram.unknown() > 0 {
        let count = grouped(histogram.unknown() as f64);
        lines.push(format!("  {:<15}  {:<BAR$}  {count}", "unknown", ""));
    }
    lines
}

/// The summary for programs.
#[derive(Debug, Serialize)]
pub(super) struct Report {
    format: &'static str,
    clock: ClockReport,
    tasks: u64,
    machines: u64,
    fragments: u64,
    dependences: u64,
    range: Option<RangeReport>,
    cores: f64,
    memory_bytes: u64,
    accelerators: f64,
    utilisation: Option<f64>,
    measures: Vec<MeasureReport>,
    timeline: Option<TimelineReport>,
    durations: Vec<DurationReport>,
    durations_unknown: u64,
    notes: u64,
    findings: Vec<FindingReport>,
}

#[derive(Debug, Serialize)]
struct ClockReport {
    kind: &'static str,
    start: Option<String>,
}

#[derive(Debug, Serialize)]
struct RangeReport {
    from_ms: i64,
    to_ms: i64,
    from: Option<String>,
    to: Option<String>,
}

#[derive(Debug, Serialize)]
struct MeasureReport {
    name: &'static str,
    unit: &'static str,
    value: f64,
}

#[derive(Debug, Serialize)]
struct TimelineReport {
    quantity: &'static str,
    unit: &'static str,
    bin_ms: i64,
    from_ms: Vec<i64>,
    mean: Vec<f64>,
}

#[derive(Debug, Serialize)]
struct DurationReport {
    from_s: u64,
    below_s: u64,
    tasks: u64,
}

/// One finding of a reader.
#[derive(Debug, Serialize)]
pub(super) struct FindingReport {
    file: String,
    row: Option<u32>,
    field: String,
    value: String,
    expected: String,
}

impl From<&TraceFinding> for FindingReport {
    fn from(found: &TraceFinding) -> Self {
        Self {
            file: found.file.clone(),
            row: found.finding.row,
            field: found.finding.field.clone(),
            value: found.finding.value.clone(),
            expected: found.finding.expected.clone(),
        }
    }
}

/// The notes that are kept, for programs.
pub(super) fn notes(findings: &Findings) -> Vec<FindingReport> {
    let listed = findings.listed(Severity::Note);
    listed.iter().map(FindingReport::from).collect()
}

impl Report {
    pub(super) fn new(summary: &TraceSummary, findings: &Findings) -> Self {
        let clock = summary.clock;
        let start_ms = match clock {
            Clock::Epoch => None,
            Clock::Relative { start_ms } => start_ms,
        };
        Self {
            format: summary.format.name(),
            clock: ClockReport {
                kind: match clock {
                    Clock::Epoch => "epoch",
                    Clock::Relative { .. } => "relative",
                },
                start: start_ms.and_then(|start_ms| timestamp(Clock::Epoch, start_ms)),
            },
            tasks: summary.tasks,
            machines: summary.machines,
            fragments: summary.fragments,
            dependences: summary.dependences,
            range: summary.range_ms.map(|(from_ms, to_ms)| RangeReport {
                from_ms,
                to_ms,
                from: timestamp(clock, from_ms),
                to: timestamp(clock, to_ms),
            }),
            cores: summary.cores,
            memory_bytes: u64::try_from(summary.memory_bytes).unwrap_or(u64::MAX),
            accelerators: summary.accelerators,
            utilisation: summary.utilisation,
            measures: summary
                .measures
                .iter()
                .map(|measure| MeasureReport {
                    name: measure.name,
                    unit: measure.unit,
                    value: measure.value,
                })
                .collect(),
            timeline: quantity(summary.quantity).map(|(quantity, unit)| TimelineReport {
                quantity,
                unit,
                bin_ms: summary.timeline.width_ms(),
                from_ms: summary.timeline.points().map(|point| point.0).collect(),
                mean: summary.timeline.points().map(|point| point.1).collect(),
            }),
            durations: summary
                .durations
                .counts()
                .iter()
                .enumerate()
                .map(|(class, tasks)| DurationReport {
                    from_s: DurationHistogram::from_s(class),
                    below_s: DurationHistogram::from_s(class + 1),
                    tasks: *tasks,
                })
                .collect(),
            durations_unknown: summary.durations.unknown(),
            notes: findings.count(Severity::Note),
            findings: notes(findings),
        }
    }
}
