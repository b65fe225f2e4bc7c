//! What a long run tells its caller while it works.

/// Listener to a run; every call is cheap and may come from any thread.
pub trait Progress: Sync {
    /// A stage begins; `steps` is how many [`Progress::advance`] will report, where that is known.
    fn stage(&self, name: &str, steps: Option<u64>);
    /// Steps of the current stage that are done.
    fn advance(&self, done: u64);
    /// A stage ended with this result, in one line.
    fn finish(&self, result: &str);
}

/// Listens to nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Silent;

impl Progress for Silent {
    fn stage(&self, _name: &str, _steps: Option<u64>) {}
    fn advance(&self, _done: u64) {}
    fn finish(&self, _result: &str) {}
}
