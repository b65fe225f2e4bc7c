//! Money: the bill, the parties, unit costs, planned against simulated.

use angara_finance::{CostKind, in_own_currency, rates};
use angara_results::Table;
use angara_scenario::Scenario;

use super::{calendar_year, minor, minor_unit};
use crate::error::StudyError;
use crate::study::Study;

pub(super) fn money(scenario: &Scenario, study: &Study) -> Table {
    let rows = &study.accounts.ledger.entries;
    Table::new("money")
        .small(
            "year",
            "year",
            "Calendar year",
            rows.iter().map(|row| calendar_year(scenario, row.year)),
        )
        .text(
            "category",
            "",
            "What it is spent on",
            rows.iter().map(|row| row.category.name().to_owned()),
        )
        .text(
            "kind",
            "",
            "Capital or operating",
            rows.iter().map(|row| row.category.kind().name().to_owned()),
        )
        .text(
            "site",
            "",
            "Site; empty where it is for all",
            rows.iter().map(|row| {
                row.site
                    .map_or_else(String::new, |site| scenario.sites[site].id.clone())
            }),
        )
        .whole(
            "amount_minor",
            &minor_unit(scenario),
            "Amount, nominal money of the year",
            rows.iter().map(|row| minor(row.amount.minor)),
        )
}

pub(super) fn parties(scenario: &Scenario, study: &Study) -> Result<Table, StudyError> {
    struct Row {
        party: usize,
        year: u32,
        capital: i128,
        operating: i128,
        budget: Option<i64>,
        own: i128,
        net_present_own: f64,
    }
    let mut rows = Vec::new();
    for account in &study.accounts.parties {
        for year in 0..scenario.horizon.years {
            let total = account.ledger.in_year(year);
            let own = in_own_currency(scenario, account.party, year, total)?;
            let budget = rates::budget(scenario, account.party, year)?.map(|major| {
                minor(angara_quantity::Money::from_major(major, scenario.currency).minor)
            });
            rows.push(Row {
                party: account.party,
                year,
                capital: account
                    .ledger
                    .in_year_of_kind(year, CostKind::Capital)
                    .minor,
                operating: account
                    .ledger
                    .in_year_of_kind(year, CostKind::Operating)
                    .minor,
                budget,
                own: own.amount.minor,
                net_present_own: own.amount.major() * account.ledger.discount_factor(year),
            });
        }
    }
    let party = |row: &Row| &scenario.parties[row.party];
    Ok(Table::new("parties")
        .text(
            "party",
            "",
            "Party",
            rows.iter().map(|row| party(row).id.clone()),
        )
        .text(
            "name",
            "",
            "Name",
            rows.iter().map(|row| party(row).name.clone()),
        )
        .small(
            "year",
            "year",
            "Calendar year",
            rows.iter().map(|row| calendar_year(scenario, row.year)),
        )
        .whole(
            "capital_minor",
            &minor_unit(scenario),
            "Its part of the capital",
            rows.iter().map(|row| minor(row.capital)),
        )
        .whole(
            "operating_minor",
            &minor_unit(scenario),
            "Its part of the operating cost",
            rows.iter().map(|row| minor(row.operating)),
        )
        .real(
            "share_capital",
            "1",
            "Share of capital",
            rows.iter().map(|row| party(row).capital_share),
        )
        .real(
            "share_capacity",
            "1",
            "Share of capacity and operating cost",
            rows.iter().map(|row| party(row).capacity_share),
        )
        .optional_whole(
            "budget_minor",
            &minor_unit(scenario),
            "Most capital it can spend; empty where not limited",
            rows.iter().map(|row| row.budget),
        )
        .text(
            "currency",
            "",
            "Currency in which the party counts",
            rows.iter().map(|row| party(row).currency.to_string()),
        )
        .whole(
            "amount_in_currency_minor",
            "minor units of the party's currency",
            "Its total of the year at the year's rate",
            rows.iter().map(|row| minor(row.own)),
        )
        .real(
            "present_cost_in_currency",
            "the party's currency",
            "The same in major units, discounted to the start",
            rows.iter().map(|row| row.net_present_own),
        ))
}

pub(super) fn unit_costs(scenario: &Scenario, study: &Study) -> Table {
    let currency = scenario.currency.to_string();
    let ledger = &study.accounts.ledger;
    let per = |name: &str| name.trim_start_matches("per ").to_owned();
    let mut rows: Vec<(String, f64, String, String)> = study
        .accounts
        .unit_costs
        .iter()
        .map(|cost| {
            let name = cost.metric.name();
            (
                name.to_owned(),
                cost.cost,
                format!("{currency}/{}", per(name)),
                cost.metric.note().to_owned(),
            )
        })
        .collect();
    let note = "discounted at mid-year to the start of the horizon";
    rows.push((
        "net present cost".to_owned(),
        ledger.net_present_cost(),
        currency.clone(),
        note.to_owned(),
    ));
    for kind in [CostKind::Capital, CostKind::Operating] {
        rows.push((
            format!("net present cost, {}", kind.name()),
            ledger.net_present_cost_of_kind(kind),
            currency.clone(),
            note.to_owned(),
        ));
    }
    Table::new("unit_costs")
        .text(
            "metric",
            "",
            "What the cost is per",
            rows.iter().map(|row| row.0.clone()),
        )
        .real("value", "see unit", "Cost", rows.iter().map(|row| row.1))
        .text(
            "unit",
            "",
            "Unit of the cost",
            rows.iter().map(|row| row.2.clone()),
        )
        .text(
            "note",
            "",
            "How it is counted",
            rows.iter().map(|row| row.3.clone()),
        )
}

pub(super) fn energy_compare(scenario: &Scenario, study: &Study) -> Table {
    let mut rows: Vec<(u32, &str, String, f64, f64)> = Vec::new();
    let plan = &study.solution.plan;
    for proof in &study.proofs {
        let sites = 0..scenario.sites.len();
        let planned = |figure: fn(&angara_finance::SiteYear) -> f64| -> f64 {
            sites
                .clone()
                .map(|site| figure(&study.solution.operation.site_year(site, proof.year)))
                .sum()
        };
        let simulated = |figure: fn(&angara_finance::SiteYear) -> f64| -> f64 {
            sites
                .clone()
                .map(|site| figure(&study.accounts.operation.site_year(site, proof.year)))
                .sum()
        };
        let year = proof.year;
        rows.push((
            year,
            "IT energy",
            "kWh".to_owned(),
            planned(|y| y.it_kwh),
            simulated(|y| y.it_kwh),
        ));
        rows.push((
            year,
            "facility energy",
            "kWh".to_owned(),
            planned(|y| y.facility_kwh),
            simulated(|y| y.facility_kwh),
        ));
        let cost = |ledger: &angara_finance::Ledger| ledger.in_year(year).major();
        rows.push((
            year,
            "cost",
            scenario.currency.to_string(),
            cost(&study.accounts.planned),
            cost(&study.accounts.ledger),
        ));
        let nameplate: f64 = sites
            .clone()
            .map(|site| plan.nameplate_it_w(scenario, site, year))
            .sum();
        let fleet: f64 = proof.sites.iter().map(|site| site.nameplate_kw).sum();
        rows.push((
            year,
            "IT nameplate",
            "kW".to_owned(),
            nameplate / 1e3,
            fleet,
        ));
    }
    Table::new("energy_compare")
        .small(
            "year",
            "year",
            "Calendar year",
            rows.iter().map(|row| calendar_year(scenario, row.0)),
        )
        .text(
            "quantity",
            "",
            "What is compared",
            rows.iter().map(|row| row.1.to_owned()),
        )
        .text(
            "unit",
            "",
            "Unit of both values",
            rows.iter().map(|row| row.2.clone()),
        )
        .real(
            "planned",
            "see unit",
            "As the planner expected",
            rows.iter().map(|row| row.3),
        )
        .real(
            "simulated",
            "see unit",
            "As the simulation found",
            rows.iter().map(|row| row.4),
        )
}
