//! Part 6: energy, PUE, water and carbon by month and site.

use askama::Template;

use crate::ReportError;
use crate::chart::{Chart, Drawing, Mark, Series};
use crate::figure::Legend;
use crate::fleet::Fleet;
use crate::format::{Scale, capital, number, significant, tonnes};
use crate::grid::{Cell, Grid, numbers, words};
use crate::run::{Columns, Run};

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

/// A small chart with its title.
pub(crate) struct Small {
    pub(crate) title: String,
    pub(crate) legend: Legend,
    pub(crate) drawing: Drawing,
}

/// One year by month.
#[derive(Template)]
#[template(path = "climate_year.html")]
pub(crate) struct Panel {
    pub(crate) year: i32,
    is_last: bool,
    sentence: String,
    /// Legend of the charts with one line or bar per site.
    sites: Legend,
    charts: Vec<Small>,
    by_site: Grid,
    by_month: Grid,
}

impl askama::filters::HtmlSafe for Panel {}

/// All years by month, and plan against simulation.
pub(crate) struct Climate {
    pub(crate) years: Vec<Panel>,
    pub(crate) compare: Grid,
}

/// Energy, PUE, water and carbon of a run. Errors: a table is not as it should be.
pub(crate) fn climate(run: &Run, fleet: &Fleet) -> Result<Climate, ReportError> {
    let records = Records::of(run.table("site_months")?)?;
    let mut all: Vec<i32> = records.years.clone();
    all.sort_unstable();
    all.dedup();
    let last = all.last().copied();
    Ok(Climate {
        years: all
            .into_iter()
            .map(|year| records.year(year, last == Some(year), fleet))
            .collect(),
        compare: compare(run)?,
    })
}

/// The columns of `site_months`.
struct Records {
    years: Vec<i32>,
    months: Vec<i32>,
    sites: Vec<String>,
    it: Vec<f64>,
    facility: Vec<f64>,
    cooling: Vec<f64>,
    losses: Vec<f64>,
    humidifier: Vec<f64>,
    water: Vec<f64>,
    carbon: Vec<f64>,
    peak: Vec<f64>,
    dry_bulb: Vec<Option<f64>>,
    utilisation: Vec<Option<f64>>,
}

impl Records {
    fn of(table: Columns<'_>) -> Result<Self, ReportError> {
        Ok(Self {
            years: table.years("year")?,
            months: table.years("month")?,
            sites: table.texts("site")?,
            it: table.numbers("it_kwh")?,
            facility: table.numbers("facility_kwh")?,
            cooling: table.numbers("cooling_kwh")?,
            losses: table.numbers("losses_kwh")?,
            humidifier: table.numbers("humidifier_kwh")?,
            water: table.numbers("water_m3")?,
            carbon: table.numbers("carbon_t")?,
            peak: table.numbers("peak_facility_kw")?,
            dry_bulb: table.optional_numbers("mean_dry_bulb_c")?,
            utilisation: table.optional_numbers("utilisation")?,
        })
    }

    /// Sum of a column over the rows of a year, and of a month and a site where given.
    fn sum(&self, column: &[f64], year: i32, month: Option<i32>, site: Option<&str>) -> f64 {
        self.rows(year, month, site).map(|row| column[row]).sum()
    }

    fn rows(
        &self,
        year: i32,
        month: Option<i32>,
        site: Option<&str>,
    ) -> impl Iterator<Item = usize> {
        (0..self.years.len()).filter(move |row| {
            self.years[*row] == year
                && month.is_none_or(|month| self.months[*row] == month)
                && site.is_none_or(|site| self.sites[*row] == site)
        })
    }

    fn year(&self, year: i32, is_last: bool, fleet: &Fleet) -> Panel {
        // Sites that used energy in this year, each with its colour of the map.
        let sites: Vec<(&str, String, usize)> = fleet
            .sites
            .iter()
            .filter(|site| self.rows(year, None, Some(&site.id)).next().is_some())
            .map(|site| (site.id.as_str(), site.name.clone(), site.colour))
            .collect();
        let by_site = |mark, value: &dyn Fn(i32, &str) -> Option<f64>| -> Vec<Series> {
            sites
                .iter()
                .map(|(id, name, colour)| Series {
                    name: name.clone(),
                    colour: *colour,
                    mark,
                    values: (1..=12).map(|month| value(month, id)).collect(),
                })
                .collect()
        };
        let sum = |column: &[f64], month: i32, site: &str| {
            self.sum(column, year, Some(month), Some(site))
        };
        let pue = monthly(
            year,
            "PUE",
            "",
            1.0,
            3,
            by_site(Mark::Line, &|month, site| {
                let it = sum(&self.it, month, site);
                (it > 0.0).then(|| sum(&self.facility, month, site) / it)
            }),
        );
        let stacked = |quantity: &'static str, unit: &str, column: &[f64], factor: f64| {
            let decimals = if self.sum(column, year, None, None) * factor < 1000.0 {
                2
            } else {
                0
            };
            monthly(
                year,
                quantity,
                unit,
                0.0,
                decimals,
                by_site(Mark::Bar, &|month, site| {
                    Some(sum(column, month, site) * factor)
                }),
            )
        };
        let carbon = stacked("Carbon", "t", &self.carbon, 1.0);
        let water = stacked("Water", "m³", &self.water, 1.0);
        let use_of_energy = self.uses(year);
        let it = stacked("IT energy", "MWh", &self.it, 1e-3);
        let small = |title: &str, chart: &Chart| Small {
            title: title.to_owned(),
            legend: Legend::of(chart),
            drawing: chart.small(),
        };
        let legend = Legend::of(&it);
        Panel {
            year,
            is_last,
            sentence: self.sentence(year),
            sites: legend,
            charts: vec![
                small("Energy by use", &use_of_energy),
                small("IT energy", &it),
                small("PUE", &pue),
                small("Carbon", &carbon),
                small("Water", &water),
            ],
            by_site: self.by_site(year, &sites),
            by_month: self.by_month(year, &sites),
        }
    }

    fn uses(&self, year: i32) -> Chart {
        let uses: [(&str, &[f64]); 4] = [
            ("IT", &self.it),
            ("Cooling", &self.cooling),
            ("Losses", &self.losses),
            ("Humidifiers", &self.humidifier),
        ];
        let series = uses
            .into_iter()
            .zip([0, 1, 7, 4])
            .map(|((name, column), colour)| Series {
                name: name.to_owned(),
                colour,
                mark: Mark::Bar,
                values: (1..=12)
                    .map(|month| Some(self.sum(column, year, Some(month), None) / 1e3))
                    .collect(),
            });
        monthly(year, "Energy", "MWh", 0.0, 0, series.collect())
    }

    fn sentence(&self, year: i32) -> String {
        let sum = |column| self.sum(column, year, None, None);
        let (it, facility) = (sum(&self.it), sum(&self.facility));
        let pue = if it > 0.0 {
            format!(", PUE {}", number(facility / it, 3))
        } else {
            String::new()
        };
        let (carbon, unit) = tonnes(sum(&self.carbon));
        format!(
            "{year}: {} GWh at the meter for {} GWh of IT{pue}; {carbon} {unit} of carbon, {} m³ of water.",
            significant(facility / 1e6, 4),
            significant(it / 1e6, 4),
            number(sum(&self.water), 0),
        )
    }

    fn heads(first: Vec<crate::grid::Head>) -> Vec<crate::grid::Head> {
        let mut heads = first;
        heads.extend([
            numbers("IT", "MWh"),
            numbers("Facility", "MWh"),
            numbers("Cooling", "MWh"),
            numbers("Losses", "MWh"),
            numbers("Humidifiers", "MWh"),
            numbers("PUE", ""),
            numbers("Water", "m³"),
            numbers("Carbon", "t"),
            numbers("Peak", "kW"),
            numbers("Outdoor mean", "°C"),
            numbers("Utilisation", "%"),
        ]);
        heads
    }

    /// The cells of all measures over some rows.
    fn cells(&self, year: i32, month: Option<i32>, site: Option<&str>) -> Vec<Cell> {
        let sum = |column| self.sum(column, year, month, site);
        let (it, facility) = (sum(&self.it), sum(&self.facility));
        let energy = |kwh: f64| Cell::number(kwh / 1e3, 1);
        let mean = |column: &[Option<f64>]| {
            let known: Vec<f64> = self
                .rows(year, month, site)
                .filter_map(|row| column[row])
                .collect();
            (!known.is_empty()).then(|| known.iter().sum::<f64>() / known.len() as f64)
        };
        let peak = self
            .rows(year, month, site)
            .map(|row| self.peak[row])
            .fold(0.0, f64::max);
        vec![
            energy(it),
            energy(facility),
            energy(sum(&self.cooling)),
            energy(sum(&self.losses)),
            energy(sum(&self.humidifier)),
            Cell::optional((it > 0.0).then(|| facility / it), 3),
            Cell::number(sum(&self.water), 0),
            Cell::number(sum(&self.carbon), 1),
            Cell::number(peak, 0),
            Cell::optional(mean(&self.dry_bulb), 1),
            Cell::optional(mean(&self.utilisation).map(|share| share * 100.0), 1),
        ]
    }

    fn by_site(&self, year: i32, sites: &[(&str, String, usize)]) -> Grid {
        let mut grid = Grid::new(
            &format!("By site, {year}"),
            Self::heads(vec![words("Site")]),
        );
        for (id, name, _) in sites {
            let mut row = vec![Cell::text(name.clone())];
            row.extend(self.cells(year, None, Some(id)));
            grid.row(row);
        }
        grid
    }

    fn by_month(&self, year: i32, sites: &[(&str, String, usize)]) -> Grid {
        let heads = Self::heads(vec![words("Site"), words("Month")]);
        let mut grid = Grid::new(&format!("By site and month, {year}"), heads);
        for (id, name, _) in sites {
            for (month, word) in (1..).zip(MONTHS) {
                let mut row = vec![Cell::text(name.clone()), Cell::text(word)];
                row.extend(self.cells(year, Some(month), Some(id)));
                grid.row(row);
            }
        }
        grid
    }
}

/// A chart over the months of a year.
fn monthly(
    year: i32,
    quantity: &'static str,
    unit: &str,
    floor: f64,
    decimals: usize,
    series: Vec<Series>,
) -> Chart {
    Chart {
        label: format!("{quantity} by month, {year}"),
        quantity,
        unit: unit.to_owned(),
        last_counts: false,
        across: "Month",
        categories: MONTHS.iter().map(ToString::to_string).collect(),
        series,
        floor,
        decimals,
    }
}

/// What the planner reckoned with beside what the simulation found.
fn compare(run: &Run) -> Result<Grid, ReportError> {
    let table = run.table("energy_compare")?;
    let (years, quantities) = (table.years("year")?, table.texts("quantity")?);
    let (planned, simulated) = (table.numbers("planned")?, table.numbers("simulated")?);
    let units = table.texts("unit")?;
    let mut grid = Grid::new(
        "What the planner reckoned with, and what the simulation found",
        vec![
            words("Quantity"),
            words("Year"),
            numbers("Planned", ""),
            numbers("Simulated", ""),
            words("Unit"),
            numbers("Difference", "%"),
        ],
    );
    let mut rows: Vec<usize> = (0..table.rows()).collect();
    rows.sort_by_key(|row| (&quantities[*row], years[*row]));
    for row in rows {
        let scale = Scale::of(planned[row].abs().max(simulated[row].abs()));
        let cell = |name: &str, value: f64| {
            let metric = format!("energy_compare:{}:{}:{name}", quantities[row], years[row]);
            Cell::number(value / scale.divisor, 2).metric(&metric, value)
        };
        let difference =
            (planned[row] != 0.0).then(|| (simulated[row] / planned[row] - 1.0) * 100.0);
        grid.row(vec![
            capital(&quantities[row]).into(),
            years[row].to_string().into(),
            cell("planned", planned[row]),
            cell("simulated", simulated[row]),
            scale.unit(&units[row]).into(),
            Cell::optional(difference, 2),
        ]);
    }
    Ok(grid)
}
