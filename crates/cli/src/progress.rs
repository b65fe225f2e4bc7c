//! Progress: a bar with an estimate on a terminal, plain lines otherwise, nothing when quiet.

use std::io::{self, IsTerminal};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use angara_study::{Progress, Silent};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::output::Output;

/// The listener that fits where standard error goes.
pub(crate) fn listener(output: Output) -> Box<dyn Progress> {
    if output.is_quiet() {
        Box::new(Silent)
    } else if io::stderr().is_terminal() {
        Box::new(Bar::new(output.is_coloured()))
    } else {
        Box::new(Lines::new())
    }
}

/// One bar per stage.
struct Bar {
    current: Mutex<Option<(String, ProgressBar)>>,
    colour: bool,
}

impl Bar {
    fn new(colour: bool) -> Self {
        Self {
            current: Mutex::new(None),
            colour,
        }
    }

    fn with_current(&self, act: impl FnOnce(&str, &ProgressBar)) {
        if let Ok(guard) = self.current.lock()
            && let Some((name, bar)) = guard.as_ref()
        {
            act(name, bar);
        }
    }
}

impl Progress for Bar {
    fn stage(&self, name: &str, steps: Option<u64>) {
        let template = match (steps.is_some(), self.colour) {
            (true, true) => {
                "  {msg:<34} {bar:24.cyan/dim} {percent:>3} %  {elapsed} of about {duration}"
            }
            (true, false) => "  {msg:<34} {bar:24} {percent:>3} %  {elapsed} of about {duration}",
            (false, _) => "  {msg:<34} {spinner} {elapsed}",
        };
        let bar = ProgressBar::with_draw_target(steps, ProgressDrawTarget::stderr_with_hz(8));
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        bar.set_message(name.to_owned());
        bar.enable_steady_tick(Duration::from_millis(200));
        if let Ok(mut guard) = self.current.lock() {
            *guard = Some((name.to_owned(), bar));
        }
    }

    fn advance(&self, done: u64) {
        self.with_current(|_, bar| bar.set_position(done));
    }

    fn finish(&self, result: &str) {
        self.with_current(|name, bar| {
            let elapsed = bar.elapsed();
            bar.finish_and_clear();
            Output::message(&line(name, elapsed, result));
        });
    }
}

/// One line per finished stage.
struct Lines {
    current: Mutex<Option<(String, Instant)>>,
}

impl Lines {
    fn new() -> Self {
        Self {
            current: Mutex::new(None),
        }
    }
}

impl Progress for Lines {
    fn stage(&self, name: &str, _steps: Option<u64>) {
        if let Ok(mut guard) = self.current.lock() {
            *guard = Some((name.to_owned(), Instant::now()));
        }
    }

    fn advance(&self, _done: u64) {}

    fn finish(&self, result: &str) {
        if let Ok(guard) = self.current.lock()
            && let Some((name, start)) = guard.as_ref()
        {
            Output::message(&line(name, start.elapsed(), result));
        }
    }
}

fn line(name: &str, elapsed: Duration, result: &str) -> String {
    format!("  {name:<34} {:>6.1} s  {result}", elapsed.as_secs_f64())
}
