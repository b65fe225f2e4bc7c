//! What proves the plan's bound: the cases with their multipliers, and the lessons that the plan keeps.

use angara_planning::{Case, Repair};
use angara_results::Table;
use angara_scenario::Scenario;

use super::calendar_year;
use crate::study::Study;

/// One row per multiplier; a split, and a case without multipliers, takes one row.
struct Line {
    case: usize,
    kind: &'static str,
    constraint: Option<usize>,
    multiplier: Option<f64>,
    split: Option<(usize, f64, usize, usize)>,
}

pub(super) fn certificate(study: &Study) -> Table {
    let mut rows = Vec::new();
    for (case, entry) in study.solution.certificate.cases.iter().enumerate() {
        let bare = |kind| Line {
            case,
            kind,
            constraint: None,
            multiplier: None,
            split: None,
        };
        match entry {
            Case::Split {
                column,
                at,
                below,
                above,
            } => rows.push(Line {
                split: Some((*column, *at, *below, *above)),
                ..bare("split")
            }),
            Case::Bounded(multipliers) => rows.extend(priced(&bare, "bounded", multipliers)),
            Case::Empty(multipliers) => rows.extend(priced(&bare, "empty", multipliers)),
        }
    }
    let whole = |value: usize| value as i64;
    let split = |of: fn((usize, f64, usize, usize)) -> usize| {
        rows.iter()
            .map(|row| row.split.map(|split| whole(of(split))))
            .collect::<Vec<_>>()
    };
    Table::new("certificate")
        .whole("case", "1", "Case; the first is all plans", rows.iter().map(|row| whole(row.case)))
        .text(
            "kind",
            "",
            "`bounded`: the multipliers bound the cost; `empty`: they show that there is no plan; `split`: two cases",
            rows.iter().map(|row| row.kind.to_owned()),
        )
        .optional_whole(
            "row",
            "1",
            "Constraint, in the order in which the planner lays them out",
            rows.iter().map(|row| row.constraint.map(whole)),
        )
        .optional_real(
            "multiplier",
            "1",
            "Multiplier of the constraint, in money of the totals per unit of it",
            rows.iter().map(|row| row.multiplier),
        )
        .optional_whole("column", "1", "Decision that is split", split(|split| split.0))
        .optional_real(
            "at",
            "1",
            "Whole number at which it is split",
            rows.iter().map(|row| row.split.map(|split| split.1)),
        )
        .optional_whole("below", "1", "Case with the decision at most there", split(|split| split.2))
        .optional_whole("above", "1", "Case with the decision above", split(|split| split.3))
}

fn priced(
    bare: &impl Fn(&'static str) -> Line,
    kind: &'static str,
    multipliers: &[(usize, f64)],
) -> Vec<Line> {
    if multipliers.is_empty() {
        return vec![bare(kind)];
    }
    multipliers
        .iter()
        .map(|(row, multiplier)| Line {
            constraint: Some(*row),
            multiplier: Some(*multiplier),
            ..bare(kind)
        })
        .collect()
}

pub(super) fn lessons(scenario: &Scenario, study: &Study) -> Table {
    let rows: Vec<_> = study
        .lessons
        .iter()
        .map(|lesson| {
            let (site, service, year, value) = match *lesson {
                Repair::MeanPue { site, year, value }
                | Repair::PeakPue { site, year, value }
                | Repair::Water { site, year, value } => (Some(site), None, year, value),
                Repair::MoreHeadroom { site, year, factor }
                | Repair::MoreEnergy { site, year, factor } => (Some(site), None, year, factor),
                Repair::LessGrid { site, year, by_w } => (Some(site), None, year, by_w),
                Repair::MoreForService {
                    service,
                    year,
                    factor,
                } => (None, Some(service), year, factor),
            };
            (kind(*lesson), site, service, year, value)
        })
        .collect();
    Table::new("lessons")
        .text(
            "kind",
            "",
            "What the simulation of an earlier plan has taught",
            rows.iter().map(|row| row.0.to_owned()),
        )
        .optional_text(
            "site",
            "",
            "Site",
            rows.iter()
                .map(|row| row.1.map(|site| scenario.sites[site].id.clone())),
        )
        .optional_text(
            "service",
            "",
            "Service",
            rows.iter()
                .map(|row| row.2.map(|service| scenario.services[service].id.clone())),
        )
        .small(
            "year",
            "year",
            "Calendar year",
            rows.iter().map(|row| calendar_year(scenario, row.3)),
        )
        .real(
            "value",
            "",
            "PUE, factor, water per energy [m³/kWh] or power withheld [W]",
            rows.iter().map(|row| row.4),
        )
}

/// Name of a lesson's kind in the table.
fn kind(lesson: Repair) -> &'static str {
    match lesson {
        Repair::MeanPue { .. } => "mean-pue",
        Repair::PeakPue { .. } => "peak-pue",
        Repair::MoreHeadroom { .. } => "more-headroom",
        Repair::MoreForService { .. } => "more-for-service",
        Repair::LessGrid { .. } => "less-grid",
        Repair::Water { .. } => "water",
        Repair::MoreEnergy { .. } => "more-energy",
    }
}
