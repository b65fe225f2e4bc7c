//! Power of a host against what it serves, prepared for many evaluations.

use angara_catalog::CURVE_POINTS;
use angara_fleet::HostModel;

/// Power of a kind of host, by segments of its curve.
#[derive(Debug, Clone)]
pub(crate) struct HostPower {
    /// Segments of the curve per milli-unit served.
    segments_per_milli: f64,
    /// Power at the left end of each segment and its rise over the segment [W]; the last is flat.
    segments_w: [(f64, f64); CURVE_POINTS],
}

impl HostPower {
    pub(crate) fn new(model: &HostModel) -> Self {
        let shape = model.curve.normalised();
        let span_w = model.peak_w - model.idle_w;
        let mut segments_w = [(0.0, 0.0); CURVE_POINTS];
        for (point, segment) in segments_w.iter_mut().enumerate() {
            let next = shape[(point + 1).min(CURVE_POINTS - 1)];
            *segment = (
                model.idle_w + span_w * shape[point],
                span_w * (next - shape[point]),
            );
        }
        Self {
            segments_per_milli: (CURVE_POINTS - 1) as f64 / model.capacity_milli as f64,
            segments_w,
        }
    }

    /// Power while serving so many milli-units, at most the capacity [W].
    #[inline]
    pub(crate) fn power_w(&self, served_milli: u64) -> f64 {
        let position = served_milli as f64 * self.segments_per_milli;
        // Through 32 bits: the conversion to 64 costs twice as much, and this runs once for every host and step.
        let segment = (position as u32 as usize).min(CURVE_POINTS - 1);
        let (start_w, rise_w) = self.segments_w[segment];
        start_w + rise_w * (position - segment as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use angara_catalog::PowerCurve;
    use angara_fleet::Resource;

    #[test]
    fn prepared_power_equals_that_of_the_catalogue_curve() {
        let model = HostModel {
            equipment: 0,
            id: "server".to_owned(),
            resource: Resource::Cores,
            platform: 0,
            capacity_milli: 64_000,
            memory_bytes: 0,
            idle_w: 211.0,
            peak_w: 987.0,
            curve: PowerCurve::of_servers(2020),
        };
        let power = HostPower::new(&model);
        for served_milli in (0..=64_000).step_by(37) {
            let utilisation = served_milli as f64 / 64_000.0;
            let expected_w = model.curve.power_w(211.0, 987.0, utilisation);
            assert!((power.power_w(served_milli) - expected_w).abs() < 1e-9);
        }
        assert_eq!(power.power_w(0), 211.0);
        assert!((power.power_w(64_000) - 987.0).abs() < 1e-9);
    }
}
