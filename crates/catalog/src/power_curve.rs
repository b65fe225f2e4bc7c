//! Power of a machine against its load.
//!
//! # What it computes
//! The power a server draws at a utilisation, from its own idle and peak power and the shape of its generation:
//! `P(u) = idle + (peak - idle) · (f(u) - f(0)) / (1 - f(0))`, with `f` the median share of full power at
//! 0, 10, ..., 100 % load and straight lines between.
//!
//! # Assumptions
//! All machines of a generation share one shape; idle and peak power come from the machine. Inlet temperature
//! has no influence.
//!
//! # Valid range
//! Utilisation 0 to 1; outside it is held at the ends. Machines newer than the last row take the last row.
//!
//! # References
//! `SPECpower_ssj2008` published results; sources, years and confidence stand in `data/power_curves.csv`.

use std::sync::LazyLock;

use serde::Deserialize;

/// Points of a curve: 0, 10, ..., 100 % load.
pub const CURVE_POINTS: usize = 11;

/// What a curve describes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CurveKind {
    /// General-purpose server, against the load of its processors.
    Server,
    /// Server with accelerators, against the load of its accelerators.
    Accelerator,
}

/// How well a figure is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Confidence {
    /// A modelling convention, or few or indirect data.
    Low,
    /// Few machines, or a population that differs from those bought.
    Medium,
    /// Many machines, measured by a published procedure.
    High,
}

/// Shape of the power of a generation of machines.
#[derive(Debug, Clone, PartialEq)]
pub struct PowerCurve {
    /// Identifier.
    pub id: String,
    /// What it describes.
    pub kind: CurveKind,
    /// First year in which such machines became available.
    pub first_year: i32,
    /// Last year in which such machines became available.
    pub last_year: i32,
    /// Machines behind the medians; zero for a convention.
    pub machines: u32,
    /// Share of full power at 0, 10, ..., 100 % load [1].
    pub shares: [f64; CURVE_POINTS],
    /// Where the figures come from.
    pub source: String,
    /// Year of the source.
    pub source_year: i32,
    /// How well the figures are known.
    pub confidence: Confidence,
}

impl PowerCurve {
    /// Curve of servers bought in a calendar year: the latest generation that was then available.
    pub fn of_servers(year: i32) -> &'static Self {
        Self::of(CurveKind::Server, year)
    }

    /// Curve of servers with accelerators bought in a calendar year.
    pub fn of_accelerators(year: i32) -> &'static Self {
        Self::of(CurveKind::Accelerator, year)
    }

    fn of(kind: CurveKind, year: i32) -> &'static Self {
        let of_kind = || power_curves().iter().filter(|curve| curve.kind == kind);
        of_kind()
            .rfind(|curve| curve.first_year <= year)
            .or_else(|| of_kind().next())
            .expect("the shipped table has a curve of every kind; a test reads it")
    }

    /// Share of the span from idle to peak power at each point of the curve [1]: 0 at idle, 1 at full load.
    pub fn normalised(&self) -> [f64; CURVE_POINTS] {
        let idle = self.shares[0];
        self.shares.map(|share| (share - idle) / (1.0 - idle))
    }

    /// Power at a utilisation [W], from idle power [W], peak power [W] and utilisation [1].
    pub fn power_w(&self, idle_w: f64, peak_w: f64, utilisation: f64) -> f64 {
        let shape = self.normalised();
        let position = utilisation.clamp(0.0, 1.0) * (CURVE_POINTS - 1) as f64;
        let left = (position as usize).min(CURVE_POINTS - 2);
        let share = shape[left] + (shape[left + 1] - shape[left]) * (position - left as f64);
        idle_w + (peak_w - idle_w) * share
    }
}

/// All shipped curves, by kind and first year.
pub fn power_curves() -> &'static [PowerCurve] {
    static CURVES: LazyLock<Vec<PowerCurve>> = LazyLock::new(|| {
        read_curves(include_str!("../data/power_curves.csv"))
            .expect("the shipped table is well formed; a test reads it")
    });
    &CURVES
}

/// One row of the shipped table.
#[derive(Deserialize)]
struct Row {
    id: String,
    kind: CurveKind,
    first_year: i32,
    last_year: i32,
    machines: u32,
    p000: f64,
    p010: f64,
    p020: f64,
    p030: f64,
    p040: f64,
    p050: f64,
    p060: f64,
    p070: f64,
    p080: f64,
    p090: f64,
    p100: f64,
    source: String,
    source_year: i32,
    confidence: Confidence,
}

fn read_curves(table: &str) -> Result<Vec<PowerCurve>, csv::Error> {
    csv::ReaderBuilder::new()
        .comment(Some(b'#'))
        .from_reader(table.as_bytes())
        .deserialize::<Row>()
        .map(|row| row.map(PowerCurve::from))
        .collect()
}

impl From<Row> for PowerCurve {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            kind: row.kind,
            first_year: row.first_year,
            last_year: row.last_year,
            machines: row.machines,
            shares: [
                row.p000, row.p010, row.p020, row.p030, row.p040, row.p050, row.p060, row.p070,
                row.p080, row.p090, row.p100,
            ],
            source: row.source,
            source_year: row.source_year,
            confidence: row.confidence,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shipped_curve_rises_from_idle_to_full_power() {
        assert!(power_curves().len() >= 7);
        for curve in power_curves() {
            assert!(
                curve.shares.is_sorted_by(|low, high| low < high),
                "{}",
                curve.id
            );
            assert!(curve.shares[0] >= 0.0 && curve.shares[10] == 1.0);
            assert!(curve.first_year <= curve.last_year && !curve.source.is_empty());
        }
    }

    #[test]
    fn curves_of_a_kind_follow_one_another_by_year() {
        for pair in power_curves().windows(2) {
            if pair[0].kind == pair[1].kind {
                assert!(pair[0].last_year < pair[1].first_year, "{}", pair[1].id);
            }
        }
    }

    #[test]
    fn the_medians_of_2019_to_2021_match_the_reference() {
        let expected = [
            0.211, 0.344, 0.392, 0.441, 0.491, 0.550, 0.616, 0.684, 0.777, 0.891, 1.0,
        ];
        let curve = PowerCurve::of_servers(2020);
        assert_eq!((curve.shares, curve.machines), (expected, 122));
        for (step, share) in expected.into_iter().enumerate() {
            let power_w = curve.power_w(0.211 * 800.0, 800.0, step as f64 / 10.0);
            assert!((power_w - share * 800.0).abs() < 1e-9, "{step}");
        }
    }

    #[test]
    fn power_stays_between_idle_and_peak_and_is_linear_between_points() {
        let curve = PowerCurve::of_servers(2030);
        assert_eq!(curve.id, "server-2022");
        assert_eq!(curve.power_w(100.0, 500.0, -1.0), 100.0);
        assert_eq!(curve.power_w(100.0, 500.0, 7.0), 500.0);
        let middle = curve.power_w(100.0, 500.0, 0.25);
        let ends = curve.power_w(100.0, 500.0, 0.2) + curve.power_w(100.0, 500.0, 0.3);
        assert!((middle - ends / 2.0).abs() < 1e-9);
    }

    #[test]
    fn a_machine_older_than_the_table_takes_the_first_curve() {
        assert_eq!(PowerCurve::of_servers(1990).id, "server-2007");
    }

    #[test]
    fn accelerators_are_linear_between_idle_and_peak() {
        let power_w = PowerCurve::of_accelerators(2027).power_w(1000.0, 6000.0, 0.37);
        assert!((power_w - 2850.0).abs() < 1e-9);
    }
}
