//! A row of the table.

/// How a value stands to its allowance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Inside.
    Within,
    /// Outside.
    Outside,
    /// Nobody has set a limit.
    Reported,
    /// The reference is a file that is not at hand.
    Absent,
}

impl Verdict {
    fn of(within: bool) -> Self {
        if within { Self::Within } else { Self::Outside }
    }

    /// A word for the table.
    pub fn word(self) -> &'static str {
        match self {
            Self::Within => "within",
            Self::Outside => "**outside**",
            Self::Reported => "reported",
            Self::Absent => "absent",
        }
    }
}

/// One comparison.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// What is compared.
    pub what: String,
    /// With whom.
    pub reference: String,
    /// Their value.
    pub expected: String,
    /// Ours.
    pub ours: String,
    /// Ours less theirs, or a summary of many such.
    pub distance: String,
    /// How far apart they may be.
    pub allowed: String,
    /// How that went.
    pub verdict: Verdict,
    /// Whether the documents say why a row is outside.
    pub is_known: bool,
}

impl Row {
    /// A value against one reference value with this many decimals.
    pub(crate) fn value(
        what: impl Into<String>,
        reference: &str,
        (expected, ours): (f64, f64),
        allowed: f64,
        decimals: usize,
    ) -> Self {
        let distance = ours - expected;
        Self {
            what: what.into(),
            reference: reference.to_owned(),
            expected: format!("{expected:.decimals$}"),
            ours: format!("{ours:.decimals$}"),
            distance: scientific(distance, decimals),
            allowed: format!("± {}", plain(allowed)),
            // A value that is not a number is outside.
            verdict: Verdict::of(distance.abs() <= allowed),
            is_known: false,
        }
    }

    /// A value against a published range.
    pub(crate) fn range(
        what: impl Into<String>,
        reference: &str,
        [least, most]: [f64; 2],
        ours: f64,
        decimals: usize,
    ) -> Self {
        let outside = (least - ours).max(ours - most).max(0.0);
        Self {
            what: what.into(),
            reference: reference.to_owned(),
            expected: format!("{least:.decimals$} to {most:.decimals$}"),
            ours: format!("{ours:.decimals$}"),
            distance: format!("{outside:.decimals$}"),
            allowed: "inside".to_owned(),
            verdict: Verdict::of((least..=most).contains(&ours)),
            is_known: false,
        }
    }

    /// A distance over many values that must not exceed a limit.
    pub(crate) fn distance(
        what: impl Into<String>,
        reference: &str,
        cases: usize,
        (distance, allowed): (f64, f64),
        unit: &str,
    ) -> Self {
        Self {
            what: what.into(),
            reference: reference.to_owned(),
            expected: format!("{cases} values"),
            ours: String::new(),
            distance: format!("{}{unit}", plain(distance)),
            allowed: format!("≤ {}{unit}", plain(allowed)),
            verdict: Verdict::of(distance <= allowed),
            is_known: false,
        }
    }

    /// A figure without a limit.
    pub(crate) fn reported(
        what: impl Into<String>,
        reference: &str,
        cases: usize,
        figure: String,
    ) -> Self {
        Self {
            what: what.into(),
            reference: reference.to_owned(),
            expected: format!("{cases} values"),
            ours: String::new(),
            distance: figure,
            allowed: String::new(),
            verdict: Verdict::Reported,
            is_known: false,
        }
    }

    /// A reference that is not at hand.
    pub(crate) fn absent(what: impl Into<String>, file: &str) -> Self {
        Self {
            what: what.into(),
            reference: file.to_owned(),
            expected: String::new(),
            ours: String::new(),
            distance: String::new(),
            allowed: String::new(),
            verdict: Verdict::Absent,
            is_known: false,
        }
    }

    /// The same row, with its reason in the documents should it be outside.
    pub(crate) fn explained(self) -> Self {
        Self {
            is_known: true,
            ..self
        }
    }
}

/// A short number: three significant digits, exponents for the very small.
fn plain(value: f64) -> String {
    let size = value.abs();
    if size == 0.0 {
        "0".to_owned()
    } else if size < 1e-3 {
        format!("{value:.1e}")
    } else if size < 10.0 {
        let text = format!("{value:.3}");
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        format!("{value:.0}")
    }
}

/// A difference with its sign, by exponent where the decimals would show nothing.
fn scientific(distance: f64, decimals: usize) -> String {
    let fixed = format!("{distance:+.decimals$}");
    let shows = fixed.chars().any(|digit| ('1'..='9').contains(&digit));
    if shows || distance == 0.0 {
        fixed
    } else {
        // Rounding of the last bits differs between machines; the size is what matters.
        format!(
            "< 1e{}",
            libm::floor(libm::log10(distance.abs())) as i32 + 1
        )
    }
}
