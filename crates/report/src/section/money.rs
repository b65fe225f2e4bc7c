//! Part 5: what it costs, when, for what, and whom.

use std::collections::BTreeMap;

use crate::ReportError;
use crate::chart::{Chart, Mark, Series};
use crate::figure::Figure;
use crate::format::{Currency, SPACE, Scale, capital, significant};
use crate::grid::{Cell, Grid, numbers, words};
use crate::run::Run;
use crate::section::parties;

/// Categories as the chart stacks them: few enough to tell apart. The table keeps each by itself.
const GROUPS: [(&str, &[&str]); 7] = [
    ("Sites and halls", &["site", "hall"]),
    ("Plant", &["plant"]),
    ("Servers", &["servers"]),
    ("Duty and freight", &["duty", "freight"]),
    (
        "Energy, water, carbon",
        &["energy", "demand-charge", "water", "carbon"],
    ),
    ("Staff and maintenance", &["staff", "maintenance"]),
    ("Network", &["network"]),
];

/// Money by year, category and party.
pub(crate) struct Money {
    pub(crate) sentence: String,
    pub(crate) figure: Figure,
    pub(crate) categories: Grid,
    pub(crate) unit_costs: Grid,
    pub(crate) parties: Grid,
    pub(crate) parties_by_year: Grid,
}

/// The money of a run. Errors: a table is not as it should be.
pub(crate) fn money(run: &Run) -> Result<Money, ReportError> {
    let table = run.table("money")?;
    let currency = table.currency("amount_minor")?;
    let (years, categories, kinds) = (
        table.years("year")?,
        table.texts("category")?,
        table.texts("kind")?,
    );
    let amounts: Vec<f64> = table
        .numbers("amount_minor")?
        .iter()
        .map(|minor| minor * currency.minor)
        .collect();
    let mut by_cell: BTreeMap<(String, i32), f64> = BTreeMap::new();
    let mut by_year: BTreeMap<i32, f64> = BTreeMap::new();
    let (mut capital, mut operating) = (0.0, 0.0);
    for row in 0..table.rows() {
        *by_cell
            .entry((categories[row].clone(), years[row]))
            .or_default() += amounts[row];
        *by_year.entry(years[row]).or_default() += amounts[row];
        *(if kinds[row] == "capital" {
            &mut capital
        } else {
            &mut operating
        }) += amounts[row];
    }
    let all_years: Vec<i32> = by_year.keys().copied().collect();
    let scale = Scale::of(by_year.values().copied().fold(0.0, f64::max));
    let unit = scale.unit(&currency.code);
    let chart = chart(&all_years, &by_cell, scale, &unit);
    let grid = by_category(&all_years, &by_cell, scale, &unit);
    let minor = |major: f64| major / currency.minor;
    let sentence = format!(
        "Undiscounted, over the whole horizon: {} of capital and {} of operation.",
        currency.amount(minor(capital)),
        currency.amount(minor(operating))
    );
    let table_beside = crate::figure::table_of(&format!("Cost by year, {unit}"), &chart);
    let (parties, parties_by_year) = parties::parties(run)?;
    Ok(Money {
        sentence,
        figure: Figure::new("Cost by year, not discounted", &chart, table_beside),
        categories: grid,
        unit_costs: unit_costs(run)?,
        parties,
        parties_by_year,
    })
}

fn chart(years: &[i32], cells: &BTreeMap<(String, i32), f64>, scale: Scale, unit: &str) -> Chart {
    let mut groups: Vec<(String, Vec<String>)> = GROUPS
        .iter()
        .map(|(name, members)| {
            (
                (*name).to_owned(),
                members.iter().map(ToString::to_string).collect(),
            )
        })
        .collect();
    let known: Vec<String> = groups
        .iter()
        .flat_map(|(_, members)| members.clone())
        .collect();
    let mut others: Vec<String> = cells.keys().map(|(category, _)| category.clone()).collect();
    others.retain(|category| !known.contains(category));
    others.dedup();
    if !others.is_empty() {
        groups.push(("Other".to_owned(), others));
    }
    let series = groups
        .into_iter()
        .enumerate()
        .map(|(colour, (name, members))| Series {
            name,
            colour,
            mark: Mark::Bar,
            values: years
                .iter()
                .map(|year| {
                    let amounts = members
                        .iter()
                        .filter_map(|member| cells.get(&(member.clone(), *year)));
                    Some(amounts.sum::<f64>() / scale.divisor)
                })
                .collect(),
        });
    Chart {
        label: "Cost by year and category".into(),
        quantity: "Cost",
        unit: unit.to_owned(),
        last_counts: true,
        across: "Year",
        categories: years.iter().map(ToString::to_string).collect(),
        series: series
            .filter(|series| series.values.iter().flatten().any(|value| *value != 0.0))
            .collect(),
        floor: 0.0,
        decimals: 2,
    }
}

fn by_category(
    years: &[i32],
    cells: &BTreeMap<(String, i32), f64>,
    scale: Scale,
    unit: &str,
) -> Grid {
    let mut heads = vec![words("Category")];
    heads.extend(years.iter().map(|year| numbers(&year.to_string(), "")));
    heads.push(numbers("Total", ""));
    let mut grid = Grid::new(&format!("Cost by category and year, {unit}"), heads).class("matrix");
    let known = GROUPS
        .iter()
        .flat_map(|(_, members)| members.iter().map(ToString::to_string));
    let mut categories: Vec<String> = known.collect();
    for (category, _) in cells.keys() {
        if !categories.contains(category) {
            categories.push(category.clone());
        }
    }
    for category in categories {
        let amounts: Vec<f64> = years
            .iter()
            .map(|year| {
                cells
                    .get(&(category.clone(), *year))
                    .copied()
                    .unwrap_or(0.0)
                    / scale.divisor
            })
            .collect();
        if amounts.iter().all(|amount| *amount == 0.0) {
            continue;
        }
        let mut row = vec![Cell::text(capital(&category.replace('-', " ")))];
        row.extend(amounts.iter().map(|amount| Cell::number(*amount, 2)));
        row.push(Cell::number(amounts.iter().sum(), 2));
        grid.row(row);
    }
    grid
}

fn unit_costs(run: &Run) -> Result<Grid, ReportError> {
    let table = run.table("unit_costs")?;
    let (metrics, values) = (table.texts("metric")?, table.numbers("value")?);
    let (units, notes) = (table.texts("unit")?, table.texts("note")?);
    let mut grid = Grid::new(
        "Unit costs and net present cost",
        vec![
            words("Measure"),
            numbers("Value", ""),
            words("Unit"),
            words("What it counts"),
        ],
    );
    for row in 0..table.rows() {
        // Only amounts of money in itself, not prices per something, are put into millions.
        let is_amount = !units[row].contains('/');
        let (text, unit) = if is_amount {
            let amount = Currency::of_unit(&units[row]).amount(values[row]);
            let (digits, unit) = amount.split_once(SPACE).unwrap_or((&amount, ""));
            (digits.to_owned(), unit.to_owned())
        } else {
            (significant(values[row], 4), units[row].clone())
        };
        let metric = format!("unit_costs:{}", metrics[row]);
        grid.row(vec![
            capital(&metrics[row]).into(),
            Cell::text(text).metric(&metric, values[row]),
            unit.into(),
            notes[row].clone().into(),
        ]);
    }
    Ok(grid)
}
