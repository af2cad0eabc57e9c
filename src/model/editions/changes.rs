//! What a run changed against the edition before: the contract behind `changes.md`, `changes.html` and the
//! manifest's `changes`. Fields may be added, none renamed.

use serde::{Deserialize, Serialize};

use super::compare::Difference;

/// Everything a run changed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changes {
    /// The day of the run that changed it.
    pub as_of: String,
    /// The day of the run it is compared with; null for the first.
    pub against: Option<String>,
    /// The packets that are new, changed or retired, in the manifest's order.
    pub packets: Vec<PacketChange>,
    /// How many packets are as they were.
    pub unchanged: usize,
    /// What the backup cycle changed: no new edition, one page to reprint.
    pub routine: RoutineChange,
    /// What to print again.
    pub reprint: Vec<Reprint>,
}

/// One packet that is not as it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PacketChange {
    /// `server` or `pool`.
    pub kind: String,
    /// Canonical FQDN.
    pub fqdn: String,
    /// What became of it.
    pub change: ChangeKind,
    /// The edition now, or the last one of a retired packet.
    pub edition: u32,
    /// Its fingerprint.
    pub fingerprint: String,
    /// What changed; null where the edition before is not known any more.
    pub differences: Option<Vec<Difference>>,
}

/// What became of a packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ChangeKind {
    /// Issued for the first time.
    New,
    /// A new edition.
    Changed,
    /// Its row is gone; its files are in `retired/`.
    Retired,
    /// Its row is back, and says what it said.
    Reinstated,
}

impl ChangeKind {
    /// `new`, `changed`, `retired` or `reinstated`, as in the manifest.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Changed => "changed",
            Self::Retired => "retired",
            Self::Reinstated => "reinstated",
        }
    }
}

/// What changed with the backup cycle.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoutineChange {
    /// How many values: shares, set names, dates.
    pub values: usize,
    /// The cycle before.
    pub before: Option<String>,
    /// The cycle now.
    pub after: Option<String>,
}

/// A file to print again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reprint {
    /// What it is: "server fe01.contoso.com", "cycle sheet".
    pub what: String,
    /// Its path below the output folder.
    pub path: String,
    /// How many pages; null where that is not known before printing.
    pub pages: Option<u32>,
}

impl Changes {
    /// Whether nothing is new, changed, retired or renewed.
    pub fn is_empty(&self) -> bool {
        self.packets.is_empty() && self.routine.values == 0
    }

    /// Brings the packets in order: servers before pools, each by name.
    pub fn sort(&mut self) {
        self.packets
            .sort_by(|a, b| (b.kind.as_str(), &a.fqdn).cmp(&(a.kind.as_str(), &b.fqdn)));
    }

    /// The packets something of this kind became of.
    pub fn of(&self, kind: ChangeKind) -> impl Iterator<Item = &PacketChange> {
        self.packets.iter().filter(move |it| it.change == kind)
    }
}
