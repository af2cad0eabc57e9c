//! What is true of a whole run: the organization, its worksheets and the cycle of its backups.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::finding::{Code, Place};

use super::fact::Fact;

/// A worksheet file and its digest.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct SourceDigest {
    /// Path relative to the worksheets folder.
    pub path: String,
    /// SHA-256 of the file, in hex.
    pub sha256: String,
}

/// What is true of the whole run: printed on every packet's strip, on the cycle sheet and in the index.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Estate {
    /// The organization's name.
    pub organization: Option<String>,
    /// The product, for example "Lync Server 2013".
    pub product: String,
    /// The classification printed on every page.
    pub classification: Option<String>,
    /// The change record that these pages belong to, printed on every page; `None` for packets of no change.
    pub change: Option<String>,
    /// `A4` or `Letter`.
    pub paper: Paper,
    /// The day the worksheets are judged against.
    pub as_of: Date,
    /// How many findings hang on that day, by code.
    pub on_the_day: BTreeMap<Code, usize>,
    /// The current backup cycle.
    pub cycle: Cycle,
    /// The worksheets.
    pub sources: Vec<SourceDigest>,
}

/// Paper sizes the printed forms know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Paper {
    /// 210 by 297 mm.
    A4,
    /// 8.5 by 11 inches.
    Letter,
}

/// The current backup cycle: what is renewed each time without renewing the packets.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Cycle {
    /// The cycle's name, for example "2014-06".
    pub name: Fact,
    /// When its backups were complete.
    pub completed: Fact,
    /// When the next one is due.
    pub next: Fact,
    /// The share: the value of `$Backup`.
    pub location: Fact,
    /// The statement that sets `$Backup`, quoted; `None` where the share is unknown.
    pub assignment: Option<String>,
    /// Until when the sheet may be trusted; `None` where no worksheet gives a date.
    pub valid_until: Option<ValidUntil>,
    /// What the cycle holds: one line per backup row.
    pub sets: Vec<CycleSet>,
}

/// One backup of the cycle.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CycleSet {
    /// What was backed up: "Rtc", "File store", "Xds".
    pub content: Fact,
    /// Which server or pool.
    pub server: Fact,
    /// The set's name or file.
    pub set: Fact,
    /// When the set expires.
    pub expires: Fact,
    /// When it was last made.
    pub last_backup: Fact,
    /// Where it is.
    pub destination: Fact,
}

/// The last day a page may be trusted. The earliest comes first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ValidUntil {
    /// The day.
    pub date: Date,
    /// What ends it: "certificate of fe01.contoso.com (Default) expires".
    pub why: String,
    /// The cell that says so.
    pub place: Place,
}
