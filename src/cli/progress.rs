//! A progress bar on a terminal, for work that takes longer than a second; never in a pipe.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::shell::Shell;

/// Work shorter than this shows no bar.
const PATIENCE: Duration = Duration::from_secs(1);

/// Counts packets; shows itself only when it is worth it.
pub struct Progress {
    bar: ProgressBar,
    started: std::time::Instant,
}

impl Progress {
    /// A bar for so many packets.
    pub fn new(total: usize, shell: &Shell) -> Self {
        let bar = ProgressBar::with_draw_target(Some(total as u64), ProgressDrawTarget::hidden());
        if let Ok(style) = ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len}") {
            bar.set_style(style);
        }
        bar.set_message(if shell.shows_progress() {
            "Rendering packets"
        } else {
            ""
        });
        Self {
            bar,
            started: std::time::Instant::now(),
        }
    }

    /// One more is done.
    pub fn step(&self) {
        self.bar.inc(1);
        let wanted = !self.bar.message().is_empty() && self.bar.is_hidden();
        if wanted && self.started.elapsed() > PATIENCE {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
