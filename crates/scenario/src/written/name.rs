//! Identifiers and free text.

use angara_diagnostics::{Diagnostic, nearest, quoted};

use super::Field;

/// Longest identifier.
const LONGEST_ID: usize = 40;

impl Field<'_> {
    /// Text as it stands; empty where it is missing.
    pub(crate) fn text(&self) -> String {
        self.value()
            .map_or_else(String::new, |(text, _)| text.to_owned())
    }

    /// Identifier; empty where it is missing or not one.
    pub(crate) fn id(&self) -> String {
        let Some((text, _)) = self.value() else {
            return String::new();
        };
        let fits = |character: char| {
            character.is_ascii_lowercase() || character.is_ascii_digit() || "-_".contains(character)
        };
        if text.len() <= LONGEST_ID && text.chars().all(fits) {
            return text.to_owned();
        }
        let tidy: String = text
            .to_lowercase()
            .chars()
            .map(|character| if fits(character) { character } else { '-' })
            .take(LONGEST_ID)
            .collect();
        let tidy = tidy.trim_matches('-');
        self.push(
            Diagnostic::error("bad-id", format!("{} is not an id", quoted(text)))
                .expected(format!(
                    "1 to {LONGEST_ID} characters, each a lower-case letter a-z, a digit, `-` or `_`"
                ))
                .maybe_hint((!tidy.is_empty()).then(|| {
                    format!("the name may be any text; an id could be {}", quoted(tidy))
                })),
        );
        String::new()
    }

    /// Zone of the IANA time-zone database; empty where it is not one.
    pub(crate) fn time_zone(&self) -> String {
        let Some((text, _)) = self.value() else {
            return String::new();
        };
        if jiff::tz::TimeZone::get(text).is_ok() {
            return text.to_owned();
        }
        self.push(
            Diagnostic::error(
                "unknown-time-zone",
                format!("{} is not a time zone", quoted(text)),
            )
            .expected("a zone of the IANA database, such as `Asia/Irkutsk`")
            .maybe_hint(
                self.reading
                    .in_detail()
                    .then(|| nearest_zone(text))
                    .flatten()
                    .map(|zone| format!("did you mean {}?", quoted(&zone))),
            ),
        );
        String::new()
    }
}

/// The zone that may have been meant; a town is easier to remember than its region.
fn nearest_zone(text: &str) -> Option<String> {
    let zones: Vec<String> = jiff::tz::db()
        .available()
        .map(|name| name.as_str().to_owned())
        .collect();
    if let Some(zone) = nearest(text, zones.iter().map(String::as_str)) {
        return Some(zone.to_owned());
    }
    let towns = zones
        .iter()
        .filter_map(|zone| Some(zone.rsplit_once('/')?.1));
    let town = nearest(text.rsplit('/').next()?, towns)?;
    zones
        .iter()
        .find(|zone| zone.rsplit('/').next() == Some(town))
        .cloned()
}
