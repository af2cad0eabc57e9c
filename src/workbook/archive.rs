//! Zipped workbooks: which parts they have, and that they unpack to a bounded size. The only reader that
//! knows the zip crate.

use std::collections::BTreeMap;
use std::io::{self, Cursor, Read};

use zip::ZipArchive;

use super::limits::{MAX_PARTS, MAX_UNPACKED};
use super::trouble::Trouble;

/// A zipped workbook whose parts together stay below [`MAX_UNPACKED`].
pub(super) struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    /// Where each part is, by its name in lower case with `/`: some programs write `\` and odd case.
    parts: BTreeMap<String, usize>,
}

impl<'a> Archive<'a> {
    /// Opens the archive and unpacks every part once to see how large it really is, since the sizes an
    /// archive declares can lie.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, Trouble> {
        let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|e| Trouble::damaged(&e))?;
        if zip.len() > MAX_PARTS {
            return Err(Trouble::oversized(format!(
                "the workbook consists of {} parts, more than the {MAX_PARTS} that are read",
                zip.len()
            )));
        }
        let parts = index(&zip);
        measure(&mut zip)?;
        Ok(Self { zip, parts })
    }

    /// Whether there is a part of this name (lower case, `/`).
    pub(super) fn has(&self, name: &str) -> bool {
        self.parts.contains_key(name)
    }

    /// The unpacked bytes of a part; `None` if there is none, or if it is damaged.
    pub(super) fn part(&mut self, name: &str) -> Option<Vec<u8>> {
        let index = *self.parts.get(&name.to_lowercase())?;
        let mut bytes = Vec::new();
        let mut part = self.zip.by_index(index).ok()?.take(MAX_UNPACKED);
        part.read_to_end(&mut bytes).ok()?;
        Some(bytes)
    }
}

fn index(zip: &ZipArchive<Cursor<&[u8]>>) -> BTreeMap<String, usize> {
    let names = (0..zip.len()).filter_map(|i| Some((zip.name_for_index(i)?.ok()?, i)));
    names
        .map(|(name, i)| (name.replace('\\', "/").to_lowercase(), i))
        .collect()
}

/// Fails if the parts unpack to too much. A part that does not unpack at all is left to the reader, which
/// may not need it.
fn measure(zip: &mut ZipArchive<Cursor<&[u8]>>) -> Result<(), Trouble> {
    let mut left = MAX_UNPACKED;
    for i in 0..zip.len() {
        let Ok(part) = zip.by_index(i) else { continue };
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
