//! Table `currencies`: rates, resolved into the currency of the totals.

use angara_diagnostics::{Diagnostic, did_you_mean, listed, quoted};
use angara_quantity::{Currency, Fraction};

use crate::model::CurrencyRate;
use crate::reading::Reading;
use crate::table::{Table, TableSpec, measured, plain};
use crate::written::Bounds;

/// The table.
pub(crate) const SPEC: TableSpec = TableSpec {
    name: "currencies",
    row: "currency",
    keys: &["currency"],
    needed: false,
    columns: &[
        plain("currency"),
        plain("rate"),
        plain("quote"),
        measured::<Fraction>("drift").optional(),
        plain("source"),
    ],
};

/// ISO 4217 has fewer than two hundred.
const MOST_CURRENCIES: usize = 300;

/// A row as written.
struct Entry {
    row: usize,
    currency: Currency,
    quote: Currency,
    rate: f64,
    drift: f64,
    source: String,
}

/// Reads the table; the currency of the totals comes first, with rate 1.
pub(crate) fn read(table: &Table, totals: Currency, reading: &Reading) -> Vec<CurrencyRate> {
    let quotes = quotes(table, totals, reading);
    let mut rates = vec![CurrencyRate {
        currency: totals,
        rate: 1.0,
        drift_per_year: 0.0,
        source: "the currency of the totals".to_owned(),
    }];
    for quote in &quotes {
        let (rate, drift) = resolve(quote, &quotes, totals, table, reading);
        rates.push(CurrencyRate {
            currency: quote.currency,
            rate,
            drift_per_year: drift,
            source: quote.source.clone(),
        });
    }
    reading.know_currencies(rates.iter().map(|rate| rate.currency).collect());
    rates
}

fn quotes(table: &Table, totals: Currency, reading: &Reading) -> Vec<Entry> {
    let mut quotes: Vec<Entry> = Vec::new();
    if table.len() > MOST_CURRENCIES {
        reading.push(
            Diagnostic::error(
                "too-many-rows",
                format!("{} rates are more than there are currencies", table.len()),
            )
            .at(table.locate_row(MOST_CURRENCIES))
            .expected(format!("at most {MOST_CURRENCIES} rows")),
        );
    }
    for row in table.rows(reading).take(MOST_CURRENCIES) {
        let currency = row.field("currency").currency();
        let rate = row.field("rate").number(Bounds::POSITIVE);
        let quote = row.field("quote").currency();
        let drift = row.field("drift").fraction(Bounds::DRIFT);
        let (Some(currency), Some(quote)) = (currency, quote) else {
            continue;
        };
        if currency == totals {
            if quote != totals || rate != 1.0 {
                reading.push(
                    Diagnostic::error(
                        "currency-of-totals",
                        format!("{currency} is the currency of the totals, so its rate is 1"),
                    )
                    .at(row.locate("rate"))
                    .expected("rates of the other currencies only")
                    .hint("take the row out"),
                );
            }
            continue;
        }
        if quotes.iter().any(|other| other.currency == currency) {
            reading.push(
                Diagnostic::error(
                    "duplicate-id",
                    format!("the currency {} is there twice", quoted(currency.code())),
                )
                .at(row.locate("currency"))
                .expected("one rate for each currency"),
            );
            continue;
        }
        quotes.push(Entry {
            row: row.index(),
            currency,
            quote,
            rate,
            drift,
            source: row.free("source"),
        });
    }
    quotes
}

/// Follows the quotes to the currency of the totals: rate and drift along the way.
fn resolve(
    start: &Entry,
    quotes: &[Entry],
    totals: Currency,
    table: &Table,
    reading: &Reading,
) -> (f64, f64) {
    let mut way = vec![start.currency];
    let mut rate = start.rate;
    let mut growth = 1.0 + start.drift;
    let mut quote = start.quote;
    while quote != totals {
        let at = || table.locate(start.row, "quote");
        if way.contains(&quote) {
            // Told once, by the member of the cycle that comes first in the table.
            let cycle: Vec<Currency> = way.iter().copied().skip_while(|at| *at != quote).collect();
            let first = quotes.iter().find(|other| cycle.contains(&other.currency));
            if first.is_some_and(|first| first.currency == start.currency) {
                let circle: Vec<String> = cycle
                    .iter()
                    .chain([&quote])
                    .map(ToString::to_string)
                    .collect();
                reading.push(
                    Diagnostic::error(
                        "cyclic-currency",
                        format!("the quotes run in a circle: {}", circle.join(" → ")),
                    )
                    .at(at())
                    .expected(format!("a chain of quotes that ends in {totals}"))
                    .hint(format!("quote one of them in {totals}")),
                );
            }
            return (f64::NAN, f64::NAN);
        }
        let Some(next) = quotes.iter().find(|other| other.currency == quote) else {
            if way.len() == 1 {
                let known: Vec<&str> = quotes
                    .iter()
                    .map(|other| other.currency.code())
                    .chain([totals.code()])
                    .collect();
                reading.push(
                    Diagnostic::error(
                        "unreachable-currency",
                        format!(
                            "{} is quoted in {quote}, which has no rate into {totals}",
                            start.currency
                        ),
                    )
                    .at(at())
                    .expected(listed(known.iter().copied()))
                    .maybe_hint(did_you_mean(quote.code(), known.iter().copied())),
                );
            }
            return (f64::NAN, f64::NAN);
        };
        way.push(quote);
        rate *= next.rate;
        growth *= 1.0 + next.drift;
        quote = next.quote;
    }
    (rate, growth - 1.0)
}
