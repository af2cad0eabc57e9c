//! Where folders lie: paths without links, and how a folder stands to worksheets.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// How a folder stands to worksheets that are near it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nearness {
    /// It is the worksheets folder.
    Same,
    /// The worksheet is a file that stands in it.
    OfFile,
    /// The worksheets stand somewhere below it.
    Above,
    /// It stands somewhere below the worksheets folder.
    Below,
}

/// How a folder, given without links, stands to worksheets; `None` where they are apart, or where the worksheets cannot
/// be read, which is said when they are.
pub fn nearness(folder: &Path, worksheets: &Path) -> Option<Nearness> {
    let real = fs::canonicalize(worksheets).ok()?;
    match () {
        () if real == folder => Some(Nearness::Same),
        () if real.is_file() && real.parent() == Some(folder) => Some(Nearness::OfFile),
        () if real.starts_with(folder) => Some(Nearness::Above),
        () if folder.starts_with(&real) => Some(Nearness::Below),
        () => None,
    }
}

/// The path without links, even where its last parts do not exist yet.
///
/// # Errors
///
/// Fails where the system does, except over what does not exist.
pub fn real(path: &Path) -> io::Result<PathBuf> {
    match fs::canonicalize(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let Some(name) = path.file_name() else {
                return Err(error);
            };
            let parent = path.parent().filter(|it| !it.as_os_str().is_empty());
            Ok(real(parent.unwrap_or(Path::new(".")))?.join(name))
        }
        found => found,
    }
}
