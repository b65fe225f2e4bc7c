//! `OpenDC`'s failure models.

use angara_simulation::failure::{FailureError, FailurePrefab, Law};

use crate::document::Dimension;
use crate::document::Fields;

/// What fails, before its files are read.
#[derive(Debug, Clone, PartialEq)]
pub enum FailureAxis {
    /// Nothing.
    None,
    /// As recorded in a file.
    Trace {
        /// The file.
        path: String,
        /// Part of the rows that is left out at the beginning [1].
        start: f64,
        /// Whether it begins anew at its end.
        repeat: bool,
    },
    /// A ready-made model.
    Prefab(FailurePrefab),
    /// Laws of the time between outages [h], of their length [h], and of the share of hosts hit [1].
    Laws(Box<[Law; 3]>),
}

/// Reads a failure model.
pub(super) fn read(model: Fields<'_>) -> FailureAxis {
    model.required("type");
    let kind = model
        .choice(
            "type",
            &[("no", 0), ("trace-based", 1), ("prefab", 2), ("custom", 3)],
        )
        .unwrap_or(0);
    let _ = model.text("name");
    let axis = match kind {
        1 => {
            model.required("pathToFile");
            let start = model.number("startPoint", Dimension::Plain, 0.0, 1.0);
            let repeat = model.truth("repeat");
            model.text("pathToFile").map(|path| FailureAxis::Trace {
                path: path.to_owned(),
                start: start.unwrap_or(0.0),
                repeat: repeat.unwrap_or(true),
            })
        }
        2 => {
            let value = model.required("prefabName");
            value.and_then(|value| {
                let prefab = value.as_str().and_then(FailurePrefab::named);
                if prefab.is_none() {
                    let names: Vec<_> = FailurePrefab::all().map(|prefab| prefab.name).collect();
                    model.refuse("prefabName", value, format!("one of {}", names.join(", ")));
                }
                prefab.map(FailureAxis::Prefab)
            })
        }
        3 => {
            for name in ["iatSampler", "durationSampler", "nohSampler"] {
                model.required(name);
            }
            let laws = ["iatSampler", "durationSampler", "nohSampler"]
                .map(|name| model.object(name).and_then(law));
            match laws {
                [Some(interval), Some(duration), Some(share)] => {
                    Some(FailureAxis::Laws(Box::new([interval, duration, share])))
                }
                _ => None,
            }
        }
        _ => Some(FailureAxis::None),
    };
    model.finish();
    axis.unwrap_or(FailureAxis::None)
}

fn law(law: Fields<'_>) -> Option<Law> {
    law.required("type");
    let kind = law.choice(
        "type",
        &[
            ("constant", 0),
            ("exponential", 1),
            ("gamma", 2),
            ("log-normal", 3),
            ("uniform", 4),
            ("weibull", 5),
        ],
    );
    let number = |name| law.number(name, Dimension::Plain, -1e12, 1e12);
    let asked = |name| {
        if law.get(name).is_none() {
            law.required(name);
        }
        number(name)
    };
    let made: Option<Result<Law, FailureError>> = match kind? {
        0 => asked("value").map(|value| Law::empirical(vec![value])),
        1 => asked("mean").map(Law::exponential),
        2 => {
            let (shape, scale) = (asked("shape"), asked("scale"));
            shape
                .zip(scale)
                .map(|(shape, scale)| Law::gamma(shape, scale))
        }
        3 => {
            let (scale, shape) = (asked("scale"), asked("shape"));
            scale
                .zip(shape)
                .map(|(mean, deviation)| Law::lognormal(mean, deviation))
        }
        4 => {
            let (lower, upper) = (asked("lower"), asked("upper"));
            lower
                .zip(upper)
                .map(|(lower, upper)| Law::uniform(lower, upper))
        }
        _ => {
            let (alpha, beta) = (asked("alpha"), asked("beta"));
            alpha
                .zip(beta)
                .map(|(shape, scale)| Law::weibull(shape, scale))
        }
    };
    let made = match made? {
        Ok(made) => Some(made),
        Err(error) => {
            if let Some(value) = law.get("type") {
                law.refuse("type", value, error.to_string());
            }
            None
        }
    };
    law.finish();
    made
}
