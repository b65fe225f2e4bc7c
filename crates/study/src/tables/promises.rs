//! The verdict, every promise, every future.

use angara_finance::Ledger;
use angara_quantity::Money;
use angara_results::Table;
use angara_scenario::Scenario;

use super::{calendar_year, minor, minor_unit};
use crate::study::Study;

pub(super) fn verdict(scenario: &Scenario, study: &Study) -> Table {
    let verdict = &study.verdict;
    let broken = verdict.first_broken.as_ref();
    let money = |major: f64| minor(Money::from_major(major, scenario.currency).minor);
    let unrepairable = study
        .unrepairable
        .as_ref()
        .map_or_else(String::new, ToString::to_string);
    let ledger: &Ledger = &study.accounts.ledger;
    Table::new("verdict")
        .truth(
            "holds",
            "",
            "True where every promise holds in every simulated year",
            [verdict.holds],
        )
        .text(
            "first_broken",
            "",
            "Promise that breaks first; empty where none does",
            [broken.map_or("", |kept| kept.kind.name()).to_owned()],
        )
        .text(
            "subject",
            "",
            "Whom it concerns",
            [broken.map_or_else(String::new, |kept| kept.subject_name.clone())],
        )
        .optional_small(
            "first_year",
            "year",
            "Calendar year in which it breaks first",
            [broken
                .and_then(|kept| kept.year)
                .map(|year| calendar_year(scenario, year))],
        )
        .real(
            "margin",
            "see unit",
            "What is left up to the limit; negative where it breaks, zero where nothing does",
            [broken.map_or(0.0, crate::promise::Kept::margin)],
        )
        .text(
            "unit",
            "",
            "Unit of the margin",
            [broken.map_or_else(String::new, |kept| kept.unit.clone())],
        )
        .text("text", "", "The verdict in words", [verdict.text.clone()])
        .text(
            "unrepairable",
            "",
            "Why the last repair could not be planned; empty where it could, or none was needed",
            [unrepairable],
        )
        .whole(
            "rounds",
            "1",
            "Rounds of plan and proof",
            [i64::from(study.rounds)],
        )
        .real(
            "plan_gap",
            "1",
            "Net present cost as planned above its bound, relative",
            [study.solution.gap],
        )
        .truth(
            "plan_proven",
            "",
            "True where the gap asked for was reached",
            [study.solution.proven],
        )
        .whole(
            "plan_bound_minor",
            &minor_unit(scenario),
            "No plan that keeps the promises costs less",
            [money(study.solution.bound)],
        )
        .whole(
            "plan_objective_minor",
            &minor_unit(scenario),
            "Net present cost as planned",
            [money(study.solution.objective)],
        )
        .whole(
            "planned_cost_minor",
            &minor_unit(scenario),
            "The same plan with what the planner expected it to draw, as the accounting books it",
            [money(study.accounts.planned.net_present_cost())],
        )
        .whole(
            "net_present_cost_minor",
            &minor_unit(scenario),
            "Net present cost with what the simulation drew",
            [money(ledger.net_present_cost())],
        )
}

pub(super) fn promises(scenario: &Scenario, study: &Study) -> Table {
    let rows = &study.kept;
    Table::new("promises")
        .text(
            "promise",
            "",
            "What was promised",
            rows.iter().map(|row| row.kind.name().to_owned()),
        )
        .text(
            "subject",
            "",
            "Service, site or party; empty for the programme",
            rows.iter().map(|row| row.subject.clone()),
        )
        .text(
            "subject_name",
            "",
            "Its name",
            rows.iter().map(|row| row.subject_name.clone()),
        )
        .optional_small(
            "year",
            "year",
            "Calendar year; empty for what holds over all years",
            rows.iter()
                .map(|row| row.year.map(|year| calendar_year(scenario, year))),
        )
        .real(
            "limit",
            "see unit",
            "Most that was promised",
            rows.iter().map(|row| row.limit),
        )
        .real(
            "value",
            "see unit",
            "What the simulation found",
            rows.iter().map(|row| row.value),
        )
        .text(
            "unit",
            "",
            "Unit of limit and value",
            rows.iter().map(|row| row.unit.clone()),
        )
        .truth(
            "holds",
            "",
            "True where the promise holds",
            rows.iter().map(crate::promise::Kept::holds),
        )
        .real(
            "margin",
            "see unit",
            "What is left up to the limit",
            rows.iter().map(crate::promise::Kept::margin),
        )
}

pub(super) fn futures(scenario: &Scenario, study: &Study) -> Table {
    let rows: Vec<_> = study
        .futures
        .iter()
        .flat_map(|outcome| outcome.years.iter().map(move |year| (outcome, year)))
        .collect();
    let future = |row: &(&crate::FutureOutcome, &angara_planning::FutureYear)| {
        &scenario.futures[row.0.future]
    };
    Table::new("futures")
        .text(
            "future",
            "",
            "Future",
            rows.iter().map(|row| future(row).id.clone()),
        )
        .text(
            "name",
            "",
            "Name",
            rows.iter().map(|row| future(row).name.clone()),
        )
        .real(
            "probability",
            "1",
            "Probability",
            rows.iter().map(|row| future(row).probability),
        )
        .small(
            "year",
            "year",
            "Calendar year",
            rows.iter().map(|row| calendar_year(scenario, row.1.year)),
        )
        .real(
            "demand_kw",
            "kW",
            "IT power that the peak demand takes",
            rows.iter().map(|row| row.1.demand_kw),
        )
        .real(
            "served_share",
            "1",
            "Part of it that the plan can serve",
            rows.iter().map(|row| row.1.served_share),
        )
        .real(
            "shortfall_kw",
            "kW",
            "IT power that is missing",
            rows.iter().map(|row| row.1.shortfall_kw),
        )
        .truth(
            "holds",
            "",
            "True where all but the promised share is served",
            rows.iter().map(|row| row.0.holds_in(row.1)),
        )
}
