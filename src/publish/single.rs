//! One file by itself, for commands that write a document of their own and no packets.

use std::fs;
use std::path::Path;

use super::{PublishError, STAGED, disk};

/// Puts a file into a folder, whole or not at all: written beside its place first, then renamed.
///
/// # Errors
/// The folder or the file cannot be written; the path is named.
pub fn single(folder: &Path, name: &str, bytes: &[u8]) -> Result<(), PublishError> {
    let target = folder.join(name);
    let staged = folder.join(format!("{STAGED}{name}"));
    disk::create_parent(&target)?;
    disk::remove(&staged)?;
    disk::write_synced(&staged, bytes)?;
    fs::rename(&staged, &target).map_err(|error| {
        // Nothing is left beside what could not be replaced.
        let _ = disk::remove(&staged);
        PublishError::disk("write", &target)(disk::plain(&target, error))
    })?;
    disk::sync_folder(folder);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_and_nothing_is_left_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("output");
        single(&inner, "plan.md", b"one").unwrap();
        single(&inner, "plan.md", b"two").unwrap();
        assert_eq!(fs::read(inner.join("plan.md")).unwrap(), b"two");
        assert_eq!(fs::read_dir(&inner).unwrap().count(), 1);
        let error = single(&inner.join("plan.md"), "x.md", b"x").unwrap_err();
        assert!(error.to_string().contains("plan.md"), "{error}");
    }
}
