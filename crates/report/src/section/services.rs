//! Part 7: what each service asked for and what it got.

use crate::ReportError;
use crate::fleet::Fleet;
use crate::format::{Scale, percent_honest, significant};
use crate::grid::{Cell, Grid, numbers, words};
use crate::run::Run;

/// Services in the last year that was played hour by hour, and in all.
pub(crate) struct Services {
    pub(crate) last: Grid,
    pub(crate) all: Grid,
    pub(crate) has_more: bool,
}

/// The services of a run. Errors: a table is not as it should be.
pub(crate) fn services(run: &Run, fleet: &Fleet) -> Result<Services, ReportError> {
    let table = run.table("services")?;
    let years = table.years("year")?;
    let last = years.iter().copied().max().unwrap_or(fleet.last_year);
    Ok(Services {
        last: grid(run, Some(last))?,
        all: grid(run, None)?,
        has_more: years.iter().any(|year| *year != last),
    })
}

fn grid(run: &Run, only: Option<i32>) -> Result<Grid, ReportError> {
    let table = run.table("services")?;
    let (years, names, kinds) = (
        table.years("year")?,
        table.texts("name")?,
        table.texts("kind")?,
    );
    let resources = table.texts("resource")?;
    let hours = |column| table.numbers(column);
    let (demanded, served) = (hours("demanded_core_hours")?, hours("served_core_hours")?);
    let (lost, queued) = (hours("lost_core_hours")?, hours("queued_core_hours")?);
    let shares = table.numbers("unserved_share")?;
    let (waits, jobs) = (
        table.optional_numbers("mean_wait_hours")?,
        table.optional_numbers("jobs")?,
    );
    let late = table.optional_numbers("wait_hours_95")?;
    let trips = table.optional_numbers("round_trip_ms_max")?;
    let rows: Vec<usize> = (0..table.rows())
        .filter(|row| only.is_none_or(|year| years[*row] == year))
        .collect();
    let scale = Scale::of(rows.iter().map(|row| demanded[*row]).fold(0.0, f64::max));
    let unit = scale.unit("h");
    let label = only.map_or("Services by year".to_owned(), |year| {
        format!("Services in {year}")
    });
    let mut heads = vec![words("Service")];
    if only.is_none() {
        heads.push(words("Year"));
    }
    heads.extend([
        words("Kind"),
        words("Counted in"),
        numbers("Demanded", &unit),
        numbers("Served", &unit),
        numbers("Lost", &unit),
        numbers("Still queued", &unit),
        numbers("Unserved", ""),
        numbers("Tasks and jobs", ""),
        numbers("Mean wait", "h"),
        numbers("Wait of 95 %", "h"),
        numbers("Slowest round trip", "ms"),
    ]);
    let mut grid = Grid::new(&label, heads);
    for row in rows {
        // What is interactive is served at once or lost; only jobs wait.
        let wait = |hours: Option<f64>| match hours.filter(|_| kinds[row] == "batch") {
            Some(hours) => Cell::text(significant(hours, 3)),
            None => Cell::text("–"),
        };
        let work = |value: f64| Cell::text(significant(value / scale.divisor, 4));
        let mut cells = vec![Cell::text(names[row].clone())];
        if only.is_none() {
            cells.push(years[row].to_string().into());
        }
        cells.extend([
            Cell::text(kinds[row].clone()),
            Cell::text(resources[row].clone()),
            work(demanded[row]),
            work(served[row]),
            work(lost[row]),
            work(queued[row]),
            Cell::text(percent_honest(shares[row])),
            Cell::optional(jobs[row].filter(|jobs| *jobs > 0.0), 0),
            wait(waits[row]),
            wait(late[row]),
            trips[row].map_or_else(|| Cell::text("–"), |trip| Cell::text(significant(trip, 3))),
        ]);
        grid.row(cells);
    }
    Ok(grid)
}
