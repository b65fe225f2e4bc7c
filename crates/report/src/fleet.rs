//! The sites of the run in its last year, with one colour each for the whole page.

use crate::ReportError;
use crate::chart::DISTINCT;
use crate::run::{Run, content};

/// A site, built or candidate.
#[derive(Debug, Clone)]
pub(crate) struct Site {
    pub(crate) id: String,
    pub(crate) name: String,
    /// Degrees east and north.
    pub(crate) lon_lat: (f64, f64),
    pub(crate) grid: String,
    pub(crate) cooling: String,
    pub(crate) residency_zone: String,
    pub(crate) weather: String,
    /// Usable IT power in the last year [kW]; 0 without a hall.
    pub(crate) it_kw: f64,
    /// Halls in the last year.
    pub(crate) halls: f64,
    /// Number of its colour; sites with halls come first.
    pub(crate) colour: usize,
}

/// All sites and the years of the run.
#[derive(Debug, Clone)]
pub(crate) struct Fleet {
    pub(crate) sites: Vec<Site>,
    /// Calendar years of the plan, rising.
    pub(crate) years: Vec<i32>,
    pub(crate) last_year: i32,
}

impl Fleet {
    /// The sites of a run. Errors: no year, or a table is not as it should be.
    pub(crate) fn of(run: &Run) -> Result<Self, ReportError> {
        let mut years = run.table("deliverable")?.years("year")?;
        years.sort_unstable();
        years.dedup();
        let last_year = *years
            .last()
            .ok_or_else(|| content("deliverable", "has no year"))?;
        let table = run.table("sites")?;
        let column = |name| table.texts(name);
        let (ids, names, grids) = (column("site")?, column("name")?, column("grid")?);
        let (coolings, zones, weathers) = (
            column("cooling")?,
            column("residency_zone")?,
            column("weather")?,
        );
        let (longitudes, latitudes) = (table.numbers("longitude")?, table.numbers("latitude")?);
        let mut sites: Vec<Site> = (0..table.rows())
            .map(|row| Site {
                id: ids[row].clone(),
                name: names[row].clone(),
                lon_lat: (longitudes[row], latitudes[row]),
                grid: grids[row].clone(),
                cooling: coolings[row].clone(),
                residency_zone: zones[row].clone(),
                weather: weathers[row].clone(),
                it_kw: 0.0,
                halls: 0.0,
                colour: 0,
            })
            .collect();
        let table = run.table("plan_sites")?;
        let (at, when) = (table.texts("site")?, table.years("year")?);
        let (halls, powers) = (table.numbers("halls")?, table.numbers("hall_it_kw")?);
        for row in (0..table.rows()).filter(|row| when[*row] == last_year) {
            if let Some(site) = sites.iter_mut().find(|site| site.id == at[row]) {
                site.it_kw = powers[row];
                site.halls = halls[row];
            }
        }
        let mut order: Vec<usize> = (0..sites.len()).collect();
        order.sort_by_key(|index| sites[*index].halls <= 0.0);
        for (colour, index) in order.into_iter().enumerate() {
            sites[index].colour = colour % DISTINCT;
        }
        Ok(Self {
            sites,
            years,
            last_year,
        })
    }

    /// Name of a site by its id; an unknown id is its own name.
    pub(crate) fn name(&self, id: &str) -> String {
        let site = self.sites.iter().find(|site| site.id == id);
        site.map_or_else(|| id.to_owned(), |site| site.name.clone())
    }

    /// Sites that have a hall in the last year.
    pub(crate) fn built(&self) -> impl Iterator<Item = &Site> {
        self.sites.iter().filter(|site| site.halls > 0.0)
    }
}
