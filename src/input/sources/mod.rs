//! Sources: paths in, bytes and digests out. The only reader of worksheet files.
//!
//! Entry point: [`gather`].
//!
//! 1. `walk` lists the files behind the paths, and says what it leaves out
//! 2. `file` reads each of them once, within bounds, and only if it is a regular file
//! 3. `names` gives each a name that is unique and the same on every machine

mod file;
mod folders;
mod names;
mod texts;
mod walk;

use std::collections::BTreeMap;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::finding::{Finding, Place};
use crate::text::digest::sha256_hex;
use crate::text::reserved;

pub use file::MAX_FILE;
pub use folders::{Nearness, nearness, real};
pub use texts::{text, texts};
pub use walk::holds_worksheets;

/// Whether a file is, by its name, a document beside the worksheets and no worksheet.
pub fn is_document(path: &Path) -> bool {
    walk::is_document(&path.to_string_lossy())
}

/// One worksheet file, as it was when it was read.
#[derive(Clone, Debug)]
pub struct Source {
    /// Its name in places and in all output: relative to the folder the user named, with `/`, unique.
    pub name: Arc<str>,
    /// Its path as the user would give it, for the terminal.
    pub shown: String,
    /// Its content.
    pub bytes: Arc<[u8]>,
    /// The SHA-256 digest of its content, in lower case hexadecimal.
    pub sha256: String,
}

/// What was found behind the paths.
#[derive(Clone, Debug, Default)]
pub struct Gathered {
    /// The files, sorted by name.
    pub sources: Vec<Source>,
    /// Documents that lie beside them, sorted by name.
    pub documents: Vec<Source>,
    /// Files that could not be read, or are no worksheets.
    pub findings: Vec<Finding>,
    /// The path of every file that a finding may name, as the user would give it, by the file's name.
    pub shown: BTreeMap<String, String>,
}

/// A path the user named that does not exist or cannot be opened at all.
#[derive(Debug)]
pub struct SourceError {
    /// The path as the user gave it.
    pub path: PathBuf,
    /// What the system says.
    pub error: io::Error,
}

impl fmt::Display for SourceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot read `{}`: {}", self.path.display(), self.error)
    }
}

impl std::error::Error for SourceError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.error)
    }
}

/// Reads every worksheet file behind the paths: files as they are named, folders with all they hold.
///
/// A file named twice, by whatever route, is read once. A file in a folder that cannot be read is a finding.
///
/// # Errors
///
/// Fails if one of the paths does not exist, or is a folder that cannot be listed.
pub fn gather(paths: &[PathBuf]) -> Result<Gathered, SourceError> {
    gather_but(paths, &|_| None)
}

/// The same, but for folders that `leave_out` answers for, with what they are: a finding says so.
///
/// # Errors
///
/// As [`gather`].
pub fn gather_but(
    paths: &[PathBuf],
    leave_out: &dyn Fn(&Path) -> Option<String>,
) -> Result<Gathered, SourceError> {
    let listing = walk::list(paths, leave_out)?;
    let named = names::assign(&listing.found);
    let mut gathered = Gathered {
        shown: listing.noted,
        ..Gathered::default()
    };
    for (found, name) in listing.found.iter().zip(named) {
        let shown = found.path.display().to_string();
        gathered.shown.insert(name.to_string(), shown.clone());
        let mark = reserved::first(&found.path.to_string_lossy());
        if let Some(mark) = mark.filter(|_| name.contains(reserved::REPLACEMENT)) {
            let place = Place::file(Arc::clone(&name));
            let finding = reserved::found("the file's name", mark, &place);
            gathered.findings.push(finding);
        }
        match file::read(&found.path) {
            Ok(bytes) => {
                let list = if walk::is_document(&name) {
                    &mut gathered.documents
                } else {
                    &mut gathered.sources
                };
                list.push(Source {
                    shown,
                    sha256: sha256_hex(&bytes),
                    bytes: bytes.into(),
                    name,
                });
            }
            Err(trouble) => gathered.findings.push(trouble.at(&Place::file(name))),
        }
    }
    gathered.findings.extend(listing.findings);
    gathered.sources.sort_by(|a, b| a.name.cmp(&b.name));
    gathered.documents.sort_by(|a, b| a.name.cmp(&b.name));
    gathered.findings.sort();
    Ok(gathered)
}
