//! The story of packings: virtual machines placed by several policies until the fleet is full.

use std::collections::BTreeMap;
use std::path::Path;

use angara_results::read_table;

use super::batch::as_written;
use super::block::{Block, Part, Story, count_tile, tile};
use super::figures::count;
use crate::ReportError;
use crate::format::{SPACE, clean, number};
use crate::grid::{Cell, Grid, numbers, words};
use crate::plot::{Across, Curve, Plot, PlotFigure, Range};
use crate::run::Columns;

/// Most places of a plot; more arrivals join into bins.
const PLACES: usize = 320;
/// Most policies in one plot; the table shows all.
const CURVES: usize = 8;

/// A measure of one policy, by seed and by place.
type BySeed = BTreeMap<i64, Vec<(f64, f64)>>;

/// Packings by policy.
struct Packings {
    places: Vec<f64>,
    /// Name of the policy, allocation and fragmentation per seed and place: sum and count of the rows.
    policies: BTreeMap<String, [BySeed; 2]>,
}

/// The story of a folder. Errors: a table is missing, broken or of another shape.
pub(crate) fn story(folder: &Path) -> Result<Story, ReportError> {
    let packings = Packings::read(folder)?;
    let seeds = packings
        .policies
        .values()
        .map(|[allocated, _]| allocated.len());
    let seeds = seeds.max().unwrap_or(0) as f64;
    let mut ends: Vec<End> = packings
        .policies
        .iter()
        .filter_map(|(name, [allocated, fragmented])| {
            Some(End {
                name: name.clone(),
                seeds: allocated.len(),
                allocated: last(&packings.mean(allocated))?,
                most: highest(&packings.mean(allocated)),
                fragmented: last(&packings.mean(fragmented))?,
            })
        })
        .collect();
    ends.sort_by(|a, b| {
        b.allocated
            .mean
            .total_cmp(&a.allocated.mean)
            .then_with(|| a.name.cmp(&b.name))
    });
    let arrived = packings.places.last().copied().unwrap_or(0.0);
    let headline = headline(&ends, seeds, arrived);
    let mut tiles = vec![
        count_tile("Policies", "policies", packings.policies.len() as f64),
        count_tile("Seeds", "seeds", seeds),
        tile(
            "Arrived, of capacity",
            number(arrived, 1),
            "%",
            "arrived_percent",
            arrived,
        ),
    ];
    if let Some(best) = ends.first() {
        let (most, least) = (best.allocated.mean, best.fragmented.mean);
        tiles.push(tile(
            "Best allocation",
            number(most, 2),
            "%",
            "allocated_percent",
            most,
        ));
        tiles.push(tile(
            "Its fragmentation",
            number(least, 2),
            "%",
            "fragmented_percent",
            least,
        ));
    }
    let mut tables = vec![Block::Table(table(&ends))];
    let runs = super::table_path(folder, "runs");
    if runs.is_file() {
        let grid = as_written(&read_table(&runs)?, "As the run folder has them");
        tables.push(Block::Folded("Figures of the run folder".into(), grid));
    }
    Ok(Story {
        title: "Packing of virtual machines".to_owned(),
        kind: "packing of virtual machines",
        headline,
        lead: String::new(),
        tiles,
        parts: vec![
            Part {
                id: "load",
                title: "Against the arrived load",
                blocks: packings.plots(),
            },
            Part {
                id: "policies",
                title: "Policies",
                blocks: tables,
            },
        ],
    })
}

/// Who has most allocated in the end, and who least.
fn headline(ends: &[End], seeds: f64, arrived: f64) -> String {
    match (ends.first(), ends.last()) {
        (Some(best), Some(worst)) if ends.len() > 1 => format!(
            "{} over {}: with {}{SPACE}% of the capacity arrived, {} has {}{SPACE}% allocated, {} {}{SPACE}%.",
            count(ends.len() as f64, "policy", "policies"),
            count(seeds, "seed", "seeds"),
            number(arrived, 0),
            best.name,
            number(best.allocated.mean, 2),
            worst.name,
            number(worst.allocated.mean, 2),
        ),
        (Some(only), _) => format!(
            "{} over {}: {}{SPACE}% allocated with {}{SPACE}% of the capacity arrived.",
            only.name,
            count(seeds, "seed", "seeds"),
            number(only.allocated.mean, 2),
            number(arrived, 0),
        ),
        _ => "The table of packings holds no rows.".to_owned(),
    }
}

/// Where a policy stands when all has arrived.
struct End {
    name: String,
    seeds: usize,
    allocated: Range,
    most: f64,
    fragmented: Range,
}

fn last(values: &[Option<Range>]) -> Option<Range> {
    values.iter().rev().flatten().next().copied()
}

fn highest(values: &[Option<Range>]) -> f64 {
    values
        .iter()
        .flatten()
        .map(|range| range.mean)
        .fold(0.0, f64::max)
}

fn table(ends: &[End]) -> Grid {
    let mut grid = Grid::new(
        "Policies when all has arrived, most allocated first; means over the seeds",
        vec![
            words("Policy"),
            numbers("Seeds", ""),
            numbers("Allocated", "% of capacity"),
            numbers("Lowest–highest", "%"),
            numbers("Most on the way", "%"),
            numbers("Fragmented", "% of capacity"),
            numbers("Lowest–highest", "%"),
        ],
    );
    let best = ends.first().map(|end| end.allocated.mean);
    let least = ends.iter().map(|end| end.fragmented.mean).reduce(f64::min);
    let marked = |cell: Cell, is_best: bool| {
        if is_best && ends.len() > 1 {
            cell.class("best")
        } else {
            cell
        }
    };
    let spread = |range: Range| format!("{}–{}", number(range.low, 2), number(range.high, 2));
    for end in ends {
        grid.row(vec![
            end.name.as_str().into(),
            Cell::number(end.seeds as f64, 0),
            marked(
                Cell::number(end.allocated.mean, 2),
                best == Some(end.allocated.mean),
            ),
            Cell::text(spread(end.allocated)),
            Cell::number(end.most, 2),
            marked(
                Cell::number(end.fragmented.mean, 2),
                least == Some(end.fragmented.mean),
            ),
            Cell::text(spread(end.fragmented)),
        ]);
    }
    grid
}

impl Packings {
    fn read(folder: &Path) -> Result<Self, ReportError> {
        let table = super::table(folder, "packing")?;
        let table = Columns::of(&table);
        let policies = table.cells("policy")?;
        let seeds = table.numbers("seed")?;
        let arrived = table.numbers("arrived_percent")?;
        let measures = [
            table.numbers("allocated_percent")?,
            table.numbers("fragmented_percent")?,
        ];
        let mut distinct = arrived.clone();
        distinct.sort_by(f64::total_cmp);
        distinct.dedup();
        let (low, high) = (
            distinct.first().copied().unwrap_or(0.0),
            distinct.last().copied().unwrap_or(0.0),
        );
        let width = (high - low) / PLACES as f64;
        let places = if distinct.len() > PLACES {
            (0..PLACES)
                .map(|place| low + width * (place as f64 + 0.5))
                .collect()
        } else {
            distinct.clone()
        };
        let place_of = |value: f64| {
            if distinct.len() > PLACES {
                (((value - low) / width) as usize).min(PLACES - 1)
            } else {
                distinct.partition_point(|other| *other < value)
            }
        };
        let mut found: BTreeMap<String, [BySeed; 2]> = BTreeMap::new();
        for row in 0..table.rows() {
            let policy = clean(policies[row].as_deref().unwrap_or_default());
            let by_measure = found.entry(policy).or_default();
            for (by_seed, values) in by_measure.iter_mut().zip(&measures) {
                let cells = by_seed
                    .entry(seeds[row] as i64)
                    .or_insert_with(|| vec![(0.0, 0.0); places.len()]);
                let cell = &mut cells[place_of(arrived[row])];
                *cell = (cell.0 + values[row], cell.1 + 1.0);
            }
        }
        Ok(Self {
            places,
            policies: found,
        })
    }

    /// Mean over the seeds at each place, and the lowest and highest seed.
    fn mean(&self, by_seed: &BySeed) -> Vec<Option<Range>> {
        (0..self.places.len())
            .map(|place| {
                let seeds: Vec<Option<Range>> = by_seed
                    .values()
                    .map(|cells| {
                        let (sum, rows) = cells[place];
                        (rows > 0.0).then(|| Range::exact(sum / rows))
                    })
                    .collect();
                Range::of(&seeds)
            })
            .collect()
    }

    fn plots(&self) -> Vec<Block> {
        let plot = |label: &str, quantity, measure: usize| {
            let curves = self.policies.iter().take(CURVES).enumerate();
            Plot {
                label: label.to_owned(),
                quantity,
                unit: "%",
                across: Across::percent(
                    "Arrived load, share of the capacity",
                    self.places.last().copied().unwrap_or(0.0),
                ),
                stacked: false,
                reach: 0.0,
                places: self.places.clone(),
                curves: curves
                    .map(|(colour, (name, measures))| Curve {
                        name: name.clone(),
                        colour,
                        values: self.mean(&measures[measure]),
                    })
                    .collect(),
            }
        };
        let note = "Lines are means over the seeds, shaded bands reach from the lowest to the highest seed.";
        let allocated = plot("Allocated capacity against arrived load", "Allocated", 0);
        let fragmented = plot("Fragmented capacity against arrived load", "Fragmented", 1);
        let mut blocks = vec![
            Block::Figure(Box::new(PlotFigure::new("Allocation", note, &allocated))),
            Block::Figure(Box::new(PlotFigure::new("Fragmentation", "", &fragmented))),
        ];
        if self.policies.len() > CURVES {
            blocks.push(Block::Note(format!(
                "The first {CURVES} of {} policies.",
                self.policies.len()
            )));
        }
        blocks
    }
}
