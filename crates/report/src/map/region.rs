//! What a map shows, in degrees: places, links, who serves whom in the last year.

use std::collections::BTreeMap;

use crate::ReportError;
use crate::fleet::Fleet;
use crate::run::Run;

type Point = (f64, f64);

/// A place.
pub(super) struct Place {
    pub(super) name: String,
    pub(super) at: Point,
    pub(super) population: f64,
}

/// A link between two of them.
pub(super) struct Link {
    pub(super) name: String,
    pub(super) from: Point,
    pub(super) to: Point,
    pub(super) round_trip_ms: f64,
    pub(super) provenance: String,
}

/// What a place takes from a site, over all services.
#[derive(Default)]
pub(super) struct Serving {
    pub(super) services: Vec<String>,
    pub(super) cores: f64,
    pub(super) round_trip_ms: f64,
}

/// Everything on the map.
pub(super) struct Region<'a> {
    pub(super) fleet: &'a Fleet,
    pub(super) places: Vec<Place>,
    pub(super) links: Vec<Link>,
    /// By index of the place and of the site.
    pub(super) servings: BTreeMap<(usize, usize), Serving>,
}

/// Reads the region of a run. Errors: a table is not as it should be.
pub(super) fn region<'a>(run: &Run, fleet: &'a Fleet) -> Result<Region<'a>, ReportError> {
    let table = run.table("places")?;
    let ids = table.texts("place")?;
    let places: Vec<Place> = table
        .texts("name")?
        .into_iter()
        .zip(
            table
                .numbers("longitude")?
                .into_iter()
                .zip(table.numbers("latitude")?),
        )
        .zip(table.numbers("population")?)
        .map(|((name, at), population)| Place {
            name,
            at,
            population,
        })
        .collect();

    let table = run.table("links")?;
    let (from_longitudes, to_longitudes) = (
        table.numbers("from_longitude")?,
        table.numbers("to_longitude")?,
    );
    let (from_latitudes, to_latitudes) = (
        table.numbers("from_latitude")?,
        table.numbers("to_latitude")?,
    );
    let (names, trips, provenances) = (
        table.texts("link")?,
        table.numbers("round_trip_ms")?,
        table.texts("provenance")?,
    );
    let links = (0..table.rows())
        .map(|row| Link {
            name: names[row].clone(),
            from: (from_longitudes[row], from_latitudes[row]),
            to: (to_longitudes[row], to_latitudes[row]),
            round_trip_ms: trips[row],
            provenance: provenances[row].clone(),
        })
        .collect();

    let table = run.table("assignments")?;
    let service_names = run.names("services", "service")?;
    let (years, services) = (table.years("year")?, table.texts("service")?);
    let (at, by) = (table.texts("place")?, table.texts("site")?);
    let (cores, trips) = (
        table.numbers("peak_cores")?,
        table.numbers("round_trip_ms")?,
    );
    let mut servings: BTreeMap<(usize, usize), Serving> = BTreeMap::new();
    for row in (0..table.rows()).filter(|row| years[*row] == fleet.last_year) {
        let place = ids.iter().position(|id| *id == at[row]);
        let site = fleet.sites.iter().position(|site| site.id == by[row]);
        if let (Some(place), Some(site)) = (place, site) {
            let serving = servings.entry((place, site)).or_default();
            let service = service_names.get(&services[row]).unwrap_or(&services[row]);
            if !serving.services.contains(service) {
                serving.services.push(service.clone());
            }
            serving.cores += cores[row];
            serving.round_trip_ms = serving.round_trip_ms.max(trips[row]);
        }
    }
    Ok(Region {
        fleet,
        places,
        links,
        servings,
    })
}
