//! What kind of trace is generated.

/// Longest trace [ms]: a century.
const LENGTH_MS_MAX: i64 = 3_200_000_000_000;
/// Most samples of all machines together.
const SAMPLES_MAX: u64 = 1 << 40;
/// Most cores and memory [MB] of a machine or host.
const SIZE_MAX: u32 = 1_000_000;

/// Size of a generated trace, its machines and its hosts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SynthesisOptions {
    /// Virtual machines.
    pub machines: u64,
    /// Samples of each.
    pub samples: u64,
    /// Length of a sample [ms].
    pub step_ms: i64,
    /// Cores of each machine.
    pub cores: u32,
    /// Speed of a core [MHz].
    pub core_mhz: f64,
    /// Memory of each machine [MB].
    pub memory_mb: u32,
    /// Machines a host has to hold.
    pub machines_per_host: u64,
    /// Cores of a host.
    pub host_cores: u32,
    /// When all machines start [ms since 1970].
    pub start_ms: i64,
    /// Seed of every random stream.
    pub seed: u64,
}

impl Default for SynthesisOptions {
    /// A week of five minutes for 500 machines on 50 hosts, from 2024-01-01 on.
    fn default() -> Self {
        Self {
            machines: 500,
            samples: 2_016,
            step_ms: 300_000,
            cores: 4,
            core_mhz: 2_000.0,
            memory_mb: 4_000,
            machines_per_host: 10,
            host_cores: 64,
            start_ms: 1_704_067_200_000,
            seed: 1,
        }
    }
}

impl SynthesisOptions {
    /// Speed of all cores of a machine together [MHz].
    pub(super) fn capacity_mhz(&self) -> f64 {
        f64::from(self.cores) * self.core_mhz
    }

    /// Why these options cannot be used, if they cannot.
    pub(super) fn fault(&self) -> Option<String> {
        let samples = self.machines.checked_mul(self.samples);
        let length_ms = i64::try_from(self.samples)
            .ok()
            .and_then(|samples| samples.checked_mul(self.step_ms));
        let reserved = u64::from(self.cores).saturating_mul(self.machines_per_host);
        let text = match () {
            () if self.machines == 0 || self.machines > i32::MAX as u64 => {
                format!(
                    "{} machines; from 1 to {} are possible",
                    self.machines,
                    i32::MAX
                )
            }
            () if self.samples == 0 || samples.is_none_or(|samples| samples > SAMPLES_MAX) => {
                format!(
                    "{} samples of {} machines; at least one each and {SAMPLES_MAX} in all are possible",
                    self.samples, self.machines
                )
            }
            () if self.step_ms <= 0 || length_ms.is_none_or(|length| length > LENGTH_MS_MAX) => {
                format!(
                    "{} samples of {} ms; at least a millisecond each and a century in all are possible",
                    self.samples, self.step_ms
                )
            }
            () if !(1..=SIZE_MAX).contains(&self.cores)
                || !(1..=SIZE_MAX).contains(&self.memory_mb)
                || !(1..=SIZE_MAX).contains(&self.host_cores) =>
            {
                format!("cores and memory [MB] must be from 1 to {SIZE_MAX}")
            }
            () if !(self.core_mhz > 0.0 && self.core_mhz.is_finite()) => {
                format!(
                    "the speed of a core is {} MHz; it must be above zero",
                    self.core_mhz
                )
            }
            () if self.machines_per_host == 0 || reserved > u64::from(self.host_cores) => {
                format!(
                    "{} machines of {} cores do not fit a host of {} cores",
                    self.machines_per_host, self.cores, self.host_cores
                )
            }
            () => return None,
        };
        Some(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_that_cannot_be_met_are_named() {
        let sound = SynthesisOptions::default();
        assert_eq!(sound.fault(), None);
        for (options, word) in [
            (
                SynthesisOptions {
                    machines: 0,
                    ..sound
                },
                "machines",
            ),
            (
                SynthesisOptions {
                    samples: 0,
                    ..sound
                },
                "samples",
            ),
            (
                SynthesisOptions {
                    samples: u64::MAX,
                    ..sound
                },
                "samples",
            ),
            (
                SynthesisOptions {
                    step_ms: 0,
                    ..sound
                },
                "millisecond",
            ),
            (
                SynthesisOptions {
                    step_ms: i64::MAX,
                    ..sound
                },
                "century",
            ),
            (SynthesisOptions { cores: 0, ..sound }, "cores"),
            (SynthesisOptions { cores: 7, ..sound }, "do not fit"),
            (
                SynthesisOptions {
                    core_mhz: f64::NAN,
                    ..sound
                },
                "speed",
            ),
            (
                SynthesisOptions {
                    machines_per_host: 0,
                    ..sound
                },
                "fit",
            ),
        ] {
            assert!(options.fault().unwrap().contains(word), "{options:?}");
        }
    }
}
