//! Money over time and the one accounting function.
//!
//! Planner, simulator and report price everything here: [`rates`] says what one unit costs in a year,
//! [`account`] books a plan and what it drew, [`plan_cost`] gives the same money as coefficients of a linear
//! objective, [`split`] divides it among the parties. All amounts are nominal money of their year.

mod accounting;
mod capital_in_use;
pub mod discount;
mod ledger;
mod operation;
mod party;
pub mod plan_cost;
mod purchase;
pub mod rates;
mod unit_cost;

#[cfg(test)]
mod example;

pub use accounting::{AccountingError, account};
pub use discount::DiscountConvention;
pub use ledger::{Category, CostKind, Entry, Ledger};
pub use operation::{Operation, SiteYear};
pub use party::{Converted, PartyAccount, PartyError, in_own_currency, split};
pub use purchase::{OrderCost, lease_cost, order_cost};
pub use rates::RateError;
pub use unit_cost::{Served, UnitCost, UnitMetric, levelised, unit_costs};
