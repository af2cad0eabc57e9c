//! What `verify` says of a bundle beyond its files: which one it is, and who signed it.

use std::path::{Path, PathBuf};

use crate::bundle::signature::{self, Signed, Signers};
use crate::publish::BundleEntry;

use crate::cli::failure::Failure;
use crate::named_file;

/// The list of signers.
pub fn signers(path: &Path) -> Result<Signers, Failure> {
    let wrong = |why: &dyn std::fmt::Display| {
        Failure::usage(format!(
            "cannot use the signers in `{}`: {why}",
            path.display()
        ))
    };
    let text = named_file::text(path).map_err(|error| wrong(&error))?;
    Signers::read(&text).map_err(|why| wrong(&why))
}

/// What the signature beside a zip says; `None` where there is none and nobody asked for one.
///
/// # Errors
/// A signature that proves nothing; none where the signers are named.
pub fn line_of(
    zip: &Path,
    bytes: &[u8],
    signers: Option<&Signers>,
) -> Result<Option<String>, Failure> {
    let path = PathBuf::from(format!("{}.sig", zip.display()));
    if !path.is_file() {
        return match signers {
            None => Ok(None),
            Some(_) => Err(Failure::refused(format!(
                "`{}` is not signed: there is no `{}`",
                zip.display(),
                path.display()
            ))),
        };
    }
    let bad = |why: &str| Failure::refused(format!("`{}` proves nothing: {why}", path.display()));
    let text = named_file::text(&path).map_err(|error| bad(&error.to_string()))?;
    let signed = signature::verify(bytes, &text, signers).map_err(|why| bad(&why))?;
    Ok(Some(line(&signed, signers.is_some())))
}

fn line(signed: &Signed, is_known: bool) -> String {
    let key = &signed.key;
    match (&signed.who, is_known) {
        (Some(who), _) => format!("Signed by {who} ({key})."),
        (None, true) => format!("Signed with the key given ({key})."),
        (None, false) => {
            format!("Signed with the key {key}; --signers FILE says whose it must be.")
        }
    }
}

/// "Bundle for change CHG0012345, profile ticket, part 1 of 2."
pub fn bundle(bundle: &BundleEntry) -> String {
    let part = match bundle.parts {
        0 | 1 => String::new(),
        parts => format!(", part {} of {parts}", bundle.part),
    };
    format!(
        "Bundle for change {}, profile {}{part}.",
        bundle.change, bundle.profile
    )
}
