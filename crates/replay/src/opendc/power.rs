//! Power models of a topology: those of `OpenDC`, and measured curves.
//!
//! # What it computes
//! `"modelType": "measured"` takes power at 0, 10, ..., 100 % utilisation from `points` [W]. `"modelType": "specpower"`
//! takes the shape of the machines of a `year`, servers for processors and servers with accelerators for accelerators,
//! between `idlePower` and `maxPower`.
//!
//! # References
//! `SPECpower_ssj2008` published results, by year, as the catalogue ships them.

use angara_catalog::{CURVE_POINTS, CurveKind, PowerCurve};
use angara_simulation::power::{
    Asymptotic, Constant, Cubic, Linear, MeanSquaredError, Measured, PowerError, PowerModel,
    Square, SquareRoot,
};

use super::topology::AMOUNT_MAX;
use crate::document::{Dimension, Fields};

/// Power of a host or accelerator where the file does not tell: idle and full [W].
const POWER_DEFAULT_W: (f64, f64) = (200.0, 400.0);
/// Years of machines.
const YEARS: (u64, u64) = (1990, 2100);

/// Kinds of power model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Constant,
    SquareRoot,
    Linear,
    Square,
    Cubic,
    MeanSquaredError,
    Asymptotic,
    Measured,
    SpecPower,
}

const KINDS: [(&str, Kind); 9] = [
    ("constant", Kind::Constant),
    ("sqrt", Kind::SquareRoot),
    ("linear", Kind::Linear),
    ("square", Kind::Square),
    ("cubic", Kind::Cubic),
    ("mse", Kind::MeanSquaredError),
    ("asymptotic", Kind::Asymptotic),
    ("measured", Kind::Measured),
    ("specpower", Kind::SpecPower),
];

fn default_power() -> PowerModel {
    let (idle_w, full_w) = POWER_DEFAULT_W;
    PowerModel::Linear(Linear::new(idle_w, full_w).expect("the defaults are a valid model"))
}

/// Reads a power model; the default where it is not told or cannot be.
pub(super) fn read(host: &Fields<'_>, name: &'static str, curves: CurveKind) -> PowerModel {
    let Some(model) = host.object(name) else {
        return default_power();
    };
    model.required("modelType");
    let kind = model.choice("modelType", &KINDS);
    let made = match kind {
        Some(Kind::Measured) => measured(&model),
        _ => between_powers(&model, kind, curves),
    };
    let power = match made {
        Some(Ok(power)) => power,
        None => default_power(),
        Some(Err(error)) => {
            if let Some(value) = host.get(name) {
                host.refuse(name, value, error.to_string());
            }
            default_power()
        }
    };
    model.finish();
    power
}

/// A model through measured points.
fn measured(model: &Fields<'_>) -> Option<Result<PowerModel, PowerError>> {
    let value = model.required("points")?;
    let points_w = model.numbers("points", Dimension::Power, 0.0, AMOUNT_MAX)?;
    let Ok(points_w) = <[f64; CURVE_POINTS]>::try_from(points_w) else {
        let expected = format!("{CURVE_POINTS} powers: at 0, 10, ..., 100 % utilisation");
        model.refuse("points", value, expected);
        return None;
    };
    Some(Measured::new(points_w).map(PowerModel::Measured))
}

/// A model between idle and full power.
fn between_powers(
    model: &Fields<'_>,
    kind: Option<Kind>,
    curves: CurveKind,
) -> Option<Result<PowerModel, PowerError>> {
    let watts = |name| model.number(name, Dimension::Power, 0.0, AMOUNT_MAX);
    let power_w = watts("power").unwrap_or(400.0);
    // A constant model does not use them, but the file format asks for them always.
    model.required("idlePower");
    model.required("maxPower");
    let (idle_w, full_w) = (watts("idlePower"), watts("maxPower"));
    let calibration = model
        .number("calibrationFactor", Dimension::Plain, 0.0, 1e6)
        .unwrap_or(1.0);
    let knee = model
        .number("asymUtil", Dimension::Plain, 0.0, 1e6)
        .unwrap_or(0.0);
    let dvfs = model.truth("dvfs").unwrap_or(true);
    let year = (kind == Some(Kind::SpecPower)).then(|| {
        model.required("year")?;
        model.whole("year", YEARS.0, YEARS.1)
    });
    let (idle_w, full_w) = (idle_w?, full_w?);
    Some(match kind? {
        Kind::Constant => Constant::new(power_w).map(PowerModel::Constant),
        Kind::SquareRoot => SquareRoot::new(idle_w, full_w).map(PowerModel::SquareRoot),
        Kind::Linear => Linear::new(idle_w, full_w).map(PowerModel::Linear),
        Kind::Square => Square::new(idle_w, full_w).map(PowerModel::Square),
        Kind::Cubic => Cubic::new(idle_w, full_w).map(PowerModel::Cubic),
        Kind::MeanSquaredError => {
            MeanSquaredError::new(idle_w, full_w, calibration).map(PowerModel::MeanSquaredError)
        }
        Kind::Asymptotic => Asymptotic::new(idle_w, full_w, knee, dvfs).map(PowerModel::Asymptotic),
        Kind::Measured => return None,
        Kind::SpecPower => {
            let year = year.flatten()? as i32;
            let curve = match curves {
                CurveKind::Server => PowerCurve::of_servers(year),
                CurveKind::Accelerator => PowerCurve::of_accelerators(year),
            };
            Measured::of_curve(curve, idle_w, full_w).map(PowerModel::Measured)
        }
    })
}

#[cfg(test)]
mod tests {
    use super::super::parse_topology;
    use super::*;

    /// Powers of processors and accelerators of a host with such a model, and what is found.
    fn powers(model: &str) -> (Option<[PowerModel; 2]>, Vec<String>) {
        let text = format!(
            r#"{{"clusters": [{{"hosts": [{{"cpu": {{"coreCount": 1, "coreSpeed": 1000}},
                "memory": {{"memorySize": 1000}}, "gpu": {{"coreCount": 1, "coreSpeed": 1000}},
                "cpuPowerModel": {model}, "gpuPowerModel": {model}}}]}}]}}"#
        );
        let (file, findings) = parse_topology(&text, "t", false);
        let kind = file.map(|file| file.topology.kinds[0].clone());
        let powers = kind.map(|kind| [kind.cpu_power, kind.gpus[0].power.clone()]);
        let texts = findings.iter().map(|finding| {
            let expected = finding.expected.clone().unwrap_or_default();
            format!("{}: {expected}", finding.message)
        });
        (powers, texts.collect())
    }

    #[test]
    fn measured_points_are_met_and_joined_by_straight_lines() {
        let model = r#"{"modelType": "measured", "points": [50, 60, 70, 80, 90, 100, 110, 120, 130, 140, "0.2 kW"]}"#;
        let (powers, findings) = powers(model);
        assert!(findings.is_empty(), "{findings:?}");
        for power in powers.unwrap() {
            assert_eq!([power.idle_w(), power.peak_w()], [50.0, 200.0]);
            assert!((power.power_w(0.25) - 75.0).abs() < 1e-9);
        }
    }

    #[test]
    fn a_year_gives_the_shape_of_its_machines() {
        let model =
            r#"{"modelType": "specpower", "year": 2020, "idlePower": 100, "maxPower": 400}"#;
        let (powers, findings) = powers(model);
        assert!(findings.is_empty(), "{findings:?}");
        let [server, accelerator] = powers.unwrap();
        let expected = |curve: &PowerCurve| curve.power_w(100.0, 400.0, 0.35);
        let near = |one: f64, other: f64| assert!((one - other).abs() < 1e-9, "{one} {other}");
        near(server.power_w(0.35), expected(PowerCurve::of_servers(2020)));
        near(
            accelerator.power_w(0.35),
            expected(PowerCurve::of_accelerators(2020)),
        );
        near(server.peak_w(), 400.0);
    }

    #[test]
    fn what_is_no_curve_is_told() {
        let (_, findings) = powers(r#"{"modelType": "measured", "points": [1, 2, 3]}"#);
        assert_eq!(findings.len(), 2, "{findings:?}");
        assert!(findings[0].contains("11 powers"), "{findings:?}");
        let (_, findings) = powers(r#"{"modelType": "measured"}"#);
        assert!(findings[0].contains("points is missing"), "{findings:?}");
        let (_, findings) = powers(r#"{"modelType": "specpower", "idlePower": 1, "maxPower": 2}"#);
        assert!(findings[0].contains("year is missing"), "{findings:?}");
        let (_, findings) =
            powers(r#"{"modelType": "specpower", "year": "new", "idlePower": 1, "maxPower": 2}"#);
        assert!(
            findings[0].contains("whole number from 1990"),
            "{findings:?}"
        );
    }
}
