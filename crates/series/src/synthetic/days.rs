//! The days of a synthetic year: mean temperature, diurnal amplitude, vapour pressure.

use rand_chacha::ChaCha8Rng;
use rand_core::{Rng, SeedableRng};

use super::{SyntheticOptions, monthly};
use crate::normals::ClimateNormals;
use angara_psychrometrics::saturation_pressure_pa;

/// Correlation of the temperature anomaly of one day with that of the day before.
const ANOMALY_PERSISTENCE: f64 = 0.75;
/// Anomaly's standard deviation in the middle of January, April, July and October: slope on the annual
/// range, and intercept [K].
const ANOMALY_DEVIATION: [(f64, f64); 4] =
    [(0.177, 0.39), (0.142, 0.50), (0.077, 0.77), (0.121, 0.72)];
/// Share of the anomaly's variance that is left in daily means after running it from noon to noon.
const SMOOTHED_VARIANCE: f64 = 0.893;
/// Standard deviation of the logarithm of the daily amplitude.
const AMPLITUDE_LOG_DEVIATION: f64 = 0.35;
/// Largest normal humidity in months below freezing.
const FREEZING_HUMIDITY_MAX: f64 = 0.85;

/// One value at each noon of the year, straight lines between, around the year.
pub(super) struct Noons(Vec<f64>);

impl Noons {
    /// The value at an instant [h since the start of the year, solar time].
    pub(super) fn at(&self, solar_h: f64) -> f64 {
        let days = solar_h / 24.0 - 0.5;
        let earlier = days.floor();
        let share = days - earlier;
        let earlier = (earlier as i64).rem_euclid(self.0.len() as i64) as usize;
        let later = (earlier + 1) % self.0.len();
        self.0[earlier] + (self.0[later] - self.0[earlier]) * share
    }
}

/// What a synthetic year draws day by day.
pub(super) struct Days {
    /// Daily mean dry bulb [°C].
    pub(super) mean_c: Noons,
    /// Half the daily range [K].
    pub(super) amplitude_k: Noons,
    /// Vapour pressure, constant within a solar day [Pa].
    pub(super) vapour_pressure_pa: Vec<f64>,
}

impl Days {
    /// Draws the days of a climate.
    pub(super) fn draw(normals: &ClimateNormals, options: SyntheticOptions) -> Self {
        let mut random = ChaCha8Rng::seed_from_u64(options.seed);
        random.set_stream(options.stream);
        let months = normals.months();

        let base_c = monthly::interpolated_keeping_means(months.map(|month| month.mean_c));
        let anomalies_k = anomalies_k(normals.annual_range_k(), &mut random);
        let mean_c: Vec<f64> = base_c
            .iter()
            .zip(&anomalies_k)
            .map(|(base_c, anomaly_k)| base_c + anomaly_k + options.warming_k)
            .collect();

        let amplitude_k = monthly::interpolated(months.map(|month| month.daily_range_k / 2.0))
            .into_iter()
            .map(|typical_k| typical_k * amplitude_factor(&mut random))
            .collect();

        let humidity = monthly::interpolated(months.map(|month| {
            if month.mean_c < 0.0 {
                month.relative_humidity.min(FREEZING_HUMIDITY_MAX)
            } else {
                month.relative_humidity
            }
        }));
        let vapour_pressure_pa = mean_c
            .iter()
            .zip(humidity)
            .map(|(mean_c, humidity)| humidity * saturation_pressure_pa(*mean_c))
            .collect();

        Self {
            mean_c: Noons(mean_c),
            amplitude_k: Noons(amplitude_k),
            vapour_pressure_pa,
        }
    }
}

/// Daily anomalies [K] of a typical year: every month has mean zero.
fn anomalies_k(annual_range_k: f64, random: &mut ChaCha8Rng) -> Vec<f64> {
    let innovation = (1.0 - ANOMALY_PERSISTENCE * ANOMALY_PERSISTENCE).sqrt();
    let widening = 1.0 / SMOOTHED_VARIANCE.sqrt();
    let mut state = standard_normal(random);
    let drawn: Vec<f64> = deviation_by_day_k(annual_range_k)
        .into_iter()
        .map(|deviation_k| {
            let today = state;
            state = ANOMALY_PERSISTENCE * state + innovation * standard_normal(random);
            widening * deviation_k * today
        })
        .collect();
    let excess = monthly::interpolated_keeping_means(monthly::means(&drawn));
    drawn
        .iter()
        .zip(excess)
        .map(|(anomaly, excess)| anomaly - excess)
        .collect()
}

/// Standard deviation of the anomaly on each day [K], linear between the four fitted months.
fn deviation_by_day_k(annual_range_k: f64) -> Vec<f64> {
    let fitted = ANOMALY_DEVIATION.map(|(slope, intercept_k)| slope * annual_range_k + intercept_k);
    monthly::interpolated(std::array::from_fn(|month| {
        let (quarter, months_later) = (month / 3, month % 3);
        let share = months_later as f64 / 3.0;
        fitted[quarter] + (fitted[(quarter + 1) % 4] - fitted[quarter]) * share
    }))
}

/// Factor on the typical amplitude of a day: lognormal with mean 1.
fn amplitude_factor(random: &mut ChaCha8Rng) -> f64 {
    let half_variance = AMPLITUDE_LOG_DEVIATION * AMPLITUDE_LOG_DEVIATION / 2.0;
    libm::exp(AMPLITUDE_LOG_DEVIATION * standard_normal(random) - half_variance)
}

/// A standard normal deviate by the Box-Muller transform.
fn standard_normal(random: &mut ChaCha8Rng) -> f64 {
    // 53 random bits; the first is kept away from zero, whose logarithm is infinite.
    let unit = 1.0 / (1u64 << 53) as f64;
    let radius_share = ((random.next_u64() >> 11) + 1) as f64 * unit;
    let turn_share = (random.next_u64() >> 11) as f64 * unit;
    let radius = (-2.0 * libm::log(radius_share)).sqrt();
    radius * libm::cos(2.0 * std::f64::consts::PI * turn_share)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::DAYS_PER_YEAR;

    fn moments(values: &[f64]) -> (f64, f64) {
        let mean = values.iter().sum::<f64>() / values.len() as f64;
        let squares = values.iter().map(|value| (value - mean) * (value - mean));
        (mean, squares.sum::<f64>() / values.len() as f64)
    }

    #[test]
    fn normal_deviates_have_mean_zero_and_variance_one() {
        let mut random = ChaCha8Rng::seed_from_u64(7);
        let values: Vec<f64> = (0..100_000).map(|_| standard_normal(&mut random)).collect();
        let (mean, variance) = moments(&values);
        assert!(
            mean.abs() < 0.01 && (variance - 1.0).abs() < 0.02,
            "{mean} {variance}"
        );
    }

    #[test]
    fn amplitude_factors_have_mean_one() {
        let mut random = ChaCha8Rng::seed_from_u64(7);
        let values: Vec<f64> = (0..100_000)
            .map(|_| amplitude_factor(&mut random))
            .collect();
        assert!((moments(&values).0 - 1.0).abs() < 0.01);
    }

    #[test]
    fn the_deviation_meets_its_fit_in_the_middle_of_the_season() {
        let deviation = deviation_by_day_k(40.0);
        assert!((deviation[15] - (0.177 * 40.0 + 0.39)).abs() < 1e-9);
        assert!((deviation[196] - (0.077 * 40.0 + 0.77)).abs() < 1e-9);
    }

    #[test]
    fn daily_means_scatter_as_fitted_less_what_lies_in_monthly_means() {
        let target = deviation_by_day_k(40.0);
        let mut squares = 0.0;
        let years = 100;
        for stream in 0..years {
            let mut random = ChaCha8Rng::seed_from_u64(1);
            random.set_stream(stream);
            let noons = Noons(anomalies_k(40.0, &mut random));
            for (day, target_k) in target.iter().enumerate() {
                let hours = (0..24).map(|hour| noons.at(day as f64 * 24.0 + f64::from(hour) + 0.5));
                let mean_k = hours.sum::<f64>() / 24.0;
                squares += (mean_k / target_k) * (mean_k / target_k);
            }
        }
        let variance = squares / (years as f64 * f64::from(DAYS_PER_YEAR));
        // The mean of 30 days of x(d) = 0.75 x(d-1) + e has 0.207 of the variance of a day.
        assert!((variance - (1.0 - 0.207)).abs() < 0.05, "{variance}");
    }
}
