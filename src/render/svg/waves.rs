//! The bar chart of a plan: one picture for each wave, all on one scale, so that no page tears a bar.

use super::{Box, Drawing, Fill, Stroke, Type, WIDTH};
use crate::finding::words;
use crate::plan::{Plan, Task, Wave};
use crate::text::duration::hours;

/// Where the bars begin; names stand left of it.
const LEFT: f64 = 225.0;
/// Room for what is written behind the longest bar.
const RIGHT: f64 = 62.0;
/// The height of a row.
const ROW: f64 = 20.0;
/// The most rows of one picture: a printed page holds no more.
const MOST: usize = 36;
/// Steps of the scale, in hours; the first that gives no more than twelve is taken.
const STEPS: &[f64] = &[
    1.0, 2.0, 4.0, 6.0, 12.0, 24.0, 48.0, 96.0, 168.0, 336.0, 720.0,
];

/// The pictures of a wave.
pub(in crate::render) fn charts(plan: &Plan, wave: &Wave) -> Vec<String> {
    let scale = Scale::new(plan);
    let parts = wave.tasks.chunks(MOST);
    parts
        .enumerate()
        .map(|(part, tasks)| chart(wave.number, part, tasks, &scale))
        .collect()
}

/// How hours become lengths.
struct Scale {
    longest: f64,
    waves: usize,
}

impl Scale {
    fn new(plan: &Plan) -> Self {
        Self {
            longest: plan.time.longest,
            waves: plan.waves.len().max(1),
        }
    }

    /// Whether no RTO at all is known, so that bars only show the order.
    fn is_blank(&self) -> bool {
        self.longest <= 0.0
    }

    fn room() -> f64 {
        WIDTH - LEFT - RIGHT
    }

    fn at(&self, hours: f64) -> f64 {
        LEFT + Self::room() * (hours / self.longest).clamp(0.0, 1.0)
    }

    fn bar(&self, wave: usize, task: &Task) -> (f64, f64) {
        if self.is_blank() {
            #[expect(clippy::cast_precision_loss, reason = "there are few waves")]
            let (all, before) = (self.waves as f64, wave.saturating_sub(1) as f64);
            let width = Self::room() / all;
            return (LEFT + width * before, width);
        }
        let start = self.at(task.start);
        // A blank is drawn wide enough to be seen.
        let width = if task.rto.is_some() {
            self.at(task.end) - start
        } else {
            40.0
        };
        (start, width.max(2.0))
    }

    fn step(&self) -> f64 {
        let fits = |step: &&f64| self.longest / **step <= 12.0;
        STEPS.iter().find(fits).copied().unwrap_or(self.longest)
    }
}

fn chart(wave: usize, part: usize, tasks: &[Task], scale: &Scale) -> String {
    let mut drawing = Drawing::default();
    let mut y = 6.0;
    for task in tasks {
        row(&mut drawing, wave, task, y, scale);
        y += ROW;
    }
    axis(&mut drawing, y, scale);
    let said = tasks.iter().map(said);
    drawing.finish(
        &format!("wave-{wave}-{}", part + 1),
        y + 20.0,
        &format!(
            "Wave {wave}: {} side by side",
            words::count(tasks.len(), "server", "servers")
        ),
        &format!("{}.", said.collect::<Vec<_>>().join("; ")),
    )
}

fn row(drawing: &mut Drawing, wave: usize, task: &Task, y: f64, scale: &Scale) {
    let (x, width) = scale.bar(wave, task);
    let name = if task.critical {
        format!("◆ {}", task.name)
    } else {
        task.name.clone()
    };
    let kind = if task.critical {
        Type::bold(11.0)
    } else {
        Type::plain(11.0)
    };
    drawing.text((LEFT - 8.0, y + 13.0), kind.end(), &name, 34);
    let (stroke, fill) = match (task.rto, task.critical) {
        (None, _) => (Stroke::Dashed, Fill::None),
        (Some(_), true) => (Stroke::Thin, Fill::Dark),
        (Some(_), false) => (Stroke::Thin, Fill::Light),
    };
    let bar = Box {
        x,
        y: y + 3.0,
        width,
        height: ROW - 7.0,
    };
    drawing.rectangle(bar, stroke, fill);
    let label = task.rto.map_or_else(|| "RTO ?".to_owned(), hours);
    if scale.is_blank() {
        drawing.text(
            (x + width / 2.0, y + 13.0),
            Type::bold(10.0).middle(),
            &label,
            12,
        );
    } else {
        let kind = if task.rto.is_some() {
            Type::plain(10.0)
        } else {
            Type::bold(10.0)
        };
        drawing.text((x + width + 5.0, y + 13.0), kind, &label, 12);
    }
}

/// The scale below the bars; none where no hours are known.
fn axis(drawing: &mut Drawing, y: f64, scale: &Scale) {
    if scale.is_blank() {
        return;
    }
    drawing.line((LEFT, y), (WIDTH - RIGHT, y), Stroke::Thin);
    let step = scale.step();
    let mut at = 0.0;
    while at <= scale.longest {
        let x = scale.at(at);
        drawing.line((x, y), (x, y + 4.0), Stroke::Thin);
        drawing.text((x, y + 15.0), Type::plain(9.0).middle(), &hours(at), 12);
        at += step;
    }
}

/// A bar in words.
fn said(task: &Task) -> String {
    let path = if task.critical {
        ", on the longest path"
    } else {
        ""
    };
    match task.rto {
        Some(_) => format!(
            "{} from {} to {} after the start{path}",
            task.name,
            hours(task.start),
            hours(task.end)
        ),
        None => format!(
            "{} from {} after the start, RTO not recorded{path}",
            task.name,
            hours(task.start)
        ),
    }
}
