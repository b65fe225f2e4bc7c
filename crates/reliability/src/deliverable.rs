//! What the fleet delivers by year, whole and after one loss.
//!
//! What it computes: IT power of all sites together: with everything in use (N), after the loss of any one unit of
//! plant (N−1 unit), after the loss of any one site or risk group (N−1 site).
//!
//! Assumptions: one loss at a time, and the worst one: of one unit at one site, of all sites that share a risk group,
//! or of one site without a group. What is left is capacity; whether the lost site's users can reach it, within
//! latency and residency, is not asked, nor how likely the loss is or how long it lasts.
//!
//! Valid range: one peak power usage effectiveness per site, one demand per year.
//!
//! References: none.

use std::collections::BTreeMap;

use angara_fleet::Plan;
use angara_scenario::{Index, Scenario};
use thiserror::Error;

use crate::site::{SiteCapacity, site_capacity};

const WATTS_PER_KILOWATT: f64 = 1e3;

/// Demand and deliverable IT power of one year.
#[derive(Debug, Clone, PartialEq)]
pub struct Deliverable {
    /// Year of the horizon.
    pub year: u32,
    /// IT power needed at the coincident peak [kW].
    pub demand_kw: f64,
    /// With everything in use [kW].
    pub n_kw: f64,
    /// After the loss of the unit of plant that hurts most [kW].
    pub n_minus_unit_kw: f64,
    /// After the loss of the site or risk group that hurts most [kW].
    pub n_minus_site_kw: f64,
    /// Sites lost in that case, the one that delivers most first; empty where no site delivers anything.
    pub lost_sites: Vec<Index>,
    /// By site, in the order of the scenario.
    pub sites: Vec<SiteCapacity>,
}

impl Deliverable {
    /// Site whose loss hurts most: the one of the lost group that delivers most; `None` where none delivers.
    pub fn lost_site(&self) -> Option<Index> {
        self.lost_sites.first().copied()
    }
}

/// Why the deliverable power cannot be told.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum DeliverableError {
    /// A list has another length than the scenario asks for.
    #[error("{found} {what} are given, the scenario has {expected}")]
    Length {
        /// What is listed.
        what: &'static str,
        /// Length that fits the scenario.
        expected: usize,
        /// Length found.
        found: usize,
    },
    /// A power usage effectiveness below one, or not a number.
    #[error("{site}: a peak power usage effectiveness must be a number of at least one")]
    PeakPue {
        /// Site.
        site: String,
    },
}

/// Deliverable IT power of every year of the horizon.
///
/// `peak_pue_by_site` is facility power over IT power at the worst hour [1], `demand_kw_by_year` the IT power needed at
/// the coincident peak [kW].
pub fn deliverable(
    scenario: &Scenario,
    plan: &Plan,
    peak_pue_by_site: &[f64],
    demand_kw_by_year: &[f64],
) -> Result<Vec<Deliverable>, DeliverableError> {
    let sites = scenario.sites.len();
    length("site plans", sites, plan.sites.len())?;
    length(
        "peak power usage effectivenesses",
        sites,
        peak_pue_by_site.len(),
    )?;
    length(
        "yearly demands",
        scenario.horizon.years as usize,
        demand_kw_by_year.len(),
    )?;
    for (peak_pue, site) in peak_pue_by_site.iter().zip(&scenario.sites) {
        if !(peak_pue.is_finite() && *peak_pue >= 1.0) {
            return Err(DeliverableError::PeakPue {
                site: site.id.clone(),
            });
        }
    }
    let groups = groups(scenario);
    let rows = (0..scenario.horizon.years)
        .zip(demand_kw_by_year)
        .map(|(year, demand_kw)| {
            let capacities = peak_pue_by_site
                .iter()
                .enumerate()
                .map(|(site, peak_pue)| site_capacity(scenario, plan, site, year, *peak_pue))
                .collect();
            of_year(year, *demand_kw, capacities, &groups)
        })
        .collect();
    Ok(rows)
}

fn of_year(
    year: u32,
    demand_kw: f64,
    sites: Vec<SiteCapacity>,
    groups: &[Vec<Index>],
) -> Deliverable {
    let n_w: f64 = sites.iter().map(|site| site.n_w).sum();
    let worst_unit_w = sites
        .iter()
        .map(|site| site.n_w - site.n_minus_unit_w)
        .fold(0.0, f64::max);
    let mut worst_group_w = 0.0;
    let mut lost_sites = Vec::new();
    for group in groups {
        let group_w: f64 = group.iter().map(|site| sites[*site].n_w).sum();
        // Of equal losses the group named first.
        if group_w > worst_group_w {
            worst_group_w = group_w;
            lost_sites.clone_from(group);
        }
    }
    lost_sites.sort_by(|a, b| sites[*b].n_w.total_cmp(&sites[*a].n_w));
    Deliverable {
        year,
        demand_kw,
        n_kw: n_w / WATTS_PER_KILOWATT,
        n_minus_unit_kw: (n_w - worst_unit_w) / WATTS_PER_KILOWATT,
        n_minus_site_kw: (n_w - worst_group_w) / WATTS_PER_KILOWATT,
        lost_sites,
        sites,
    }
}

/// Sites that can be lost together, in the order of their first site; a site without a group stands alone.
fn groups(scenario: &Scenario) -> Vec<Vec<Index>> {
    let mut groups: Vec<Vec<Index>> = Vec::new();
    let mut named: BTreeMap<&str, usize> = BTreeMap::new();
    for (index, site) in scenario.sites.iter().enumerate() {
        if site.risk_group.is_empty() {
            groups.push(vec![index]);
        } else {
            let group = *named.entry(&site.risk_group).or_insert(groups.len());
            if group == groups.len() {
                groups.push(Vec::new());
            }
            groups[group].push(index);
        }
    }
    groups
}

fn length(what: &'static str, expected: usize, found: usize) -> Result<(), DeliverableError> {
    if expected == found {
        Ok(())
    } else {
        Err(DeliverableError::Length {
            what,
            expected,
            found,
        })
    }
}

#[cfg(test)]
mod tests;
