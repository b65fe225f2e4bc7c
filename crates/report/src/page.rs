//! The page: its parts in order.

use askama::Template;

use crate::ReportError;
use crate::fleet::Fleet;
use crate::format::clean;
use crate::grid::Grid;
use crate::map::Map;
use crate::run::Run;
use crate::section::capacity::{self, Capacity};
use crate::section::climate::{self, Climate};
use crate::section::money::{self, Money};
use crate::section::place;
use crate::section::plan::{self, Plan};
use crate::section::promises::{self, Promises};
use crate::section::services::{self, Services};
use crate::section::trust::{self, Trust};
use crate::section::verdict::{self, Verdict};
use crate::security;

const STYLE: &str = include_str!("../templates/page.css");
const SCRIPT: &str = include_str!("../templates/page.js");

#[derive(Template)]
#[template(path = "page.html")]
struct Page {
    policy: String,
    style: &'static str,
    script: &'static str,
    scenario: String,
    first_year: i32,
    last_year: i32,
    verdict: Verdict,
    capacity: Capacity,
    plan: Plan,
    map: Map,
    sites: Grid,
    assignments: Grid,
    money: Money,
    climate: Climate,
    services: Services,
    promises: Promises,
    trust: Trust,
}

/// The page of a run. Errors: a table is not as it should be.
pub(crate) fn render(run: &Run) -> Result<String, ReportError> {
    let fleet = Fleet::of(run)?;
    let page = Page {
        policy: security::policy(SCRIPT, STYLE),
        style: STYLE,
        script: SCRIPT,
        scenario: clean(&run.manifest.scenario),
        first_year: fleet.years.first().copied().unwrap_or(fleet.last_year),
        last_year: fleet.last_year,
        verdict: verdict::verdict(run, &fleet)?,
        capacity: capacity::capacity(run, &fleet)?,
        plan: plan::plan(run, &fleet)?,
        map: crate::map::map(run, &fleet)?,
        sites: place::sites(&fleet),
        assignments: place::assignments(run, &fleet)?,
        money: money::money(run)?,
        climate: climate::climate(run, &fleet)?,
        services: services::services(run, &fleet)?,
        promises: promises::promises(run)?,
        trust: trust::trust(run, &fleet)?,
    };
    Ok(page.render()?)
}
