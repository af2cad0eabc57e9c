//! A worksheet value on its way into a procedure: known, or a gap that says where it belongs.

use crate::finding::Gap;

/// A value a template can print through a filter and ask with `is known`; nothing else. How it reaches the template is
/// said in [`seal`](super::seal).
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

    /// The folder a path lies in; a gap where it lies in none, but right in the share of the backup cycle.
    #[must_use]
    pub fn folder(&self) -> Self {
        let cut = |path: &str| {
            let path = path.trim_end_matches(['\\', '/']);
            let (folder, _) = path.rsplit_once(['\\', '/'])?;
            Some(folder.to_owned())
        };
        let none = || Self::gap("a folder", "put the file into a folder");
        match self {
            Self::Text(path) => cut(path).map_or_else(none, Self::Text),
            Self::UnderBackup(path) => cut(path).map_or_else(none, Self::UnderBackup),
            Self::Gap(_) => self.clone(),
        }
    }

    /// The path below the share of the backup cycle, so that another share can stand in for it. A gap for a path that
    /// lies elsewhere: a command with it would read that file, whichever share is meant.
    #[must_use]
    pub fn within_backup(&self) -> Self {
        match self {
            Self::UnderBackup(path) => Self::text(path.trim_start_matches('\\')),
            Self::Text(path) => Self::gap(
                format!("the place of `{path}` below the share of the backup cycle"),
                "keep the file below `Backup location`, and record it so",
            ),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_all_but_the_last_part() {
        let under = |path: &str| Slot::UnderBackup(path.to_owned());
        assert_eq!(under(r"UserData\a.zip").folder(), under("UserData"));
        assert!(!under("a.zip").folder().is_known());
        assert_eq!(Slot::text(r"C:\x\a.zip").folder(), Slot::text(r"C:\x"));
    }

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
