//! What each party pays.
//!
//! What it computes: the division of every entry among the parties, capital by capital share, operating cost by
//! capacity share, and a party's amounts in its own currency.
//!
//! Assumptions: parties share pari passu, no preferred return or promote. Each entry is divided in whole minor units
//! by largest remainder, ties to the party named first, so that the parties' entries add up to the entry exactly;
//! shares count to 10⁻¹².
//!
//! Valid range: shares of zero or more, not all zero.
//!
//! References: largest remainder (Hamilton's method of apportionment).

use angara_quantity::{Currency, Money};
use angara_scenario::{Index, Scenario};
use thiserror::Error;

use crate::ledger::{Category, CostKind, Entry, Ledger};
use crate::rates::RateError;

const SHARE_RESOLUTION: f64 = 1e12;

/// One party's part of the ledger.
#[derive(Debug, Clone, PartialEq)]
pub struct PartyAccount {
    /// Party.
    pub party: Index,
    /// Its entries, in the currency of the totals.
    pub ledger: Ledger,
}

/// An amount in a party's own currency, with the rate that made it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Converted {
    /// Amount in the party's currency, rounded once.
    pub amount: Money,
    /// Currency converted from: that of the totals.
    pub from: Currency,
    /// Units of the totals' currency for one unit of the party's [1].
    pub rate: f64,
    /// Calendar year of the rate.
    pub year: i32,
}

impl Converted {
    /// Which rate was used, in words.
    pub fn label(&self) -> String {
        format!(
            "at the scenario's rate of {}: 1 {} = {} {}",
            self.year, self.amount.currency, self.rate, self.from
        )
    }
}

/// Why the ledger cannot be divided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum PartyError {
    /// A share is below zero or not a number, or all are zero.
    #[error("the {kind} shares of the parties cannot divide an amount", kind = kind.name())]
    Shares {
        /// Kind of cost whose shares these are.
        kind: CostKind,
    },
    /// An amount is too large to be divided exactly.
    #[error("the amount for {category} in {year} is too large to be divided exactly", category = category.name())]
    TooLarge {
        /// What it is spent on.
        category: Category,
        /// Calendar year.
        year: i32,
    },
    /// The parties' amounts differ from the project's.
    #[error(
        "party sum: the parties pay {parties} minor units for {category} in {year}, the project {project}",
        category = category.name()
    )]
    PartySum {
        /// Calendar year.
        year: i32,
        /// What it is spent on.
        category: Category,
        /// Amount of the project [minor units].
        project: i128,
        /// Sum over the parties [minor units].
        parties: i128,
    },
    /// The party's currency has no rate.
    #[error(transparent)]
    Rate(#[from] RateError),
}

/// Divides every entry among the parties; checks that every year and category adds up.
pub fn split(scenario: &Scenario, project: &Ledger) -> Result<Vec<PartyAccount>, PartyError> {
    let capital = weights(scenario, CostKind::Capital)?;
    let operating = weights(scenario, CostKind::Operating)?;
    let mut accounts: Vec<PartyAccount> = (0..scenario.parties.len())
        .map(|party| PartyAccount {
            party,
            ledger: Ledger {
                entries: Vec::with_capacity(project.entries.len()),
                ..project.clone()
            },
        })
        .collect();
    for entry in &project.entries {
        let shares = match entry.category.kind() {
            CostKind::Capital => &capital,
            CostKind::Operating => &operating,
        };
        let parts = divide(entry.amount.minor, shares).ok_or(PartyError::TooLarge {
            category: entry.category,
            year: scenario.horizon.calendar_year(entry.year),
        })?;
        for (account, minor) in accounts.iter_mut().zip(parts) {
            if minor != 0 {
                account.ledger.entries.push(Entry {
                    amount: Money::from_minor(minor, entry.amount.currency),
                    ..*entry
                });
            }
        }
    }
    check_sums(scenario, project, &accounts)?;
    Ok(accounts)
}

/// Converts an amount of a year into the currency of a party, at the rate of that year.
pub fn in_own_currency(
    scenario: &Scenario,
    party: Index,
    year: u32,
    amount: Money,
) -> Result<Converted, RateError> {
    let currency = scenario.parties[party].currency;
    let rate = scenario
        .rate(currency, year)
        .filter(|rate| *rate > 0.0)
        .ok_or(RateError::UnknownCurrency { currency })?;
    Ok(Converted {
        amount: if currency == amount.currency {
            amount
        } else {
            Money::from_major(amount.major() / rate, currency)
        },
        from: amount.currency,
        rate,
        year: scenario.horizon.calendar_year(year),
    })
}

/// Fails where the parties' amounts of a year and category do not add up to the project's.
fn check_sums(
    scenario: &Scenario,
    project: &Ledger,
    accounts: &[PartyAccount],
) -> Result<(), PartyError> {
    for year in 0..project.years {
        for (category, _) in Category::ALL {
            let whole = project.in_year_on(year, category).minor;
            let parties = accounts
                .iter()
                .map(|account| account.ledger.in_year_on(year, category).minor)
                .sum();
            if whole != parties {
                return Err(PartyError::PartySum {
                    year: scenario.horizon.calendar_year(year),
                    category,
                    project: whole,
                    parties,
                });
            }
        }
    }
    Ok(())
}

/// Whole-number weights of the parties for one kind of cost.
fn weights(scenario: &Scenario, kind: CostKind) -> Result<Vec<i128>, PartyError> {
    let weights: Vec<i128> = scenario
        .parties
        .iter()
        .map(|party| match kind {
            CostKind::Capital => party.capital_share,
            CostKind::Operating => party.capacity_share,
        })
        .map(|share| (0.0..=1.0).contains(&share).then_some(share))
        .map(|share| share.map(|value| libm::round(value * SHARE_RESOLUTION) as i128))
        .collect::<Option<_>>()
        .ok_or(PartyError::Shares { kind })?;
    if weights.iter().sum::<i128>() == 0 {
        return Err(PartyError::Shares { kind });
    }
    Ok(weights)
}

/// Parts of an amount by weight that add up to it; `None` where a product leaves the range of the integer.
fn divide(minor: i128, weights: &[i128]) -> Option<Vec<i128>> {
    let whole: i128 = weights.iter().sum();
    let size = minor.checked_abs()?;
    let mut parts = Vec::with_capacity(weights.len());
    let mut remainders = Vec::with_capacity(weights.len());
    for (party, weight) in weights.iter().enumerate() {
        let product = size.checked_mul(*weight)?;
        parts.push(product / whole);
        remainders.push((-(product % whole), party));
    }
    remainders.sort_unstable();
    let left = (size - parts.iter().sum::<i128>()) as usize;
    for (_, party) in remainders.into_iter().take(left) {
        parts[party] += 1;
    }
    Some(
        parts
            .into_iter()
            .map(|part| part * minor.signum())
            .collect(),
    )
}

#[cfg(test)]
mod tests;
