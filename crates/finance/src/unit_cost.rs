//! Cost per unit of what the programme delivers.
//!
//! What it computes: levelised costs, the present cost over the present quantity, per kilowatt-month held and
//! delivered, per core-hour and per accelerator-hour.
//!
//! Assumptions: cost and quantity of a year are discounted alike. A kilowatt-month is 730 h. *Contracted* is the
//! power for which servers and halls are held, the lesser of nameplate and hall power at each site; *delivered* is
//! the energy that the servers drew, so that hours not served raise the cost. Per core-hour and accelerator-hour:
//! servers of each kind bear their own landed price; everything else is joint cost, divided by discounted nameplate
//! power.
//!
//! Valid range: a metric without quantity has no cost and is left out.
//!
//! References: W. Short, D. J. Packey, T. Holt, "A Manual for the Economic Evaluation of Energy Efficiency and
//! Renewable Energy Technologies", NREL/TP-462-5173 (1995), levelised cost of energy.

use angara_fleet::Plan;
use angara_scenario::{EquipmentKind, Scenario};

use crate::discount::{DiscountConvention, net_present_value};
use crate::ledger::Ledger;
use crate::operation::Operation;
use crate::purchase::order_cost;
use crate::rates::RateError;

const MONTHS_PER_YEAR: f64 = 12.0;
const HOURS_PER_MONTH: f64 = 730.0;
const WATTS_PER_KILOWATT: f64 = 1e3;

/// Work served, by year of the horizon; years beyond the lists count as none.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Served {
    /// Core-hours of reference cores [h].
    pub core_hours: Vec<f64>,
    /// Accelerator-hours [h].
    pub accelerator_hours: Vec<f64>,
}

/// What a cost is per.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum UnitMetric {
    /// IT power held for a month [kW·month].
    KilowattMonthContracted,
    /// IT energy delivered, as power over a month [kW·month].
    KilowattMonthDelivered,
    /// Reference core busy for an hour [h].
    CoreHour,
    /// Accelerator busy for an hour [h].
    AcceleratorHour,
}

impl UnitMetric {
    /// Name in the tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::KilowattMonthContracted => "per kW-month contracted",
            Self::KilowattMonthDelivered => "per kW-month delivered",
            Self::CoreHour => "per core-hour served",
            Self::AcceleratorHour => "per accelerator-hour served",
        }
    }

    /// What is counted, in one line.
    pub fn note(self) -> &'static str {
        match self {
            Self::KilowattMonthContracted => {
                "present cost over present IT power held: lesser of servers and halls"
            }
            Self::KilowattMonthDelivered => {
                "present cost over present IT energy drawn, 730 h a month"
            }
            Self::CoreHour => "own servers, joint cost by nameplate power, over core-hours served",
            Self::AcceleratorHour => {
                "own servers, joint cost by nameplate power, over accelerator-hours served"
            }
        }
    }
}

/// One levelised cost.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct UnitCost {
    /// What it is per.
    pub metric: UnitMetric,
    /// Cost in major units of the currency of the totals.
    pub cost: f64,
    /// Present quantity over which it is taken [unit of the metric].
    pub discounted_quantity: f64,
}

/// Present cost over present quantity; `None` where there is no quantity.
pub fn levelised(
    rate: f64,
    costs: &[f64],
    quantities: &[f64],
    convention: DiscountConvention,
) -> Option<f64> {
    let quantity = net_present_value(rate, quantities, convention);
    (quantity > 0.0).then(|| net_present_value(rate, costs, convention) / quantity)
}

/// Levelised costs of a programme; metrics without quantity are left out.
pub fn unit_costs(
    scenario: &Scenario,
    plan: &Plan,
    operation: &Operation,
    served: &Served,
    ledger: &Ledger,
) -> Result<Vec<UnitCost>, RateError> {
    let discounted = |by_year: &dyn Fn(u32) -> f64| -> f64 {
        (0..ledger.years)
            .map(|year| by_year(year) * ledger.discount_factor(year))
            .sum()
    };
    let total = ledger.net_present_cost();
    let contracted = discounted(&|year| contracted_kw(scenario, plan, year) * MONTHS_PER_YEAR);
    let delivered = discounted(&|year| {
        let energy: f64 = (0..scenario.sites.len())
            .map(|site| operation.site_year(site, year).it_kwh)
            .sum();
        energy / HOURS_PER_MONTH
    });
    let core_hours = discounted(&|year| at(&served.core_hours, year));
    let accelerator_hours = discounted(&|year| at(&served.accelerator_hours, year));

    let direct_cores = landed_present_cost(scenario, plan, ledger, EquipmentKind::Server)?;
    let direct_accelerators =
        landed_present_cost(scenario, plan, ledger, EquipmentKind::AcceleratorServer)?;
    let nameplate_cores =
        discounted(&|year| nameplate_w(scenario, plan, EquipmentKind::Server, year));
    let nameplate_accelerators =
        discounted(&|year| nameplate_w(scenario, plan, EquipmentKind::AcceleratorServer, year));
    let nameplate = nameplate_cores + nameplate_accelerators;
    let joint_per_watt = if nameplate > 0.0 {
        (total - direct_cores - direct_accelerators) / nameplate
    } else {
        0.0
    };

    let rows = [
        (UnitMetric::KilowattMonthContracted, total, contracted),
        (UnitMetric::KilowattMonthDelivered, total, delivered),
        (
            UnitMetric::CoreHour,
            direct_cores + joint_per_watt * nameplate_cores,
            core_hours,
        ),
        (
            UnitMetric::AcceleratorHour,
            direct_accelerators + joint_per_watt * nameplate_accelerators,
            accelerator_hours,
        ),
    ];
    Ok(rows
        .into_iter()
        .filter(|(_, _, quantity)| *quantity > 0.0)
        .map(|(metric, cost, quantity)| UnitCost {
            metric,
            cost: cost / quantity,
            discounted_quantity: quantity,
        })
        .collect())
}

fn at(values: &[f64], year: u32) -> f64 {
    values.get(year as usize).copied().unwrap_or(0.0)
}

/// IT power for which both servers and halls are held [kW].
fn contracted_kw(scenario: &Scenario, plan: &Plan, year: u32) -> f64 {
    scenario
        .sites
        .iter()
        .zip(&plan.sites)
        .enumerate()
        .map(|(site, (entry, growth))| {
            let halls = growth.halls_usable.get(year as usize).copied().unwrap_or(0);
            let hall_w = f64::from(halls) * entry.hall_it_w;
            plan.nameplate_it_w(scenario, site, year).min(hall_w) / WATTS_PER_KILOWATT
        })
        .sum()
}

/// Nameplate power of the servers of a kind in use in a year, over all sites [W].
fn nameplate_w(scenario: &Scenario, plan: &Plan, kind: EquipmentKind, year: u32) -> f64 {
    plan.orders
        .iter()
        .filter(|order| crate::capital_in_use::in_use(scenario, order, year))
        .map(|order| (&scenario.equipment[order.equipment], order.units))
        .filter(|(entry, _)| entry.kind == kind)
        .map(|(entry, units)| units as f64 * entry.peak_w)
        .sum()
}

/// Present landed price of the servers of a kind, in major units.
fn landed_present_cost(
    scenario: &Scenario,
    plan: &Plan,
    ledger: &Ledger,
    kind: EquipmentKind,
) -> Result<f64, RateError> {
    plan.orders
        .iter()
        .filter(|order| scenario.equipment[order.equipment].kind == kind)
        .map(|order| {
            let paid = order_cost(scenario, order)?.landed().major();
            Ok(paid * ledger.discount_factor(order.year))
        })
        .sum()
}

#[cfg(test)]
mod tests;
