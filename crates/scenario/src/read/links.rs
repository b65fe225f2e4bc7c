//! Table `links`.

use angara_diagnostics::{Diagnostic, did_you_mean, quoted};
use angara_quantity::{Currency, DataRate, Length, Per, Price};

use crate::model::{Link, LinkEnd, RoundTripProvenance};
use crate::reading::Reading;
use crate::table::{Ids, Row, Table, TableSpec, measured, plain, price, unresolved};
use crate::written::{Bounds, FineDuration};

/// The table.
pub(crate) const SPEC: TableSpec = TableSpec {
    name: "links",
    row: "link",
    keys: &["id"],
    needed: true,
    columns: &[
        plain("id"),
        plain("from"),
        plain("to"),
        measured::<Length>("length"),
        measured::<FineDuration>("round_trip").optional(),
        plain("measured").optional(),
        measured::<DataRate>("capacity"),
        price("lease_price", Per::GigabitMonth),
        plain("risk_group").optional(),
        plain("source"),
    ],
};

/// Time that light takes in silica fibre, one way [ms/km].
pub(crate) const FIBRE_MS_PER_KM: f64 = 4.897e-3;

pub(super) const YES_NO: [(bool, &str); 2] = [(true, "yes"), (false, "no")];

/// Reads the table.
pub(crate) fn read(
    table: &Table,
    places: &Ids,
    sites: &Ids,
    currency: Currency,
    reading: &Reading,
) -> Vec<Link> {
    table
        .rows(reading)
        .map(|row| {
            let length_m = row.field("length").quantity::<Length>(Bounds::new(
                0.0,
                1e8,
                "a length from 0 to 100000 km",
            ));
            let (round_trip_ms, provenance) = round_trip(row, length_m, reading);
            Link {
                id: row.free("id"),
                from: end(row, "from", places, sites, reading),
                to: end(row, "to", places, sites, reading),
                length_m,
                round_trip_ms,
                provenance,
                capacity_bits_per_second: row
                    .field("capacity")
                    .quantity::<DataRate>(Bounds::POSITIVE),
                lease_price: row
                    .field("lease_price")
                    .price(Per::GigabitMonth)
                    .unwrap_or(Price {
                        amount: 0.0,
                        currency,
                        per: Per::GigabitMonth,
                    }),
                risk_group: row.free("risk_group"),
                source: row.free("source"),
            }
        })
        .collect()
}

fn round_trip(row: Row<'_>, length_m: f64, reading: &Reading) -> (f64, RoundTripProvenance) {
    let measured = row.field("measured").choice(&YES_NO).unwrap_or(false);
    let Some(field) = row.given("round_trip") else {
        if measured {
            reading.push(
                Diagnostic::error(
                    "missing-value",
                    "the link is said to be measured, and its round trip is empty",
                )
                .at(row.locate("measured"))
                .expected("the measured round trip, or `no` to estimate it from the length"),
            );
        }
        reading.used_default("links.round_trip");
        return (
            2.0 * length_m / 1000.0 * FIBRE_MS_PER_KM,
            RoundTripProvenance::Estimated,
        );
    };
    let provenance = if measured {
        RoundTripProvenance::Measured
    } else {
        RoundTripProvenance::Estimated
    };
    // A round trip is finer than the whole milliseconds of a duration.
    (field.milliseconds(Bounds::NOT_NEGATIVE), provenance)
}

fn end(row: Row<'_>, name: &'static str, places: &Ids, sites: &Ids, reading: &Reading) -> LinkEnd {
    let field = row.field(name);
    let id = field.text();
    match (places.get(&id), sites.get(&id)) {
        // The check of ids tells of a name that both have.
        (Some(_), Some(_)) => LinkEnd::Place(unresolved()),
        (Some(place), None) => LinkEnd::Place(place),
        (None, Some(site)) => LinkEnd::Site(site),
        (None, None) => {
            if !id.is_empty() && !places.excuses(&id, reading) && !sites.excuses(&id, reading) {
                let names = places.sorted().chain(sites.sorted());
                let hint = reading.in_detail().then(|| did_you_mean(&id, names));
                field.push(
                    Diagnostic::error(
                        "unknown-reference",
                        format!("there is no place or site {}", quoted(&id)),
                    )
                    .expected(format!("an id of {} or {}", places.file(), sites.file()))
                    .maybe_hint(hint.flatten()),
                );
            }
            LinkEnd::Place(unresolved())
        }
    }
}
