//! What a run says while it works: lines, and a progress bar for work that takes longer than a second; never in a pipe.

use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::attach;
use crate::issue::{Stage, Watcher, Weight};

use super::shell::Shell;

/// Work shorter than this shows no bar.
const PATIENCE: Duration = Duration::from_secs(1);

/// Counts packets or files, and shows itself only when it is worth it.
#[derive(Debug)]
pub struct Progress<'a> {
    shell: &'a Shell,
    bar: ProgressBar,
    started: Instant,
}

impl<'a> Progress<'a> {
    /// A bar that shows itself if anybody looks.
    pub fn new(shell: &'a Shell) -> Self {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        if let Ok(style) = ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len}") {
            bar.set_style(style);
        }
        Self {
            shell,
            bar,
            started: Instant::now(),
        }
    }

    /// So much of some work is done.
    fn advance(&self, work: &'static str, done: usize, all: usize) {
        self.bar.set_message(work);
        self.bar.set_length(all as u64);
        self.bar.set_position(done as u64);
        let is_late = self.bar.is_hidden() && self.started.elapsed() > PATIENCE;
        if is_late && self.shell.shows_progress() {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
    }

    /// Takes the bar away.
    pub fn clear(&self) {
        self.bar.finish_and_clear();
    }
}

impl Watcher for Progress<'_> {
    fn note(&self, weight: Weight, text: &str) {
        match weight {
            Weight::News => self.shell.say(text),
            Weight::Detail => self.shell.detail(text),
        }
    }

    fn step(&self, stage: Stage, done: usize, all: usize) {
        let work = match stage {
            Stage::Assembling => "Assembling packets",
            Stage::Rendering => "Rendering packets",
        };
        self.advance(work, done, all);
    }
}

impl attach::Watch for Progress<'_> {
    fn compared(&self, done: usize, all: usize) {
        self.advance("Comparing attachments", done, all);
    }
}

impl Drop for Progress<'_> {
    fn drop(&mut self) {
        self.clear();
    }
}
