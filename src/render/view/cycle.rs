//! The backup cycle: the strip on every packet, and the cycle sheet.

use serde::Serialize;

use super::command::CommandView;
use super::facts::FactView;
use super::identity::{EstateView, PageView, ValidView};
use super::situation::source;
use crate::packets::{Cycle, CycleSet, Estate};
use crate::render::pen::Pen;

/// The page `cycle.html` or `cycle.md`.
#[derive(Clone, Debug, Serialize)]
pub struct CyclePage {
    /// What is true of the whole run.
    pub estate: EstateView,
    /// Texts for the running heads and feet, made safe for a CSS string.
    pub page: PageView,
    /// The cycle.
    pub cycle: CycleView,
}

impl CyclePage {
    pub(in crate::render) fn new(estate: &Estate, pen: Pen) -> Self {
        Self {
            estate: EstateView::new(estate, pen),
            page: PageView::of_estate(estate),
            cycle: CycleView::new(&estate.cycle, pen),
        }
    }
}

/// The current backup cycle.
#[derive(Clone, Debug, Serialize)]
pub struct CycleView {
    /// The cycle's name.
    pub name: FactView,
    /// When its backups were complete.
    pub completed: FactView,
    /// When the next one is due.
    pub next: FactView,
    /// The share: the value of `$Backup`.
    pub location: FactView,
    /// The statement that sets `$Backup`; `None` where the share is unknown.
    pub assignment: Option<CommandView>,
    /// Where the share would have to be filled in, where it is unknown and a worksheet has the row.
    pub cure: Option<String>,
    /// Until when the sheet may be trusted, where a worksheet says so.
    pub valid_until: Option<ValidView>,
    /// What the cycle holds; on the cycle sheet only, for there is a line for each backup of the estate.
    pub sets: Vec<CycleSetView>,
}

impl CycleView {
    /// The cycle as its sheet shows it.
    pub(super) fn new(cycle: &Cycle, pen: Pen) -> Self {
        Self {
            sets: cycle.sets.iter().map(|set| set_view(set, pen)).collect(),
            ..Self::strip(cycle, pen)
        }
    }

    /// The cycle as packets and index show it.
    pub(super) fn strip(cycle: &Cycle, pen: Pen) -> Self {
        Self {
            name: FactView::new(&cycle.name, pen),
            completed: FactView::new(&cycle.completed, pen),
            next: FactView::new(&cycle.next, pen),
            location: FactView::new(&cycle.location, pen),
            assignment: cycle.assignment.as_deref().map(CommandView::new),
            cure: source(cycle.location.place.as_ref(), pen),
            valid_until: cycle.valid_until.as_ref().map(|it| ValidView::new(it, pen)),
            sets: Vec::new(),
        }
    }
}

/// One backup of the cycle.
#[derive(Clone, Debug, Serialize)]
pub struct CycleSetView {
    /// What was backed up.
    pub content: FactView,
    /// Which server or pool.
    pub server: FactView,
    /// The set's name or file.
    pub set: FactView,
    /// When the set expires.
    pub expires: FactView,
    /// When it was last made.
    pub last_backup: FactView,
    /// Where it is.
    pub destination: FactView,
}

fn set_view(set: &CycleSet, pen: Pen) -> CycleSetView {
    let view = |fact| FactView::new(fact, pen);
    CycleSetView {
        content: view(&set.content),
        server: view(&set.server),
        set: view(&set.set),
        expires: view(&set.expires),
        last_backup: view(&set.last_backup),
        destination: view(&set.destination),
    }
}
