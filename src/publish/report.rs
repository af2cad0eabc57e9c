//! What became of each file of a run.

use std::path::PathBuf;

use super::fault::Failure;
use super::{PublishError, disk};

/// What a run did, or would do, in the output folder. Paths are relative to it, with `/`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Written, new or changed.
    pub written: Vec<String>,
    /// Already as they should be, and not touched.
    pub unchanged: Vec<String>,
    /// No longer issued, and moved aside.
    pub retired: Vec<Retired>,
    /// Changed by somebody since they were issued; the changed file was kept aside before it was replaced.
    pub kept: Vec<Retired>,
    /// Not carried out; everything else went ahead.
    pub failed: Vec<Failure>,
}

/// A file that went to `retired/`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Retired {
    /// Where it stood.
    pub from: String,
    /// Where it is now.
    pub to: String,
}

impl Failure {
    /// Makes a failure of this file out of an error that concerns it alone; passes any other error on.
    pub(super) fn local(path: PathBuf, error: PublishError) -> Result<Self, PublishError> {
        if !disk::is_local(&error) {
            return Err(error);
        }
        let reason = match error {
            PublishError::Disk {
                action,
                path: named,
                source,
            } if named == path => format!("cannot {action} it: {source}"),
            other => other.to_string(),
        };
        Ok(Self { path, reason })
    }
}
