//! Part 4: the tables beside the map: sites, and who serves whom.

use crate::ReportError;
use crate::fleet::Fleet;
use crate::format::{number, percent, significant};
use crate::grid::{Cell, Grid, numbers, words};
use crate::run::Run;

/// The sites of a run.
pub(crate) fn sites(fleet: &Fleet) -> Grid {
    let mut grid = Grid::new(
        &format!("Sites in {}", fleet.last_year),
        vec![
            words("Site"),
            numbers("Halls", ""),
            numbers("IT power", "MW"),
            words("Cooling"),
            words("Grid"),
            words("Residency zone"),
            words("Weather"),
            words("Latitude, longitude"),
        ],
    );
    for site in &fleet.sites {
        let is_built = site.halls > 0.0;
        grid.row(vec![
            site.name.clone().into(),
            if is_built {
                Cell::number(site.halls, 0)
            } else {
                Cell::text("–")
            },
            if is_built {
                Cell::number(site.it_kw / 1e3, 1)
            } else {
                Cell::text("–")
            },
            site.cooling.clone().into(),
            site.grid.clone().into(),
            site.residency_zone.clone().into(),
            site.weather.clone().into(),
            format!(
                "{}, {}",
                number(site.lon_lat.1, 2),
                number(site.lon_lat.0, 2)
            )
            .into(),
        ]);
    }
    grid
}

/// Who serves whom in the last year. Errors: a table is not as it should be.
pub(crate) fn assignments(run: &Run, fleet: &Fleet) -> Result<Grid, ReportError> {
    let table = run.table("assignments")?;
    let (services, places) = (
        run.names("services", "service")?,
        run.names("places", "place")?,
    );
    let (years, service, place) = (
        table.years("year")?,
        table.texts("service")?,
        table.texts("place")?,
    );
    let (site, shares) = (table.texts("site")?, table.numbers("share")?);
    let (trips, limits) = (
        table.numbers("round_trip_ms")?,
        table.optional_numbers("latency_limit_ms")?,
    );
    let mut grid = Grid::new(
        &format!("Who serves whom in {}", fleet.last_year),
        vec![
            words("Place"),
            words("Service"),
            words("Site"),
            numbers("Share", ""),
            numbers("Round trip", "ms"),
            numbers("Limit", "ms"),
        ],
    );
    let mut rows: Vec<usize> = (0..table.rows())
        .filter(|row| years[*row] == fleet.last_year)
        .collect();
    rows.sort_by(|a, b| {
        (&place[*a], &service[*a], &site[*a]).cmp(&(&place[*b], &service[*b], &site[*b]))
    });
    for row in rows {
        let limit = limits[row];
        let trip = Cell::text(significant(trips[row], 3));
        grid.row(vec![
            places
                .get(&place[row])
                .unwrap_or(&place[row])
                .clone()
                .into(),
            services
                .get(&service[row])
                .unwrap_or(&service[row])
                .clone()
                .into(),
            fleet.name(&site[row]).into(),
            Cell::text(percent(shares[row], 0)),
            if limit.is_some_and(|limit| trips[row] > limit) {
                trip.class("bad")
            } else {
                trip
            },
            limit.map_or_else(|| "–".into(), |limit| Cell::text(significant(limit, 3))),
        ]);
    }
    Ok(grid)
}
