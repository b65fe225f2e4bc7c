//! Part 1: does the plan hold, what fails first, when and by how much, and in which futures.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::ReportError;
use crate::fleet::Fleet;
use crate::format::{
    Currency, SPACE, capital, full, number, percent, percent_honest, promise_words, significant,
    tonnes,
};
use crate::grid::{Cell, Grid, numbers, words};
use crate::run::{Run, content};

/// One figure of the strip under the verdict.
#[derive(Debug)]
pub(crate) struct Key {
    pub(crate) name: String,
    pub(crate) text: String,
    pub(crate) unit: String,
    pub(crate) note: String,
    pub(crate) metric: String,
    pub(crate) value: String,
}

/// The verdict.
#[derive(Debug)]
pub(crate) struct Verdict {
    pub(crate) holds: bool,
    pub(crate) headline: &'static str,
    pub(crate) sentence: String,
    pub(crate) facts: Vec<Key>,
    pub(crate) keys: Vec<Key>,
    pub(crate) futures_line: String,
    pub(crate) futures: Grid,
    pub(crate) proof: String,
}

fn key(name: &str, text: String, unit: &str, metric: &str, value: String) -> Key {
    Key {
        name: name.to_owned(),
        text,
        unit: unit.to_owned(),
        note: String::new(),
        metric: metric.to_owned(),
        value,
    }
}

/// The verdict of a run. Errors: a table is not as it should be.
pub(crate) fn verdict(run: &Run, fleet: &Fleet) -> Result<Verdict, ReportError> {
    let table = run.table("verdict")?;
    if table.rows() != 1 {
        return Err(content("verdict", "must have one row"));
    }
    let text = |column| table.texts(column).map(|mut cells| cells.remove(0));
    let holds = table.truths("holds")?[0];
    let headline = if holds {
        "The plan holds."
    } else {
        "The plan does not hold."
    };
    let (futures_line, futures) = futures(run)?;
    Ok(Verdict {
        holds,
        headline,
        sentence: without_headline(&text("text")?),
        facts: facts(run, holds)?,
        keys: keys(run, fleet)?,
        futures_line,
        futures,
        proof: proof(run)?,
    })
}

/// The sentence of the table without the words that the headline has said.
fn without_headline(text: &str) -> String {
    let rest = ["The plan holds", "The plan does not hold"]
        .into_iter()
        .filter_map(|start| text.strip_prefix(start))
        .find_map(|rest| rest.strip_prefix([':', '.']));
    rest.map_or_else(|| text.to_owned(), |rest| capital(rest.trim_start()))
}

/// What fails first, for whom, when, by how much.
fn facts(run: &Run, holds: bool) -> Result<Vec<Key>, ReportError> {
    let table = run.table("verdict")?;
    let text = |column| table.texts(column).map(|mut cells| cells.remove(0));
    let mut facts = Vec::new();
    if !holds {
        let plain = |name, text: String| key(name, text, "", "", String::new());
        facts.push(plain("Fails first", promise_words(&text("first_broken")?)));
        let subject = text("subject")?;
        facts.push(plain(
            "For",
            if subject.is_empty() {
                "the programme".to_owned()
            } else {
                subject
            },
        ));
        if let Some(year) = table.optional_years("first_year")?[0] {
            facts.push(key(
                "From",
                year.to_string(),
                "",
                "verdict.first_year",
                year.to_string(),
            ));
        }
        if let Some(margin) = table.optional_numbers("margin")?[0] {
            let mut unit = text("unit")?;
            // A share reads best as a percentage.
            let shown = if unit == "1" {
                unit.clear();
                percent(margin.abs(), 2)
            } else {
                significant(margin.abs(), 3)
            };
            facts.push(key("By", shown, &unit, "verdict.margin", full(margin)));
        }
    }
    Ok(facts)
}

fn keys(run: &Run, fleet: &Fleet) -> Result<Vec<Key>, ReportError> {
    let mut keys = Vec::new();
    let year = fleet.last_year;
    let built = fleet.built().count();
    let halls: f64 = fleet.sites.iter().map(|site| site.halls).sum();
    let mut sites = key("Sites", built.to_string(), "", "sites", built.to_string());
    sites.note = format!("{} halls in {year}", number(halls, 0));
    keys.push(sites);

    let table = run.table("deliverable")?;
    let years = table.years("year")?;
    let (demand, n) = (table.numbers("demand_kw")?, table.numbers("n_kw")?);
    let last = years.iter().position(|other| *other == year).unwrap_or(0);
    let mut power = key(
        "Deliverable",
        number(n[last] / 1e3, 1),
        "MW",
        "deliverable_kw",
        full(n[last]),
    );
    power.note = format!(
        "for {}{SPACE}MW of demand in {year}",
        number(demand[last] / 1e3, 1)
    );
    keys.push(power);

    let costs = run.table("unit_costs")?;
    let (metrics, values, units) = (
        costs.texts("metric")?,
        costs.numbers("value")?,
        costs.texts("unit")?,
    );
    let find = |part: &str| {
        metrics
            .iter()
            .position(|metric| metric.to_lowercase().contains(part))
    };
    if let Some(row) = find("net present") {
        let (text, unit) = money_words(values[row], &units[row]);
        keys.push(key(
            "Net present cost",
            text,
            &unit,
            &format!("unit_costs:{}", metrics[row]),
            full(values[row]),
        ));
    }
    if let Some(row) = find("kw-month delivered").or_else(|| find("kw-month")) {
        let name = &metrics[row];
        let name = name.strip_suffix(" delivered").unwrap_or(name).to_owned();
        keys.push(key(
            &capital(&name),
            significant(values[row], 4),
            units[row].split('/').next().unwrap_or_default(),
            &format!("unit_costs:{}", metrics[row]),
            full(values[row]),
        ));
    }

    let months = run.table("site_months")?;
    let month_years = months.years("year")?;
    let Some(hourly) = month_years.iter().copied().max() else {
        return Ok(keys);
    };
    let total = |column: &str| -> Result<f64, ReportError> {
        let values = months.optional_numbers(column)?;
        let rows = values
            .iter()
            .zip(&month_years)
            .filter(|(_, year)| **year == hourly);
        Ok(rows.filter_map(|(value, _)| *value).sum())
    };
    let (it, facility) = (total("it_kwh")?, total("facility_kwh")?);
    if it > 0.0 {
        let pue = facility / it;
        let mut key = key("PUE", number(pue, 3), "", "pue", full(pue));
        key.note = format!("simulated, {hourly}");
        keys.push(key);
    }
    let carbon = total("carbon_t")?;
    let (text, unit) = tonnes(carbon);
    let mut entry = key("Carbon", text, unit, "carbon_t", full(carbon));
    entry.note = format!("in {hourly}");
    keys.push(entry);
    let water = total("water_m3")?;
    let mut entry = key(
        "Water",
        significant(water, 3),
        "m³",
        "water_m3",
        full(water),
    );
    entry.note = format!("in {hourly}");
    keys.push(entry);
    Ok(keys)
}

/// An amount whose unit is a currency in whole or minor units, in few digits.
fn money_words(value: f64, unit: &str) -> (String, String) {
    let currency = Currency::of_unit(unit);
    let amount = currency.amount(value);
    match amount.split_once(SPACE) {
        Some((digits, rest)) => (digits.to_owned(), rest.to_owned()),
        None => (amount, String::new()),
    }
}

#[derive(Debug, Default)]
struct Future {
    name: String,
    probability: f64,
    broken_from: Option<i32>,
    worst_shortfall_kw: f64,
    worst_served: f64,
}

fn futures(run: &Run) -> Result<(String, Grid), ReportError> {
    let table = run.table("futures")?;
    let (ids, names, years) = (
        table.texts("future")?,
        table.texts("name")?,
        table.years("year")?,
    );
    let (probabilities, served) = (
        table.numbers("probability")?,
        table.numbers("served_share")?,
    );
    let (shortfalls, holds) = (table.numbers("shortfall_kw")?, table.truths("holds")?);
    let mut order: Vec<String> = Vec::new();
    let mut futures: BTreeMap<String, Future> = BTreeMap::new();
    for row in 0..table.rows() {
        if !futures.contains_key(&ids[row]) {
            order.push(ids[row].clone());
        }
        let future = futures.entry(ids[row].clone()).or_insert_with(|| Future {
            name: names[row].clone(),
            probability: probabilities[row],
            worst_served: 1.0,
            ..Future::default()
        });
        future.worst_shortfall_kw = future.worst_shortfall_kw.max(shortfalls[row]);
        future.worst_served = future.worst_served.min(served[row]);
        if !holds[row] {
            let year = years[row];
            future.broken_from = Some(future.broken_from.map_or(year, |first| first.min(year)));
        }
    }
    let mut sorted: Vec<&Future> = order.iter().filter_map(|id| futures.get(id)).collect();
    sorted.sort_by_key(|future| future.broken_from.unwrap_or(i32::MAX));
    let broken: Vec<&&Future> = sorted
        .iter()
        .filter(|future| future.broken_from.is_some())
        .collect();
    let weight: f64 = broken.iter().map(|future| future.probability).sum();
    let line = match broken.len() {
        _ if sorted.is_empty() => "The scenario names no futures.".to_owned(),
        0 => format!("All {} futures keep the promises.", sorted.len()),
        count => format!(
            "{count} of {} futures break the plan; together they have a probability of {}.",
            sorted.len(),
            percent(weight, 0)
        ),
    };
    let mut grid = Grid::new(
        "Futures, those that break the plan first",
        vec![
            words("Future"),
            numbers("Probability", ""),
            numbers("Breaks from", ""),
            numbers("Largest shortfall", "MW"),
            numbers("Least served", ""),
        ],
    );
    for future in sorted {
        let from = match future.broken_from {
            Some(year) => Cell::text(year.to_string()).class("bad"),
            None => Cell::text("holds").class("good"),
        };
        grid.row(vec![
            future.name.clone().into(),
            Cell::text(percent(future.probability, 0)),
            from,
            Cell::number(future.worst_shortfall_kw / 1e3, 1),
            Cell::text(percent_honest(future.worst_served)),
        ]);
    }
    Ok((line, grid))
}

/// How good the plan is known to be.
fn proof(run: &Run) -> Result<String, ReportError> {
    let table = run.table("verdict")?;
    let first = |column| table.optional_numbers(column).map(|cells| cells[0]);
    let currency = table.currency("plan_objective_minor")?;
    let rounds = first("rounds")?.unwrap_or(1.0);
    let mut text = format!(
        "Planned and proved in {} {}.",
        number(rounds, 0),
        if rounds == 1.0 { "round" } else { "rounds" }
    );
    if let (Some(objective), Some(bound)) =
        (first("plan_objective_minor")?, first("plan_bound_minor")?)
    {
        let gap = first("plan_gap")?.unwrap_or(0.0);
        let _ = write!(
            text,
            " The planner\u{2019}s discounted cost is {}; no plan under the same rules can cost less than {} (gap {}).",
            currency.amount(objective),
            currency.amount(bound),
            percent(gap, 2)
        );
    }
    Ok(text)
}
