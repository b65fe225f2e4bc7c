//! What a host must offer before a policy may choose it.

/// A condition on a host. A host that is down never passes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Filter {
    /// Free cores, where so many are promised for each that there is [1].
    Cores {
        /// Promised cores per core.
        ratio: f64,
    },
    /// Free memory, where so much is promised for each that there is [1].
    Memory {
        /// Promised memory per memory.
        ratio: f64,
    },
    /// Free accelerator cores, where so many are promised for each that there is [1].
    Accelerators {
        /// Promised accelerator cores per core.
        ratio: f64,
    },
    /// Cores as fast as those the task was recorded on.
    CoreSpeed,
    /// Fewer running tasks than this.
    TasksMax(u32),
    /// The platform the task asks for.
    Platform,
    /// The zone the task asks for.
    Zone,
    /// No other task of its group nearby.
    Apart(AntiAffinity),
}

/// How far apart tasks of one group are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AntiAffinity {
    /// Different hosts.
    Host,
    /// Different racks.
    Rack,
    /// Different clusters.
    Cluster,
    /// Different zones.
    Zone,
}
