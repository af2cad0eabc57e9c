//! Why one file cannot be used or replaced: the manifest, the ledger, or one that is to be published.
//!
//! A manifest and a ledger say in words what is wrong where their schemas are.

use std::fmt;
use std::path::PathBuf;

/// A file that could not be replaced or moved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The file, as the user can find it.
    pub path: PathBuf,
    /// Why, without a full stop.
    pub reason: String,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`: {}", self.path.display(), self.reason)
    }
}

/// A manifest that cannot be used.
#[derive(Debug)]
pub struct ManifestError {
    pub(super) path: PathBuf,
    pub(super) why: Unusable,
}

/// Why not.
#[derive(Debug)]
pub(super) enum Unusable {
    /// It is no manifest; why.
    Damaged(String),
    /// It has this other schema.
    Other(u32),
}

impl ManifestError {
    /// Whether it is whole, and another version's.
    pub(super) fn is_of_another_version(&self) -> bool {
        matches!(self.why, Unusable::Other(_))
    }
}

/// What is wrong with a ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LedgerFault {
    /// A line cannot be read; its number and why.
    Unreadable(u64, String),
    /// A line was written by a newer version; its number and schema.
    Newer(u64, u32),
    /// A line does not follow the one before it: its number.
    Broken(u64),
    /// Lines are missing at the end: how many there are, and how many were written.
    Short(u64, u64),
    /// The last lines are not those the manifest knows.
    Other,
}
