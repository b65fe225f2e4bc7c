//! Searches that take their time: a state on the way, and an end when the user asks for one.

use std::io::{self, IsTerminal};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::output::Output;

/// Time between two lines where there is no terminal.
const LINE_EVERY: Duration = Duration::from_secs(10);

static INTERRUPTED: AtomicBool = AtomicBool::new(false);

/// Tells how far a search is, and of an interruption.
pub(crate) struct Watch {
    bar: Option<ProgressBar>,
    quiet: bool,
    told: Mutex<Instant>,
}

impl Watch {
    pub(crate) fn new(output: Output) -> Self {
        // The first interruption stops the search with what it has; where that cannot be caught, it ends the program.
        let _ = ctrlc::set_handler(|| {
            if INTERRUPTED.swap(true, Ordering::SeqCst) {
                std::process::exit(130);
            }
        });
        let bar = (!output.is_quiet() && io::stderr().is_terminal()).then(|| {
            let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr_with_hz(8));
            if let Ok(style) = ProgressStyle::with_template("  {spinner} {elapsed}  {msg}") {
                bar.set_style(style);
            }
            bar.enable_steady_tick(Duration::from_millis(200));
            bar
        });
        Self {
            bar,
            quiet: output.is_quiet(),
            told: Mutex::new(Instant::now()),
        }
    }

    /// Shows a state, on a terminal at once, elsewhere every ten seconds.
    pub(crate) fn tell(&self, state: impl FnOnce() -> String) {
        if let Some(bar) = &self.bar {
            bar.set_message(state());
        } else if !self.quiet
            && let Ok(mut told) = self.told.lock()
            && told.elapsed() >= LINE_EVERY
        {
            *told = Instant::now();
            Output::message(&format!("  {}", state()));
        }
    }

    pub(crate) fn clear(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

/// True once the user has asked for an end.
pub(crate) fn is_interrupted() -> bool {
    INTERRUPTED.load(Ordering::SeqCst)
}
