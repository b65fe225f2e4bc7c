//! Suggestions for misspelt names.

/// Candidates beyond which no suggestion is sought.
const MOST_CANDIDATES: usize = 5_000;
/// Likeness from which a candidate may be meant.
const LEAST_LIKENESS: f64 = 0.7;
/// Longest name for which a suggestion is sought [bytes].
const LONGEST_NAME: usize = 100;

/// The candidate most like a name, if one is alike enough to be meant.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if name.is_empty() || name.len() > LONGEST_NAME {
        return None;
    }
    let wanted = name.to_lowercase();
    let mut best: Option<(f64, &str)> = None;
    for candidate in candidates.into_iter().take(MOST_CANDIDATES) {
        if candidate.len() > LONGEST_NAME {
            continue;
        }
        let likeness = likeness(&wanted, &candidate.to_lowercase());
        let better = match best {
            Some((score, other)) => likeness > score || (likeness == score && candidate < other),
            None => true,
        };
        if likeness >= LEAST_LIKENESS && better {
            best = Some((likeness, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// `did you mean ...?` for the nearest candidate.
pub fn did_you_mean<'a>(
    name: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<String> {
    nearest(name, candidates)
        .map(|found| format!("did you mean {}?", crate::user_text::quoted(found)))
}

/// Names as a sentence lists them: `a, b or c`; a long list ends in how many there are.
pub fn listed<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    const SHOWN: usize = 12;
    let names: Vec<&str> = names.into_iter().collect();
    let shown: Vec<String> = names
        .iter()
        .take(SHOWN)
        .map(|name| crate::user_text::quoted(name))
        .collect();
    if names.len() > SHOWN {
        return format!("{} and {} more", shown.join(", "), names.len() - SHOWN);
    }
    match shown.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        Some((last, _)) => last.clone(),
        None => "(there are none)".to_owned(),
    }
}

/// Share of letters that agree, swapped neighbours counting as one slip.
fn likeness(name: &str, candidate: &str) -> f64 {
    let written = strsim::normalized_damerau_levenshtein(name, candidate);
    let separators = |text: &str| text.replace(['-', '_', ' '], "");
    if separators(name) == separators(candidate) {
        return written.max(0.95);
    }
    if name.chars().count() >= 3 && strsim::damerau_levenshtein(name, candidate) == 1 {
        return written.max(LEAST_LIKENESS);
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_finds_the_name_that_was_meant() {
        assert_eq!(nearest("irkutks", ["angarsk", "irkutsk"]), Some("irkutsk"));
        assert_eq!(nearest("UDS", ["EUR", "USD"]), Some("USD"));
        assert_eq!(
            nearest("hall-it", ["hall_it", "halls_max"]),
            Some("hall_it")
        );
    }

    #[test]
    fn nothing_is_suggested_for_a_name_unlike_all() {
        assert_eq!(nearest("zzz", ["angarsk", "irkutsk"]), None);
        assert_eq!(nearest("grids.csv", ["origins.csv"]), None);
        assert_eq!(nearest("", ["a"]), None);
    }

    #[test]
    fn a_list_of_names_reads_as_a_sentence() {
        assert_eq!(listed(["a", "b", "c"]), "`a`, `b` or `c`");
        assert_eq!(listed([]), "(there are none)");
        let many: Vec<String> = (0..20).map(|number| number.to_string()).collect();
        assert!(listed(many.iter().map(String::as_str)).ends_with("and 8 more"));
    }
}
