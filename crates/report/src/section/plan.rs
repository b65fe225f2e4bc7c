//! Part 3: what stands where in which year, and what must be ordered by when.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::ReportError;
use crate::fleet::Fleet;
use crate::format::{Scale, number};
use crate::grid::{Cell, Grid, numbers, words};
use crate::run::Run;

/// Rows of the calendar that are shown at once.
const SOONEST: usize = 12;

/// Sites, halls and orders.
pub(crate) struct Plan {
    pub(crate) halls: Grid,
    pub(crate) soonest: Grid,
    pub(crate) orders: Grid,
    pub(crate) has_more: bool,
}

/// The plan of a run. Errors: a table is not as it should be.
pub(crate) fn plan(run: &Run, fleet: &Fleet) -> Result<Plan, ReportError> {
    let orders = orders(run, fleet)?;
    let has_more = orders.len() > SOONEST;
    Ok(Plan {
        halls: halls(run, fleet)?,
        soonest: orders.first(SOONEST),
        orders,
        has_more,
    })
}

fn halls(run: &Run, fleet: &Fleet) -> Result<Grid, ReportError> {
    let table = run.table("plan_sites")?;
    let (years, sites, halls) = (
        table.years("year")?,
        table.texts("site")?,
        table.numbers("halls")?,
    );
    let powers = table.numbers("hall_it_kw")?;
    let mut cells: BTreeMap<(&str, i32), (f64, f64)> = BTreeMap::new();
    for row in 0..table.rows() {
        cells.insert((&sites[row], years[row]), (halls[row], powers[row]));
    }
    let mut heads = vec![words("Site"), numbers("In use from", "")];
    heads.extend(
        fleet
            .years
            .iter()
            .map(|year| numbers(&year.to_string(), "")),
    );
    let mut grid = Grid::new("Halls usable by site and year", heads).class("matrix");
    let mut totals = vec![(0.0, 0.0); fleet.years.len()];
    let mut unbuilt = Vec::new();
    for site in &fleet.sites {
        let by_year: Vec<(f64, f64)> = fleet
            .years
            .iter()
            .map(|year| {
                cells
                    .get(&(site.id.as_str(), *year))
                    .copied()
                    .unwrap_or_default()
            })
            .collect();
        if by_year.iter().all(|(halls, _)| *halls <= 0.0) {
            unbuilt.push(site.name.clone());
            continue;
        }
        let opens = by_year.iter().position(|(halls, _)| *halls > 0.0);
        let mut row = vec![
            Cell::text(site.name.clone()),
            Cell::text(opens.map_or("–".to_owned(), |index| fleet.years[index].to_string())),
        ];
        let mut before = 0.0;
        for (index, (halls, power)) in by_year.into_iter().enumerate() {
            totals[index].0 += halls;
            totals[index].1 += power;
            let cell = if halls > 0.0 {
                Cell::number(halls, 0)
            } else {
                Cell::text("·")
            };
            row.push(if halls > before {
                cell.class("grown")
            } else {
                cell
            });
            before = halls;
        }
        grid.row(row);
    }
    let mut power = vec![Cell::text("IT power [MW]"), Cell::text("")];
    power.extend(totals.iter().map(|(_, power)| Cell::number(power / 1e3, 1)));
    let mut foot = vec![Cell::text("All halls"), Cell::text("")];
    foot.extend(totals.iter().map(|(halls, _)| Cell::number(*halls, 0)));
    grid.row(power);
    grid.foot(foot);
    let mut note = "Marked where a site grows.".to_owned();
    if !unbuilt.is_empty() {
        let _ = write!(
            note,
            " Candidates that the plan does not use: {}.",
            unbuilt.join(", ")
        );
    }
    grid.note(note);
    Ok(grid)
}

fn orders(run: &Run, fleet: &Fleet) -> Result<Grid, ReportError> {
    let table = run.table("plan_orders")?;
    let currency = table.currency("cost_minor")?;
    let (order_by, sites) = (table.texts("order_by")?, table.texts("site")?);
    let (names, kinds) = (table.texts("name")?, table.texts("kind")?);
    let (suppliers, origins) = (table.texts("supplier")?, table.texts("origin")?);
    let (usable, units) = (table.years("usable_year")?, table.numbers("units")?);
    let costs: Vec<f64> = table
        .numbers("cost_minor")?
        .iter()
        .map(|minor| minor * currency.minor)
        .collect();
    let scale = Scale::of(costs.iter().copied().fold(0.0, f64::max));
    let mut grid = Grid::new(
        "Orders, the soonest first",
        vec![
            words("Order by"),
            words("Equipment"),
            numbers("Units", ""),
            words("For"),
            words("Usable from"),
            words("Supplier (origin)"),
            numbers("Cost", &scale.unit(&currency.code)),
        ],
    );
    let mut rows: Vec<usize> = (0..table.rows()).collect();
    rows.sort_by(|a, b| {
        (&order_by[*a], &sites[*a], &names[*a]).cmp(&(&order_by[*b], &sites[*b], &names[*b]))
    });
    for row in rows {
        grid.row(vec![
            Cell::text(order_by[row].clone()).class("date"),
            format!("{} ({})", names[row], kinds[row]).into(),
            Cell::text(number(units[row], 0)),
            fleet.name(&sites[row]).into(),
            usable[row].to_string().into(),
            format!("{} ({})", suppliers[row], origins[row]).into(),
            Cell::number(costs[row] / scale.divisor, 1),
        ]);
    }
    Ok(grid)
}
