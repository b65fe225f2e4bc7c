//! How far a run has come.

/// Told from time to time how much of the run is done; may be called from any thread, never twice at once.
pub trait Progress: Sync {
    /// Share of the simulated time of all hosts that has been played, rising from 0 to 1.
    fn simulated(&self, share: f64);
}

/// Listens to nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Silent;

impl Progress for Silent {
    fn simulated(&self, _share: f64) {}
}
