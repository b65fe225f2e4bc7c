//! The answer in words and figures.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Serialize;

use super::Arguments;
use super::case::Case;
use super::question::Found;
use crate::exit::Code;
use crate::output::Output;

/// Degrees that are shown to people \[°C\].
const DEGREES_SHOWN: [i32; 11] = [-30, -20, -10, 0, 5, 10, 14, 18, 22, 27, 35];

/// What `--json` prints of several cases.
#[derive(Serialize)]
struct Comparison<'a> {
    cases: &'a [&'a Case],
}

pub(super) fn tell(found: &[Found], arguments: &Arguments, output: Output) -> anyhow::Result<Code> {
    let cases: Vec<&Case> = found.iter().map(|found| &found.case).collect();
    let mut text = match cases.as_slice() {
        [case] if !arguments.compare => {
            output.value(case)?;
            single(case)
        }
        _ => {
            output.value(&Comparison { cases: &cases })?;
            comparison(&cases)
        }
    };
    if let Some(folder) = &arguments.out {
        let page = match cases.as_slice() {
            [_] => folder.join("plant.html"),
            _ => folder.clone(),
        };
        let _ = writeln!(text, "  {:<16}{}", "Page", page.display());
    }
    output.text(&text)?;
    Ok(Code::Done)
}

#[expect(
    clippy::too_many_lines,
    reason = "one line of the answer after the other"
)]
fn single(case: &Case) -> String {
    let mut text = head(case);
    let mut line = |name: &str, value: String, note: &str| {
        let _ = writeln!(text, "  {name:<16}{value:>10}  {note}");
    };
    line(
        "PUE",
        format!("{:.3}", case.pue),
        "energy at the meter over energy of the servers",
    );
    line(
        "Highest PUE",
        format!("{:.3}", case.peak_pue),
        "in the worst hour",
    );
    line(
        "WUE",
        format!("{:.2}", case.wue_l_per_kwh),
        "litres of water per kWh of the servers",
    );
    if let Some(cue) = case.cue_g_per_kwh {
        line(
            "CUE",
            format!("{cue:.0}"),
            "grams of CO2 per kWh of the servers",
        );
    }
    if let Some(cue) = case.cue_marginal_g_per_kwh {
        line(
            "CUE, marginal",
            format!("{cue:.0}"),
            "grams of CO2 that one more kWh of the servers causes",
        );
    }
    if let Some(reuse) = case.heat_reuse {
        line(
            "Heat reused",
            format!("{:.0} MWh", reuse.reused_kwh / 1e3),
            &format!(
                "ERF {:.2}; the heat pump takes {:.0} MWh",
                reuse.erf,
                reuse.heat_pump_kwh / 1e3
            ),
        );
    }
    if let Some(limit) = case.grid_limit {
        line(
            "Beyond the grid",
            format!("{:.0} h", limit.hours_above),
            &format!(
                "above {:.2} MW at the mean load, {:.0} kWh in all",
                limit.limit_mw, limit.energy_above_kwh
            ),
        );
    }
    line(
        "Grid",
        format!("{:.2} MW", case.peak_grid_mw),
        "highest draw, all servers at their rated power",
    );
    line(
        "Free cooling",
        format!("{:.0} h", case.free_cooling_hours),
        &format!(
            "no compressor runs; {:.0} h in part, {:.0} h not at all",
            case.partial_cooling_hours, case.mechanical_cooling_hours
        ),
    );
    line(
        "Too hot",
        format!("{:.0} h", case.unmet_hours),
        &format!(
            "heat stays in the halls, {:.0} kWh in all",
            case.unmet_cooling_kwh
        ),
    );
    line(
        "Without grid",
        if case.ride_through.holds {
            "holds"
        } else {
            "fails"
        }
        .to_owned(),
        &format!(
            "batteries {:.1} min, air of the halls {:.1} min, cooling is back after {:.1} min",
            case.ride_through.battery_minutes,
            case.ride_through.thermal_minutes,
            case.ride_through.restart_minutes
        ),
    );
    line(
        "Generators",
        case.generators.installed.to_string(),
        &format!(
            "enough start with {:.2} %; {:.0} l of fuel an hour",
            case.generators.start_probability * 100.0,
            case.generators.fuel_l_per_hour
        ),
    );
    let inlet: Vec<String> = case
        .inlet_hours
        .iter()
        .filter(|(_, hours)| **hours >= 0.5)
        .map(|(name, hours)| format!("{name} {hours:.0} h"))
        .collect();
    let _ = writeln!(
        text,
        "  Air at the servers (ASHRAE TC 9.9): {}",
        inlet.join(", ")
    );
    text.push_str(&spent(case));
    text.push_str(&degrees(case));
    text
}

fn head(case: &Case) -> String {
    let part = |name: &str, value: &str| format!("  {name:<16}{value}\n");
    let mut text = format!("{} under {}\n", case.topology, case.weather);
    text.push_str(&part("How", case.description));
    text.push_str(&part(
        "Servers",
        &format!(
            "{} MW rated, {:.0} % of it drawn; power {}, cooling {}",
            case.it_rated_mw,
            case.it_load_share * 100.0,
            case.power_redundancy,
            case.cooling_redundancy
        ),
    ));
    text.push_str(&part(
        "Weather",
        &format!(
            "{:.1} to {:.1} °C, mean {:.1} °C, wet bulb up to {:.1} °C, {:.0} m",
            case.dry_bulb_c.least,
            case.dry_bulb_c.greatest,
            case.dry_bulb_c.mean,
            case.wet_bulb_c.greatest,
            case.elevation_m
        ),
    ));
    text.push_str(&part("", &case.weather_origin));
    text
}

/// Where the energy goes, in parts of a hundred of the servers'.
fn spent(case: &Case) -> String {
    let parts = &case.partial_pue;
    let named = [
        ("UPS", parts.ups),
        ("distribution", parts.distribution),
        ("lighting", parts.lighting),
        ("fans", parts.fans),
        ("pumps", parts.pumps),
        ("compressors", parts.compressors),
        ("heat rejection fans", parts.heat_rejection_fans),
        ("humidifier", parts.humidifier),
    ];
    let shown: Vec<String> = named
        .iter()
        .filter(|(_, share)| *share >= 5e-5)
        .map(|(name, share)| format!("{name} {:.2}", share * 100.0))
        .collect();
    format!("  Per 100 kWh of the servers: {} kWh\n", shown.join(", "))
}

fn degrees(case: &Case) -> String {
    let mut text = "  Hours a year at or below\n".to_owned();
    let mut row = |name: &str, cells: Vec<String>| {
        let _ = write!(text, "    {name:<12}");
        for cell in cells {
            let _ = write!(text, "{cell:>7}");
        }
        text.push('\n');
    };
    row(
        "°C",
        DEGREES_SHOWN.iter().map(ToString::to_string).collect(),
    );
    let hours = |counts: &BTreeMap<i32, f64>| {
        DEGREES_SHOWN
            .iter()
            .map(|degree| format!("{:.0}", counts.get(degree).copied().unwrap_or(0.0)))
            .collect()
    };
    row("dry bulb", hours(&case.hours_dry_bulb_at_most));
    row("wet bulb", hours(&case.hours_wet_bulb_at_most));
    text
}

fn comparison(cases: &[&Case]) -> String {
    let longest = cases
        .iter()
        .map(|case| case.weather.chars().count())
        .max()
        .unwrap_or(0)
        .clamp(7, 40);
    let mut text = format!(
        "{:<longest$}  {:<18}{:>7}{:>9}{:>8}{:>9}{:>9}{:>9}{:>9}\n",
        "weather", "topology", "PUE", "highest", "WUE", "free h", "part h", "hot h", "grid MW"
    );
    for case in cases {
        let name: String = case.weather.chars().take(longest).collect();
        let _ = writeln!(
            text,
            "{name:<longest$}  {:<18}{:>7.3}{:>9.3}{:>8.2}{:>9.0}{:>9.0}{:>9.0}{:>9.2}",
            case.topology,
            case.pue,
            case.peak_pue,
            case.wue_l_per_kwh,
            case.free_cooling_hours,
            case.partial_cooling_hours,
            case.unmet_hours,
            case.peak_grid_mw
        );
    }
    let _ = writeln!(
        text,
        "\nWUE in litres per kWh of the servers; free: no compressor runs; hot: heat stays in the halls."
    );
    let mut told: Vec<&str> = Vec::new();
    for case in cases.iter().filter(|case| case.synthetic) {
        if !told.contains(&case.weather.as_str()) {
            told.push(&case.weather);
            let _ = writeln!(text, "{}: {}", case.weather, case.weather_origin);
        }
    }
    text
}
