//! Table `services`.

use angara_quantity::{DataRate, DataSize, Duration, Fraction, Length};

use super::links::YES_NO;
use crate::model::{LoadKind, Residency, Service};
use crate::reading::Reading;
use crate::table::{Ids, Row, Table, TableSpec, measured, plain, unresolved};
use crate::written::{Bounds, DURATION_YEARS_MS};

/// The table.
pub(crate) const SPEC: TableSpec = TableSpec {
    name: "services",
    row: "service",
    keys: &["id"],
    needed: true,
    columns: &[
        plain("id"),
        plain("name"),
        plain("kind"),
        plain("profile"),
        plain("users_per_1000"),
        measured::<Fraction>("uptake_first"),
        measured::<Fraction>("uptake_last"),
        plain("cores_per_1000_users").optional(),
        plain("accelerators_per_1000_users").optional(),
        measured::<DataSize>("memory"),
        plain("task_units"),
        measured::<Duration>("job_duration").optional(),
        measured::<Duration>("latency_limit"),
        plain("residency"),
        plain("replicas"),
        measured::<Length>("replica_distance").optional(),
        plain("replicas_apart").optional(),
        plain("platforms"),
        measured::<DataRate>("traffic"),
        plain("cipher").optional(),
        measured::<Fraction>("encryption_overhead").optional(),
        plain("source"),
    ],
};

const KINDS: [(LoadKind, &str); 2] = [
    (LoadKind::Interactive, "interactive"),
    (LoadKind::Batch, "batch"),
];

const RESIDENCIES: [(Residency, &str); 2] =
    [(Residency::SameZone, "same-zone"), (Residency::Any, "any")];

const JOB: Bounds = Bounds::new(0.0, DURATION_YEARS_MS, "a duration from 0 to a year");
const LATENCY: Bounds = Bounds::new(0.0, 60_000.0, "a round trip from 0 ms to 60 s");

/// Reads the table.
pub(crate) fn read(
    table: &Table,
    profiles: &Ids,
    platforms: &Ids,
    reading: &Reading,
) -> Vec<Service> {
    table
        .rows(reading)
        .map(|row| Service {
            id: row.free("id"),
            name: row.field("name").text(),
            kind: row
                .field("kind")
                .choice(&KINDS)
                .unwrap_or(LoadKind::Interactive),
            profile: row.field("profile").reference(profiles),
            users_per_resident: row.field("users_per_1000").number(Bounds::NOT_NEGATIVE) / 1000.0,
            uptake_first: row.field("uptake_first").fraction(Bounds::SHARE),
            uptake_last: row.field("uptake_last").fraction(Bounds::SHARE),
            cores_per_user: per_user(row, "cores_per_1000_users"),
            accelerators_per_user: per_user(row, "accelerators_per_1000_users"),
            memory_per_unit_bytes: row
                .field("memory")
                .quantity::<DataSize>(Bounds::NOT_NEGATIVE),
            task_units: row.field("task_units").count(1..=100_000),
            job_duration: row
                .given("job_duration")
                .map(|field| field.duration(JOB))
                .unwrap_or_default(),
            latency_limit: row.field("latency_limit").duration(LATENCY),
            residency: row
                .field("residency")
                .choice(&RESIDENCIES)
                .unwrap_or(Residency::Any),
            replicas: row.field("replicas").count(1..=3),
            replica_distance_m: row
                .field("replica_distance")
                .quantity::<Length>(Bounds::NOT_NEGATIVE),
            replicas_apart: row.field("replicas_apart").choice(&YES_NO).unwrap_or(false),
            platforms: platforms_of(row, platforms),
            traffic_bits_per_second_per_user: row
                .field("traffic")
                .quantity::<DataRate>(Bounds::NOT_NEGATIVE),
            cipher: row.free("cipher"),
            encryption_overhead: row.field("encryption_overhead").fraction(Bounds::new(
                0.0,
                10.0,
                "a share from 0 % to 1000 %",
            )),
            source: row.free("source"),
        })
        .collect()
}

/// Units per user, from units per thousand users; none where the cell is empty.
fn per_user(row: Row<'_>, name: &'static str) -> f64 {
    row.given(name)
        .map_or(0.0, |field| field.number(Bounds::NOT_NEGATIVE) / 1000.0)
}

fn platforms_of(row: Row<'_>, platforms: &Ids) -> Vec<usize> {
    let mut indices: Vec<usize> = row
        .field("platforms")
        .list()
        .iter()
        .map(|item| item.reference(platforms))
        .filter(|index| *index != unresolved())
        .collect();
    indices.sort_unstable();
    indices.dedup();
    indices
}
