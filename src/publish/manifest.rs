//! `manifest.json`: what was issued, from what, with digests. A contract: fields may be added, none renamed.
//!
//! Paths are relative with `/`, dates are ISO 8601 or null.

use std::collections::BTreeMap;
use std::path::Path;
use std::{fmt, io};

use serde::{Deserialize, Serialize};

use super::fault::{ManifestError, Unusable};
use super::files::is_inside;
use super::{FindingEntry, MANIFEST, PublishError, disk};
use crate::editions::Changes;
use crate::finding::SubjectKind;
use crate::packets::{Status, ValidUntil};
use crate::text::digest;

/// The manifest of an output folder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The version of this layout, [`Manifest::SCHEMA`].
    pub schema: u32,
    /// The program and its version, for example "restore-packets 0.2.0".
    pub tool: String,
    /// The day the worksheets were judged against.
    pub as_of: String,
    /// The backup cycle the packets were built with.
    pub cycle: CycleEntry,
    /// The worksheets that were read.
    pub sources: Vec<SourceEntry>,
    /// Index, cycle sheet, binder, changes: what belongs to no single packet.
    pub files: Vec<FileEntry>,
    /// The packets, servers before pools, each by FQDN.
    pub packets: Vec<PacketEntry>,
    /// Execution records, by path; they stay whatever becomes of the packets.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub records: Vec<FileEntry>,
    /// What changed in the last run that changed anything.
    #[serde(default)]
    pub changes: Option<Changes>,
    /// What the program keeps beside the packets and trusts later; nothing in older manifests and in bundles.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub state: Vec<FileEntry>,
    /// The end of the ledger; null in folders older than the ledger.
    #[serde(default)]
    pub ledger: Option<LedgerHead>,
    /// In a bundle: which one it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bundle: Option<BundleEntry>,
}

/// The end of a ledger, as the manifest remembers it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LedgerHead {
    /// How many lines there are.
    pub entries: u64,
    /// SHA-256 of the last line, in hex.
    pub sha256: String,
}

/// A sheet that rows were read from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetEntry {
    /// Its name; null for CSV, which has no sheets.
    pub sheet: Option<String>,
    /// What it was recognised as: `servers`, `pools` and so on.
    pub kind: String,
    /// How many rows became records.
    pub rows: usize,
    /// How many cells under each heading of ours said something; none in manifests that are older than this list.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub filled: BTreeMap<String, usize>,
}

/// A sheet that a packet was made from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ReadEntry {
    /// Relative to the worksheets folder.
    pub path: String,
    /// Its name; null for CSV.
    pub sheet: Option<String>,
}

/// A bundle, or one of its parts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BundleEntry {
    /// The change record it was made for.
    pub change: String,
    /// The profile that says what it leaves out.
    pub profile: String,
    /// The kinds of values that were looked for, in words; none in bundles that are older than this list.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub looked_for: Vec<String>,
    /// From 1.
    pub part: usize,
    /// How many parts there are.
    pub parts: usize,
}

/// The last day a page may be trusted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ValidEntry {
    /// The day.
    pub date: String,
    /// What ends it.
    pub why: String,
}

impl ValidEntry {
    /// The view of a validity.
    pub fn of(until: &ValidUntil) -> Self {
        Self {
            date: until.date.to_string(),
            why: until.why.clone(),
        }
    }
}

/// The current backup cycle.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CycleEntry {
    pub name: Option<String>,
    /// When its backups were complete.
    pub completed: Option<String>,
    /// The share: the value of `$Backup`.
    pub backup_location: Option<String>,
    /// Until when the cycle sheet may be trusted.
    #[serde(default)]
    pub valid_until: Option<ValidEntry>,
}

/// A worksheet file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceEntry {
    /// Relative to the worksheets folder.
    pub path: String,
    /// SHA-256, in hex.
    pub sha256: String,
    /// The sheets whose rows were used; none in manifests that are older than this list.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sheets: Vec<SheetEntry>,
    /// The day it was read last, where some of its rows could not be had since: then this entry is of that day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_refreshed_since: Option<String>,
}

/// A file that was issued.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileEntry {
    /// Relative to the output folder.
    pub path: String,
    /// `md`, `html`, `xlsx`, `json` or `pdf`.
    pub format: String,
    /// SHA-256, in hex.
    pub sha256: String,
    /// The size.
    pub bytes: u64,
}

/// A packet that was issued.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PacketEntry {
    /// Server or pool.
    pub kind: Kind,
    /// Canonical FQDN.
    pub fqdn: String,
    /// The packet's title.
    pub title: String,
    /// 1 for the first; rises only when the content changes.
    pub edition: u32,
    /// As printed on every page.
    pub fingerprint: String,
    /// The day this edition was first issued.
    pub issued: String,
    /// Until when the packet may be trusted.
    #[serde(default)]
    pub valid_until: Option<ValidEntry>,
    /// Ready, gaps or blocked as of the day: what it relies on and is expired then makes it `gaps`, whatever its pages say.
    pub status: StatusEntry,
    /// The ids of the rows of the decision table that apply.
    pub scenarios: Vec<String>,
    /// Its files, one for each format.
    pub files: Vec<FileEntry>,
    /// The findings that concern it, those too that hang on the day and stand on none of its pages.
    pub findings: Vec<FindingEntry>,
    /// The sheets it was made from; none in manifests that are older than this list, and in bundles.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub read: Vec<ReadEntry>,
    /// The day it was refreshed last, where a sheet it was made from could not be had since.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_refreshed_since: Option<String>,
}

/// Servers and pools have separate name spaces.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A row of the servers worksheet.
    Server,
    /// A row of the pools worksheet.
    Pool,
}

impl Kind {
    /// `server` or `pool`, as in the manifest.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Server => "server",
            Self::Pool => "pool",
        }
    }
}

/// Whether a packet can be worked through as printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum StatusEntry {
    /// A step cannot be carried out as recorded, or there is no procedure.
    Blocked,
    /// A command or a required fact has a blank, or what it rests on is in doubt or over.
    Gaps,
    /// Nothing is missing.
    Ready,
}

impl StatusEntry {
    /// `blocked`, `gaps` or `ready`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Blocked => "blocked",
            Self::Gaps => "gaps",
            Self::Ready => "ready",
        }
    }
}

impl Manifest {
    /// The version of the layout this program writes, and the only one it reads.
    pub const SCHEMA: u32 = 2;

    /// Reads the manifest of an output folder; `None` where there is none yet.
    ///
    /// # Errors
    ///
    /// When it cannot be read, is damaged, or was written by another version.
    pub fn read(output: &Path) -> Result<Option<Self>, PublishError> {
        let path = output.join(MANIFEST);
        let Some(bytes) = disk::read(&path)? else {
            return Ok(None);
        };
        Ok(Some(
            Self::parse(&bytes).map_err(|why| ManifestError { path, why })?,
        ))
    }

    /// Reads a manifest that stands in no output folder, as in a bundle.
    ///
    /// # Errors
    ///
    /// Why it cannot be used.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, String> {
        Self::parse(bytes).map_err(|why| why.to_string())
    }

    /// Reads a manifest from its bytes. The version is looked at first, for another layout need not fit.
    fn parse(bytes: &[u8]) -> Result<Self, Unusable> {
        #[derive(Deserialize)]
        struct Version {
            schema: u32,
        }
        let damaged = |error: serde_json::Error| Unusable::Damaged(error.to_string());
        let version: Version = serde_json::from_slice(bytes).map_err(damaged)?;
        if version.schema != Self::SCHEMA {
            return Err(Unusable::Other(version.schema));
        }
        let manifest: Self = serde_json::from_slice(bytes).map_err(damaged)?;
        // Retiring moves the files a manifest names, so it must not name any outside the folder.
        if let Some(file) = manifest
            .issued_files()
            .chain(&manifest.state)
            .find(|file| !is_inside(&file.path))
        {
            return Err(Unusable::Damaged(format!("it names `{}`", file.path)));
        }
        Ok(manifest)
    }

    /// The bytes of `manifest.json`.
    ///
    /// # Errors
    ///
    /// None that is known: every value of these types has a form in JSON.
    pub fn to_bytes(&self) -> io::Result<Vec<u8>> {
        let mut bytes = serde_json::to_vec_pretty(self)?;
        bytes.push(b'\n');
        Ok(bytes)
    }

    /// Every file it names.
    pub fn issued_files(&self) -> impl Iterator<Item = &FileEntry> {
        let packets = self.packets.iter().flat_map(|packet| &packet.files);
        self.files.iter().chain(packets).chain(&self.records)
    }

    /// Its files' digests by path.
    pub(super) fn digests(&self) -> BTreeMap<&str, &str> {
        self.issued_files()
            .map(|file| (file.path.as_str(), file.sha256.as_str()))
            .collect()
    }

    /// Takes packets over from the previous manifest that this run did not build but that are still issued,
    /// as after `--only`. Packets this run built are not replaced.
    pub fn carry_over(&mut self, previous: &Self, is_kept: impl Fn(&PacketEntry) -> bool) {
        for packet in previous.packets.iter().filter(|packet| is_kept(packet)) {
            let is_same = |own: &PacketEntry| (own.kind, &own.fqdn) == (packet.kind, &packet.fqdn);
            if !self.packets.iter().any(is_same) {
                self.packets.push(packet.clone());
            }
        }
        self.packets
            .sort_by(|a, b| (a.kind, &a.fqdn).cmp(&(b.kind, &b.fqdn)));
    }
}

impl FileEntry {
    /// The entry of a file with these bytes.
    pub fn of(path: impl Into<String>, format: impl Into<String>, bytes: &[u8]) -> Self {
        Self {
            path: path.into(),
            format: format.into(),
            sha256: digest::sha256_hex(bytes),
            bytes: bytes.len() as u64,
        }
    }
}

impl From<SubjectKind> for Kind {
    fn from(kind: SubjectKind) -> Self {
        match kind {
            SubjectKind::Server => Self::Server,
            SubjectKind::Pool => Self::Pool,
        }
    }
}

impl From<StatusEntry> for Status {
    fn from(status: StatusEntry) -> Self {
        match status {
            StatusEntry::Blocked => Self::Blocked,
            StatusEntry::Gaps => Self::Gaps,
            StatusEntry::Ready => Self::Ready,
        }
    }
}

impl From<Status> for StatusEntry {
    fn from(status: Status) -> Self {
        match status {
            Status::Blocked => Self::Blocked,
            Status::Gaps => Self::Gaps,
            Status::Ready => Self::Ready,
        }
    }
}

impl fmt::Display for ManifestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` {}", self.path.display(), self.why)
    }
}

impl fmt::Display for Unusable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Damaged(why) => write!(f, "is damaged ({why})"),
            Self::Other(schema) => write!(
                f,
                "was written by another version of this program (schema {schema}; this one knows {})",
                Manifest::SCHEMA
            ),
        }
    }
}

impl std::error::Error for ManifestError {}

#[cfg(test)]
mod tests;
