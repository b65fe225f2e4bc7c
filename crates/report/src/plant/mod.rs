//! The page of a plant at a place: one year in figures, bins of the dry bulb, the psychrometric chart, load duration.

mod psychrometric;

use askama::Template;

use crate::ReportError;
use crate::chart::{Chart, Mark, Series};
use crate::figure::{Figure, table_of};
use crate::format::{clean, full};
use crate::plot::{Across, Curve, Plot, PlotFigure};
use crate::security;
use psychrometric::Psychrometric;

const STYLE: &str = concat!(
    include_str!("../../templates/page.css"),
    include_str!("../../templates/plot.css"),
    include_str!("../../templates/plant.css")
);
const SCRIPT: &str = include_str!("../../templates/page.js");

/// Everything that the page says.
#[derive(Debug, Clone, PartialEq)]
pub struct PlantPage {
    /// Topology and place.
    pub title: String,
    /// The outcome in one sentence.
    pub headline: String,
    /// Where the weather comes from.
    pub lead: String,
    /// Figures under the headline.
    pub tiles: Vec<PlantTile>,
    /// Bins of the dry bulb, rising.
    pub bins: Vec<DryBulbBin>,
    /// Names of the parts in [`DryBulbBin::per_100_kwh`].
    pub parts: Vec<&'static str>,
    /// Hours of the year by state of the outdoor air.
    pub air: Vec<AirCell>,
    /// Air pressure for which the psychrometric chart is drawn \[Pa\].
    pub pressure_pa: f64,
    /// Draw from the grid \[MW\], highest first, at equal shares of the year.
    pub grid_mw: Vec<f64>,
    /// What else the page should name.
    pub facts: Vec<(String, String)>,
    /// The command that makes the page again.
    pub command: String,
}

/// A figure under the headline.
#[derive(Debug, Clone, PartialEq)]
pub struct PlantTile {
    /// What it is.
    pub name: &'static str,
    /// How it is shown.
    pub text: String,
    /// Its unit.
    pub unit: &'static str,
    /// Its name for programs.
    pub metric: &'static str,
    /// The number.
    pub value: f64,
}

/// Hours of the year with a dry bulb in a range.
#[derive(Debug, Clone, PartialEq)]
pub struct DryBulbBin {
    /// Where the bin begins \[°C\].
    pub from_c: i32,
    /// Hours of free, of partial and of mechanical cooling \[h\].
    pub hours: [f64; 3],
    /// Energy of each part per 100 kWh of the servers.
    pub per_100_kwh: Vec<f64>,
}

/// Hours of the year with air near a state.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AirCell {
    /// Lower corner: dry bulb \[°C\].
    pub dry_bulb_c: f64,
    /// Lower corner: humidity ratio \[g/kg\].
    pub humidity_g_per_kg: f64,
    /// Hours \[h\].
    pub hours: f64,
}

/// Width of an [`AirCell`] \[K\].
pub const CELL_K: f64 = 1.0;
/// Height of an [`AirCell`] \[g/kg\].
pub const CELL_G_PER_KG: f64 = 0.5;

#[derive(Template)]
#[template(path = "plant.html")]
struct Page<'a> {
    policy: String,
    style: &'static str,
    script: &'static str,
    title: String,
    headline: String,
    lead: String,
    tiles: Vec<(&'a PlantTile, String)>,
    hours: Figure,
    spent: Figure,
    psychrometric: Psychrometric,
    duration: PlotFigure,
    facts: Vec<(String, String)>,
    command: String,
}

/// The page as HTML; it fetches nothing. Errors: the template cannot be filled.
pub fn render_plant(page: &PlantPage) -> Result<String, ReportError> {
    let filled = Page {
        policy: security::policy(SCRIPT, STYLE),
        style: STYLE,
        script: SCRIPT,
        title: clean(&page.title),
        headline: clean(&page.headline),
        lead: clean(&page.lead),
        tiles: page
            .tiles
            .iter()
            .map(|tile| (tile, full(tile.value)))
            .collect(),
        hours: hours(&page.bins),
        spent: spent(&page.bins, &page.parts),
        psychrometric: Psychrometric::new(&page.air, page.pressure_pa),
        duration: duration(&page.grid_mw),
        facts: page
            .facts
            .iter()
            .map(|(name, value)| (clean(name), clean(value)))
            .collect(),
        command: clean(&page.command),
    };
    Ok(filled.render()?)
}

fn categories(bins: &[DryBulbBin]) -> Vec<String> {
    bins.iter().map(|bin| bin.from_c.to_string()).collect()
}

/// Hours by bin, in the colours of how the site cools.
fn hours(bins: &[DryBulbBin]) -> Figure {
    let series = |name: &str, colour: usize, mode: usize| Series {
        name: name.to_owned(),
        colour,
        mark: Mark::Bar,
        values: bins.iter().map(|bin| Some(bin.hours[mode])).collect(),
    };
    let chart = Chart {
        label: "Hours of the year by outdoor dry bulb and by how the site cools".to_owned(),
        quantity: "Hours",
        unit: "h".to_owned(),
        across: "Dry bulb from [°C]",
        last_counts: false,
        categories: categories(bins),
        series: vec![
            series("free: no compressor", 0, 0),
            series("partial", 5, 1),
            series("mechanical", 3, 2),
        ],
        floor: 0.0,
        decimals: 0,
    };
    Figure::new(
        "The year by outdoor temperature",
        &chart,
        table_of("Hours by outdoor temperature", &chart),
    )
}

/// What is spent beside the servers, by bin.
fn spent(bins: &[DryBulbBin], parts: &[&'static str]) -> Figure {
    let chart = Chart {
        label: "Energy of each part per 100 kWh of the servers by outdoor dry bulb".to_owned(),
        quantity: "Per 100 kWh of the servers",
        unit: "kWh".to_owned(),
        across: "Dry bulb from [°C]",
        last_counts: false,
        categories: categories(bins),
        series: parts
            .iter()
            .enumerate()
            .map(|(part, name)| Series {
                name: (*name).to_owned(),
                colour: part,
                mark: Mark::Bar,
                values: bins
                    .iter()
                    .map(|bin| bin.per_100_kwh.get(part).copied())
                    .collect(),
            })
            .collect(),
        floor: 0.0,
        decimals: 2,
    };
    Figure::new(
        "What the plant adds, by outdoor temperature",
        &chart,
        table_of("What the plant adds by outdoor temperature", &chart),
    )
}

/// Draw from the grid against the share of the year for which it is reached.
fn duration(grid_mw: &[f64]) -> PlotFigure {
    let last = grid_mw.len().saturating_sub(1).max(1) as f64;
    let plot = Plot {
        label: "Draw from the grid against the share of the year for which it is reached"
            .to_owned(),
        quantity: "Grid",
        unit: "MW",
        across: Across::Even {
            title: "Share of the year [%]".to_owned(),
            unit: "%",
            low: 0.0,
            high: 100.0,
            steps: &[10.0, 20.0, 25.0],
        },
        stacked: false,
        reach: 0.0,
        places: (0..grid_mw.len())
            .map(|index| index as f64 / last * 100.0)
            .collect(),
        curves: vec![Curve::exact("draw", 0, grid_mw.iter().copied())],
    };
    PlotFigure::new(
        "Load duration",
        "The draw from the grid, highest first: how many hours of the year need how much.",
        &plot,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page() -> PlantPage {
        PlantPage {
            title: "dry-cooler-trim <at> Irkutsk".to_owned(),
            headline: "PUE 1.11".to_owned(),
            lead: "measured".to_owned(),
            tiles: vec![PlantTile {
                name: "PUE",
                text: "1.11".to_owned(),
                unit: "",
                metric: "pue",
                value: 1.11,
            }],
            bins: (0..3)
                .map(|bin| DryBulbBin {
                    from_c: bin * 5,
                    hours: [100.0, 20.0, 1.0],
                    per_100_kwh: vec![4.0, 2.0],
                })
                .collect(),
            parts: vec!["UPS", "fans"],
            air: vec![AirCell {
                dry_bulb_c: 10.0,
                humidity_g_per_kg: 5.0,
                hours: 12.0,
            }],
            pressure_pa: 95_500.0,
            grid_mw: vec![12.0, 11.0, 10.0],
            facts: vec![("Servers".to_owned(), "10 MW".to_owned())],
            command: "angara plant".to_owned(),
        }
    }

    #[test]
    fn the_page_shows_every_chart_and_escapes_what_users_wrote() {
        let html = render_plant(&page()).unwrap();
        for words in [
            "The year by outdoor temperature",
            "What the plant adds",
            "Psychrometric chart",
            "Load duration",
            "data-metric=\"pue\"",
        ] {
            assert!(html.contains(words), "{words}");
        }
        assert!(!html.contains("<at>") && html.contains("&#60;at&#62;"));
        assert!(!html.contains("http://") && !html.contains("https://"));
    }

    #[test]
    fn an_empty_year_still_makes_a_page() {
        let empty = PlantPage {
            bins: Vec::new(),
            air: Vec::new(),
            grid_mw: Vec::new(),
            ..page()
        };
        let html = render_plant(&empty).unwrap();
        assert!(!html.contains("NaN") && !html.contains("inf"), "{html}");
    }
}
