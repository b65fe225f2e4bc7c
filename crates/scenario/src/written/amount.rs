//! Money and prices.

use angara_diagnostics::{Diagnostic, did_you_mean, listed, quoted};
use angara_quantity::{Currency, Money, ParseQuantityError, Per, Price};

use super::{Bounds, Field};

impl Field<'_> {
    /// An amount of money, zero or more; `None` where it cannot be read.
    pub(crate) fn money(&self) -> Option<Money> {
        let (text, unit) = self.value()?;
        let bare = text.replace('_', "").parse::<f64>().is_ok();
        let money: Result<Money, ParseQuantityError> = match unit {
            Some(unit) if bare => format!("{text} {unit}").parse(),
            _ => text.parse(),
        };
        match money {
            Ok(money) => {
                if money.minor < 0 {
                    self.push(self.out_of_range(text).expected("an amount of 0 or more"));
                    return None;
                }
                self.known(money.currency)?;
                Some(money)
            }
            Err(error) => {
                self.unreadable(text, &error);
                None
            }
        }
    }

    /// A price, zero or more; `None` where it cannot be read.
    pub(crate) fn price(&self, per: Per) -> Option<Price> {
        let (text, unit) = self.value()?;
        match Price::parse(text, per, unit) {
            Ok(price) => {
                if Bounds::NOT_NEGATIVE.broken_by(price.amount).is_some() {
                    self.push(self.out_of_range(text).expected("an amount of 0 or more"));
                    return None;
                }
                self.known(price.currency)?;
                Some(price)
            }
            Err(error) => {
                self.unreadable(text, &error);
                None
            }
        }
    }

    /// A currency code; `None` where it cannot be read.
    pub(crate) fn currency(&self) -> Option<Currency> {
        let (text, _) = self.value()?;
        match text.parse() {
            Ok(currency) => {
                self.known(currency)?;
                Some(currency)
            }
            Err(error) => {
                self.unreadable(text, &error);
                None
            }
        }
    }

    /// Zero or more of this currency's amounts can be converted, or a finding says that they cannot.
    fn known(&self, currency: Currency) -> Option<()> {
        let Some(known) = self.reading.unless_known(currency) else {
            return Some(());
        };
        let names = || known.iter().map(String::as_str);
        self.push(
            Diagnostic::error(
                "unknown-currency",
                format!(
                    "there is no rate for the currency {}",
                    quoted(currency.code())
                ),
            )
            .expected(listed(names()))
            .hint(
                did_you_mean(currency.code(), names())
                    .unwrap_or_else(|| "add its rate to the table `currencies`".to_owned()),
            ),
        );
        None
    }
}
