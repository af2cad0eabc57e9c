//! A worksheet value on its way into a procedure: known, or a gap that says where it belongs.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use crate::finding::Gap;

use super::seal::{self, Purpose};

/// The key under which a template finds out whether a slot is known.
pub const KNOWN: &str = "known";
/// The key that holds the sealed value.
pub const SEALED: &str = "sealed";

/// A value a template can print through a filter and ask with `is known`; nothing else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Slot {
    /// Text, to be quoted literally.
    Text(String),
    /// A path under the share of the backup cycle, relative to it, with `\`: `$Backup\…`.
    UnderBackup(String),
    /// Missing, and where it belongs.
    Gap(Gap),
}

impl Slot {
    /// Known text.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// A gap.
    pub fn gap(what: impl Into<String>, cure: impl Into<String>) -> Self {
        Self::Gap(Gap::new(what, cure))
    }

    /// Whether the value is known.
    pub fn is_known(&self) -> bool {
        !matches!(self, Self::Gap(_))
    }

    /// The value as people read it; `None` for a gap.
    pub fn shown(&self) -> Option<String> {
        match self {
            Self::Text(text) => Some(text.clone()),
            Self::UnderBackup(path) => Some(format!(r"$Backup\{}", path.trim_start_matches('\\'))),
            Self::Gap(_) => None,
        }
    }

    /// The file's own name: what follows the last separator.
    #[must_use]
    pub fn file_name(&self) -> Self {
        match self {
            Self::Text(path) | Self::UnderBackup(path) => Self::text(last_part(path)),
            Self::Gap(_) => self.clone(),
        }
    }

    /// A file of this name in the folder this slot names.
    #[must_use]
    pub fn child(&self, name: &str) -> Self {
        let join = |path: &str| format!(r"{}\{name}", path.trim_end_matches('\\'));
        match self {
            Self::Text(path) => Self::Text(join(path)),
            Self::UnderBackup(path) => Self::UnderBackup(join(path)),
            Self::Gap(_) => self.clone(),
        }
    }
}

/// What follows the last `\` or `/`, trailing ones left aside.
fn last_part(path: &str) -> &str {
    let path = path.trim_end_matches(['\\', '/']);
    path.rsplit(['\\', '/']).next().unwrap_or(path)
}

impl Serialize for Slot {
    /// A map of `known` and the sealed value, which no template can read: see [`seal`].
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry(KNOWN, &self.is_known())?;
        map.serialize_entry(SEALED, &Bytes(&seal::close(Purpose::Unread, self)))?;
        map.end()
    }
}

/// Text serialised as bytes: templates print bytes as they are, whereas they print text inside a map with
/// its unusual characters escaped, so that a seal printed by mistake would no longer be recognised.
struct Bytes<'a>(&'a str);

impl Serialize for Bytes<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(self.0.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_name_is_the_last_part_of_any_path() {
        let cases = [
            (Slot::text(r"\\fs01\backup\a.zip"), "a.zip"),
            (Slot::UnderBackup(r"pool01\a.zip".to_owned()), "a.zip"),
            (Slot::text("a.zip"), "a.zip"),
            (Slot::text(r"D:\folder\"), "folder"),
        ];
        for (path, name) in cases {
            assert_eq!(path.file_name(), Slot::text(name));
        }
        let gap = Slot::gap("file", "fill it in");
        assert_eq!(gap.file_name(), gap);
    }

    #[test]
    fn a_child_is_joined_with_one_separator() {
        assert_eq!(Slot::text(r"C:\").child("a.zip"), Slot::text(r"C:\a.zip"));
        assert_eq!(Slot::text(r"C:\Work").child("a"), Slot::text(r"C:\Work\a"));
    }
}
