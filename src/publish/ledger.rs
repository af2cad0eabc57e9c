//! `ledger.jsonl`: one line for each edition ever issued, each holding the digest of the line before it.
//!
//! Lines are only ever added, so a removed, reordered or edited line breaks the chain; the manifest holds the
//! digest of the last line, so that lines missing at the end are noticed too. A contract like the manifest:
//! fields may be added, none renamed.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::fault::LedgerFault;
use super::{
    FileEntry, Handled, Kind, LEDGER, LedgerHead, Page, PublishError, StatusEntry, Tick,
    Withdrawal, Withdrawn,
};
use crate::text::digest;

/// What the first line holds in place of a digest.
const START: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// The ledger of an output folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ledger {
    lines: Vec<String>,
    entries: Vec<LedgerEntry>,
    /// Where the last line about each packet stands among them.
    newest: BTreeMap<Kind, BTreeMap<String, usize>>,
    ticks: Vec<Tick>,
    withdrawals: Vec<Withdrawal>,
}

/// One line of the ledger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LedgerEntry {
    /// The version of this layout.
    pub schema: u32,
    /// The line's number, from 1.
    pub seq: u64,
    /// SHA-256 of the line before, in hex; zeros in the first.
    pub prev: String,
    /// What happened.
    pub event: Event,
    /// The edition it happened to.
    #[serde(flatten)]
    pub edition: Edition,
    /// What was recorded of an execution or an exercise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record: Option<RecordEntry>,
}

/// What the ledger remembers of an execution or an exercise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordEntry {
    /// The day it began.
    pub day: String,
    /// The initials of all who signed, as one phrase.
    pub by: String,
    /// Whether every step came to something.
    pub finished: bool,
    /// `met`, `missed`, `open`, `no-objective` or `unknown`.
    pub rto: String,
    /// SHA-256 of the checklist that was read, in hex.
    pub checklist: String,
    /// The files of the record.
    pub files: Vec<FileEntry>,
}

/// An edition of a packet, as the ledger remembers it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(
    clippy::struct_field_names,
    reason = "the ledger's lines name an edition's number so"
)]
pub struct Edition {
    /// Server or pool.
    pub kind: Kind,
    /// Canonical FQDN.
    pub fqdn: String,
    /// The edition, from 1.
    pub edition: u32,
    /// As printed on every page.
    pub fingerprint: String,
    /// The day the edition was first issued.
    pub issued: String,
    /// The day the worksheets were judged against in the run that wrote the line.
    pub as_of: String,
    /// Until when it may be trusted, where a worksheet says so.
    pub valid_until: Option<String>,
    /// The ids of the rows of the decision table that apply.
    pub scenarios: Vec<String>,
    /// Ready, gaps or blocked.
    pub status: StatusEntry,
    /// What changed against the edition before, in a few words.
    pub what: String,
}

/// What happened to an edition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Event {
    /// It was issued, or issued again after it was retired.
    Issued,
    /// Its row is gone, and it was moved aside.
    Retired,
    /// It was found in a folder whose ledger was lost, and taken over with `--adopt`.
    Adopted,
    /// It was worked through, and the checklist came back.
    Recorded,
    /// It was worked through as an exercise.
    Drilled,
}

impl Event {
    /// The version of the layout a line of this event needs, so that an older program says it is too old.
    fn schema(self) -> u32 {
        match self {
            Self::Issued | Self::Retired | Self::Adopted => 1,
            Self::Recorded | Self::Drilled => 2,
        }
    }
}

impl Ledger {
    /// The newest version of the layout this program writes and reads.
    pub const SCHEMA: u32 = 3;

    /// Reads a ledger and follows its chain.
    ///
    /// # Errors
    ///
    /// The first line that cannot be read or does not follow.
    pub fn parse(text: &str) -> Result<Self, LedgerFault> {
        let mut ledger = Self::default();
        for (line, number) in text.lines().zip(1..) {
            let read = Line::read(line, number)?;
            if read.follows() != (number, ledger.head_digest().as_str()) {
                return Err(LedgerFault::Broken(number));
            }
            ledger.lines.push(line.to_owned());
            match read {
                Line::Entry(entry) => ledger.enter(*entry),
                Line::Tick(tick) => ledger.ticks.push(tick),
                Line::Withdrawal(line) => ledger.withdrawals.push(line),
            }
        }
        Ok(ledger)
    }

    /// The bytes of `ledger.jsonl`.
    pub fn to_bytes(&self) -> Vec<u8> {
        let lines = self.lines.iter().map(|line| format!("{line}\n"));
        lines.collect::<String>().into_bytes()
    }

    /// Adds a line.
    ///
    /// # Errors
    ///
    /// None that is known: every value of these types has a form in JSON.
    pub fn append(&mut self, event: Event, edition: Edition) -> Result<(), PublishError> {
        self.add(event, edition, None)
    }

    /// Adds a line about an execution or an exercise of an edition, which stays the one it was.
    ///
    /// # Errors
    ///
    /// As [`Ledger::append`].
    pub fn append_record(
        &mut self,
        event: Event,
        edition: Edition,
        record: RecordEntry,
    ) -> Result<(), PublishError> {
        self.add(event, edition, Some(record))
    }

    fn add(
        &mut self,
        event: Event,
        edition: Edition,
        record: Option<RecordEntry>,
    ) -> Result<(), PublishError> {
        let entry = LedgerEntry {
            schema: event.schema(),
            seq: self.lines.len() as u64 + 1,
            prev: self.head_digest(),
            event,
            edition,
            record,
        };
        self.push(&entry)?;
        self.enter(entry);
        Ok(())
    }

    /// Adds a line about a printed page, which says nothing new of any edition.
    ///
    /// # Errors
    ///
    /// As [`Ledger::append`].
    pub fn append_tick(
        &mut self,
        event: Handled,
        page: Page,
        day: String,
    ) -> Result<(), PublishError> {
        let tick = Tick {
            schema: Self::SCHEMA,
            seq: self.lines.len() as u64 + 1,
            prev: self.head_digest(),
            event,
            page,
            day,
        };
        self.push(&tick)?;
        self.ticks.push(tick);
        Ok(())
    }

    /// Adds a line that takes a record back.
    ///
    /// # Errors
    ///
    /// As [`Ledger::append`].
    pub fn append_withdrawal(&mut self, record: u64, day: String) -> Result<(), PublishError> {
        let line = Withdrawal {
            schema: Self::SCHEMA,
            seq: self.lines.len() as u64 + 1,
            prev: self.head_digest(),
            event: Withdrawn::Withdrawn,
            record,
            day,
        };
        self.push(&line)?;
        self.withdrawals.push(line);
        Ok(())
    }

    fn push(&mut self, line: &impl Serialize) -> Result<(), PublishError> {
        let line = serde_json::to_string(line)
            .map_err(|error| PublishError::disk("write", Path::new(LEDGER))(error.into()))?;
        self.lines.push(line);
        Ok(())
    }

    /// What was said of printed pages, oldest first.
    pub fn ticks(&self) -> &[Tick] {
        &self.ticks
    }

    /// The withdrawal of the record in this line of the ledger.
    pub fn withdrawal(&self, record: u64) -> Option<&Withdrawal> {
        self.withdrawals.iter().find(|it| it.record == record)
    }

    /// The lines about editions, oldest first.
    pub fn entries(&self) -> &[LedgerEntry] {
        &self.entries
    }

    /// Whether nothing was ever issued.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// What was last said of a packet.
    pub fn last(&self, kind: Kind, fqdn: &str) -> Option<&LedgerEntry> {
        let at = self.newest.get(&kind)?.get(fqdn)?;
        self.entries.get(*at)
    }

    fn enter(&mut self, entry: LedgerEntry) {
        let Edition { kind, fqdn, .. } = &entry.edition;
        let newest = self.newest.entry(*kind).or_default();
        newest.insert(fqdn.clone(), self.entries.len());
        self.entries.push(entry);
    }

    /// What the manifest remembers of this ledger.
    pub fn head(&self) -> LedgerHead {
        LedgerHead {
            entries: self.lines.len() as u64,
            sha256: self.head_digest(),
        }
    }

    /// Whether this is the ledger a manifest was written with.
    ///
    /// # Errors
    ///
    /// What differs.
    pub fn matches(&self, head: &LedgerHead) -> Result<(), LedgerFault> {
        let entries = self.lines.len() as u64;
        if entries < head.entries {
            return Err(LedgerFault::Short(entries, head.entries));
        }
        if self.head() == *head {
            Ok(())
        } else {
            Err(LedgerFault::Other)
        }
    }

    fn head_digest(&self) -> String {
        self.lines.last().map_or_else(
            || START.to_owned(),
            |line| digest::sha256_hex(line.as_bytes()),
        )
    }
}

/// A line as it was read.
enum Line {
    Entry(Box<LedgerEntry>),
    Tick(Tick),
    Withdrawal(Withdrawal),
}

impl Line {
    /// The version of the layout is looked at first, since another one need not fit.
    fn read(line: &str, number: u64) -> Result<Self, LedgerFault> {
        #[derive(Deserialize)]
        struct Kind {
            schema: u32,
            event: String,
        }
        let unreadable =
            |error: serde_json::Error| LedgerFault::Unreadable(number, error.to_string());
        let kind: Kind = serde_json::from_str(line).map_err(unreadable)?;
        if kind.schema > Ledger::SCHEMA {
            return Err(LedgerFault::Newer(number, kind.schema));
        }
        Ok(if Handled::is_one(&kind.event) {
            Self::Tick(serde_json::from_str(line).map_err(unreadable)?)
        } else if kind.event == Withdrawn::WORD {
            Self::Withdrawal(serde_json::from_str(line).map_err(unreadable)?)
        } else {
            Self::Entry(serde_json::from_str(line).map_err(unreadable)?)
        })
    }

    /// Its number, and the digest of the line before it.
    fn follows(&self) -> (u64, &str) {
        match self {
            Self::Entry(entry) => (entry.seq, &entry.prev),
            Self::Tick(tick) => (tick.seq, &tick.prev),
            Self::Withdrawal(line) => (line.seq, &line.prev),
        }
    }
}

impl fmt::Display for LedgerFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(line, why) => write!(f, "line {line} cannot be read ({why})"),
            Self::Newer(line, schema) => write!(
                f,
                "line {line} was written by a newer version of this program (schema {schema}; this one knows {})",
                Ledger::SCHEMA
            ),
            Self::Broken(line) => write!(
                f,
                "line {line} does not follow the line before it: a line was removed, moved or edited"
            ),
            Self::Short(found, written) => write!(
                f,
                "it has {found} lines, and {written} were written: lines are missing at the end"
            ),
            Self::Other => {
                f.write_str("its last line is not the one the manifest was written with")
            }
        }
    }
}

impl std::error::Error for LedgerFault {}

#[cfg(test)]
mod tests;
