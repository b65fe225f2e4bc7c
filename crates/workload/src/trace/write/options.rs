//! What a trace may not tell but the written form needs.

/// Assumptions of a conversion.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ConvertOptions {
    /// Speed of a core where the trace does not tell [MHz].
    pub core_mhz: f64,
    /// Speed of an accelerator where the trace does not tell [MHz].
    pub gpu_mhz: f64,
    /// Start of a trace whose times count from its own start [ms since 1970]; it goes before what the trace says.
    pub start_ms: Option<i64>,
}

impl Default for ConvertOptions {
    fn default() -> Self {
        Self {
            core_mhz: 2_000.0,
            gpu_mhz: 1_000.0,
            start_ms: None,
        }
    }
}

impl ConvertOptions {
    /// Why these assumptions cannot be used, if they cannot.
    pub(super) fn fault(&self) -> Option<String> {
        let speeds = [("core", self.core_mhz), ("accelerator", self.gpu_mhz)];
        speeds.iter().find_map(|(what, speed_mhz)| {
            let is_speed = speed_mhz.is_finite() && *speed_mhz > 0.0;
            (!is_speed)
                .then(|| format!("the speed of a {what} is {speed_mhz} MHz; it must be above zero"))
        })
    }
}
