//! Bodies on their way: each is written beside its place as soon as it is rendered, so that a run holds few of them.
//!
//! Entry point: [`Staging::body`], which may be called from several threads. A mark on disk says that bodies are on
//! their way; whoever opens the folder after a run that was killed finds it and [sweeps](sweep) them away. They are
//! synced together when they are published.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use super::files::{Body, is_publishable};
use super::{PublishError, RETIRED, STAGED, STAGING, disk};
use crate::named_file;
use crate::text::digest;

/// Takes bodies for one output folder.
#[derive(Debug)]
pub struct Staging {
    root: PathBuf,
    /// Whether the mark stands; it is made before the first body.
    marked: OnceLock<bool>,
}

impl Staging {
    pub(super) fn of(root: &Path) -> Self {
        Self {
            root: root.to_owned(),
            marked: OnceLock::new(),
        }
    }

    /// Stages a body. One that cannot be staged is held, so that publishing says why.
    pub fn body(&self, path: &str, bytes: Vec<u8>) -> Body {
        let may_be = is_publishable(path) && *self.marked.get_or_init(|| self.mark().is_ok());
        if may_be && stage_one(&self.root, path, &bytes).is_ok() {
            Body::Staged {
                sha256: digest::sha256_hex(&bytes),
                bytes: bytes.len() as u64,
            }
        } else {
            Body::Held(bytes)
        }
    }

    /// The bytes of a body that was staged.
    pub fn read(&self, path: &str) -> Option<Vec<u8>> {
        named_file::read(&self.root.join(staged_path(path)), named_file::LARGEST).ok()
    }

    fn mark(&self) -> Result<(), PublishError> {
        let mark = self.root.join(STAGING);
        disk::create_parent(&mark)?;
        disk::remove(&mark)?;
        disk::write_synced(&mark, b"")
    }
}

/// Takes away what was staged and is in no place, but for what is `kept`, and the mark last.
pub(super) fn sweep(root: &Path, kept: &BTreeSet<&str>) -> Result<(), PublishError> {
    let mark = root.join(STAGING);
    if !mark.exists() {
        return Ok(());
    }
    sweep_folder(root, "", kept)?;
    disk::remove(&mark)
}

fn sweep_folder(root: &Path, folder: &str, kept: &BTreeSet<&str>) -> Result<(), PublishError> {
    for place in disk::files_in(&root.join(folder))? {
        let name = place.file_name().unwrap_or_default().to_string_lossy();
        let path = match folder {
            "" => name.to_string(),
            folder => format!("{folder}/{name}"),
        };
        if name.starts_with(STAGED) {
            if !kept.contains(path.as_str()) {
                disk::remove(&place)?;
            }
        } else if path != RETIRED && place.is_dir() && !place.is_symlink() {
            sweep_folder(root, &path, kept)?;
        }
    }
    Ok(())
}

/// The staged file beside its target, so that moving it never crosses a file system.
pub(super) fn staged_path(path: &str) -> String {
    match path.rsplit_once('/') {
        Some((folder, name)) => format!("{folder}/{STAGED}{name}"),
        None => format!("{STAGED}{path}"),
    }
}

/// Writes a body beside its place. It is not synced.
pub(super) fn stage_one(root: &Path, path: &str, bytes: &[u8]) -> Result<(), PublishError> {
    let staged = root.join(staged_path(path));
    disk::create_parent(&staged)?;
    let written = disk::remove(&staged).and_then(|()| disk::write(&staged, bytes));
    written.map_err(|error| {
        // Half a file is of no use; if it cannot be removed, the next attempt does it.
        let _ = disk::remove(&staged);
        error.about(&root.join(path))
    })
}
