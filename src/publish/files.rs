//! The files of a run, before anything is in its place: relative paths and bodies.

use std::collections::BTreeMap;
use std::fmt;

use super::{JOURNAL, LOCK, MANIFEST, RETIRED};
use crate::text::digest;

/// What a run wants to stand in the output folder, by relative path with `/`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Files(BTreeMap<String, Body>);

/// What will stand in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    /// Its bytes.
    Held(Vec<u8>),
    /// Its bytes stand beside their place already ([`Staging`](super::Staging)).
    Staged {
        /// Their SHA-256.
        sha256: String,
        /// How many they are.
        bytes: u64,
    },
}

impl Body {
    /// Whether a file that holds these bytes is as it should be.
    pub(super) fn is(&self, present: &[u8]) -> bool {
        match self {
            Self::Held(bytes) => bytes == present,
            Self::Staged { sha256, bytes } => {
                *bytes == present.len() as u64 && *sha256 == digest::sha256_hex(present)
            }
        }
    }
}

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
        self.insert_body(path.into(), Body::Held(bytes.into()))
    }

    /// The same for a body that may be staged already.
    ///
    /// # Errors
    ///
    /// As [`Files::insert`].
    pub fn insert_body(&mut self, path: String, body: Body) -> Result<(), BadPath> {
        if !is_publishable(&path) {
            return Err(BadPath(path));
        }
        self.0.insert(path, body);
        Ok(())
    }

    /// The bytes of the file at this path; `None` where there is none, or its bytes are staged.
    pub fn get(&self, path: &str) -> Option<&[u8]> {
        match self.0.get(path)? {
            Body::Held(bytes) => Some(bytes),
            Body::Staged { .. } => None,
        }
    }

    /// Whether there is a file at this path.
    pub fn contains(&self, path: &str) -> bool {
        self.0.contains_key(path)
    }

    /// The files by path.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Body)> {
        self.0.iter().map(|(path, body)| (path.as_str(), body))
    }
}

/// Whether packets may be published to a path: it stays inside the output folder, and is none that publishing itself uses.
pub(super) fn is_publishable(path: &str) -> bool {
    let is_own = [MANIFEST, LOCK, JOURNAL].contains(&path);
    !is_own && is_inside(path) && path.split('/').next() != Some(RETIRED)
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
