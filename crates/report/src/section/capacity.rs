//! Part 2: demand against what can be delivered, year by year.

use crate::ReportError;
use crate::chart::{Chart, INK, Mark, QUIET, Series};
use crate::figure::Figure;
use crate::fleet::Fleet;
use crate::format::{capital, number, year_ranges};
use crate::grid::{Cell, Grid, numbers, words};
use crate::run::Run;

/// Demand against deliverable power.
pub(crate) struct Capacity {
    pub(crate) sentence: String,
    pub(crate) figure: Figure,
}

/// Demand against deliverable power of a run. Errors: a table is not as it should be.
pub(crate) fn capacity(run: &Run, fleet: &Fleet) -> Result<Capacity, ReportError> {
    let table = run.table("deliverable")?;
    let years = table.years("year")?;
    let lost: Vec<String> = table
        .texts("lost_site")?
        .iter()
        .map(|id| fleet.name(id))
        .collect();
    let demand = table.numbers("demand_kw")?;
    let whole = table.numbers("n_kw")?;
    let without_unit = table.numbers("n_minus_unit_kw")?;
    let without_site = table.numbers("n_minus_site_kw")?;
    let series = |name: &str, colour, mark, values: &[f64]| Series {
        name: name.to_owned(),
        colour,
        mark,
        values: values.iter().map(|kw| Some(kw / 1e3)).collect(),
    };
    let chart = Chart {
        label: "Demand and deliverable IT power by year".into(),
        quantity: "IT power",
        unit: "MW".into(),
        last_counts: true,
        across: "Year",
        categories: years.iter().map(ToString::to_string).collect(),
        series: vec![
            series("N: everything works", QUIET, Mark::Bar, &whole),
            series("N\u{2212}1 unit", 2, Mark::Dashed, &without_unit),
            series("N\u{2212}1 site", 3, Mark::Dotted, &without_site),
            series("Demand at its peak", INK, Mark::Line, &demand),
        ],
        floor: 0.0,
        decimals: 2,
    };
    let mut grid = Grid::new(
        "Demand and deliverable IT power by year",
        vec![
            words("Year"),
            numbers("Demand", "MW"),
            numbers("N", "MW"),
            numbers("N\u{2212}1 unit", "MW"),
            numbers("N\u{2212}1 site", "MW"),
            words("Site whose loss hurts most"),
        ],
    );
    for row in 0..table.rows() {
        let power = |kw: f64| {
            let cell = Cell::number(kw / 1e3, 2);
            if kw < demand[row] {
                cell.class("bad")
            } else {
                cell
            }
        };
        grid.row(vec![
            years[row].to_string().into(),
            Cell::number(demand[row] / 1e3, 2),
            power(whole[row]),
            power(without_unit[row]),
            power(without_site[row]),
            lost[row].clone().into(),
        ]);
    }
    grid.note("Marked where it is less than the demand.".into());
    Ok(Capacity {
        sentence: sentence(&years, &demand, &[&whole, &without_unit, &without_site]),
        figure: Figure::new("Demand against deliverable IT power, by year", &chart, grid),
    })
}

/// In which years each of the three states falls short of the demand, and by how much at worst.
fn sentence(years: &[i32], demand: &[f64], states: &[&Vec<f64>; 3]) -> String {
    let names = [
        "while everything works",
        "with one unit lost",
        "with one site lost",
    ];
    let parts: Vec<String> = states
        .iter()
        .zip(names)
        .map(|(state, name)| {
            // A difference that only rounding makes is no shortfall.
            let short: Vec<usize> = (0..years.len())
                .filter(|row| state[*row] < demand[*row] * (1.0 - 1e-9))
                .collect();
            let worst = short
                .iter()
                .max_by(|a, b| (demand[**a] - state[**a]).total_cmp(&(demand[**b] - state[**b])));
            let Some(&worst) = worst else {
                return format!("{}, demand is covered in every year.", capital(name));
            };
            let short_years: Vec<i32> = short.iter().map(|row| years[*row]).collect();
            format!(
                "{}, it is not covered in {} (at worst {} MW short, in {}).",
                capital(name),
                year_ranges(&short_years),
                number((demand[worst] - state[worst]) / 1e3, 2),
                years[worst]
            )
        })
        .collect();
    parts.join(" ")
}
