//! Where a bundle goes, what it is for, and who signs it.

use std::path::{Path, PathBuf};

use crate::bundle::signature::Signer;
use crate::text::filename::leads_elsewhere;

use crate::cli::failure::Failure;
use crate::named_file;

/// The environment variable that holds the passphrase of a signing key.
const PASSPHRASE: &str = "RESTORE_PACKETS_PASSPHRASE";

/// Where the zips go.
#[derive(Debug, PartialEq, Eq)]
pub struct Target {
    /// The folder.
    pub folder: PathBuf,
    /// The file's name without `.zip`.
    stem: String,
}

impl Target {
    /// From the path as typed. Ticket systems disagree about names that are not plain.
    pub fn of(path: &Path) -> Result<Self, Failure> {
        let name = path
            .file_name()
            .and_then(|name| name.to_str())
            .unwrap_or_default();
        let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
        let stem = name.strip_suffix(".zip").filter(|stem| !stem.is_empty());
        match stem {
            Some(stem) if stem.chars().all(is_plain) && !stem.starts_with(['-', '.']) => Ok(Self {
                folder: path.parent().unwrap_or(Path::new("")).to_owned(),
                stem: stem.to_owned(),
            }),
            _ => Err(Failure::usage(format!("`{}` is no name for a bundle", path.display()))
                .help("use ASCII letters, digits, `.`, `-` and `_`, and end it with .zip: CHG0012345.zip")),
        }
    }

    /// The name of one of the zips.
    pub fn name(&self, number: usize, count: usize) -> String {
        match count {
            1 => format!("{}.zip", self.stem),
            _ => format!("{}-{number}.zip", self.stem),
        }
    }
}

/// The change record, as it is printed.
pub fn change(text: &str) -> Result<&str, Failure> {
    let text = text.trim();
    let is_plain = |c: char| c.is_alphanumeric() || "-_.# ".contains(c);
    if text.is_empty()
        || text.chars().count() > 40
        || !text.chars().all(is_plain)
        || leads_elsewhere(text)
    {
        return Err(Failure::usage(format!("`{text}` is no change record"))
            .help("write its number as the ticket system has it, such as CHG0012345, in at most 40 characters"));
    }
    Ok(text)
}

/// The key that signs. Its passphrase comes from the environment and is never asked for on the command line.
pub fn signer(path: &Path) -> Result<Signer, Failure> {
    let wrong = |why: &dyn std::fmt::Display| {
        Failure::usage(format!("cannot sign with `{}`: {why}", path.display()))
    };
    let text = named_file::text(path).map_err(|error| wrong(&error))?;
    Signer::read(&text, || std::env::var(PASSPHRASE).ok()).map_err(|why| {
        wrong(&why).help(format!(
            "make a key with `ssh-keygen -t ed25519`; set {PASSPHRASE} if it has a passphrase"
        ))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_plain() {
        let name = |path: &str| Target::of(Path::new(path)).ok().map(|it| it.name(2, 3));
        assert_eq!(
            name("a/CHG0012345.zip").as_deref(),
            Some("CHG0012345-2.zip")
        );
        assert_eq!(
            Target::of(Path::new("a.b.zip")).unwrap().name(1, 1),
            "a.b.zip"
        );
        for path in ["a b.zip", "ä.zip", "a.tar", ".zip", "-a.zip", "a/"] {
            assert_eq!(name(path), None, "{path}");
        }
    }

    #[test]
    fn change_numbers_are_short_and_plain() {
        assert_eq!(change(" CHG0012345 ").unwrap(), "CHG0012345");
        for text in ["", "a\nb", "<b>", "a/b", "../x", "NUL", &"x".repeat(41)] {
            assert!(change(text).is_err(), "{text}");
        }
    }
}
