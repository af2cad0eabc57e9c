//! The files of a run: relative paths and bytes, before anything is written.

use std::collections::BTreeMap;
use std::fmt;

use super::{JOURNAL, LOCK, MANIFEST, RETIRED};

/// What a run wants to stand in the output folder, by relative path with `/`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Files(BTreeMap<String, Vec<u8>>);

impl Files {
    /// No files.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a file, or replaces it.
    ///
    /// # Errors
    ///
    /// Refuses a path that leads out of the output folder, and the names publishing itself uses.
    pub fn insert(
        &mut self,
        path: impl Into<String>,
        bytes: impl Into<Vec<u8>>,
    ) -> Result<(), BadPath> {
        let path = path.into();
        let own = [MANIFEST, LOCK, JOURNAL].contains(&path.as_str());
        if own || !is_inside(&path) || path.split('/').next() == Some(RETIRED) {
            return Err(BadPath(path));
        }
        self.0.insert(path, bytes.into());
        Ok(())
    }

    /// The file at this path.
    pub fn get(&self, path: &str) -> Option<&[u8]> {
        self.0.get(path).map(Vec::as_slice)
    }

    /// The files by path.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.0
            .iter()
            .map(|(path, bytes)| (path.as_str(), bytes.as_slice()))
    }
}

/// A path that publishing does not write to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadPath(pub(super) String);

impl fmt::Display for BadPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is not a path a packet may be written to", self.0)
    }
}

impl std::error::Error for BadPath {}

/// Whether a relative path stays inside the folder it is relative to, on every system.
pub(super) fn is_inside(path: &str) -> bool {
    let foreign = |symbol: char| matches!(symbol, '\\' | ':') || symbol.is_control();
    !path.contains(foreign) && path.split('/').all(|part| !matches!(part, "" | "." | ".."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_inside_the_folder_are_taken() {
        let cases = [
            ("index.html", true),
            ("servers/fe01.contoso.com.md", true),
            (".state/plan.json", true),
            ("", false),
            ("/etc/passwd", false),
            ("servers//a.md", false),
            ("../a.md", false),
            ("servers/../../a.md", false),
            ("C:a.md", false),
            ("servers\\a.md", false),
            ("manifest.json", false),
            ("retired/servers/a.md", false),
        ];
        for (path, taken) in cases {
            let mut files = Files::new();
            assert_eq!(files.insert(path, "x").is_ok(), taken, "{path}");
            assert_eq!(files.get(path).is_some(), taken, "{path}");
        }
    }
}
