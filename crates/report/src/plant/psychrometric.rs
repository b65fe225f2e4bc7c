//! The psychrometric chart with the hours of a year.

use angara_psychrometrics::{humidity_ratio_from_dew_point, humidity_ratio_from_relative_humidity};
use askama::Template;

use super::{AirCell, CELL_G_PER_KG, CELL_K};
use crate::chart::coordinate;
use crate::format::number;

/// Lines of equal relative humidity.
const HUMIDITIES: [f64; 5] = [0.2, 0.4, 0.6, 0.8, 1.0];
/// Least and greatest humidity ratio at the top of the chart \[g/kg\].
const TOP_G_PER_KG: (f64, f64) = (16.0, 32.0);
/// Room around the chart \[px\].
const LEFT: f64 = 14.0;
const RIGHT: f64 = 62.0;
const TOP: f64 = 40.0;
const BOTTOM: f64 = 46.0;

/// The chart in both sizes.
#[derive(Debug, Template)]
#[template(path = "psychrometric.html")]
pub(super) struct Psychrometric {
    wide: Sheet,
    narrow: Sheet,
}

impl askama::filters::HtmlSafe for Psychrometric {}

#[derive(Debug, Template)]
#[template(path = "psychrometric_sheet.html")]
struct Sheet {
    class: &'static str,
    width: f64,
    height: f64,
    left: String,
    right: String,
    bottom: String,
    middle: String,
    across_y: String,
    columns: Vec<(String, String)>,
    rows: Vec<(String, String)>,
    lines: Vec<(String, &'static str)>,
    names: Vec<(String, String, String)>,
    areas: Vec<(String, &'static str)>,
    cells: Vec<Cell>,
    cell_width: String,
    cell_height: String,
}

impl askama::filters::HtmlSafe for Sheet {}

#[derive(Debug)]
struct Cell {
    x: String,
    y: String,
    opacity: String,
    tip: String,
}

/// Where the axes begin and end.
struct Frame {
    cold_c: f64,
    hot_c: f64,
    top_g: f64,
    width: f64,
    height: f64,
    pressure_pa: f64,
}

impl Psychrometric {
    pub(super) fn new(air: &[AirCell], pressure_pa: f64) -> Self {
        let sheet =
            |class, width, height| Frame::around(air, pressure_pa, width, height).sheet(class, air);
        Self {
            wide: sheet("wide", 1072.0, 520.0),
            narrow: sheet("narrow", 560.0, 420.0),
        }
    }
}

impl Frame {
    fn around(air: &[AirCell], pressure_pa: f64, width: f64, height: f64) -> Self {
        let coldest = air.iter().map(|cell| cell.dry_bulb_c).fold(0.0, f64::min);
        let hottest = air
            .iter()
            .map(|cell| cell.dry_bulb_c + CELL_K)
            .fold(35.0, f64::max);
        let moistest = air
            .iter()
            .map(|cell| cell.humidity_g_per_kg + 2.0)
            .fold(TOP_G_PER_KG.0, f64::max);
        Self {
            cold_c: (coldest / 5.0).floor() * 5.0,
            hot_c: (hottest / 5.0).ceil() * 5.0,
            top_g: ((moistest / 4.0).ceil() * 4.0).min(TOP_G_PER_KG.1),
            width,
            height,
            pressure_pa,
        }
    }

    fn x(&self, dry_bulb_c: f64) -> f64 {
        let share = (dry_bulb_c - self.cold_c) / (self.hot_c - self.cold_c);
        LEFT + share * (self.width - LEFT - RIGHT)
    }

    fn y(&self, humidity_g: f64) -> f64 {
        let share = humidity_g / self.top_g;
        self.height - BOTTOM - share * (self.height - TOP - BOTTOM)
    }

    fn at_humidity(&self, dry_bulb_c: f64, humidity: f64) -> f64 {
        1e3 * humidity_ratio_from_relative_humidity(dry_bulb_c, humidity, self.pressure_pa)
    }

    /// A line of equal relative humidity, up to the top of the chart.
    fn line(&self, humidity: f64) -> (String, (f64, f64)) {
        let mut path = String::new();
        let mut end = (self.cold_c, 0.0);
        for step in 0..=((self.hot_c - self.cold_c) * 2.0) as i32 {
            let dry_bulb_c = self.cold_c + f64::from(step) / 2.0;
            let humidity_g = self.at_humidity(dry_bulb_c, humidity);
            if humidity_g > self.top_g {
                break;
            }
            end = (dry_bulb_c, humidity_g);
            path.push_str(if path.is_empty() { "M" } else { "L" });
            path.push_str(&self.point(dry_bulb_c, humidity_g));
        }
        (path, end)
    }

    fn point(&self, dry_bulb_c: f64, humidity_g: f64) -> String {
        format!(
            "{} {}",
            coordinate(self.x(dry_bulb_c)),
            coordinate(self.y(humidity_g))
        )
    }

    /// An envelope: dry bulbs, dew points and greatest humidity.
    fn area(&self, dry_bulbs_c: (f64, f64), dew_points_c: (f64, f64), humidity: f64) -> String {
        let at_dew_point =
            |dew_point_c: f64| 1e3 * humidity_ratio_from_dew_point(dew_point_c, self.pressure_pa);
        let (least_g, most_g) = (at_dew_point(dew_points_c.0), at_dew_point(dew_points_c.1));
        let (from_c, to_c) = dry_bulbs_c;
        let mut path = format!(
            "M{}L{}",
            self.point(from_c, least_g),
            self.point(to_c, least_g)
        );
        for step in 0..=20 {
            let dry_bulb_c = to_c - (to_c - from_c) * f64::from(step) / 20.0;
            let humidity_g = most_g.min(self.at_humidity(dry_bulb_c, humidity));
            path.push('L');
            path.push_str(&self.point(dry_bulb_c, humidity_g));
        }
        path.push('Z');
        path
    }

    fn sheet(&self, class: &'static str, air: &[AirCell]) -> Sheet {
        let mut lines = Vec::new();
        let mut names = Vec::new();
        for humidity in HUMIDITIES {
            let (path, (dry_bulb_c, humidity_g)) = self.line(humidity);
            lines.push((
                path,
                if humidity >= 1.0 {
                    "saturation"
                } else {
                    "humidity"
                },
            ));
            names.push((
                coordinate(self.x(dry_bulb_c) - 4.0),
                coordinate(self.y(humidity_g) - 5.0),
                format!("{:.0} %", humidity * 100.0),
            ));
        }
        let steps = |from: f64, to: f64, step: f64| {
            (0..)
                .map(move |index| from + step * f64::from(index))
                .take_while(move |value| *value <= to + 1e-9)
        };
        let column_k = if self.hot_c - self.cold_c > 50.0 {
            10.0
        } else {
            5.0
        };
        let first_c = (self.cold_c / column_k).ceil() * column_k;
        Sheet {
            class,
            width: self.width,
            height: self.height,
            left: coordinate(LEFT),
            right: coordinate(self.width - RIGHT),
            bottom: coordinate(self.y(0.0)),
            middle: coordinate(self.x(f64::midpoint(self.cold_c, self.hot_c))),
            across_y: coordinate(self.height - 6.0),
            columns: steps(first_c, self.hot_c, column_k)
                .map(|dry_bulb_c| (coordinate(self.x(dry_bulb_c)), number(dry_bulb_c, 0)))
                .collect(),
            rows: steps(0.0, self.top_g, 4.0)
                .map(|humidity_g| (coordinate(self.y(humidity_g)), number(humidity_g, 0)))
                .collect(),
            lines,
            names,
            areas: vec![
                (self.area((15.0, 32.0), (-12.0, 17.0), 0.8), "allowed"),
                (self.area((18.0, 27.0), (-9.0, 15.0), 0.7), "recommended"),
            ],
            cells: self.cells(air),
            cell_width: coordinate(self.x(self.cold_c + CELL_K) - self.x(self.cold_c)),
            cell_height: coordinate(self.y(0.0) - self.y(CELL_G_PER_KG)),
        }
    }

    fn cells(&self, air: &[AirCell]) -> Vec<Cell> {
        let most = air.iter().map(|cell| cell.hours).fold(0.0, f64::max);
        air.iter()
            .filter(|cell| cell.humidity_g_per_kg + CELL_G_PER_KG <= self.top_g)
            .map(|cell| Cell {
                x: coordinate(self.x(cell.dry_bulb_c)),
                y: coordinate(self.y(cell.humidity_g_per_kg + CELL_G_PER_KG)),
                opacity: number(0.12 + 0.88 * (cell.hours / most).sqrt(), 2),
                tip: format!(
                    "{} to {} °C, {} to {} g/kg: {} h a year",
                    number(cell.dry_bulb_c, 0),
                    number(cell.dry_bulb_c + CELL_K, 0),
                    number(cell.humidity_g_per_kg, 1),
                    number(cell.humidity_g_per_kg + CELL_G_PER_KG, 1),
                    number(cell.hours, 1)
                ),
            })
            .collect()
    }
}
