//! A run's plan, lessons and certificate, read back from its tables.

use angara_fleet::{Assignment, Lease, Order, Plan, SitePlan};
use angara_planning::{Case, Certificate, Repair};
use angara_results::Table;
use angara_scenario::{Index, Scenario};

use super::CertifiedTables;
use crate::error::StudyError;

/// Bits in a gigabit.
const GIGABIT: f64 = 1e9;

fn wrong(table: &Table, row: usize, problem: String) -> StudyError {
    StudyError::Row {
        table: table.name().to_owned(),
        row,
        problem,
    }
}

/// Where an identifier of a table's row stands in the scenario.
fn index_of<'a>(
    table: &Table,
    row: usize,
    what: &str,
    id: &str,
    mut ids: impl Iterator<Item = &'a str>,
) -> Result<Index, StudyError> {
    ids.position(|known| known == id)
        .ok_or_else(|| wrong(table, row, format!("the scenario has no {what} `{id}`")))
}

/// Year of the horizon of a table's row.
fn year_of(
    scenario: &Scenario,
    table: &Table,
    row: usize,
    calendar: i32,
) -> Result<u32, StudyError> {
    u32::try_from(calendar - scenario.horizon.first_year)
        .ok()
        .filter(|year| *year < scenario.horizon.years)
        .ok_or_else(|| wrong(table, row, format!("{calendar} lies outside the horizon")))
}

fn count(table: &Table, row: usize, value: i64) -> Result<u32, StudyError> {
    u32::try_from(value)
        .map_err(|_| wrong(table, row, format!("{value} is not a number of things")))
}

pub(super) fn plan(scenario: &Scenario, tables: CertifiedTables<'_>) -> Result<Plan, StudyError> {
    Ok(Plan {
        sites: sites(scenario, tables.sites)?,
        orders: orders(scenario, tables.orders)?,
        assignments: assignments(scenario, tables.assignments)?,
        leases: leases(scenario, tables.leases)?,
    })
}

fn sites(scenario: &Scenario, table: &Table) -> Result<Vec<SitePlan>, StudyError> {
    let years = scenario.horizon.years as usize;
    let mut plans = vec![
        SitePlan {
            opened: None,
            halls_ordered: vec![0; years],
            halls_usable: vec![0; years],
        };
        scenario.sites.len()
    ];
    let (usable, ordered) = (table.wholes("halls")?, table.wholes("halls_ordered")?);
    let (opened, names) = (table.wholes("opened")?, table.texts("site")?);
    for (row, calendar) in table.smalls("year")?.into_iter().enumerate() {
        let year = year_of(scenario, table, row, calendar)?;
        let ids = scenario.sites.iter().map(|site| site.id.as_str());
        let site = &mut plans[index_of(table, row, "site", &names[row], ids)?];
        site.halls_usable[year as usize] = count(table, row, usable[row])?;
        site.halls_ordered[year as usize] = count(table, row, ordered[row])?;
        if opened[row] != 0 {
            site.opened = Some(year);
        }
    }
    Ok(plans)
}

fn orders(scenario: &Scenario, table: &Table) -> Result<Vec<Order>, StudyError> {
    let (usable, names) = (table.smalls("usable_year")?, table.texts("site")?);
    let (models, lots) = (table.texts("equipment")?, table.wholes("lots")?);
    let units = table.wholes("units")?;
    table
        .smalls("order_year")?
        .into_iter()
        .enumerate()
        .map(|(row, calendar)| {
            let sites = scenario.sites.iter().map(|site| site.id.as_str());
            let models_known = scenario.equipment.iter().map(|entry| entry.id.as_str());
            Ok(Order {
                equipment: index_of(table, row, "equipment", &models[row], models_known)?,
                site: index_of(table, row, "site", &names[row], sites)?,
                year: year_of(scenario, table, row, calendar)?,
                usable_from: year_of(scenario, table, row, usable[row])?,
                lots: u64::from(count(table, row, lots[row])?),
                units: u64::from(count(table, row, units[row])?),
            })
        })
        .collect()
}

fn assignments(scenario: &Scenario, table: &Table) -> Result<Vec<Assignment>, StudyError> {
    let (services, places) = (table.texts("service")?, table.texts("place")?);
    let (names, shares) = (table.texts("site")?, table.reals("share")?);
    table
        .smalls("year")?
        .into_iter()
        .enumerate()
        .map(|(row, calendar)| {
            let known_services = scenario.services.iter().map(|entry| entry.id.as_str());
            let known_places = scenario.places.iter().map(|entry| entry.id.as_str());
            let known_sites = scenario.sites.iter().map(|entry| entry.id.as_str());
            Ok(Assignment {
                year: year_of(scenario, table, row, calendar)?,
                service: index_of(table, row, "service", &services[row], known_services)?,
                place: index_of(table, row, "place", &places[row], known_places)?,
                site: index_of(table, row, "site", &names[row], known_sites)?,
                share: shares[row],
            })
        })
        .collect()
}

fn leases(scenario: &Scenario, table: &Table) -> Result<Vec<Lease>, StudyError> {
    let (links, rates) = (table.texts("link")?, table.reals("gbit_per_s")?);
    table
        .smalls("year")?
        .into_iter()
        .enumerate()
        .map(|(row, calendar)| {
            let known = scenario.links.iter().map(|link| link.id.as_str());
            Ok(Lease {
                year: year_of(scenario, table, row, calendar)?,
                link: index_of(table, row, "link", &links[row], known)?,
                bits_per_second: rates[row] * GIGABIT,
            })
        })
        .collect()
}

pub(crate) fn lessons(scenario: &Scenario, table: &Table) -> Result<Vec<Repair>, StudyError> {
    let (names, services) = (
        table.optional_texts("site")?,
        table.optional_texts("service")?,
    );
    let (years, values) = (table.smalls("year")?, table.reals("value")?);
    table
        .texts("kind")?
        .into_iter()
        .enumerate()
        .map(|(row, kind)| {
            let year = year_of(scenario, table, row, years[row])?;
            let value = values[row];
            if kind == "more-for-service" {
                let known = scenario.services.iter().map(|entry| entry.id.as_str());
                let id = services[row].as_deref().unwrap_or_default();
                let service = index_of(table, row, "service", id, known)?;
                return Ok(Repair::MoreForService {
                    service,
                    year,
                    factor: value,
                });
            }
            let known = scenario.sites.iter().map(|entry| entry.id.as_str());
            let id = names[row].as_deref().unwrap_or_default();
            let site = index_of(table, row, "site", id, known)?;
            match kind.as_str() {
                "mean-pue" => Ok(Repair::MeanPue { site, year, value }),
                "peak-pue" => Ok(Repair::PeakPue { site, year, value }),
                "water" => Ok(Repair::Water { site, year, value }),
                "more-headroom" => Ok(Repair::MoreHeadroom {
                    site,
                    year,
                    factor: value,
                }),
                "more-energy" => Ok(Repair::MoreEnergy {
                    site,
                    year,
                    factor: value,
                }),
                "less-grid" => Ok(Repair::LessGrid {
                    site,
                    year,
                    by_w: value,
                }),
                _ => Err(wrong(table, row, format!("`{kind}` is no kind of lesson"))),
            }
        })
        .collect()
}

pub(super) fn certificate(table: &Table) -> Result<Certificate, StudyError> {
    let (kinds, rows) = (table.texts("kind")?, table.optional_wholes("row")?);
    let (multipliers, columns) = (
        table.optional_reals("multiplier")?,
        table.optional_wholes("column")?,
    );
    let (at, below) = (table.optional_reals("at")?, table.optional_wholes("below")?);
    let above = table.optional_wholes("above")?;
    let mut cases: Vec<Case> = Vec::new();
    for (row, number) in table.wholes("case")?.into_iter().enumerate() {
        let position = |value: Option<i64>, what: &str| {
            value
                .and_then(|value| usize::try_from(value).ok())
                .ok_or_else(|| wrong(table, row, format!("has no {what}")))
        };
        let number = position(Some(number), "case")?;
        if number > cases.len() || number + 1 < cases.len() {
            let last = cases.len();
            return Err(wrong(
                table,
                row,
                format!("case {number} follows case {last}"),
            ));
        }
        if number == cases.len() {
            cases.push(match kinds[row].as_str() {
                "bounded" => Case::Bounded(Vec::new()),
                "empty" => Case::Empty(Vec::new()),
                "split" => Case::Split {
                    column: position(columns[row], "column")?,
                    at: at[row].ok_or_else(|| wrong(table, row, "has no `at`".to_owned()))?,
                    below: position(below[row], "case below")?,
                    above: position(above[row], "case above")?,
                },
                other => return Err(wrong(table, row, format!("`{other}` is no kind of case"))),
            });
        }
        if let (Some(multiplier), Some(Case::Bounded(list) | Case::Empty(list))) =
            (multipliers[row], cases.last_mut())
        {
            list.push((position(rows[row], "row")?, multiplier));
        }
    }
    Ok(Certificate { cases })
}
