//! The ledger: every amount of the programme by year, category and site.

use angara_quantity::{Currency, Money};
use angara_scenario::Index;

use crate::discount::{DiscountConvention, factor};

/// Whether an amount is spent to own something or to run it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CostKind {
    /// Spent once to own something.
    Capital,
    /// Spent to run it.
    Operating,
}

impl CostKind {
    /// Name in the tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Capital => "capital",
            Self::Operating => "operating",
        }
    }
}

/// What an amount is spent on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Category {
    /// Opening of sites.
    Site,
    /// Building of halls.
    Hall,
    /// Power and cooling plant, at its purchase price.
    Plant,
    /// Servers, at their purchase price.
    Servers,
    /// Duty on plant and servers.
    Duty,
    /// Freight and insurance of plant and servers.
    Freight,
    /// Energy drawn from the grid.
    Energy,
    /// Charge on the highest draw of each month.
    DemandCharge,
    /// Water drawn.
    Water,
    /// Carbon emitted.
    Carbon,
    /// Technicians.
    Staff,
    /// Maintenance of what is in use.
    Maintenance,
    /// Leased rates.
    Network,
}

impl Category {
    /// Every category with its name in the tables, capital first.
    pub const ALL: [(Self, &'static str); 13] = [
        (Self::Site, "site"),
        (Self::Hall, "hall"),
        (Self::Plant, "plant"),
        (Self::Servers, "servers"),
        (Self::Duty, "duty"),
        (Self::Freight, "freight"),
        (Self::Energy, "energy"),
        (Self::DemandCharge, "demand-charge"),
        (Self::Water, "water"),
        (Self::Carbon, "carbon"),
        (Self::Staff, "staff"),
        (Self::Maintenance, "maintenance"),
        (Self::Network, "network"),
    ];

    /// Name in the tables.
    pub fn name(self) -> &'static str {
        Self::ALL[self as usize].1
    }

    /// Capital or operating.
    pub fn kind(self) -> CostKind {
        if self <= Self::Freight {
            CostKind::Capital
        } else {
            CostKind::Operating
        }
    }
}

/// One amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// Year of the horizon.
    pub year: u32,
    /// What it is spent on.
    pub category: Category,
    /// Site it is spent at; `None` for the network.
    pub site: Option<Index>,
    /// Amount spent; a receipt is negative.
    pub amount: Money,
}

/// Every amount of a programme, or of one party's part of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Ledger {
    /// Currency of every entry.
    pub currency: Currency,
    /// Years of the horizon.
    pub years: u32,
    /// Discount rate per year [1].
    pub discount_rate: f64,
    /// Instant of the year at which its amounts fall.
    pub convention: DiscountConvention,
    /// By year, category and site; each amount rounded once, amounts of zero left out.
    pub entries: Vec<Entry>,
}

impl Ledger {
    /// Everything spent.
    pub fn total(&self) -> Money {
        self.sum(|_| true)
    }

    /// Spent in a year.
    pub fn in_year(&self, year: u32) -> Money {
        self.sum(|entry| entry.year == year)
    }

    /// Spent in a year as capital, or to operate.
    pub fn in_year_of_kind(&self, year: u32, kind: CostKind) -> Money {
        self.sum(|entry| entry.year == year && entry.category.kind() == kind)
    }

    /// Spent in a year on a category.
    pub fn in_year_on(&self, year: u32, category: Category) -> Money {
        self.sum(|entry| entry.year == year && entry.category == category)
    }

    /// Spent on a category in all years.
    pub fn on(&self, category: Category) -> Money {
        self.sum(|entry| entry.category == category)
    }

    /// Spent by year, in major units.
    pub fn flows(&self) -> Vec<f64> {
        (0..self.years)
            .map(|year| self.in_year(year).major())
            .collect()
    }

    /// Present cost of all entries, in major units at the start of the horizon.
    pub fn net_present_cost(&self) -> f64 {
        self.present_cost_of(|_| true)
    }

    /// Present cost of the entries of one kind, in major units at the start of the horizon.
    pub fn net_present_cost_of_kind(&self, kind: CostKind) -> f64 {
        self.present_cost_of(|entry| entry.category.kind() == kind)
    }

    /// Present cost of all entries, rounded to the minor unit.
    pub fn net_present_money(&self) -> Money {
        Money::from_major(self.net_present_cost(), self.currency)
    }

    /// Value at the start of the horizon of one unit of money in a year [1].
    pub fn discount_factor(&self, year: u32) -> f64 {
        factor(self.discount_rate, year, self.convention)
    }

    fn sum(&self, chosen: impl Fn(&Entry) -> bool) -> Money {
        let minor = self
            .entries
            .iter()
            .filter(|entry| chosen(entry))
            .map(|entry| entry.amount.minor)
            .sum();
        Money::from_minor(minor, self.currency)
    }

    fn present_cost_of(&self, chosen: impl Fn(&Entry) -> bool) -> f64 {
        // Exact within a year, so neither order nor splitting of entries changes a bit.
        (0..self.years)
            .map(|year| {
                let amount = self.sum(|entry| entry.year == year && chosen(entry));
                amount.major() * self.discount_factor(year)
            })
            .sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_at_their_category() {
        for (category, name) in Category::ALL {
            assert_eq!(category.name(), name);
        }
    }

    #[test]
    fn what_is_bought_is_capital_and_what_runs_is_operating() {
        let capital = Category::ALL
            .iter()
            .filter(|(category, _)| category.kind() == CostKind::Capital)
            .map(|(_, name)| *name)
            .collect::<Vec<_>>();
        assert_eq!(
            capital,
            ["site", "hall", "plant", "servers", "duty", "freight"]
        );
    }
}
