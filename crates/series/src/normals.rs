//! Monthly climate normals of a place: what a synthetic weather year is built from.

use std::ops::RangeInclusive;

use crate::finding::Finding;

/// Monthly means accepted [°C].
const MEAN_RANGE_C: RangeInclusive<f64> = -65.0..=45.0;
/// Mean daily ranges accepted [K].
const DAILY_RANGE_K: RangeInclusive<f64> = 0.0..=40.0;
/// Heights accepted [m].
const ELEVATION_RANGE_M: RangeInclusive<f64> = -500.0..=6000.0;

/// Long-term mean of one month.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MonthlyNormal {
    /// Mean dry bulb [°C].
    pub mean_c: f64,
    /// Mean difference between the highest and the lowest dry bulb of a day [K].
    pub daily_range_k: f64,
    /// Mean relative humidity, 0 to 1.
    pub relative_humidity: f64,
}

/// Twelve monthly normals and where they hold, checked.
#[derive(Debug, Clone, PartialEq)]
pub struct ClimateNormals {
    months: [MonthlyNormal; 12],
    longitude_deg: f64,
    elevation_m: f64,
}

impl ClimateNormals {
    /// Normals from January to December at a longitude [° east] and a height [m]; or everything that is
    /// out of range: means −65 to 45 °C, daily ranges 0 to 40 K, humidity 0 to 1, height −500 to 6000 m.
    pub fn new(
        months: [MonthlyNormal; 12],
        longitude_deg: f64,
        elevation_m: f64,
    ) -> Result<Self, Vec<Finding>> {
        let mut findings = Vec::new();
        let mut check = |field: String, value: f64, range: RangeInclusive<f64>| {
            if !range.contains(&value) {
                let expected = format!("a number from {} to {}", range.start(), range.end());
                findings.push(Finding::error(None, field, &value.to_string(), expected));
            }
        };
        for (month, normal) in (1..).zip(&months) {
            check(
                format!("month {month}, mean [°C]"),
                normal.mean_c,
                MEAN_RANGE_C,
            );
            let range_k = normal.daily_range_k;
            check(
                format!("month {month}, daily range [K]"),
                range_k,
                DAILY_RANGE_K,
            );
            let humidity = normal.relative_humidity;
            check(
                format!("month {month}, relative humidity"),
                humidity,
                0.0..=1.0,
            );
        }
        check("longitude [°]".to_owned(), longitude_deg, -180.0..=180.0);
        check("elevation [m]".to_owned(), elevation_m, ELEVATION_RANGE_M);
        if findings.is_empty() {
            Ok(Self {
                months,
                longitude_deg,
                elevation_m,
            })
        } else {
            Err(findings)
        }
    }

    /// The normals, January first.
    pub fn months(&self) -> &[MonthlyNormal; 12] {
        &self.months
    }

    /// Longitude [° east], which sets local solar time.
    pub fn longitude_deg(&self) -> f64 {
        self.longitude_deg
    }

    /// Height above sea level [m].
    pub fn elevation_m(&self) -> f64 {
        self.elevation_m
    }

    /// Difference between the warmest and the coldest monthly mean [K].
    pub fn annual_range_k(&self) -> f64 {
        let means = self.months.map(|month| month.mean_c);
        let warmest = means.into_iter().fold(f64::NEG_INFINITY, f64::max);
        let coldest = means.into_iter().fold(f64::INFINITY, f64::min);
        warmest - coldest
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_out_of_range_is_named_at_once() {
        let mild = MonthlyNormal {
            mean_c: 5.0,
            daily_range_k: 10.0,
            relative_humidity: 0.7,
        };
        let mut months = [mild; 12];
        months[6].mean_c = 18.0;
        let normals = ClimateNormals::new(months, 104.3, 470.0).unwrap();
        assert_eq!(normals.annual_range_k(), 13.0);

        months[0].mean_c = f64::NAN;
        months[11].relative_humidity = 70.0;
        let findings = ClimateNormals::new(months, 200.0, 470.0).unwrap_err();
        let fields: Vec<&str> = findings
            .iter()
            .map(|finding| finding.field.as_str())
            .collect();
        assert_eq!(
            fields,
            [
                "month 1, mean [°C]",
                "month 12, relative humidity",
                "longitude [°]"
            ]
        );
    }
}
