//! Money: budgets of the parties and the net present cost, as the accounting books them.

use angara_finance::{CostKind, account, rates};

use super::Inspection;
use crate::operation::operation_of;

pub(super) fn check_money(inspection: &mut Inspection<'_>) {
    let scenario = inspection.facts.scenario;
    let operation = operation_of(&inspection.facts, inspection.plan);
    let ledger = match account(scenario, inspection.plan, &operation) {
        Ok(ledger) => ledger,
        Err(error) => {
            inspection.report(error.to_string());
            return;
        }
    };
    for (party, entry) in scenario.parties.iter().enumerate() {
        for year in 0..inspection.facts.years {
            let capital = ledger.in_year_of_kind(year, CostKind::Capital).major();
            match rates::budget(scenario, party, year) {
                Ok(Some(budget)) => {
                    let year_name = inspection.year_name(year);
                    inspection.at_most(capital * entry.capital_share, budget, || {
                        format!("capital of {} in {year_name}", entry.name)
                    });
                }
                Ok(None) => {}
                Err(error) => inspection.report(error.to_string()),
            }
        }
    }
    if let Some(promised) = scenario.promises.net_present_cost {
        let rate = scenario.rate(promised.currency, 0).unwrap_or(1.0);
        inspection.at_most(ledger.net_present_cost(), promised.major() * rate, || {
            "net present cost".to_owned()
        });
    }
}
