//! Power figures of servers, and plant for every hall.

use angara_diagnostics::{Diagnostic, quoted};
use angara_quantity::Power;

use super::Subject;
use crate::model::{Cooling, Equipment, EquipmentKind, Scenario};

pub(super) fn check(subject: Subject<'_>) {
    let table = &subject.tables.equipment;
    for (row, entry) in subject.scenario.equipment.iter().enumerate() {
        if entry.kind.is_server() && entry.peak_w < entry.idle_w && entry.peak_w > 0.0 {
            subject.reading.push(
                Diagnostic::error(
                    "peak-below-idle",
                    format!(
                        "{} draws {} at full load and {} when idle",
                        quoted(&entry.id),
                        Power::new(entry.peak_w),
                        Power::new(entry.idle_w)
                    ),
                )
                .at(table.locate(row, "peak"))
                .expected("a `peak` at or above `idle`")
                .hint("were the two swapped?"),
            );
        }
    }
    if !table.is_incomplete() {
        check_plant(subject);
    }
}

/// True where at least one unit can be ordered in some year of the horizon.
pub(super) fn can_be_ordered(scenario: &Scenario, entry: &Equipment) -> bool {
    let first = entry.orderable_from.max(scenario.horizon.first_year);
    let last = entry
        .orderable_to
        .min(scenario.horizon.calendar_year(scenario.horizon.years - 1));
    let closes = scenario
        .origins
        .get(entry.origin)
        .and_then(|origin| origin.closes_from);
    first <= last && closes.is_none_or(|year| first < year)
}

fn check_plant(subject: Subject<'_>) {
    let scenario = subject.scenario;
    let plant = scenario.hall_plant;
    let mut needed = vec![
        ("ups", EquipmentKind::Ups, plant.ups, None),
        (
            "transformer",
            EquipmentKind::Transformer,
            plant.transformer,
            None,
        ),
        ("generator", EquipmentKind::Generator, plant.generator, None),
    ];
    for (cooling, name) in Cooling::ALL {
        let kind = match cooling {
            Cooling::AirEconomiser => EquipmentKind::AirHandler,
            Cooling::DryCoolerTrim => EquipmentKind::DryCooler,
            Cooling::CoolingTower => EquipmentKind::CoolingTower,
        };
        if scenario.sites.iter().any(|site| site.cooling == cooling) {
            needed.push(("cooling", kind, plant.cooling, Some(name)));
        }
    }
    for (key, kind, share, cooling) in needed {
        let there = scenario
            .equipment
            .iter()
            .any(|entry| entry.kind == kind && can_be_ordered(scenario, entry));
        if there || share == 0.0 || share.is_nan() {
            continue;
        }
        let because = match cooling {
            Some(name) => format!("sites cooled by {} need it", quoted(name)),
            None => "every hall needs it".to_owned(),
        };
        subject.reading.push(
            Diagnostic::error(
                "no-plant",
                format!("no {} can be ordered, and {because}", quoted(kind.name())),
            )
            .at(angara_diagnostics::Location::file(
                &subject.tables.equipment.file,
            ))
            .expected(format!(
                "at least one available row of the kind {} within the horizon",
                quoted(kind.name())
            ))
            .hint(format!(
                "if your halls come with it, set `hall_plant.{key}` to 0 %"
            )),
        );
    }
}
