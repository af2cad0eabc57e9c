//! Documents that a command writes where it is told to: what stands there and is not ours is never replaced unasked.
//!
//! Entry point: [`write`].

use std::path::Path;

use crate::archive::Archive;
use crate::issue::Error;
use crate::publish::{self, MANIFEST, Manifest, Shelf, Zip};
use crate::workbook::MARK;

use crate::named_file;

/// Where a document goes that is written to standard output.
pub const STDOUT: &str = "-";

/// What is larger is not looked at, and none of ours.
const LARGEST: u64 = 256 << 20;

/// The properties of a workbook that programs may add.
const PROPERTIES: &str = "docProps/custom.xml";

/// Writes a file, whole or not at all.
///
/// # Errors
/// A file of somebody else's that stands there, unless it may be replaced; the disk.
pub fn write(folder: &Path, name: &str, bytes: &[u8], force: bool) -> Result<(), Error> {
    let path = folder.join(name);
    let is_there = path.symlink_metadata().is_ok();
    if is_there && !force && !is_ours(&path, bytes) {
        return Err(Error::system(format!(
            "`{}` is there already, and this program did not write it",
            path.strip_prefix(".").unwrap_or(&path).display()
        ))
        .help("choose another name, or replace it with --force"));
    }
    Ok(publish::single(folder, name, bytes)?)
}

/// Whether what stands there is a document as this program writes them, and of the kind that is to be written.
fn is_ours(path: &Path, new: &[u8]) -> bool {
    let Ok(there) = named_file::read(path, LARGEST) else {
        return false;
    };
    there == new
        || is_workbook(&there)
        || is_bundle(&there)
        || is_page(&there)
        || is_document(&there)
        || begins_alike(&there, new)
}

fn is_workbook(bytes: &[u8]) -> bool {
    let Ok(mut archive) = Archive::open(bytes) else {
        return false;
    };
    let names = archive.names();
    let found = names.iter().find(|(name, _)| name == PROPERTIES);
    let part = found.and_then(|(_, index)| archive.part(*index));
    let mut text = String::new();
    let read = part.map(|mut part| std::io::Read::read_to_string(&mut part, &mut text));
    matches!(read, Some(Ok(_))) && text.contains(&format!("name=\"{MARK}"))
}

fn is_bundle(bytes: &[u8]) -> bool {
    let manifest = Zip::open(bytes).ok();
    let manifest = manifest.and_then(|mut zip| zip.bytes(MANIFEST, LARGEST));
    let manifest = manifest.and_then(|bytes| Manifest::from_bytes(&bytes).ok());
    manifest.is_some_and(|manifest| manifest.bundle.is_some())
}

/// A page of ours reaches nothing and says so first of all.
fn is_page(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(400)]);
    head.starts_with("<!DOCTYPE html>") && head.contains("default-src 'none'")
}

fn is_document(bytes: &[u8]) -> bool {
    let document: Option<serde_json::Value> = serde_json::from_slice(bytes).ok();
    let schema = document.as_ref().and_then(|it| it["schema"].as_str());
    schema.is_some_and(|schema| schema.starts_with("restore-packets/"))
}

/// Text without a mark of its own is known by its first two words: a heading, or the columns of a table.
fn begins_alike(there: &[u8], new: &[u8]) -> bool {
    let words = |bytes: &[u8]| {
        let text = std::str::from_utf8(bytes).ok()?;
        let line = text.lines().next()?;
        let words: Vec<String> = line.split(' ').take(2).map(str::to_owned).collect();
        (line.len() > 3 && !line.starts_with('<')).then_some(words)
    };
    words(there).is_some_and(|there| Some(there) == words(new))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_ours_is_replaced() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        let put = |name: &str, text: &str| std::fs::write(at(name), text).expect("a file");
        let taken = |name: &str, new: &str| write(folder.path(), name, new.as_bytes(), false);
        assert!(
            taken("plan.md", "# Restore order: all\n").is_ok(),
            "nothing is there"
        );
        assert!(
            taken("plan.md", "# Restore order: fe01\n").is_ok(),
            "our own"
        );
        put("plan.md", "# My notes\n");
        assert!(taken("plan.md", "# Restore order: fe01\n").is_err());
        put("notes.html", "<!DOCTYPE html>\n<p>mine");
        assert!(taken("notes.html", "<!DOCTYPE html>\n<p>ours").is_err());
        put("x.zip", "no zip");
        let error = taken("x.zip", "PK").expect_err("somebody's file");
        assert!(error.help.is_some_and(|help| help.contains("--force")));
        assert!(write(folder.path(), "x.zip", b"PK", true).is_ok());
        put("plan.json", "{\"schema\": \"restore-packets/plan/1\"}");
        assert!(taken("plan.json", "{}").is_ok());
    }
}
