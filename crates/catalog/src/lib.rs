//! Shipped reference data, each row with source, year and confidence.

mod outlines;
mod power_curve;

pub use outlines::{OUTLINES_SOURCE, Outline, OutlineKind, outlines};
pub use power_curve::{CURVE_POINTS, Confidence, CurveKind, PowerCurve, power_curves};
