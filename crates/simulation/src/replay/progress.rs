//! What a replay tells while it runs.

/// How far a replay has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ReplayStatus {
    /// Simulated time [ms since the first submission].
    pub now_ms: i64,
    /// Tasks that have ended.
    pub ended: u64,
    /// All tasks.
    pub tasks: u64,
    /// Tasks that wait for a host.
    pub pending: u64,
    /// Tasks that run.
    pub running: u64,
}

/// Listens to a replay.
pub trait ReplayProgress: Sync {
    /// Called now and then.
    fn replayed(&self, status: ReplayStatus);
}

/// Listens to nothing.
pub struct ReplaySilent;

impl ReplayProgress for ReplaySilent {
    fn replayed(&self, _status: ReplayStatus) {}
}
