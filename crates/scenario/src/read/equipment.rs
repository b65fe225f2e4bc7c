//! Table `equipment`.

use angara_diagnostics::{Diagnostic, quoted};
use angara_quantity::{Currency, DataSize, Duration, Money, Power};

use crate::Index;
use crate::model::{Equipment, EquipmentKind, Horizon};
use crate::reading::Reading;
use crate::table::{Ids, Row, Table, TableSpec, measured, money, plain};
use crate::written::Bounds;

/// The table.
pub(crate) const SPEC: TableSpec = TableSpec {
    name: "equipment",
    row: "piece of equipment",
    keys: &["id"],
    needed: true,
    columns: &[
        plain("id"),
        plain("name"),
        plain("kind"),
        plain("supplier"),
        plain("origin"),
        plain("platform").optional(),
        plain("cores").optional(),
        plain("core_rating").optional(),
        measured::<DataSize>("memory").optional(),
        plain("accelerators").optional(),
        measured::<Power>("idle").optional(),
        measured::<Power>("peak").optional(),
        measured::<Power>("rating").optional(),
        money("price"),
        measured::<Duration>("lead_time"),
        measured::<Duration>("lead_time_late").optional(),
        plain("life_years"),
        plain("lot"),
        plain("orderable_from").optional(),
        plain("orderable_to").optional(),
        plain("availability"),
        plain("source"),
    ],
};

/// What the user says about whether a piece can be had.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Availability {
    Available,
    LicenceRequired,
    Unavailable,
    Unknown,
}

const AVAILABILITIES: [(Availability, &str); 4] = [
    (Availability::Available, "available"),
    (Availability::LicenceRequired, "licence-required"),
    (Availability::Unavailable, "unavailable"),
    (Availability::Unknown, "unknown"),
];

/// Reads the table; platforms are gathered in the order in which they are first named.
pub(crate) fn read(
    table: &Table,
    origins: &Ids,
    platforms: &mut Ids,
    currency: Currency,
    horizon: Horizon,
    reading: &Reading,
) -> Vec<Equipment> {
    table
        .rows(reading)
        .map(|row| entry(row, origins, platforms, currency, horizon, reading))
        .collect()
}

fn entry(
    row: Row<'_>,
    origins: &Ids,
    platforms: &mut Ids,
    currency: Currency,
    horizon: Horizon,
    reading: &Reading,
) -> Equipment {
    let kind = row.field("kind").choice(&EquipmentKind::ALL);
    let (orderable_from, orderable_to) = window(row, horizon, reading);
    let power = |name| {
        row.given(name)
            .map_or(0.0, |field| field.quantity::<Power>(Bounds::POSITIVE))
    };
    let count = |name| {
        row.given(name)
            .map_or(0, |field| field.count(0..=1_000_000))
    };
    if let Some(kind) = kind {
        check_fields(row, kind, reading);
    }
    let rating = if kind.is_some_and(EquipmentKind::is_server) {
        row.field("core_rating")
            .number(Bounds::new(0.01, 100.0, "a ratio from 0.01 to 100"))
    } else {
        1.0
    };
    let lead_time = row.field("lead_time").duration(Bounds::LEAD);
    Equipment {
        id: row.free("id"),
        name: row.field("name").text(),
        kind: kind.unwrap_or(EquipmentKind::Server),
        supplier: row.field("supplier").text(),
        origin: row.field("origin").reference(origins),
        platform: platform(row, platforms),
        cores: count("cores"),
        core_rating: rating,
        memory_bytes: row
            .given("memory")
            .map_or(0.0, |field| field.quantity::<DataSize>(Bounds::POSITIVE)),
        accelerators: count("accelerators"),
        idle_w: row
            .given("idle")
            .map_or(0.0, |field| field.quantity::<Power>(Bounds::NOT_NEGATIVE)),
        peak_w: power("peak"),
        rating_w: power("rating"),
        price: row.field("price").money().unwrap_or(Money::zero(currency)),
        lead_time,
        lead_time_late: late(row, lead_time, reading),
        life_years: row.field("life_years").count(1..=100),
        lot: row.field("lot").count(1..=100_000),
        orderable_from,
        orderable_to,
        source: row.free("source"),
    }
}

fn platform(row: Row<'_>, platforms: &mut Ids) -> Option<Index> {
    let id = row.given("platform")?.id();
    (!id.is_empty()).then(|| platforms.add(&id))
}

/// The lead time within which nine of ten orders come; the lead time itself where none is written.
fn late(row: Row<'_>, lead_time: Duration, reading: &Reading) -> Duration {
    let Some(field) = row.given("lead_time_late") else {
        reading.used_default("equipment.lead_time_late");
        return lead_time;
    };
    let late = field.duration(Bounds::LEAD);
    let sooner = late.milliseconds() < lead_time.milliseconds();
    if sooner || (lead_time.milliseconds() == 0 && late.milliseconds() > 0) {
        reading.push(
            Diagnostic::error(
                "lead-time-order",
                format!("nine of ten orders come within {late}, half of them within {lead_time}"),
            )
            .at(row.locate("lead_time_late"))
            .expected("`lead_time_late` at or above a `lead_time` above zero"),
        );
        return lead_time;
    }
    late
}

/// Calendar years in which it can be ordered; an empty window where it is not available.
fn window(row: Row<'_>, horizon: Horizon, reading: &Reading) -> (i32, i32) {
    let availability = row.field("availability").choice(&AVAILABILITIES);
    let year = |name, path, otherwise| {
        if let Some(field) = row.given(name) {
            return field.year().unwrap_or(otherwise);
        }
        reading.used_default(path);
        otherwise
    };
    let last = horizon.calendar_year(horizon.years - 1);
    let from = year(
        "orderable_from",
        "equipment.orderable_from",
        horizon.first_year,
    );
    let to = year("orderable_to", "equipment.orderable_to", last.max(from));
    if from > to {
        reading.push(
            Diagnostic::error(
                "reversed-window",
                format!("the first year of order, {from}, comes after the last, {to}"),
            )
            .at(row.locate("orderable_from"))
            .expected("`orderable_from` at or before `orderable_to`")
            .hint("to keep a piece out of the plan, set `availability` to `unavailable`"),
        );
    }
    if availability.is_some_and(|status| status != Availability::Available) {
        return (horizon.first_year, horizon.first_year - 1);
    }
    (from.min(to), to.max(from))
}

/// Fields that a kind needs, and fields that it cannot have.
fn check_fields(row: Row<'_>, kind: EquipmentKind, reading: &Reading) {
    let (needed, foreign): (&[&'static str], &[&'static str]) = match kind {
        EquipmentKind::Server => (
            &["platform", "cores", "memory", "idle", "peak"],
            &["accelerators", "rating"],
        ),
        EquipmentKind::AcceleratorServer => (
            &[
                "platform",
                "cores",
                "memory",
                "accelerators",
                "idle",
                "peak",
            ],
            &["rating"],
        ),
        _ => (
            &["rating"],
            &[
                "platform",
                "cores",
                "memory",
                "accelerators",
                "idle",
                "peak",
            ],
        ),
    };
    let is_zero = |name| {
        row.given(name)
            .is_some_and(|field| field.text().parse::<f64>() == Ok(0.0))
    };
    for name in needed {
        let zero = matches!(*name, "cores" | "accelerators") && is_zero(name);
        if row.given(name).is_none() || zero {
            reading.push(
                Diagnostic::error(
                    "missing-value",
                    format!(
                        "the {} {} has no {}",
                        kind.name(),
                        quoted(&row.free("id")),
                        quoted(name)
                    ),
                )
                .at(row.locate(name))
                .expected(format!("a value: every {} has one", kind.name())),
            );
        }
    }
    for name in foreign {
        if row.given(name).is_some() && !is_zero(name) {
            reading.push(
                Diagnostic::error(
                    "value-not-wanted",
                    format!("a {} has no {}", kind.name(), quoted(name)),
                )
                .at(row.locate(name))
                .expected("an empty cell")
                .hint("check the `kind` of the row"),
            );
        }
    }
}
