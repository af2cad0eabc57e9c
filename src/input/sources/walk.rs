//! Lists the files behind the paths the user named.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, DirEntry};
use std::io;
use std::path::{Path, PathBuf};

use crate::finding::{Code, Finding, Place};
use crate::text::reserved;

use super::SourceError;

/// The endings of files that are read from a folder. A file named by itself is read whatever its ending.
const ENDINGS: [&str; 6] = ["xlsx", "xlsm", "xlsb", "xls", "ods", "csv"];

/// The endings of documents that may lie beside worksheets.
const DOCUMENTS: [&str; 2] = ["xml", "tbxml"];

/// The project file, which lies beside the worksheets and is none.
const PROJECT_FILE: &str = "restore-packets.toml";

/// Files that systems put into folders on their own.
const SYSTEM_FILES: [&str; 2] = ["desktop.ini", "thumbs.db"];

/// How deep folders are entered; no one nests worksheets deeper, but a mounted loop can.
const DEEPEST: usize = 32;

/// Whether a folder itself holds files that are read as worksheets.
pub fn holds_worksheets(folder: &Path) -> bool {
    let folder = if folder.as_os_str().is_empty() {
        Path::new(".")
    } else {
        folder
    };
    let mut names = fs::read_dir(folder).into_iter().flatten().flatten();
    names.any(|entry| {
        let name = entry.file_name().to_string_lossy().into_owned();
        has_known_ending(&name) && !is_passed_over(&name)
    })
}

/// A file to be read.
pub(super) struct Found {
    /// Where it is.
    pub(super) path: PathBuf,
    /// The name of the folder the user named, or of the one that holds the file named.
    pub(super) folder: String,
    /// The path below that folder, with `/`.
    pub(super) relative: String,
}

/// All files, in a fixed order, and what is to be said about others.
pub(super) struct Listing<'a> {
    pub(super) found: Vec<Found>,
    pub(super) findings: Vec<Finding>,
    /// The path as the user would give it of what a finding names, by the name in the finding.
    pub(super) noted: BTreeMap<String, String>,
    seen: BTreeSet<PathBuf>,
    /// What a folder is that holds no worksheets.
    leave_out: &'a dyn Fn(&Path) -> Option<String>,
}

/// Lists everything behind the paths.
pub(super) fn list<'a>(
    paths: &[PathBuf],
    leave_out: &'a dyn Fn(&Path) -> Option<String>,
) -> Result<Listing<'a>, SourceError> {
    let mut listing = Listing {
        found: Vec::new(),
        findings: Vec::new(),
        noted: BTreeMap::new(),
        seen: BTreeSet::new(),
        leave_out,
    };
    for path in paths {
        let failed = |error| SourceError {
            path: path.clone(),
            error,
        };
        let absolute = fs::canonicalize(path).map_err(failed)?;
        if absolute.is_dir() {
            let entries = entries(path).map_err(failed)?;
            let name = file_name(&absolute);
            if !listing.is_left_out(path, &name) {
                listing.folder(entries, "", &name, 0);
            }
        } else {
            let folder = absolute.parent().map(file_name).unwrap_or_default();
            let relative = file_name(path);
            listing.file(Found {
                path: path.clone(),
                folder,
                relative,
            });
        }
    }
    Ok(listing)
}

impl Listing<'_> {
    /// Adds a file, unless it was reached before by another route.
    fn file(&mut self, found: Found) {
        let identity = fs::canonicalize(&found.path).unwrap_or_else(|_| found.path.clone());
        if self.seen.insert(identity) {
            self.found.push(found);
        }
    }

    fn folder(&mut self, entries: Vec<DirEntry>, above: &str, root: &str, depth: usize) {
        for entry in entries {
            let name = file_name(&entry.path());
            if is_passed_over(&name) {
                continue;
            }
            let relative = match above {
                "" => name.clone(),
                above => format!("{above}/{name}"),
            };
            let path = entry.path();
            let kind = entry.file_type().ok();
            if kind.is_some_and(|kind| kind.is_dir()) {
                self.enter(&path, &relative, root, depth);
            } else if path.is_dir() {
                self.note(&path, &relative, "a link to a folder is not followed");
            } else if has_known_ending(&name) || is_document(&name) {
                self.file(Found {
                    path,
                    folder: root.to_owned(),
                    relative,
                });
            } else {
                self.note(
                    &path,
                    &relative,
                    "this file is no worksheet by its name, and was not read",
                );
            }
        }
    }

    fn enter(&mut self, path: &Path, relative: &str, root: &str, depth: usize) {
        if self.is_left_out(path, relative) {
            return;
        }
        match entries(path) {
            Ok(_) if depth >= DEEPEST => {
                self.name(path, relative);
                let message = "folders this deep are not entered, so no worksheet in it was read";
                let finding = Finding::new(Code::DeepFolder, message)
                    .at(&Place::file(relative))
                    .help("move its worksheets nearer to the top, or name the folder itself");
                self.findings.push(finding);
            }
            Ok(entries) => self.folder(entries, relative, root, depth + 1),
            Err(error) => {
                let message = format!("the folder cannot be listed: {error}");
                let finding = Finding::new(Code::UnreadableFile, message)
                    .at(&Place::file(relative))
                    .help("check who may read the folder, and run again");
                self.findings.push(finding);
                self.name(path, relative);
            }
        }
    }

    /// Whether the folder holds something other than worksheets, which is said.
    fn is_left_out(&mut self, path: &Path, relative: &str) -> bool {
        let Some(what) = (self.leave_out)(path) else {
            return false;
        };
        let finding = Finding::new(
            Code::OwnOutput,
            format!("this folder is {what}; it was left out"),
        )
        .at(&Place::file(relative))
        .help("nothing to do; worksheets are best kept in a folder that holds nothing else");
        self.findings.push(finding);
        self.name(path, relative);
        true
    }

    fn name(&mut self, path: &Path, relative: &str) {
        let shown = path.display().to_string();
        self.noted.insert(relative.to_owned(), shown);
    }

    fn note(&mut self, path: &Path, relative: &str, message: &str) {
        self.name(path, relative);
        let finding = Finding::new(Code::UnsupportedFile, message)
            .at(&Place::file(relative))
            .help("worksheets end in .xlsx, .xlsm, .xlsb, .xls, .ods or .csv; other files can be named by themselves");
        self.findings.push(finding);
    }
}

/// A folder's entries, sorted by name; links come last, so that a file reached both ways has its own name.
fn entries(path: &Path) -> io::Result<Vec<DirEntry>> {
    let mut entries = fs::read_dir(path)?.collect::<io::Result<Vec<_>>>()?;
    let is_link = |entry: &DirEntry| entry.file_type().is_ok_and(|kind| kind.is_symlink());
    entries.sort_by_key(|entry| (is_link(entry), entry.file_name()));
    Ok(entries)
}

/// Hidden files, the lock files of Office and LibreOffice, and files that are known to be something else.
fn is_passed_over(name: &str) -> bool {
    name.starts_with('.')
        || name.starts_with("~$")
        || name == PROJECT_FILE
        || SYSTEM_FILES.contains(&name.to_lowercase().as_str())
}

fn has_known_ending(name: &str) -> bool {
    ends_in(name, &ENDINGS)
}

/// Whether a file is, by its name, a document beside the worksheets.
pub(super) fn is_document(name: &str) -> bool {
    ends_in(name, &DOCUMENTS)
}

fn ends_in(name: &str, endings: &[&str]) -> bool {
    let ending = name.rsplit_once('.');
    ending.is_some_and(|(_, ending)| endings.contains(&ending.to_lowercase().as_str()))
}

/// The name as it is printed.
fn file_name(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    reserved::replaced(&name).into_owned()
}
