//! What a run changed against the edition before.

use serde::Serialize;

use super::estate::EstateData;
use super::place::SourceCell;
use crate::editions::{Changes, Difference, PacketChange, Reprint, RoutineChange};
use crate::packets::Estate;

/// The schema that change reports name.
pub const CHANGES_SCHEMA: &str = "restore-packets/changes/1";

/// Everything a run changed; without `schema`, `tool` and `estate` it is the manifest's `changes`.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(
    test,
    derive(schemars::JsonSchema),
    schemars(title = "Changes of restore packets")
)]
pub struct ChangesData {
    /// The version of this shape: `restore-packets/changes/1`.
    pub schema: &'static str,
    /// The program and its version.
    pub tool: &'static str,
    /// What is true of the whole run.
    pub estate: EstateData,
    /// The day of the run that changed it, ISO 8601.
    pub as_of: String,
    /// The day of the run it is compared with, or what was asked for: a day, or `edition 2`; null for the first run.
    pub against: Option<String>,
    /// The packets that are new, changed, retired or reinstated, in the manifest's order.
    pub packets: Vec<PacketChangeData>,
    /// How many packets are as they were.
    pub unchanged: usize,
    /// What the backup cycle changed: no new edition, one page to print again.
    pub routine: RoutineData,
    /// What to print again.
    pub reprint: Vec<ReprintData>,
}

/// One packet that is not as it was.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct PacketChangeData {
    /// `server` or `pool`.
    pub kind: String,
    /// The canonical FQDN.
    pub fqdn: String,
    /// `new`, `changed`, `retired` or `reinstated`.
    pub change: &'static str,
    /// The edition now, or the last one of a retired packet.
    pub edition: u32,
    /// Its fingerprint.
    pub fingerprint: String,
    /// What changed; null where the edition before is not known any more.
    pub differences: Option<Vec<DifferenceData>>,
}

/// One thing that is not as it was.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct DifferenceData {
    /// What it is about.
    pub what: String,
    /// What the packet said; null where it said nothing of this.
    pub before: Option<String>,
    /// What it says now; null where it no longer says anything of this.
    pub after: Option<String>,
    /// The cell it comes from now, or came from before.
    pub cell: Option<SourceCell>,
}

/// What changed with the backup cycle.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct RoutineData {
    /// How many values: shares, set names, dates.
    pub values: usize,
    /// The cycle before.
    pub before: Option<String>,
    /// The cycle now.
    pub after: Option<String>,
}

/// A file to print again.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ReprintData {
    /// What it is: "server fe01.contoso.com", "cycle sheet".
    pub what: String,
    /// Its path below the output folder.
    pub path: String,
    /// How many pages; null where that is not known before printing.
    pub pages: Option<u32>,
}

impl ChangesData {
    /// The changes of a run.
    pub fn new(changes: &Changes, estate: &Estate) -> Self {
        Self {
            schema: CHANGES_SCHEMA,
            tool: super::TOOL,
            estate: EstateData::from(estate),
            as_of: changes.as_of.clone(),
            against: changes.against.clone(),
            packets: changes.packets.iter().map(PacketChangeData::from).collect(),
            unchanged: changes.unchanged,
            routine: RoutineData::from(&changes.routine),
            reprint: changes.reprint.iter().map(ReprintData::from).collect(),
        }
    }
}

impl From<&PacketChange> for PacketChangeData {
    fn from(change: &PacketChange) -> Self {
        let differences = change.differences.as_ref();
        Self {
            kind: change.kind.clone(),
            fqdn: change.fqdn.clone(),
            change: change.change.as_str(),
            edition: change.edition,
            fingerprint: change.fingerprint.clone(),
            differences: differences.map(|all| all.iter().map(DifferenceData::from).collect()),
        }
    }
}

impl From<&Difference> for DifferenceData {
    fn from(difference: &Difference) -> Self {
        Self {
            what: difference.what.clone(),
            before: difference.before.clone(),
            after: difference.after.clone(),
            cell: difference.cell.as_ref().map(SourceCell::from),
        }
    }
}

impl From<&RoutineChange> for RoutineData {
    fn from(routine: &RoutineChange) -> Self {
        Self {
            values: routine.values,
            before: routine.before.clone(),
            after: routine.after.clone(),
        }
    }
}

impl From<&Reprint> for ReprintData {
    fn from(reprint: &Reprint) -> Self {
        Self {
            what: reprint.what.clone(),
            path: reprint.path.clone(),
            pages: reprint.pages,
        }
    }
}
