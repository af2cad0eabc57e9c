//! Paths as worksheets give them: under the share of the backup cycle, or somewhere else.

use std::fmt;

/// A Windows path from a worksheet.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FilePath {
    /// Under `$Backup`, relative to it; empty for the share itself.
    UnderBackup(String),
    /// A drive path or a UNC path elsewhere.
    Absolute(String),
}

impl FilePath {
    /// Reads a path: `$Backup\…`, a relative or bare name (under `$Backup`), a drive or UNC path.
    ///
    /// # Errors
    /// Says what a path may not hold.
    pub fn parse(text: &str) -> Result<Self, String> {
        let text = text.trim().trim_matches('"').trim().replace('/', "\\");
        if let Some(odd) = text
            .chars()
            .find(|c| c.is_control() || "<>\"|?*".contains(*c))
        {
            return Err(format!("a path cannot hold `{}`", odd.escape_debug()));
        }
        let path = trim_end(&text);
        if path.is_empty() {
            return Err("a path was expected".to_owned());
        }
        if path.split('\\').any(|part| part == "..") {
            return Err("a path may not climb with `..`".to_owned());
        }
        let lower = path.to_lowercase();
        for prefix in ["$backup", "${backup}"] {
            if let Some(rest) = lower.strip_prefix(prefix)
                && (rest.is_empty() || rest.starts_with('\\'))
            {
                let rest = &path[prefix.len()..];
                return Ok(Self::UnderBackup(rest.trim_matches('\\').to_owned()));
            }
        }
        if is_absolute(path) {
            return Ok(Self::Absolute(path.to_owned()));
        }
        if path.starts_with('\\') || path.contains([':', '$', '%']) {
            return Err(
                "a share `\\\\host\\share`, a drive path, or a path under `$Backup` was expected"
                    .to_owned(),
            );
        }
        if path.split_whitespace().count() > 4 {
            return Err("this reads like a sentence, not like a path".to_owned());
        }
        let relative = path.trim_start_matches(".\\").trim_matches('\\');
        Ok(Self::UnderBackup(relative.to_owned()))
    }

    /// The same path, under `$Backup` if it lies below `share`.
    #[must_use]
    pub fn below(self, share: Option<&str>) -> Self {
        let (Self::Absolute(path), Some(share)) = (&self, share) else {
            return self;
        };
        let share = trim_end(share);
        let inside = path
            .get(..share.len())
            .is_some_and(|start| start.to_lowercase() == share.to_lowercase());
        match path.get(share.len()..) {
            Some("") if inside => Self::UnderBackup(String::new()),
            Some(rest) if inside && rest.starts_with('\\') => {
                Self::UnderBackup(rest.trim_matches('\\').to_owned())
            }
            _ => self,
        }
    }

    /// The path of a file or folder inside this folder.
    #[must_use]
    pub fn join(&self, name: &str) -> Self {
        match self {
            Self::UnderBackup(folder) if folder.is_empty() => Self::UnderBackup(name.to_owned()),
            Self::UnderBackup(folder) => Self::UnderBackup(format!("{folder}\\{name}")),
            Self::Absolute(folder) => Self::Absolute(format!("{}\\{name}", trim_end(folder))),
        }
    }

    /// Whether the last part names an export or a SQL backup: `.zip`, `.bak`.
    pub fn names_a_file(&self) -> bool {
        let lower = self.inner().to_lowercase();
        [".zip", ".bak"].iter().any(|end| lower.ends_with(end))
    }

    /// Whether it is a bare name, without any folder.
    pub fn is_bare(&self) -> bool {
        matches!(self, Self::UnderBackup(path) if !path.contains('\\'))
    }

    /// The host of a UNC path.
    pub fn host(&self) -> Option<&str> {
        match self {
            Self::Absolute(path) => path.strip_prefix(r"\\")?.split('\\').next(),
            Self::UnderBackup(_) => None,
        }
    }

    /// The share's name: the second part of a UNC path.
    pub fn share_name(&self) -> Option<&str> {
        match self {
            Self::Absolute(path) => path.strip_prefix(r"\\")?.split('\\').nth(1),
            Self::UnderBackup(_) => None,
        }
    }

    /// The relative or absolute path itself.
    pub fn inner(&self) -> &str {
        match self {
            Self::UnderBackup(path) | Self::Absolute(path) => path,
        }
    }
}

fn is_absolute(path: &str) -> bool {
    let unc = path
        .strip_prefix(r"\\")
        .is_some_and(|rest| rest.split('\\').filter(|part| !part.is_empty()).count() >= 2);
    let mut chars = path.chars();
    let drive = chars.next().is_some_and(|c| c.is_ascii_alphabetic())
        && chars.next() == Some(':')
        && chars.next().is_none_or(|c| c == '\\');
    unc || drive
}

/// Without the backslash at the end, but `C:\` keeps its own.
fn trim_end(path: &str) -> &str {
    let trimmed = path.trim_end_matches('\\');
    match trimmed.len() {
        2 if trimmed.ends_with(':') => &path[..path.len().min(3)],
        _ => trimmed,
    }
}

impl fmt::Display for FilePath {
    /// `$Backup\Settings\Xds.zip`, or the absolute path.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnderBackup(path) if path.is_empty() => f.write_str("$Backup"),
            Self::UnderBackup(path) => write!(f, "$Backup\\{path}"),
            Self::Absolute(path) => f.write_str(path),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> String {
        FilePath::parse(text).map_or_else(|error| format!("! {error}"), |path| path.to_string())
    }

    #[test]
    fn what_is_not_absolute_lies_under_the_cycle_share() {
        let cases = [
            (r"$Backup\Rtc.zip", r"$Backup\Rtc.zip"),
            (r"$backup\", "$Backup"),
            ("Rtc.zip", r"$Backup\Rtc.zip"),
            ("Settings/Xds.zip", r"$Backup\Settings\Xds.zip"),
            (r"D:\Backup\", r"D:\Backup"),
            (r"D:\", r"D:\"),
            (r"\\fs01\share\", r"\\fs01\share"),
        ];
        for (text, expected) in cases {
            assert_eq!(parse(text), expected, "{text}");
        }
        for text in [
            "",
            "a|b",
            r"..\x",
            r"%TEMP%\x",
            "C:x",
            r"\\fs01",
            "on tape in the vault",
        ] {
            assert!(parse(text).starts_with('!'), "{text}");
        }
    }

    #[test]
    fn a_path_below_the_share_is_said_with_the_variable() {
        let below = |path: &str| {
            FilePath::parse(path)
                .unwrap()
                .below(Some(r"\\Bkp01\Lync\2014-06"))
                .to_string()
        };
        assert_eq!(below(r"\\bkp01\lync\2014-06\Rtc.zip"), r"$Backup\Rtc.zip");
        assert_eq!(below(r"\\bkp01\lync\2014-06"), "$Backup");
        assert_eq!(
            below(r"\\bkp01\lync\2014-06b\x.zip"),
            r"\\bkp01\lync\2014-06b\x.zip"
        );
    }

    #[test]
    fn a_unc_path_knows_its_host_and_share() {
        let path = FilePath::parse(r"\\fs01.contoso.com\LyncShare\sub").unwrap();
        assert_eq!(path.host(), Some("fs01.contoso.com"));
        assert_eq!(path.share_name(), Some("LyncShare"));
    }
}
