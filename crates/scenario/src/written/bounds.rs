//! Ranges of numbers, with the words that name them in a message.

/// Milliseconds in a year of 365 days.
pub(crate) const DURATION_YEARS_MS: f64 = 365.0 * 86_400_000.0;

/// Beyond this no number of a scenario can be meant, in any base unit.
const IMPLAUSIBLE: f64 = 1e21;

/// A range of numbers.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bounds {
    low: f64,
    low_is_open: bool,
    high: f64,
    words: &'static str,
}

impl Bounds {
    /// Above zero.
    pub(crate) const POSITIVE: Self = Self {
        low: 0.0,
        low_is_open: true,
        high: IMPLAUSIBLE,
        words: "a value above 0",
    };
    /// Zero or more.
    pub(crate) const NOT_NEGATIVE: Self = Self::new(0.0, IMPLAUSIBLE, "a value of 0 or more");
    /// A share of a whole.
    pub(crate) const SHARE: Self = Self::new(0.0, 1.0, "a share from 0 % to 100 %");
    /// A change per year.
    pub(crate) const DRIFT: Self = Self::new(-0.5, 1.0, "a change per year from -50 % to 100 %");
    /// A factor written in percent.
    pub(crate) const FACTOR: Self = Self::new(0.0, 100.0, "a factor from 0 % to 10000 %");
    /// A latitude.
    pub(crate) const LATITUDE: Self = Self::new(-90.0, 90.0, "degrees north from -90 to 90");
    /// A longitude.
    pub(crate) const LONGITUDE: Self = Self::new(-180.0, 180.0, "degrees east from -180 to 180");
    /// A lead time [ms].
    pub(crate) const LEAD: Self = Self::new(
        0.0,
        30.0 * DURATION_YEARS_MS,
        "a duration from 0 to 30 years",
    );

    /// From `low` to `high`, both included.
    pub(crate) const fn new(low: f64, high: f64, words: &'static str) -> Self {
        Self {
            low,
            low_is_open: false,
            high,
            words,
        }
    }

    /// What is wrong with a number, if anything: the words for the range it should lie in.
    pub(crate) fn broken_by(self, value: f64) -> Option<String> {
        let too_low = value < self.low || (self.low_is_open && value <= self.low);
        if self.high >= IMPLAUSIBLE && value > self.high {
            return Some(format!("{}, and one that can be meant", self.words));
        }
        (too_low || value > self.high).then(|| self.words.to_owned())
    }
}
