//! Whether issued files still stand as issued, without reading them where their size and age already say so.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::{FileEntry, MANIFEST, disk};
use crate::text::digest;

/// When the manifest was last written, in seconds since 1970; the last run that changed anything wrote it.
pub fn written(output: &Path) -> Option<i64> {
    let moment = fs::metadata(output.join(MANIFEST)).ok()?.modified().ok()?;
    let since = moment.duration_since(SystemTime::UNIX_EPOCH).ok()?;
    i64::try_from(since.as_secs()).ok()
}

/// The files of an output folder, asked for one by one.
#[derive(Clone, Debug)]
pub struct Presence {
    root: PathBuf,
    /// When the manifest was written, which is after every file it names.
    issued: Option<SystemTime>,
}

impl Presence {
    /// The files of this output folder.
    pub fn of(output: &Path) -> Self {
        let manifest = fs::metadata(output.join(MANIFEST));
        Self {
            root: output.to_owned(),
            issued: manifest.and_then(|metadata| metadata.modified()).ok(),
        }
    }

    /// Whether a file is what was issued. A file of the right size that is older than the manifest is taken for
    /// it; one that is newer is read.
    pub fn is_as_issued(&self, file: &FileEntry) -> bool {
        let path = self.root.join(&file.path);
        let Ok(metadata) = fs::metadata(&path) else {
            return false;
        };
        if !metadata.is_file() || metadata.len() != file.bytes {
            return false;
        }
        let older = metadata
            .modified()
            .ok()
            .zip(self.issued)
            .is_some_and(|(file, manifest)| file <= manifest);
        older || self.digest(&file.path).as_deref() == Some(&file.sha256)
    }

    fn digest(&self, path: &str) -> Option<String> {
        let bytes = disk::read(&self.root.join(path)).ok()??;
        Some(digest::sha256_hex(&bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_as_issued_until_somebody_changes_it() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
        write("a.md", "abc");
        write(MANIFEST, "{}");
        let entry = FileEntry::of("a.md", "md", b"abc");
        let is_as_issued = || Presence::of(folder.path()).is_as_issued(&entry);
        assert!(is_as_issued());
        write("a.md", "abcd");
        assert!(!is_as_issued());
        fs::remove_file(folder.path().join("a.md")).unwrap();
        assert!(!is_as_issued());
        // Longer than any file system's clock ticks.
        std::thread::sleep(std::time::Duration::from_millis(50));
        write("a.md", "abd");
        assert!(!is_as_issued(), "same size, newer, other content");
        write("a.md", "abc");
        assert!(is_as_issued(), "newer, but the same content");
    }
}
