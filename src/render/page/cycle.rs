//! The backup cycle: the strip on every packet, and the cycle sheet.

use serde::Serialize;

use super::facts::PrintedFact;
use super::heads::Heads;
use crate::contract::{EstateData, ReadinessData, ValidData};
use crate::packets::{Cycle, CycleSet, Estate, Fact};
use crate::render::index::{IndexEntry, Readiness};

/// What `cycle.html` and `cycle.md` see.
#[derive(Clone, Debug, Serialize)]
pub struct CycleContext {
    /// What is true of the whole run.
    pub estate: EstateData,
    pub cycle: CyclePage,
    /// How many packets are ready on the day.
    pub readiness: ReadinessData,
    /// The running heads and feet.
    pub page: Heads,
}

impl CycleContext {
    pub(in crate::render) fn new(entries: &[IndexEntry], estate: &Estate) -> Self {
        Self {
            estate: EstateData::from(estate),
            cycle: CyclePage::new(&estate.cycle),
            readiness: ReadinessData::from(&Readiness::of(entries)),
            page: Heads::of_estate(estate),
        }
    }
}

/// The current backup cycle.
#[derive(Clone, Debug, Serialize)]
pub struct CyclePage {
    /// The cycle's name.
    pub name: PrintedFact,
    /// When its backups were complete.
    pub completed: PrintedFact,
    /// When the next one is due.
    pub next: PrintedFact,
    /// The share: the value of `$Backup`.
    pub location: PrintedFact,
    /// The statement that sets `$Backup`; `None` where the share is unknown.
    pub assignment: Option<String>,
    /// Until when the sheet may be trusted, where a worksheet says so.
    pub valid_until: Option<ValidData>,
    /// What the cycle holds; on the cycle sheet only, for there is a line for each backup of the estate.
    pub sets: Vec<PrintedSet>,
}

impl CyclePage {
    /// The cycle as its sheet shows it.
    pub(super) fn new(cycle: &Cycle) -> Self {
        Self {
            sets: cycle.sets.iter().map(PrintedSet::from).collect(),
            ..Self::strip(cycle)
        }
    }

    /// The cycle as packets and index show it.
    pub(super) fn strip(cycle: &Cycle) -> Self {
        Self {
            name: printed(&cycle.name),
            completed: printed(&cycle.completed),
            next: printed(&cycle.next),
            location: printed(&cycle.location),
            assignment: cycle.assignment.clone(),
            valid_until: cycle.valid_until.as_ref().map(ValidData::from),
            sets: Vec::new(),
        }
    }
}

/// One backup of the cycle.
#[derive(Clone, Debug, Serialize)]
pub struct PrintedSet {
    /// What was backed up.
    pub content: PrintedFact,
    /// Which server or pool.
    pub server: PrintedFact,
    /// The set's name or file.
    pub set: PrintedFact,
    /// When the set expires.
    pub expires: PrintedFact,
    /// When it was last made.
    pub last_backup: PrintedFact,
    /// Where it is.
    pub destination: PrintedFact,
}

impl From<&CycleSet> for PrintedSet {
    fn from(set: &CycleSet) -> Self {
        Self {
            content: printed(&set.content),
            server: printed(&set.server),
            set: printed(&set.set),
            expires: printed(&set.expires),
            last_backup: printed(&set.last_backup),
            destination: printed(&set.destination),
        }
    }
}

fn printed(fact: &Fact) -> PrintedFact {
    PrintedFact::new("Backup cycle", fact)
}
