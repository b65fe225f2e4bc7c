//! Part 5, continued: what each party pays, in the currency of the totals and in its own.

use crate::ReportError;
use crate::format::{Currency, Scale, percent};
use crate::grid::{Cell, Grid, numbers, words};
use crate::run::Run;

/// One party in one year.
#[derive(Debug, Clone)]
struct Record {
    id: String,
    name: String,
    year: i32,
    share_capital: f64,
    share_capacity: f64,
    /// In minor units of the currency of the totals.
    capital: f64,
    operating: f64,
    budget: Option<f64>,
    /// In minor units of the party's currency.
    own_minor: f64,
    /// In major units of the party's currency.
    own_present: f64,
    own: Currency,
}

/// Sums over the horizon, and year by year.
pub(crate) fn parties(run: &Run) -> Result<(Grid, Grid), ReportError> {
    let currency = run.table("parties")?.currency("capital_minor")?;
    let records = records(run)?;
    Ok((
        over_horizon(&records, &currency),
        by_year(&records, &currency),
    ))
}

fn records(run: &Run) -> Result<Vec<Record>, ReportError> {
    let table = run.table("parties")?;
    let text = |column| table.texts(column);
    let number = |column| table.numbers(column);
    let (ids, names, codes) = (text("party")?, text("name")?, text("currency")?);
    let (years, budgets) = (
        table.years("year")?,
        table.optional_numbers("budget_minor")?,
    );
    let (share_capital, share_capacity) = (number("share_capital")?, number("share_capacity")?);
    let (capital, operating) = (number("capital_minor")?, number("operating_minor")?);
    let (own, present) = (
        number("amount_in_currency_minor")?,
        number("present_cost_in_currency")?,
    );
    Ok((0..table.rows())
        .map(|row| Record {
            id: ids[row].clone(),
            name: names[row].clone(),
            year: years[row],
            share_capital: share_capital[row],
            share_capacity: share_capacity[row],
            capital: capital[row],
            operating: operating[row],
            budget: budgets[row],
            own_minor: own[row],
            own_present: present[row],
            own: Currency::of_code(&codes[row]),
        })
        .collect())
}

fn over_horizon(records: &[Record], currency: &Currency) -> Grid {
    let mut totals: Vec<Record> = Vec::new();
    for record in records {
        match totals.iter_mut().find(|total| total.id == record.id) {
            None => totals.push(record.clone()),
            Some(total) => {
                total.capital += record.capital;
                total.operating += record.operating;
                total.own_minor += record.own_minor;
                total.own_present += record.own_present;
                total.budget = match (total.budget, record.budget) {
                    (Some(a), Some(b)) => Some(a + b),
                    (a, b) => a.or(b),
                };
            }
        }
    }
    let scale = scale(&totals, currency);
    let unit = scale.unit(&currency.code);
    let mut grid = Grid::new(
        "By party, over the whole horizon",
        vec![
            words("Party"),
            numbers("Capital share", ""),
            numbers("Capacity share", ""),
            numbers("Capital", &unit),
            numbers("Operation", &unit),
            numbers("Budget", &unit),
            numbers("In own currency", ""),
            numbers("Net present cost, own currency", ""),
        ],
    );
    for total in &totals {
        let money = |minor: f64| Cell::number(minor * currency.minor / scale.divisor, 2);
        let present = total.own.amount(total.own_present / total.own.minor);
        let metric = |name: &str| format!("parties:{}:{name}", total.id);
        grid.row(vec![
            total.name.clone().into(),
            Cell::text(percent(total.share_capital, 0)),
            Cell::text(percent(total.share_capacity, 0)),
            money(total.capital).metric(&metric("capital_minor"), total.capital),
            money(total.operating).metric(&metric("operating_minor"), total.operating),
            total.budget.map_or_else(|| "–".into(), money),
            total.own.amount(total.own_minor).into(),
            Cell::text(present).metric(&metric("present_cost_in_currency"), total.own_present),
        ]);
    }
    let over = records
        .iter()
        .filter(|record| record.is_over_budget())
        .min_by_key(|record| record.year);
    let mut note = "Not discounted but for the net present cost.".to_owned();
    if let Some(record) = over {
        note = format!(
            "{note} {} exceeds its budget first in {}.",
            record.name, record.year
        );
    }
    grid.note(note);
    grid
}

fn by_year(records: &[Record], currency: &Currency) -> Grid {
    let scale = scale(records, currency);
    let unit = scale.unit(&currency.code);
    let mut grid = Grid::new(
        "By party and year",
        vec![
            words("Party"),
            words("Year"),
            numbers("Capital", &unit),
            numbers("Operation", &unit),
            numbers("Budget", &unit),
            numbers("In own currency", ""),
        ],
    );
    for record in records {
        let money = |minor: f64| Cell::number(minor * currency.minor / scale.divisor, 2);
        let budget = record.budget.map_or_else(|| "–".into(), money);
        grid.row(vec![
            record.name.clone().into(),
            record.year.to_string().into(),
            money(record.capital),
            money(record.operating),
            if record.is_over_budget() {
                budget.class("bad")
            } else {
                budget
            },
            record.own.amount(record.own_minor).into(),
        ]);
    }
    grid
}

impl Record {
    fn is_over_budget(&self) -> bool {
        self.budget.is_some_and(|budget| self.capital > budget)
    }
}

fn scale(records: &[Record], currency: &Currency) -> Scale {
    let paid = records
        .iter()
        .map(|record| (record.capital + record.operating) * currency.minor);
    Scale::of(paid.fold(0.0, f64::max))
}
