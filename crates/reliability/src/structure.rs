//! What needs what: components, paths and sites as one tree of k out of n.
//!
//! What it computes: whether the whole works, given what works.
//!
//! Assumptions: more working components never stop the whole. A component may stand in several places: that is shared
//! fate.
//!
//! Valid range: components numbered from zero.
//!
//! References: Birnbaum, Esary and Saunders 1961 (coherent structures).

/// A component, or parts of which so many must work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Structure {
    /// The component of this number.
    Component(usize),
    /// At least so many of the parts.
    AtLeast(usize, Vec<Self>),
}

impl Structure {
    /// All parts are needed.
    pub fn series(parts: Vec<Self>) -> Self {
        Self::AtLeast(parts.len(), parts)
    }

    /// One part is enough.
    pub fn parallel(parts: Vec<Self>) -> Self {
        Self::AtLeast(1, parts)
    }

    /// Whether it works when `up` names the working components; what `up` does not list is down.
    pub fn works(&self, up: &[bool]) -> bool {
        match self {
            Self::Component(number) => up.get(*number).copied().unwrap_or(false),
            Self::AtLeast(needed, parts) => {
                let mut working = 0;
                parts.iter().enumerate().any(|(index, part)| {
                    // Nothing is decided by what can no longer be reached.
                    if working + parts.len() - index < *needed {
                        return false;
                    }
                    working += usize::from(part.works(up));
                    working >= *needed
                }) || *needed == 0
            }
        }
    }

    /// One more than the highest number of a component.
    pub fn components(&self) -> usize {
        match self {
            Self::Component(number) => number + 1,
            Self::AtLeast(_, parts) => parts.iter().map(Self::components).max().unwrap_or(0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shared_feed_takes_both_paths() {
        let path =
            |own| Structure::series(vec![Structure::Component(0), Structure::Component(own)]);
        let whole = Structure::parallel(vec![path(1), path(2)]);
        assert!(whole.works(&[true, false, true]));
        assert!(!whole.works(&[false, true, true]));
        assert_eq!(whole.components(), 3);
    }

    #[test]
    fn nothing_needed_always_works() {
        assert!(Structure::AtLeast(0, Vec::new()).works(&[]));
        assert!(!Structure::parallel(Vec::new()).works(&[]));
    }
}
