//! A table of monthly normals by station, and the normals of any point from the stations around it.
//!
//! ## What it computes
//! Normals at a point: means of the nearest stations, weighted with 1/(d² + d0²), temperatures brought to the point's
//! height first with 6.5 K/km.
//!
//! ## Assumptions
//! The lapse rate of the standard atmosphere, in every month. Humidity and daily range do not change with height. A point
//! without a height lies as high as the weighted mean of its stations.
//!
//! ## Valid range
//! Points within 500 km of a station. In valleys with winter inversions a station at another height misleads.
//!
//! ## References
//! Column names: CRU CL 2.0 (New et al. 2002, Climate Research 21, 1-25) at the stations of NOAA's Global Surface
//! Summary of the Day: `STNID`, `NAME`, `LAT`, `LON`, `ELEV`, and by month `tmp_01` [°C], `dtr_01` [K], `reh_01` [%].

use std::io;
use std::path::Path;

use thiserror::Error;

use crate::file::unpacked;
use crate::finding::{Finding, Findings};
use crate::hourly::split;
use crate::normals::{ClimateNormals, MonthlyNormal};

/// Stations that are joined.
const STATIONS_JOINED: usize = 4;
/// Distance at which a station's weight has fallen to half [km].
const HALF_WEIGHT_KM: f64 = 15.0;
/// Farthest station that still tells of a point [km].
const DISTANCE_MAX_KM: f64 = 500.0;
/// Decline of temperature with height [K/m].
const LAPSE_K_PER_M: f64 = 0.0065;
/// Mean radius of the Earth [km].
const EARTH_RADIUS_KM: f64 = 6371.0088;

/// A station with its normals.
#[derive(Debug, Clone, PartialEq)]
pub struct NormalsStation {
    /// Name, or number where it has none.
    pub name: String,
    /// Latitude [°].
    pub latitude_deg: f64,
    /// Its normals, with longitude and height.
    pub normals: ClimateNormals,
}

/// Stations with their normals.
#[derive(Debug, Clone, PartialEq)]
pub struct NormalsTable {
    stations: Vec<NormalsStation>,
}

/// A station that tells of a point.
#[derive(Debug, Clone, PartialEq)]
pub struct Neighbour {
    /// Name of the station.
    pub name: String,
    /// Distance from the point [km].
    pub distance_km: f64,
    /// Height of the station [m].
    pub elevation_m: f64,
    /// Its share in the mean.
    pub weight: f64,
}

/// Normals of a point and where they come from.
#[derive(Debug, Clone, PartialEq)]
pub struct PointNormals {
    /// The normals.
    pub normals: ClimateNormals,
    /// The stations behind them, nearest first.
    pub neighbours: Vec<Neighbour>,
}

/// Why a point has no normals.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum PointError {
    /// Not a point on Earth.
    #[error("{0}, {1} is no point: latitude -90 to 90, longitude -180 to 180")]
    NoPoint(f64, f64),
    /// No station near enough.
    #[error(
        "the nearest station of the table is {0:.0} km away; at most {DISTANCE_MAX_KM:.0} km are bridged"
    )]
    TooFar(f64),
    /// The mean is out of range, as a height may make it.
    #[error("normals at this height are out of range: {0}")]
    OutOfRange(String),
}

impl NormalsTable {
    /// Reads a table, packed or not; fails only where the file cannot be opened or unpacked.
    pub fn read_file(path: &Path) -> io::Result<(Option<Self>, Vec<Finding>)> {
        let bytes = unpacked(path)?;
        Ok(Self::read(&String::from_utf8_lossy(&bytes)))
    }

    /// Reads the text of a table. Stations without a place or a month are left out and counted.
    pub fn read(text: &str) -> (Option<Self>, Vec<Finding>) {
        let mut findings = Findings::default();
        let mut lines = text.lines();
        let heads: Vec<&str> = split(lines.next().unwrap_or(""), ',').collect();
        let Some(columns) = Columns::find(&heads, &mut findings) else {
            return findings.finish(None);
        };
        let mut left_out = 0usize;
        let mut stations = Vec::new();
        let mut fields = Vec::new();
        for line in lines.filter(|line| !line.trim().is_empty()) {
            fields.clear();
            fields.extend(split(line, ','));
            match columns.station(&fields) {
                Some(station) => stations.push(station),
                None => left_out += 1,
            }
        }
        if left_out > 0 {
            findings.push(Finding::note(
                None,
                "stations",
                &format!("{left_out} without a place or a month"),
                "left out",
            ));
        }
        if stations.is_empty() {
            findings.push(Finding::error(
                None,
                "stations",
                "none",
                "a row for each station",
            ));
        }
        findings.finish(Some(Self { stations }))
    }

    /// The stations.
    pub fn stations(&self) -> &[NormalsStation] {
        &self.stations
    }

    /// The first station of this name, in any case of letters.
    pub fn station(&self, name: &str) -> Option<&NormalsStation> {
        let wanted = name.trim().to_lowercase();
        self.stations
            .iter()
            .find(|station| station.name.to_lowercase() == wanted)
    }

    /// Names that begin with these letters, each once, at most so many.
    pub fn names_like(&self, start: &str, most: usize) -> Vec<&str> {
        let wanted = start.trim().to_lowercase();
        let mut names: Vec<&str> = self
            .stations
            .iter()
            .filter(|station| station.name.to_lowercase().starts_with(&wanted))
            .map(|station| station.name.as_str())
            .collect();
        names.sort_unstable();
        names.dedup();
        names.truncate(most);
        names
    }

    /// Normals of a point [°, °], at a height [m] or at that of its stations.
    pub fn at(
        &self,
        latitude_deg: f64,
        longitude_deg: f64,
        elevation_m: Option<f64>,
    ) -> Result<PointNormals, PointError> {
        if !((-90.0..=90.0).contains(&latitude_deg) && (-180.0..=180.0).contains(&longitude_deg)) {
            return Err(PointError::NoPoint(latitude_deg, longitude_deg));
        }
        let mut by_distance: Vec<(f64, usize)> = self
            .stations
            .iter()
            .enumerate()
            .map(|(index, station)| {
                let there = (station.latitude_deg, station.normals.longitude_deg());
                (distance_km((latitude_deg, longitude_deg), there), index)
            })
            .collect();
        by_distance.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        by_distance.truncate(STATIONS_JOINED);
        let nearest_km = by_distance
            .first()
            .map_or(f64::INFINITY, |nearest| nearest.0);
        if nearest_km > DISTANCE_MAX_KM {
            return Err(PointError::TooFar(nearest_km));
        }
        by_distance.retain(|(distance, _)| *distance <= DISTANCE_MAX_KM);
        let weight = |distance: f64| 1.0 / (distance * distance + HALF_WEIGHT_KM * HALF_WEIGHT_KM);
        let total: f64 = by_distance
            .iter()
            .map(|(distance, _)| weight(*distance))
            .sum();
        let joined: Vec<(&NormalsStation, f64, f64)> = by_distance
            .iter()
            .map(|(distance, index)| (&self.stations[*index], *distance, weight(*distance) / total))
            .collect();
        let mean_height_m: f64 = joined
            .iter()
            .map(|(station, _, weight)| weight * station.normals.elevation_m())
            .sum();
        let height_m = elevation_m.unwrap_or(mean_height_m);
        let months = std::array::from_fn(|month| {
            let mean = |value: &dyn Fn(&NormalsStation) -> f64| -> f64 {
                joined
                    .iter()
                    .map(|(station, _, weight)| weight * value(station))
                    .sum()
            };
            MonthlyNormal {
                mean_c: mean(&|station| {
                    station.normals.months()[month].mean_c
                        + LAPSE_K_PER_M * (station.normals.elevation_m() - height_m)
                }),
                daily_range_k: mean(&|station| station.normals.months()[month].daily_range_k),
                relative_humidity: mean(&|station| {
                    station.normals.months()[month].relative_humidity
                })
                .min(1.0),
            }
        });
        let normals = ClimateNormals::new(months, longitude_deg, height_m).map_err(|findings| {
            let words: Vec<String> = findings.iter().map(Finding::to_string).collect();
            PointError::OutOfRange(words.join("; "))
        })?;
        Ok(PointNormals {
            normals,
            neighbours: joined
                .iter()
                .map(|(station, distance_km, weight)| Neighbour {
                    name: station.name.clone(),
                    distance_km: *distance_km,
                    elevation_m: station.normals.elevation_m(),
                    weight: *weight,
                })
                .collect(),
        })
    }
}

/// Great-circle distance of two points (latitude, longitude) [km].
fn distance_km(one: (f64, f64), other: (f64, f64)) -> f64 {
    let [lat1, lon1, lat2, lon2] = [one.0, one.1, other.0, other.1].map(f64::to_radians);
    let square = |x: f64| x * x;
    let half = square(libm::sin((lat2 - lat1) / 2.0))
        + libm::cos(lat1) * libm::cos(lat2) * square(libm::sin((lon2 - lon1) / 2.0));
    2.0 * EARTH_RADIUS_KM * libm::asin(half.sqrt().min(1.0))
}

/// Where the columns of a table stand.
struct Columns {
    name: usize,
    number: Option<usize>,
    latitude: usize,
    longitude: usize,
    elevation: usize,
    /// Mean, daily range and humidity of each month.
    months: [[usize; 3]; 12],
}

impl Columns {
    fn find(heads: &[&str], findings: &mut Findings) -> Option<Self> {
        let mut column = |name: &str| -> Option<usize> {
            let index = heads
                .iter()
                .position(|head| head.eq_ignore_ascii_case(name));
            if index.is_none() {
                findings.push(Finding::error(
                    Some(1),
                    name,
                    "",
                    "a column of this name: NAME, LAT, LON, ELEV, and tmp_01 to tmp_12 [°C], dtr_01.. [K], reh_01.. [%]",
                ));
            }
            index
        };
        let places = [column("NAME"), column("LAT"), column("LON"), column("ELEV")];
        let mut months = [[0; 3]; 12];
        let mut complete = true;
        for (month, columns) in (1..).zip(&mut months) {
            for (quantity, place) in ["tmp", "dtr", "reh"].into_iter().zip(columns.iter_mut()) {
                match column(&format!("{quantity}_{month:02}")) {
                    Some(index) => *place = index,
                    None => complete = false,
                }
            }
        }
        let [name, latitude, longitude, elevation] = places;
        if !complete {
            return None;
        }
        Some(Self {
            name: name?,
            number: heads.iter().position(|head| *head == "STNID"),
            latitude: latitude?,
            longitude: longitude?,
            elevation: elevation?,
            months,
        })
    }

    fn station(&self, fields: &[&str]) -> Option<NormalsStation> {
        let number = |index: usize| -> Option<f64> { fields.get(index)?.parse().ok() };
        let mut months = [MonthlyNormal {
            mean_c: 0.0,
            daily_range_k: 0.0,
            relative_humidity: 0.0,
        }; 12];
        for (month, [mean, range, humidity]) in months.iter_mut().zip(self.months) {
            *month = MonthlyNormal {
                mean_c: number(mean)?,
                daily_range_k: number(range)?,
                relative_humidity: number(humidity)? / 100.0,
            };
        }
        let latitude_deg = number(self.latitude).filter(|value| (-90.0..=90.0).contains(value))?;
        let longitude = number(self.longitude)?;
        let normals = ClimateNormals::new(months, longitude, number(self.elevation)?).ok()?;
        let word = |index: usize| fields.get(index).copied().filter(|word| !word.is_empty());
        let name = word(self.name).or_else(|| self.number.and_then(word))?;
        Some(NormalsStation {
            name: name.to_owned(),
            latitude_deg,
            normals,
        })
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;

    fn table(rows: &[(&str, f64, f64, f64, f64)]) -> String {
        let mut text = "STNID,NAME,LAT,LON,ELEV".to_owned();
        for quantity in ["tmp", "dtr", "reh"] {
            for month in 1..=12 {
                let _ = write!(text, ",{quantity}_{month:02}");
            }
        }
        for (name, latitude, longitude, elevation, mean) in rows {
            let _ = write!(text, "\n1,{name},{latitude},{longitude},{elevation}");
            for value in [*mean, 10.0, 70.0] {
                let _ = write!(text, "{}", format!(",{value}").repeat(12));
            }
        }
        text
    }

    #[test]
    fn a_point_takes_from_its_neighbours_and_from_its_height() {
        let text = table(&[
            ("Low", 52.0, 104.0, 500.0, 0.0),
            ("High", 52.0, 105.0, 1500.0, -6.5),
            ("Far", 10.0, 10.0, 0.0, 30.0),
        ]);
        let table = NormalsTable::read(&text).0.unwrap();
        let at = |height| table.at(52.0, 104.2, height).unwrap();
        let found = at(Some(500.0));
        assert!(found.normals.months()[0].mean_c.abs() < 1e-9);
        assert_eq!(found.neighbours.len(), 2);
        assert_eq!(found.neighbours[0].name, "Low");
        assert!((found.neighbours[0].distance_km - 13.7).abs() < 0.1);
        let higher = at(Some(1500.0));
        assert!((higher.normals.months()[6].mean_c + 6.5).abs() < 1e-9);
        let own_height = at(None).normals.elevation_m();
        assert!(own_height > 500.0 && own_height < 700.0, "{own_height}");
        assert_eq!(table.station("low").unwrap().name, "Low");
        assert_eq!(table.names_like("l", 5), ["Low"]);
        assert_eq!(table.names_like("x", 5), [""; 0]);
        assert!(matches!(
            table.at(-80.0, 0.0, None),
            Err(PointError::TooFar(_))
        ));
        assert!(matches!(
            table.at(95.0, 0.0, None),
            Err(PointError::NoPoint(..))
        ));
    }

    #[test]
    fn a_table_without_its_columns_names_them_and_broken_rows_are_left_out() {
        let (found, findings) = NormalsTable::read("a,b\n");
        assert_eq!(found, None);
        assert_eq!(findings.len(), 40);
        let text = format!(
            "{}\n1,Broken,52,104",
            table(&[("Low", 52.0, 104.0, 500.0, 0.0)])
        );
        let (found, findings) = NormalsTable::read(&text);
        assert_eq!(found.unwrap().stations().len(), 1);
        assert!(findings[0].value.contains("1 without"));
    }
}
