//! The one accounting function.
//!
//! What it computes: every amount that a plan and its operation cost, by year, category and site.
//!
//! Assumptions: openings and halls are paid in the year of their decision, equipment in the year of its order, with
//! duty and freight; halls that stand at the start are not paid for, but staffed and maintained; every usable hall is
//! staffed; maintenance is a share of the capital in use at its purchase price; leases are paid for twelve months;
//! nothing is sold at the end of its life or of the horizon. Flows fall at mid-year ([`crate::discount::PROGRAMME`]).
//!
//! Valid range: a checked scenario and a plan made for it; amounts up to 10²⁴ minor units.
//!
//! References: none; the conventions are the programme's own.

use std::collections::BTreeMap;

use angara_fleet::Plan;
use angara_quantity::Money;
use angara_scenario::{Index, Scenario};
use thiserror::Error;

use crate::capital_in_use;
use crate::discount::PROGRAMME;
use crate::ledger::{Category, Entry, Ledger};
use crate::operation::Operation;
use crate::purchase::{lease_cost, order_cost};
use crate::rates::{self, RateError};

/// Largest amount of an entry [minor units]: sums and shares of it stay exact.
const LARGEST_MINOR: i128 = 10_i128.pow(24);

/// Why a plan cannot be accounted for.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum AccountingError {
    /// A price has no rate into the currency of the totals.
    #[error(transparent)]
    Rate(#[from] RateError),
    /// A list of the plan has another length than the scenario asks for.
    #[error("the plan has {found} {what}, the scenario {expected}")]
    Length {
        /// What is listed.
        what: &'static str,
        /// Length that fits the scenario.
        expected: usize,
        /// Length found.
        found: usize,
    },
    /// A row names something beyond the scenario's tables or years.
    #[error("{what} {index} is named, the scenario has {count}")]
    Unknown {
        /// What is named.
        what: &'static str,
        /// Index that is named.
        index: usize,
        /// How many there are.
        count: usize,
    },
    /// More halls usable than stand or were decided on.
    #[error("{site}: {usable} halls are usable in year {year}, {decided} stand or were decided on")]
    Halls {
        /// Site.
        site: String,
        /// Calendar year.
        year: i32,
        /// Halls usable.
        usable: u64,
        /// Halls standing or decided on.
        decided: u64,
    },
    /// An amount is not a number, or too large to keep sums exact.
    #[error("the amount for {category} in {year} is not a number that money can hold", category = category.name())]
    Amount {
        /// What it is spent on.
        category: Category,
        /// Calendar year.
        year: i32,
    },
}

/// Books a plan and what it draws.
///
/// Orders and leases are rounded one by one, every other amount once by year, category and site.
pub fn account(
    scenario: &Scenario,
    plan: &Plan,
    operation: &Operation,
) -> Result<Ledger, AccountingError> {
    check(scenario, plan, operation)?;
    let mut books = Books {
        scenario,
        amounts: BTreeMap::new(),
    };
    for site in 0..scenario.sites.len() {
        book_buildings(&mut books, plan, site)?;
        book_operation(&mut books, operation, site)?;
    }
    for order in &plan.orders {
        let cost = order_cost(scenario, order)?;
        let goods = if scenario.equipment[order.equipment].kind.is_server() {
            Category::Servers
        } else {
            Category::Plant
        };
        let site = Some(order.site);
        books.book(order.year, goods, site, cost.price)?;
        books.book(order.year, Category::Duty, site, cost.duty)?;
        books.book(order.year, Category::Freight, site, cost.freight)?;
    }
    for lease in &plan.leases {
        let cost = lease_cost(scenario, lease)?;
        books.book(lease.year, Category::Network, None, cost)?;
    }
    Ok(Ledger {
        currency: scenario.currency,
        years: scenario.horizon.years,
        discount_rate: scenario.prices.discount_rate,
        convention: PROGRAMME,
        entries: books.entries(),
    })
}

fn book_buildings(books: &mut Books<'_>, plan: &Plan, site: Index) -> Result<(), AccountingError> {
    let scenario = books.scenario;
    let growth = &plan.sites[site];
    let at = Some(site);
    if let Some(year) = growth.opened {
        let price = rates::opening(scenario, site, year)?;
        books.book_major(year, Category::Site, at, price)?;
    }
    let capital = capital_in_use::by_year(scenario, plan, site)?;
    for (index, year) in (0..scenario.horizon.years).enumerate() {
        let halls = f64::from(growth.halls_ordered[index]) * rates::hall(scenario, site, year)?;
        let staff = f64::from(growth.halls_usable[index])
            * rates::staff_per_hall_year(scenario, site, year)?;
        let maintenance = capital[index] * rates::maintenance_share(scenario);
        books.book_major(year, Category::Hall, at, halls)?;
        books.book_major(year, Category::Staff, at, staff)?;
        books.book_major(year, Category::Maintenance, at, maintenance)?;
    }
    Ok(())
}

fn book_operation(
    books: &mut Books<'_>,
    operation: &Operation,
    site: Index,
) -> Result<(), AccountingError> {
    let scenario = books.scenario;
    let at = Some(site);
    for year in 0..scenario.horizon.years {
        let drawn = operation.site_year(site, year);
        let kilowatt_months: f64 = drawn.peak_kw.iter().sum();
        let energy = drawn.facility_kwh * rates::energy_per_kwh(scenario, site, year)?;
        let charge = kilowatt_months * rates::demand_charge_per_kw_month(scenario, site, year)?;
        let water = drawn.water_m3 * rates::water_per_m3(scenario, site, year)?;
        let carbon = drawn.carbon_tonnes * rates::carbon_per_tonne(scenario, year)?;
        books.book_major(year, Category::Energy, at, energy)?;
        books.book_major(year, Category::DemandCharge, at, charge)?;
        books.book_major(year, Category::Water, at, water)?;
        books.book_major(year, Category::Carbon, at, carbon)?;
    }
    Ok(())
}

struct Books<'a> {
    scenario: &'a Scenario,
    amounts: BTreeMap<(u32, Category, Option<Index>), i128>,
}

impl Books<'_> {
    fn book_major(
        &mut self,
        year: u32,
        category: Category,
        site: Option<Index>,
        major: f64,
    ) -> Result<(), AccountingError> {
        if !major.is_finite() {
            return Err(self.unfit(year, category));
        }
        let amount = Money::from_major(major, self.scenario.currency);
        self.book(year, category, site, amount)
    }

    fn book(
        &mut self,
        year: u32,
        category: Category,
        site: Option<Index>,
        amount: Money,
    ) -> Result<(), AccountingError> {
        let unfit = self.unfit(year, category);
        let sum = self.amounts.entry((year, category, site)).or_insert(0);
        // Saturating: a saturated sum is beyond the limit and refused below.
        *sum = sum.saturating_add(amount.minor);
        if sum.unsigned_abs() > LARGEST_MINOR.unsigned_abs() {
            return Err(unfit);
        }
        Ok(())
    }

    fn unfit(&self, year: u32, category: Category) -> AccountingError {
        AccountingError::Amount {
            category,
            year: self.scenario.horizon.calendar_year(year),
        }
    }

    fn entries(self) -> Vec<Entry> {
        let currency = self.scenario.currency;
        self.amounts
            .into_iter()
            .filter(|(_, minor)| *minor != 0)
            .map(|((year, category, site), minor)| Entry {
                year,
                category,
                site,
                amount: Money::from_minor(minor, currency),
            })
            .collect()
    }
}

fn check(scenario: &Scenario, plan: &Plan, operation: &Operation) -> Result<(), AccountingError> {
    let years = scenario.horizon.years as usize;
    let sites = scenario.sites.len();
    length("sites", sites, plan.sites.len())?;
    for (growth, site) in plan.sites.iter().zip(&scenario.sites) {
        length(
            "years of halls decided on",
            years,
            growth.halls_ordered.len(),
        )?;
        length("years of usable halls", years, growth.halls_usable.len())?;
        if let Some(year) = growth.opened {
            known("year", year as usize, years)?;
        }
        let mut decided = u64::from(site.halls_existing);
        for (year, (ordered, usable)) in
            (0..).zip(growth.halls_ordered.iter().zip(&growth.halls_usable))
        {
            decided += u64::from(*ordered);
            let usable = u64::from(*usable);
            if usable > decided {
                return Err(AccountingError::Halls {
                    site: site.id.clone(),
                    year: scenario.horizon.calendar_year(year),
                    usable,
                    decided,
                });
            }
        }
    }
    for order in &plan.orders {
        known("equipment", order.equipment, scenario.equipment.len())?;
        known("site", order.site, sites)?;
        known("year", order.year as usize, years)?;
    }
    for lease in &plan.leases {
        known("link", lease.link, scenario.links.len())?;
        known("year", lease.year as usize, years)?;
    }
    for (site, year) in operation.site_years.keys() {
        known("site", *site, sites)?;
        known("year", *year as usize, years)?;
    }
    Ok(())
}

fn length(what: &'static str, expected: usize, found: usize) -> Result<(), AccountingError> {
    if expected == found {
        Ok(())
    } else {
        Err(AccountingError::Length {
            what,
            expected,
            found,
        })
    }
}

fn known(what: &'static str, index: usize, count: usize) -> Result<(), AccountingError> {
    if index < count {
        Ok(())
    } else {
        Err(AccountingError::Unknown { what, index, count })
    }
}

#[cfg(test)]
mod tests;
