//! What stops publishing altogether: the disk, another run, a damaged manifest. The path is always named.

use std::path::{Path, PathBuf};
use std::{fmt, io};

use super::fault::{Failure, LedgerFault, ManifestError};
use super::files::BadPath;

/// Why nothing could be published.
#[derive(Debug)]
pub enum PublishError {
    /// The disk refused.
    Disk {
        /// What was tried, for example "write".
        action: &'static str,
        /// On what.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Another run holds the lock of this folder; which one, if it could be read.
    Busy(PathBuf, String),
    /// The journal of an interrupted run cannot be understood.
    Journal(PathBuf, String),
    /// A file without which nothing is issued cannot be replaced.
    Obstacle(Failure),
    /// A path in a file list leads out of the output folder.
    BadPath(BadPath),
    /// The manifest cannot be used.
    Manifest(ManifestError),
    /// The ledger cannot be used.
    Ledger(PathBuf, LedgerFault),
    /// A run was interrupted while it published, and has not been finished.
    Interrupted(PathBuf),
    /// A manifest or ledger that must be there is not.
    Lost(PathBuf),
}

impl PublishError {
    /// Whether manifest or ledger are the trouble.
    pub(super) fn is_about_records(&self) -> bool {
        matches!(self, Self::Manifest(_) | Self::Ledger(..) | Self::Lost(_))
    }

    /// What helps, where manifest or ledger are the trouble.
    pub fn cure(&self) -> Option<&'static str> {
        let of_another_version = matches!(self, Self::Manifest(it) if it.is_of_another_version());
        if of_another_version {
            Some(
                "run `build --adopt`, which keeps every file and takes over the editions; or go on with that version",
            )
        } else {
            self.is_about_records().then_some(
                "restore the file from a backup; or run `build --adopt`, which keeps every file and rebuilds what it can",
            )
        }
    }

    /// Adds to an error of the system what was tried on which path.
    pub(super) fn disk(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::Disk {
            action,
            path: path.to_owned(),
            source,
        }
    }

    /// Names the file the user knows in place of the one it was staged as.
    pub(super) fn about(self, target: &Path) -> Self {
        match self {
            Self::Disk { action, source, .. } => Self::Disk {
                action,
                path: target.to_owned(),
                source,
            },
            other => other,
        }
    }
}

impl fmt::Display for PublishError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Disk {
                action,
                path,
                source,
            } => write!(f, "cannot {action} `{}`: {source}", path.display()),
            Self::Busy(path, holder) => write!(
                f,
                "another run{} is writing to `{}`; wait until it has ended and try again",
                if holder.is_empty() {
                    String::new()
                } else {
                    format!(" ({holder})")
                },
                path.display()
            ),
            Self::Journal(path, why) => write!(
                f,
                "the journal of an interrupted run, `{}`, is damaged ({why}); delete it and build again",
                path.display()
            ),
            Self::Obstacle(failure) => failure.fmt(f),
            Self::BadPath(bad) => bad.fmt(f),
            Self::Manifest(error) => error.fmt(f),
            Self::Ledger(path, fault) => write!(f, "`{}`: {fault}", path.display()),
            Self::Interrupted(path) => write!(
                f,
                "a run was interrupted while it wrote to `{}`; build again, which finishes it first",
                path.display()
            ),
            Self::Lost(path) => write!(
                f,
                "`{}` is missing from a folder that packets were issued to",
                path.display()
            ),
        }
    }
}

impl std::error::Error for PublishError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Disk { source, .. } => Some(source),
            _ => None,
        }
    }
}

impl From<ManifestError> for PublishError {
    fn from(error: ManifestError) -> Self {
        Self::Manifest(error)
    }
}

impl From<BadPath> for PublishError {
    fn from(bad: BadPath) -> Self {
        Self::BadPath(bad)
    }
}

impl From<Failure> for PublishError {
    fn from(failure: Failure) -> Self {
        Self::Obstacle(failure)
    }
}
