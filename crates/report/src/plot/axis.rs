//! Horizontal axes: time in readable units, shares, and waits in powers of their length.

use crate::chart::Ticks;
use crate::format::{SPACE, significant};

/// A unit of time that keeps the numbers of an axis short.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct TimeUnit {
    /// Its length [ms].
    pub(crate) ms: f64,
    /// Its name, in the plural.
    pub(crate) name: &'static str,
    /// Steps that people count it in.
    steps: &'static [f64],
}

impl TimeUnit {
    /// The unit for a span of time [ms].
    pub(crate) fn of(span_ms: f64) -> Self {
        let (ms, name, steps): (f64, _, &'static [f64]) = match span_ms {
            span if span >= 4.0 * 86.4e6 => (86.4e6, "days", &[0.5, 1.0, 2.0, 7.0, 14.0]),
            span if span >= 4.0 * 3.6e6 => (3.6e6, "hours", &[0.5, 1.0, 2.0, 3.0, 6.0, 12.0, 24.0]),
            span if span >= 4.0 * 6e4 => (
                6e4,
                "minutes",
                &[0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 30.0, 60.0],
            ),
            span if span >= 4e3 => (
                1e3,
                "seconds",
                &[0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 30.0, 60.0],
            ),
            _ => (1.0, "ms", &[]),
        };
        Self { ms, name, steps }
    }
}

/// A horizontal axis.
#[derive(Debug, Clone)]
pub(crate) enum Across {
    /// Even steps.
    Even {
        /// What it measures, with its unit.
        title: String,
        /// Unit in the heads of tips.
        unit: &'static str,
        /// Where it begins.
        low: f64,
        /// Where it ends.
        high: f64,
        /// Steps to choose from before any round number.
        steps: &'static [f64],
    },
    /// Waits [ms], each tenfold as far from the last as that from the one before.
    Waits {
        /// What it measures.
        title: String,
        /// Where it begins, above 0 [ms].
        low: f64,
        /// Where it ends [ms].
        high: f64,
    },
}

/// Waits that an axis names [ms].
const WAITS: [(f64, &str); 15] = [
    (1.0, "1 ms"),
    (10.0, "10 ms"),
    (100.0, "0.1 s"),
    (1e3, "1 s"),
    (1e4, "10 s"),
    (6e4, "1 min"),
    (6e5, "10 min"),
    (3.6e6, "1 h"),
    (2.16e7, "6 h"),
    (8.64e7, "1 day"),
    (6.048e8, "7 days"),
    (2.592e9, "30 days"),
    (3.1536e10, "1 year"),
    (3.1536e11, "10 years"),
    (3.1536e12, "100 years"),
];

impl Across {
    /// Time since something, in this unit.
    pub(crate) fn time(unit: TimeUnit, low: f64, high: f64) -> Self {
        Self::time_since("the first submission", unit, low, high)
    }

    /// Time since an event, in this unit.
    pub(crate) fn time_since(event: &str, unit: TimeUnit, low: f64, high: f64) -> Self {
        Self::Even {
            title: format!("Time since {event} [{}]", unit.name),
            unit: unit.name,
            low,
            high,
            steps: unit.steps,
        }
    }

    /// Percentages from 0.
    pub(crate) fn percent(title: &str, high: f64) -> Self {
        Self::Even {
            title: format!("{title} [%]"),
            unit: "%",
            low: 0.0,
            high,
            steps: &[],
        }
    }

    /// Waits up to the longest of them [ms], in the order of their length; from 1 s unless all are short.
    pub(crate) fn waits(title: &str, longest: f64) -> Self {
        let low = if longest >= 1e5 {
            1e3
        } else if longest >= 1e3 {
            10.0
        } else {
            1.0
        };
        Self::Waits {
            title: title.to_owned(),
            low,
            high: longest.clamp(low * 60.0, 1e14),
        }
    }

    pub(crate) fn title(&self) -> &str {
        match self {
            Self::Even { title, .. } | Self::Waits { title, .. } => title,
        }
    }

    /// Share of the axis at which a value stands, within it.
    pub(crate) fn position(&self, value: f64) -> f64 {
        let share = match self {
            Self::Even { low, high, .. } if high > low => (value - low) / (high - low),
            Self::Even { .. } => 0.0,
            Self::Waits { low, high, .. } => {
                libm::log10(value.max(*low) / low) / libm::log10(high / low)
            }
        };
        share.clamp(0.0, 1.0)
    }

    /// So many places along the axis, evenly spaced for the eye.
    pub(crate) fn places(&self, count: usize) -> Vec<f64> {
        let last = count.saturating_sub(1).max(1) as f64;
        (0..count)
            .map(|index| index as f64 / last)
            .map(|share| match self {
                Self::Even { low, high, .. } => low + (high - low) * share,
                Self::Waits { low, high, .. } => {
                    low * libm::pow(10.0, libm::log10(high / low) * share)
                }
            })
            .collect()
    }

    /// Values that the axis names, at most about so many.
    pub(crate) fn marks(&self, most: usize) -> Vec<(f64, String)> {
        match self {
            Self::Even {
                low, high, steps, ..
            } => {
                let span = (high - low).clamp(0.0, 1e15);
                let step = steps.iter().find(|step| span / **step <= most as f64);
                match step {
                    Some(step) if span > *step => {
                        let first = (low / step).ceil();
                        let count = ((high / step).floor() - first).max(0.0) as usize;
                        (0..=count)
                            .map(|index| (first + index as f64) * step)
                            .map(|value| (value, plain(value)))
                            .collect()
                    }
                    _ => {
                        let ticks = Ticks::new(*low, low + span, most);
                        ticks
                            .values()
                            .zip(ticks.texts())
                            .filter(|(value, _)| *value <= low + span * 1.000_001)
                            .collect()
                    }
                }
            }
            Self::Waits { low, high, .. } => WAITS
                .iter()
                .filter(|(ms, _)| ms >= low && *ms <= high * 1.000_001)
                .map(|(ms, text)| (*ms, text.replace(' ', &SPACE.to_string())))
                .collect(),
        }
    }

    /// What the part between two places is called.
    pub(crate) fn slice(&self, from: f64, to: f64) -> String {
        match self {
            Self::Even {
                unit, low, high, ..
            } => {
                // Enough digits that neighbouring slices have different names.
                let decimals = match high - low {
                    span if span >= 240.0 => 0,
                    span if span >= 24.0 => 1,
                    _ => 2,
                };
                let (from, to) = (fixed(from, decimals), fixed(to, decimals));
                if from == to {
                    format!("{from}{SPACE}{unit}")
                } else {
                    format!("{from}–{to}{SPACE}{unit}")
                }
            }
            Self::Waits { .. } => format!("up to {}", crate::duration::short(to)),
        }
    }
}

fn fixed(value: f64, decimals: usize) -> String {
    crate::format::number(value, decimals)
}

/// A multiple of a step: whole, or with its half.
fn plain(value: f64) -> String {
    if value == value.floor() {
        crate::format::number(value, 0)
    } else {
        significant(value, 2)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_is_counted_in_steps_that_people_use() {
        let texts = |hours: f64, most: usize| -> Vec<String> {
            let unit = TimeUnit::of(hours * 3.6e6);
            Across::time(unit, 0.0, hours * 3.6e6 / unit.ms)
                .marks(most)
                .into_iter()
                .map(|(_, text)| text)
                .collect()
        };
        assert_eq!(
            texts(48.0, 8),
            ["0", "6", "12", "18", "24", "30", "36", "42", "48"]
        );
        assert_eq!(texts(24.0 * 30.0, 8), ["0", "7", "14", "21", "28"]);
        assert_eq!(
            texts(24.0 * 7.0, 8),
            ["0", "1", "2", "3", "4", "5", "6", "7"]
        );
        assert_eq!(texts(24.0 * 365.0, 5), ["0", "100", "200", "300"]);
    }

    #[test]
    fn waits_stand_by_their_order_of_size() {
        let axis = Across::waits("Wait", 1e7);
        assert_eq!(axis.position(0.0), 0.0);
        assert!((axis.position(1e5) - 0.5).abs() < 1e-12);
        assert_eq!(axis.position(1e9), 1.0);
        let places = axis.places(5);
        assert!((places[4] - 1e7).abs() < 1.0 && (places[0] - 1e3).abs() < 1e-9);
        assert!(axis.marks(8).len() >= 5);
    }

    #[test]
    fn an_axis_without_length_has_marks_and_places() {
        for axis in [
            Across::time(TimeUnit::of(0.0), 0.0, 0.0),
            Across::waits("Wait", 0.0),
            Across::percent("Load", 0.0),
        ] {
            assert!(!axis.marks(8).is_empty());
            assert!(axis.places(3).iter().all(|place| place.is_finite()));
            assert!(axis.position(1.0).is_finite());
        }
    }
}
