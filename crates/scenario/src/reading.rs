//! What is gathered while the folder is read: findings, and defaults that were used.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};

use angara_diagnostics::{Diagnostic, Diagnostics};
use angara_quantity::Currency;

use crate::defaults::DefaultValue;
use crate::written::{At, Field};

/// Findings that are told with all that may help; the search for a name that may be meant costs time, and of
/// alike findings only the first few are shown.
const DETAILED_FINDINGS: usize = 400;

/// Findings and used defaults of one reading.
#[derive(Debug, Default)]
pub(crate) struct Reading {
    diagnostics: RefCell<Diagnostics>,
    defaults_used: RefCell<BTreeMap<&'static str, usize>>,
    currencies: RefCell<Option<Vec<Currency>>>,
    totals: RefCell<Option<Currency>>,
    told: RefCell<BTreeSet<(&'static str, String)>>,
    detailed: Cell<usize>,
}

impl Reading {
    /// Adds a finding.
    pub(crate) fn push(&self, diagnostic: Diagnostic) {
        self.diagnostics.borrow_mut().push(diagnostic);
    }

    /// The field that a default stands for, counted as used.
    pub(crate) fn default_field<'a>(
        &'a self,
        name: &'static str,
        default: &'static DefaultValue,
    ) -> Field<'a> {
        self.used_default(default.path);
        let text = match *self.totals.borrow() {
            Some(currency) => Cow::Owned(default.value.replace("CUR", currency.code())),
            None if default.value.contains("CUR") => return Field::absent(self, name),
            None => Cow::Borrowed(default.value),
        };
        Field::new(self, name, text, None, At::Default)
    }

    /// The currency of the totals, in which defaults of money are written.
    pub(crate) fn know_totals(&self, currency: Currency) {
        *self.totals.borrow_mut() = Some(currency);
    }

    /// True while findings are still few enough to look for names that may have been meant.
    pub(crate) fn in_detail(&self) -> bool {
        let count = self.detailed.get();
        self.detailed.set(count.saturating_add(1));
        count < DETAILED_FINDINGS
    }

    /// True the first time a fault of a whole column is told; later cells of the column pass in silence.
    pub(crate) fn tell_once(&self, table: &'static str, column: &str) -> bool {
        self.told.borrow_mut().insert((table, column.to_owned()))
    }

    /// Counts the use of a default.
    pub(crate) fn used_default(&self, path: &'static str) {
        *self.defaults_used.borrow_mut().entry(path).or_insert(0) += 1;
    }

    /// Currencies in which amounts may be written; until they are known every currency passes.
    pub(crate) fn know_currencies(&self, currencies: Vec<Currency>) {
        *self.currencies.borrow_mut() = Some(currencies);
    }

    /// Codes of the known currencies, where this one is not among them.
    pub(crate) fn unless_known(&self, currency: Currency) -> Option<Vec<String>> {
        let known = self.currencies.borrow();
        let known = known.as_ref()?;
        (!known.contains(&currency)).then(|| known.iter().map(ToString::to_string).collect())
    }

    /// True where a finding stops everything.
    pub(crate) fn has_errors(&self) -> bool {
        self.diagnostics.borrow().has_errors()
    }

    /// Sorted findings, and the used defaults with the number of uses.
    pub(crate) fn finish(self) -> (Diagnostics, BTreeMap<&'static str, usize>) {
        let mut diagnostics = self.diagnostics.into_inner();
        diagnostics.sort();
        (diagnostics, self.defaults_used.into_inner())
    }
}
