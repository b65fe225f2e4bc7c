//! Names with `*` for any letters.

/// A name, or a pattern of names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pattern {
    /// What stands before, between and after the stars.
    parts: Vec<String>,
}

impl Pattern {
    pub(super) fn new(text: &str) -> Self {
        Self {
            parts: text.split('*').map(str::to_owned).collect(),
        }
    }

    /// Every name.
    pub(super) fn any() -> Self {
        Self::new("*")
    }

    /// Whether a name is meant.
    pub(super) fn matches(&self, name: &str) -> bool {
        let Some((first, rest)) = self.parts.split_first() else {
            return false;
        };
        let Some(mut left) = name.strip_prefix(first.as_str()) else {
            return false;
        };
        let Some((last, middle)) = rest.split_last() else {
            return left.is_empty();
        };
        // The earliest place of each part leaves most for those that follow.
        for part in middle {
            let Some(place) = left.find(part.as_str()) else {
                return false;
            };
            left = &left[place + part.len()..];
        }
        left.ends_with(last.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_any_letters() {
        let matches = |pattern: &str, name: &str| Pattern::new(pattern).matches(name);
        for (pattern, name) in [
            ("*", ""),
            ("*", "H01"),
            ("H*", "H01"),
            ("*-1", "H-1-1"),
            ("a*b*c", "a-b-b-c"),
            ("H01", "H01"),
        ] {
            assert!(matches(pattern, name), "{pattern} {name}");
        }
        for (pattern, name) in [
            ("H", "H01"),
            ("H*2", "H01"),
            ("ab*ba", "aba"),
            ("a*b*c", "ac"),
            ("", "H01"),
        ] {
            assert!(!matches(pattern, name), "{pattern} {name}");
        }
        assert!(Pattern::any().matches("anything"));
    }
}
