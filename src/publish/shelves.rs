//! The two shelves files are verified on: an output folder, and a zip archive.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use super::files::is_inside;
use super::verify::Shelf;
use super::{JOURNAL, MANIFEST, Manifest, RETIRED, STAGED};
use crate::archive::Archive;
use crate::finding::words;
use crate::named_file;

/// An output folder, or a copy of one.
pub struct Folder {
    root: PathBuf,
}

impl Folder {
    /// The folder at this path.
    pub fn at(root: &Path) -> Self {
        Self {
            root: root.to_owned(),
        }
    }

    fn walk(&self, folder: &str, paths: &mut Vec<String>) {
        let Ok(entries) = fs::read_dir(self.root.join(folder)) else {
            return;
        };
        for entry in entries.flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let path = match folder {
                "" => name.clone(),
                folder => format!("{folder}/{name}"),
            };
            let is_own = path == ".state" || path == RETIRED || name.starts_with(STAGED);
            match entry.file_type() {
                _ if is_own => {}
                Ok(kind) if kind.is_dir() => self.walk(&path, paths),
                _ => paths.push(path),
            }
        }
    }
}

impl Shelf for Folder {
    fn paths(&self) -> Vec<String> {
        let mut paths = Vec::new();
        self.walk("", &mut paths);
        if self.root.join(JOURNAL).exists() {
            paths.push(JOURNAL.to_owned());
        }
        paths.sort();
        paths
    }

    fn bytes(&mut self, path: &str, limit: u64) -> Option<Vec<u8>> {
        let path = self.root.join(path);
        named_file::beginning(&path, limit.saturating_add(1)).ok()
    }

    fn is_issued_to(&self) -> bool {
        true
    }

    fn is_folder(&self, path: &str) -> bool {
        self.root.join(path).is_dir()
    }
}

/// How a restore plan begins that `plan` writes beside the packets.
const PLAN: &str = "plan.";

/// The files of an output folder that this program did not write.
pub fn foreign(output: &Path, manifest: &Manifest) -> Vec<String> {
    let issued: BTreeSet<&str> = manifest.issued_files().map(|it| it.path.as_str()).collect();
    let mut paths = Folder::at(output).paths();
    let own = [MANIFEST, super::LEDGER, JOURNAL];
    paths.retain(|path| {
        let is_own = own.contains(&path.as_str()) || path.starts_with(PLAN);
        !issued.contains(path.as_str()) && !is_own
    });
    paths
}

/// A zip archive that holds a manifest, at its top or in a folder.
pub struct Zip<'a> {
    archive: Archive<'a>,
    files: BTreeMap<String, usize>,
}

impl<'a> Zip<'a> {
    /// The archive with these bytes.
    ///
    /// # Errors
    ///
    /// Why it cannot be trusted: damaged, two files of one name, a name that climbs out, or a bomb.
    pub fn open(bytes: &'a [u8]) -> Result<Self, String> {
        let mut archive = Archive::open(bytes)?;
        if archive.repeats_names() {
            return Err("two of its files have one name".to_owned());
        }
        let names = archive.names();
        trusted(&mut archive, &names)?;
        let mut manifests: Vec<&str> = names
            .iter()
            .filter_map(|(name, _)| name.strip_suffix(MANIFEST))
            .filter(|folder| folder.is_empty() || folder.ends_with('/'))
            .collect();
        manifests.sort_by_key(|folder| folder.len());
        let top = manifests.first().copied().unwrap_or_default().to_owned();
        let files = names
            .into_iter()
            .filter(|(name, _)| !name.ends_with('/'))
            .map(|(name, index)| match name.strip_prefix(&top) {
                Some(inside) => (inside.to_owned(), index),
                // What stands beside the folder is extra, and says so by its path.
                None => (format!("/{name}"), index),
            });
        Ok(Self {
            files: files.collect(),
            archive,
        })
    }
}

/// The most files of an archive.
const MOST_FILES: usize = 100_000;
/// What the files of an archive may unpack to, all together.
const LARGEST: u64 = 2 << 30;
/// From this size on a file is not taken for one that merely packs well.
const LARGE: u64 = 100 << 20;
/// How many times its packed size a large file may unpack to.
const RATIO: u64 = 100;

/// Looks at names and declared sizes, before anything is unpacked. What a file really unpacks to is bounded where
/// it is read.
fn trusted(archive: &mut Archive<'_>, names: &[(String, usize)]) -> Result<(), String> {
    if archive.len() > MOST_FILES {
        return Err(format!("it holds {} files", archive.len()));
    }
    if names.len() < archive.len() {
        return Err("a file in it has no readable name".to_owned());
    }
    let (mut seen, mut total) = (BTreeSet::new(), 0_u64);
    for (name, index) in names {
        if !is_inside(name.trim_end_matches('/')) {
            return Err(format!(
                "`{}` leads out of the folder it is unpacked to",
                words::excerpt(name)
            ));
        }
        // Where upper and lower case are one, the second would replace the first.
        if !seen.insert(name.to_lowercase()) {
            return Err(format!(
                "two of its files have the name `{}`",
                words::excerpt(name)
            ));
        }
        let (size, packed) = archive.sizes(*index).unwrap_or((u64::MAX, 0));
        total = total.saturating_add(size);
        if size > LARGE && size / RATIO > packed {
            return Err(format!(
                "`{}` says it unpacks to {size} bytes, out of {packed}",
                words::excerpt(name)
            ));
        }
    }
    if total > LARGEST {
        return Err(format!("it says it unpacks to {total} bytes"));
    }
    Ok(())
}

impl Shelf for Zip<'_> {
    fn paths(&self) -> Vec<String> {
        self.files.keys().cloned().collect()
    }

    fn bytes(&mut self, path: &str, limit: u64) -> Option<Vec<u8>> {
        let part = self.archive.part(*self.files.get(path)?)?;
        let mut bytes = Vec::new();
        part.take(limit.saturating_add(1))
            .read_to_end(&mut bytes)
            .ok()?;
        Some(bytes)
    }

    fn is_issued_to(&self) -> bool {
        false
    }

    fn stray(&self) -> Option<&'static str> {
        self.archive.stray()
    }
}
