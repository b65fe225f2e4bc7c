//! The folder of `--out`: a page and a table of hours for each case. It appears whole or not at all.

use std::path::Path;

use angara_facility::{CoolingMode, HourAir, PlantHour};
use angara_report::{
    AirCell, CELL_G_PER_KG, CELL_K, DryBulbBin, PlantPage, PlantTile, render_plant,
};
use anyhow::{Context as _, bail};

use super::case::Case;
use super::detail::Hours;
use super::question::Found;
use super::weather::Weather;

/// Width of a bin of the dry bulb \[K\].
const BIN_K: f64 = 5.0;
/// Points of the load duration.
const DURATION_POINTS: usize = 201;

/// Writes the folder; refuses one that is there.
pub(super) fn write(folder: &Path, found: &[Found], command: &str) -> anyhow::Result<()> {
    if folder.exists() {
        bail!("{} is there already", folder.display());
    }
    let parent = folder
        .parent()
        .filter(|parent| !parent.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    fs_err::create_dir_all(parent)?;
    let new = tempfile::Builder::new()
        .prefix(".plant-")
        .tempdir_in(parent)
        .with_context(|| format!("a folder in {}", parent.display()))?;
    for (index, one) in found.iter().enumerate() {
        let place = if found.len() == 1 {
            new.path().to_path_buf()
        } else {
            let named = new.path().join(name(index, &one.case));
            fs_err::create_dir(&named)?;
            named
        };
        fs_err::write(place.join("hours.csv"), one.hours.csv(&one.weather))?;
        let page = page(one, command);
        fs_err::write(place.join("plant.html"), render_plant(&page)?)?;
    }
    let kept = new.keep();
    fs_err::rename(&kept, folder)?;
    Ok(())
}

/// Name of the folder of a case among several.
pub(super) fn name(index: usize, case: &Case) -> String {
    let place: String = case
        .weather
        .chars()
        .map(|letter| {
            if letter.is_ascii_alphanumeric() || letter == '-' || letter == '.' {
                letter
            } else {
                '_'
            }
        })
        .take(60)
        .collect();
    format!("{:02}-{place}-{}", index + 1, case.topology)
}

fn page(found: &Found, command: &str) -> PlantPage {
    let case = &found.case;
    let tile = |name, text: String, unit, metric, value| PlantTile {
        name,
        text,
        unit,
        metric,
        value,
    };
    let share = case.free_cooling_hours / 87.60;
    PlantPage {
        title: format!("{} at {}", case.topology, case.weather),
        headline: format!(
            "PUE {:.3}, {:.2} l of water per kWh, no compressor in {share:.0} % of the year.",
            case.pue, case.wue_l_per_kwh
        ),
        lead: case.weather_origin.clone(),
        tiles: vec![
            tile("PUE", format!("{:.3}", case.pue), "", "pue", case.pue),
            tile(
                "Highest PUE",
                format!("{:.3}", case.peak_pue),
                "",
                "peak_pue",
                case.peak_pue,
            ),
            tile(
                "Water",
                format!("{:.2}", case.wue_l_per_kwh),
                "l/kWh",
                "wue_l_per_kwh",
                case.wue_l_per_kwh,
            ),
            tile(
                "Free cooling",
                format!("{:.0}", case.free_cooling_hours),
                "h",
                "free_cooling_hours",
                case.free_cooling_hours,
            ),
            tile(
                "Too hot",
                format!("{:.0}", case.unmet_hours),
                "h",
                "unmet_hours",
                case.unmet_hours,
            ),
            tile(
                "Grid",
                format!("{:.2}", case.peak_grid_mw),
                "MW",
                "peak_grid_mw",
                case.peak_grid_mw,
            ),
        ],
        bins: bins(&found.hours, &found.weather),
        parts: vec![
            "UPS",
            "distribution",
            "lighting",
            "fans",
            "pumps",
            "compressors",
            "heat rejection fans",
            "humidifier",
        ],
        air: air(&found.hours, &found.weather),
        pressure_pa: mean(found.weather.air.iter().map(|air| air.pressure_pa)),
        grid_mw: duration(&found.hours),
        facts: vec![
            ("Angara".to_owned(), env!("CARGO_PKG_VERSION").to_owned()),
            (
                "Servers".to_owned(),
                format!(
                    "{} MW rated, {:.0} % drawn",
                    case.it_rated_mw,
                    case.it_load_share * 100.0
                ),
            ),
            ("How".to_owned(), case.description.to_owned()),
            (
                "Redundancy".to_owned(),
                format!(
                    "power {}, cooling {}",
                    case.power_redundancy, case.cooling_redundancy
                ),
            ),
            ("Height".to_owned(), format!("{:.0} m", case.elevation_m)),
            ("Years of weather".to_owned(), format!("{:.1}", case.years)),
        ],
        command: command.to_owned(),
    }
}

fn mean(values: impl ExactSizeIterator<Item = f64>) -> f64 {
    let count = values.len().max(1) as f64;
    values.sum::<f64>() / count
}

/// Hours and energies by bin of the dry bulb.
fn bins(hours: &Hours, weather: &Weather) -> Vec<DryBulbBin> {
    let bin_of = |air: &HourAir| (air.dry_bulb_c / BIN_K).floor() as i32;
    let Some(first) = weather.air.iter().map(bin_of).min() else {
        return Vec::new();
    };
    let last = weather.air.iter().map(bin_of).max().unwrap_or(first);
    (first..=last)
        .map(|bin| {
            let inside: Vec<&PlantHour> = hours
                .hours
                .iter()
                .zip(&weather.air)
                .filter(|(_, air)| bin_of(air) == bin)
                .map(|(hour, _)| hour)
                .collect();
            let of_mode = |mode: CoolingMode| {
                let count = inside
                    .iter()
                    .filter(|hour| hour.cooling_mode == mode)
                    .count();
                count as f64 * hours.each_h
            };
            let it_w: f64 = inside.iter().map(|hour| hour.it_w).sum();
            let part = |power: &dyn Fn(&PlantHour) -> f64| {
                let sum: f64 = inside.iter().map(|hour| power(hour)).sum();
                if it_w > 0.0 { 100.0 * sum / it_w } else { 0.0 }
            };
            DryBulbBin {
                from_c: bin * BIN_K as i32,
                hours: [
                    of_mode(CoolingMode::Free),
                    of_mode(CoolingMode::Partial),
                    of_mode(CoolingMode::Mechanical),
                ],
                per_100_kwh: vec![
                    part(&|hour| hour.ups_loss_w),
                    part(&|hour| hour.distribution_loss_w),
                    part(&|hour| hour.lighting_w),
                    part(&|hour| hour.fan_w),
                    part(&|hour| hour.pump_w),
                    part(&|hour| hour.compressor_w),
                    part(&|hour| hour.heat_rejection_fan_w),
                    part(&|hour| hour.humidifier_w),
                ],
            }
        })
        .collect()
}

/// Hours by cell of the psychrometric chart.
fn air(hours: &Hours, weather: &Weather) -> Vec<AirCell> {
    let mut counts: std::collections::BTreeMap<(i32, i32), u32> = std::collections::BTreeMap::new();
    for air in &weather.air {
        let column = (air.dry_bulb_c / CELL_K).floor() as i32;
        let row = (air.humidity_ratio * 1e3 / CELL_G_PER_KG).floor() as i32;
        *counts.entry((column, row)).or_default() += 1;
    }
    counts
        .into_iter()
        .map(|((column, row), count)| AirCell {
            dry_bulb_c: f64::from(column) * CELL_K,
            humidity_g_per_kg: f64::from(row) * CELL_G_PER_KG,
            hours: f64::from(count) * hours.each_h,
        })
        .collect()
}

/// Draw from the grid \[MW\], highest first.
fn duration(hours: &Hours) -> Vec<f64> {
    let mut draws: Vec<f64> = hours.hours.iter().map(|hour| hour.total_w / 1e6).collect();
    draws.sort_by(|a, b| b.total_cmp(a));
    let last = draws.len().saturating_sub(1);
    (0..DURATION_POINTS)
        .filter_map(|point| draws.get(last * point / (DURATION_POINTS - 1)).copied())
        .collect()
}
