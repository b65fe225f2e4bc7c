//! Exit codes: what a script can rely on.

use std::process::ExitCode;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Code {
    /// Done.
    Done = 0,
    /// The run failed for a reason that is not the scenario's.
    Failed = 1,
    /// The input is wrong; nothing was written.
    BadInput = 2,
    /// No plan keeps the promises; nothing was written.
    Infeasible = 3,
    /// A promise breaks and `--strict` was asked for; the run folder stands.
    PromiseBroken = 4,
    /// A run folder differs from what its inputs give, or a proof does not hold.
    Differs = 5,
}

impl From<Code> for ExitCode {
    fn from(code: Code) -> Self {
        Self::from(code as u8)
    }
}
