//! OR-Library warehouse location: `m n`; m lines `capacity fixed-cost`; per customer its demand and m costs, each
//! the cost of serving all of that customer. A capacity may be the word `capacity`, to be given by the caller.

use super::words::{Decimal, Words, common_scale};
use crate::finding::{Finding, Findings};
use crate::instance::Facilities;
use crate::table::Matrix;

/// Most costs of a table.
const CELLS_MAX: i64 = 100_000_000;
/// Largest cost in whole units: sums of a thousand stay exact in double precision, multipliers in 64 bits.
const WHOLE_MAX: f64 = 1e12;

/// Reads warehouse location. `capacity` stands in for the word `capacity`.
pub fn read(text: &str, capacity: Option<f64>) -> (Option<Facilities>, Vec<Finding>) {
    let mut findings = Findings::default();
    let facilities = parse(text, capacity, &mut findings);
    (
        facilities.filter(|_| findings.is_empty()),
        findings.into_list(),
    )
}

fn parse(text: &str, capacity: Option<f64>, findings: &mut Findings) -> Option<Facilities> {
    let mut words = Words::new(text);
    let sites = words.whole("number of sites", 1, 1_000_000, findings)?;
    let clients = words.whole("number of customers", 1, 1_000_000, findings)?;
    if sites * clients > CELLS_MAX {
        let value = format!("{sites} x {clients}");
        findings.add(1, "size", &value, format!("at most {CELLS_MAX} costs"));
        return None;
    }
    let (sites, clients) = (sites as usize, clients as usize);
    let mut capacities = Vec::new();
    let mut opening = Vec::new();
    let mut unlimited = false;
    for _ in 0..sites {
        capacities.push(match words.next() {
            Some("capacity") => {
                unlimited |= capacity.is_none();
                Decimal {
                    value: capacity.unwrap_or(0.0),
                    decimals: 6,
                }
            }
            Some(word) => Decimal::parse(word).or_else(|| {
                findings.add(
                    words.line(),
                    "capacity",
                    word,
                    "a number or the word `capacity`",
                );
                None
            })?,
            None => {
                findings.add(words.line(), "capacity", "end of file", "a number");
                return None;
            }
        });
        opening.push(words.amount("fixed cost", findings)?);
    }
    let mut demands = Vec::new();
    let mut costs = Vec::new();
    for _ in 0..clients {
        demands.push(words.amount("demand", findings)?);
        for _ in 0..sites {
            costs.push(words.amount("cost", findings)?);
        }
    }
    if let Some(word) = words.next() {
        findings.add(words.line(), "end", word, "nothing after the last cost");
    }
    Some(scaled(
        sites,
        &capacities,
        &opening,
        &demands,
        &costs,
        unlimited,
    ))
}

fn scaled(
    sites: usize,
    capacities: &[Decimal],
    opening: &[Decimal],
    demands: &[Decimal],
    costs: &[Decimal],
    unlimited: bool,
) -> Facilities {
    let clients = demands.len();
    let money = common_scale(costs.iter().chain(opening).copied(), WHOLE_MAX);
    let amount = common_scale(demands.iter().copied(), WHOLE_MAX);
    let whole = |number: &Decimal, scale: f64| (number.value * scale).round() as i64;
    let table = costs.iter().map(|cost| whole(cost, money)).collect();
    Facilities {
        opening: opening.iter().map(|cost| whole(cost, money)).collect(),
        demands: demands.iter().map(|demand| whole(demand, amount)).collect(),
        capacities: (!unlimited).then(|| {
            let floor = |capacity: &Decimal| (capacity.value * amount + 1e-9).floor() as i64;
            capacities.iter().map(floor).collect()
        }),
        costs: Matrix::new(clients, sites, table).unwrap_or_else(Matrix::empty),
        scale: money,
    }
}
