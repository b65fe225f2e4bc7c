//! Table `sites`.

use angara_quantity::{Currency, Duration, Money, Per, Power, Price, Volume};

use crate::model::{Cooling, Site};
use crate::reading::Reading;
use crate::table::{Ids, Table, TableSpec, measured, money, plain, price};
use crate::written::Bounds;

/// The table.
pub(crate) const SPEC: TableSpec = TableSpec {
    name: "sites",
    row: "site",
    keys: &["id"],
    needed: true,
    columns: &[
        plain("id"),
        plain("name"),
        plain("latitude"),
        plain("longitude"),
        plain("residency_zone"),
        plain("grid"),
        plain("climate"),
        plain("cooling"),
        measured::<Power>("hall_it"),
        plain("halls_max"),
        plain("halls_existing").optional(),
        money("opening_cost"),
        money("hall_cost"),
        measured::<Duration>("opening_lead"),
        measured::<Duration>("hall_lead"),
        plain("staff_per_hall"),
        plain("hires_per_year").optional(),
        price("staff_cost", Per::Year),
        price("water_price", Per::CubicMetre),
        measured::<Volume>("water_limit").optional(),
        plain("risk_group").optional(),
        plain("source"),
    ],
};

/// Most halls of a site.
const MOST_HALLS: u32 = 10_000;

/// Reads the table.
pub(crate) fn read(
    table: &Table,
    grids: &Ids,
    climates: &Ids,
    currency: Currency,
    reading: &Reading,
) -> Vec<Site> {
    let nothing = Money::zero(currency);
    let free = |per| Price {
        amount: 0.0,
        currency,
        per,
    };
    table
        .rows(reading)
        .map(|row| Site {
            id: row.free("id"),
            name: row.field("name").text(),
            latitude: row.field("latitude").number(Bounds::LATITUDE),
            longitude: row.field("longitude").number(Bounds::LONGITUDE),
            residency_zone: row.field("residency_zone").text(),
            grid: row.field("grid").reference(grids),
            climate: row.field("climate").reference(climates),
            cooling: row
                .field("cooling")
                .choice(&Cooling::ALL)
                .unwrap_or(Cooling::AirEconomiser),
            hall_it_w: row.field("hall_it").quantity::<Power>(Bounds::POSITIVE),
            halls_max: row.field("halls_max").count(0..=MOST_HALLS),
            halls_existing: row.field("halls_existing").count(0..=MOST_HALLS),
            opening_cost: row.field("opening_cost").money().unwrap_or(nothing),
            hall_cost: row.field("hall_cost").money().unwrap_or(nothing),
            opening_lead: row.field("opening_lead").duration(Bounds::LEAD),
            hall_lead: row.field("hall_lead").duration(Bounds::LEAD),
            staff_per_hall: row.field("staff_per_hall").number(Bounds::NOT_NEGATIVE),
            hires_per_year: row
                .given("hires_per_year")
                .map(|field| field.number(Bounds::NOT_NEGATIVE)),
            staff_cost: row
                .field("staff_cost")
                .price(Per::Year)
                .unwrap_or(free(Per::Year)),
            water_price: row
                .field("water_price")
                .price(Per::CubicMetre)
                .unwrap_or(free(Per::CubicMetre)),
            water_limit_m3: row
                .given("water_limit")
                .map(|field| field.quantity::<Volume>(Bounds::NOT_NEGATIVE)),
            risk_group: row.free("risk_group"),
            grid_limits: Vec::new(),
            source: row.free("source"),
        })
        .collect()
}
