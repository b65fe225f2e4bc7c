//! Progress of a replay: a bar with simulated time, rate and estimate on a terminal, plain lines otherwise.

use std::io::{self, IsTerminal};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use angara_replay::{ReplayListener, ReplayPlan, RunFigures};
use angara_simulation::replay::ReplayStatus;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::words::{grouped, length};
use crate::output::Output;

/// Time between two lines where there is no terminal.
const LINE_EVERY: Duration = Duration::from_secs(10);

/// Watches the runs of a plan.
pub(super) struct Watch {
    state: Mutex<State>,
    bar: Option<ProgressBar>,
    quiet: bool,
    started: Instant,
    tasks: u64,
    runs: usize,
}

struct State {
    /// Tasks that have ended, by run.
    ended: Vec<u64>,
    sum: u64,
    runs_ended: usize,
    told: Instant,
}

impl Watch {
    pub(super) fn new(plan: &ReplayPlan, output: Output) -> Self {
        let tasks = plan.tasks();
        let bar = (!output.is_quiet() && io::stderr().is_terminal()).then(|| {
            let target = ProgressDrawTarget::stderr_with_hz(8);
            let bar = ProgressBar::with_draw_target(Some(tasks), target);
            let template = if output.is_coloured() {
                "  {bar:24.cyan/dim} {human_pos} of {human_len} tasks, {per_sec}, {eta} left  {msg}"
            } else {
                "  {bar:24} {human_pos} of {human_len} tasks, {per_sec}, {eta} left  {msg}"
            };
            if let Ok(style) = ProgressStyle::with_template(template) {
                bar.set_style(style);
            }
            bar.enable_steady_tick(Duration::from_millis(200));
            bar
        });
        let now = Instant::now();
        Self {
            state: Mutex::new(State {
                ended: vec![0; plan.runs.len()],
                sum: 0,
                runs_ended: 0,
                told: now,
            }),
            bar,
            quiet: output.is_quiet(),
            started: now,
            tasks,
            runs: plan.runs.len(),
        }
    }

    /// Takes the bar off the terminal.
    pub(super) fn clear(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }

    fn line(&self, ended: u64, now_ms: i64) -> String {
        let elapsed_s = self.started.elapsed().as_secs_f64();
        let rate = ended as f64 / elapsed_s.max(1e-9);
        let left_s = self.tasks.saturating_sub(ended) as f64 / rate.max(1e-9);
        let left = if ended > 0 {
            format!(", about {} left", length(left_s.round()))
        } else {
            String::new()
        };
        format!(
            "  {} simulated, {} of {} tasks, {} per second{left}",
            length(now_ms as f64 / 1e3),
            grouped(ended as f64),
            grouped(self.tasks as f64),
            grouped(rate),
        )
    }
}

impl ReplayListener for Watch {
    fn advanced(&self, run: usize, status: ReplayStatus) {
        if self.quiet {
            return;
        }
        let Ok(mut state) = self.state.lock() else {
            return;
        };
        let before = std::mem::replace(&mut state.ended[run], status.ended);
        state.sum = state.sum - before + status.ended;
        if let Some(bar) = &self.bar {
            bar.set_position(state.sum);
            bar.set_message(format!("{} simulated", length(status.now_ms as f64 / 1e3)));
        } else if state.told.elapsed() >= LINE_EVERY {
            state.told = Instant::now();
            Output::message(&self.line(state.sum, status.now_ms));
        }
    }

    fn ended(&self, _run: usize, figures: &RunFigures) {
        if self.quiet || self.runs < 2 {
            return;
        }
        let Ok(mut state) = self.state.lock() else {
            return;
        };
        state.runs_ended += 1;
        let line = format!(
            "  run {} ({} of {})  {} tasks in {}",
            figures.run,
            state.runs_ended,
            self.runs,
            grouped(figures.tasks as f64),
            length(figures.makespan_ms as f64 / 1e3),
        );
        match &self.bar {
            Some(bar) => bar.println(line),
            None => Output::message(&line),
        }
    }
}
