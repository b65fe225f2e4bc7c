//! Does the plan hold, when does it break, by how much.

use angara_scenario::Scenario;

use crate::futures::FutureOutcome;
use crate::promise::Kept;

/// The answer, in one sentence and in figures.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Verdict {
    /// True where every promise holds in every simulated year.
    pub holds: bool,
    /// The promise that breaks first, and most in that year.
    pub first_broken: Option<Kept>,
    /// The answer in words.
    pub text: String,
}

/// Reads the verdict off the promises and futures.
pub(crate) fn verdict(scenario: &Scenario, kept: &[Kept], futures: &[FutureOutcome]) -> Verdict {
    let first_broken = kept
        .iter()
        .filter(|kept| !kept.holds())
        .min_by(|a, b| {
            let year = |kept: &Kept| kept.year.unwrap_or(u32::MAX);
            year(a)
                .cmp(&year(b))
                .then(b.severity().total_cmp(&a.severity()))
        })
        .cloned();
    let text = match &first_broken {
        None => format!(
            "The plan holds: every promise is kept in every simulated year. {}",
            futures_sentence(scenario, futures)
        ),
        Some(broken) => {
            let when = broken.year.map_or_else(
                || "over the horizon".to_owned(),
                |year| format!("in {}", scenario.horizon.calendar_year(year)),
            );
            format!(
                "The plan does not hold: {when}, {} of {} is {} {unit} where {} {unit} was promised.",
                broken.kind.words(),
                broken.subject_name,
                figure(broken.value),
                figure(broken.limit),
                unit = broken.unit,
            )
        }
    };
    Verdict {
        holds: first_broken.is_none(),
        first_broken,
        text: text.trim_end().to_owned(),
    }
}

fn futures_sentence(scenario: &Scenario, futures: &[FutureOutcome]) -> String {
    let broken: Vec<(&FutureOutcome, u32, f64)> = futures
        .iter()
        .filter_map(|outcome| {
            let year = outcome.first_broken()?;
            Some((outcome, year.year, year.shortfall_kw))
        })
        .collect();
    let Some((outcome, year, shortfall_kw)) = broken.iter().min_by_key(|(_, year, _)| *year) else {
        return format!("It holds in all {} futures.", futures.len());
    };
    format!(
        "It serves {} of {} futures; it breaks first in \u{201c}{}\u{201d}, in {}, {} short.",
        futures.len() - broken.len(),
        futures.len(),
        scenario.futures[outcome.future].name,
        scenario.horizon.calendar_year(*year),
        angara_quantity::Power::new(shortfall_kw * 1e3),
    )
}

/// Three significant digits, or whole above a thousand.
fn figure(value: f64) -> String {
    if value.abs() >= 1000.0 {
        return format!("{value:.0}");
    }
    let magnitude = if value == 0.0 {
        0.0
    } else {
        libm::floor(libm::log10(value.abs()))
    };
    let decimals = (2.0 - magnitude).clamp(0.0, 6.0) as usize;
    let text = format!("{value:.decimals$}");
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        text
    }
}
