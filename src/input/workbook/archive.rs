//! Zipped workbooks: which parts they have, and that they unpack to a bounded size.

use std::collections::BTreeMap;
use std::io::{self, Read};

use super::limits::{MAX_PARTS, MAX_UNPACKED};
use super::trouble::Trouble;
use crate::archive;

/// A zipped workbook whose parts together stay below [`MAX_UNPACKED`].
pub(super) struct Archive<'a> {
    zip: archive::Archive<'a>,
    /// Where each part is, by its name in lower case with `/`: some programs write `\` and odd case.
    parts: BTreeMap<String, usize>,
}

impl<'a> Archive<'a> {
    /// Opens the archive and unpacks every part once to see how large it really is, since the sizes an
    /// archive declares can lie.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, Trouble> {
        let mut zip = archive::Archive::open(bytes).map_err(|e| Trouble::damaged(&e))?;
        if zip.len() > MAX_PARTS {
            return Err(Trouble::oversized(format!(
                "the workbook consists of {} parts, more than the {MAX_PARTS} that are read",
                zip.len()
            )));
        }
        let names = zip.names().into_iter();
        let parts = names.map(|(name, index)| (normal(&name), index));
        let parts = parts.collect();
        measure(&mut zip)?;
        Ok(Self { zip, parts })
    }

    /// The names of all parts (lower case, `/`).
    pub(super) fn names(&self) -> Vec<String> {
        self.parts.keys().cloned().collect()
    }

    /// The archive with some of its parts replaced, by their names as [`names`](Self::names) has them; `None` if a
    /// part is damaged, which is then the reader's to report.
    pub(super) fn with(&mut self, replaced: &BTreeMap<String, String>) -> Option<Vec<u8>> {
        let mut parts = Vec::new();
        for (name, index) in self.zip.names() {
            let mut bytes = Vec::new();
            if let Some(text) = replaced.get(&normal(&name)) {
                bytes.extend(text.as_bytes());
            } else {
                let mut part = self.zip.part(index)?.take(MAX_UNPACKED);
                part.read_to_end(&mut bytes).ok()?;
            }
            parts.push((name, bytes));
        }
        let parts = parts.iter();
        archive::pack(parts.map(|(name, bytes)| (name.as_str(), bytes.as_slice()))).ok()
    }

    /// Whether there is a part of this name (lower case, `/`).
    pub(super) fn has(&self, name: &str) -> bool {
        self.parts.contains_key(name)
    }

    /// The unpacked bytes of a part; `None` if there is none, or if it is damaged.
    pub(super) fn part(&mut self, name: &str) -> Option<Vec<u8>> {
        let index = *self.parts.get(&name.to_lowercase())?;
        let mut bytes = Vec::new();
        let mut part = self.zip.part(index)?.take(MAX_UNPACKED);
        part.read_to_end(&mut bytes).ok()?;
        Some(bytes)
    }
}

/// A part's name as it is looked up.
fn normal(name: &str) -> String {
    name.replace('\\', "/").to_lowercase()
}

/// Fails if the parts unpack to too much. A part that does not unpack at all is left to the reader, which
/// may not need it.
fn measure(zip: &mut archive::Archive<'_>) -> Result<(), Trouble> {
    let mut left = MAX_UNPACKED;
    for i in 0..zip.len() {
        let Some(part) = zip.part(i) else { continue };
        let unpacked = unpacked_size(part.take(left + 1));
        if unpacked > left {
            return Err(Trouble::oversized(format!(
                "the workbook unpacks to more than {} MiB, and was not read",
                MAX_UNPACKED >> 20
            )));
        }
        left -= unpacked;
    }
    Ok(())
}

fn unpacked_size(mut part: impl Read) -> u64 {
    let mut buffer = vec![0; 64 * 1024];
    let mut size = 0;
    loop {
        match part.read(&mut buffer) {
            Ok(0) => return size,
            Ok(read) => size += read as u64,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(_) => return size,
        }
    }
}
