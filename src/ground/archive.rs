//! Zip archives: the only place that knows the zip crate.

mod alike;
mod seams;

use std::io::{Cursor, Read, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, System, ZipArchive, ZipWriter};

pub use alike::make_alike;

/// The most bytes of a text that is changed inside an archive.
const LARGEST_TEXT: u64 = 64 << 20;

/// An archive in memory. Nothing is unpacked until it is asked for.
pub struct Archive<'a> {
    bytes: &'a [u8],
    zip: ZipArchive<Cursor<&'a [u8]>>,
}

impl<'a> Archive<'a> {
    /// Reads the list of files.
    ///
    /// # Errors
    ///
    /// What is wrong with an archive that is damaged or none.
    pub fn open(bytes: &'a [u8]) -> Result<Self, String> {
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|error| error.to_string())?;
        Ok(Self { bytes, zip })
    }

    /// How many files there are.
    pub fn len(&self) -> usize {
        self.zip.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.zip.is_empty()
    }

    /// The names of the files that have a readable one, with their numbers.
    pub fn names(&self) -> Vec<(String, usize)> {
        let named = |index| Some((self.zip.name_for_index(index)?.ok()?.to_string(), index));
        (0..self.zip.len()).filter_map(named).collect()
    }

    /// Where bytes stand that belong to no file; `None` where there are none.
    pub fn stray(&self) -> Option<&'static str> {
        seams::stray(self.bytes)
    }

    /// A file's content, unpacked while it is read; `None` if it is damaged or encrypted.
    pub fn part(&mut self, index: usize) -> Option<impl Read> {
        self.zip.by_index(index).ok()
    }

    /// The archive with some of its texts changed: those for which `change` returns something else. Everything
    /// else stays to the byte, and every file keeps its place, its name and its time.
    ///
    /// # Errors
    ///
    /// What is wrong with a file that cannot be read or written.
    pub fn rewritten(
        &mut self,
        change: impl Fn(&str, &str) -> Option<String>,
    ) -> Result<Vec<u8>, String> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for index in 0..self.zip.len() {
            if let Some((name, text, options)) = self.changed(index, &change)? {
                writer.start_file(name, options).map_err(said)?;
                writer.write_all(text.as_bytes()).map_err(said)?;
            } else {
                let file = self.zip.by_index_raw(index).map_err(said)?;
                writer.raw_copy_file(file).map_err(said)?;
            }
        }
        let mut bytes = writer.finish().map_err(said)?.into_inner();
        make_alike(&mut bytes);
        Ok(bytes)
    }

    /// A file that is to be written anew; `None` where it stays as it is.
    fn changed(
        &mut self,
        index: usize,
        change: impl Fn(&str, &str) -> Option<String>,
    ) -> Result<Option<(String, String, SimpleFileOptions)>, String> {
        let mut file = self.zip.by_index(index).map_err(said)?;
        let name = file.name().map_err(said)?.into_owned();
        let mut text = String::new();
        // What is no text is nothing to be changed.
        if file.size() > LARGEST_TEXT || file.read_to_string(&mut text).is_err() {
            return Ok(None);
        }
        let options = SimpleFileOptions::default()
            .last_modified_time(file.last_modified().unwrap_or_default())
            .compression_method(file.compression());
        Ok(change(&name, &text).map(|text| (name, text, options)))
    }

    /// How many bytes a file says it unpacks to, and how many it takes in the archive.
    pub fn sizes(&mut self, index: usize) -> Option<(u64, u64)> {
        let file = self.zip.by_index_raw(index).ok()?;
        Some((file.size(), file.compressed_size()))
    }

    /// Whether two files have one name. Of such a pair every program shows another.
    pub fn repeats_names(&self) -> bool {
        const END: &[u8] = b"PK\x05\x06";
        let Some(end) = self.bytes.windows(END.len()).rposition(|it| it == END) else {
            return false;
        };
        let count = self.bytes.get(end + 10..end + 12);
        let count = count.map(|count| usize::from(u16::from_le_bytes([count[0], count[1]])));
        // Archives with more files than fit say 65535 here.
        count.is_some_and(|count| count != usize::from(u16::MAX) && count != self.zip.len())
    }
}

/// An archive of these files, in this order: no times, no permissions but reading, one way of packing, so that the
/// same files give the same bytes everywhere.
///
/// # Errors
///
/// A name that an archive cannot hold.
pub fn pack<'a>(files: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> Result<Vec<u8>, String> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .system(System::Unix)
        .unix_permissions(0o644);
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        let started = writer.start_file(name, options);
        started.map_err(|error| format!("{name}: {error}"))?;
        let written = writer.write_all(bytes);
        written.map_err(|error| format!("{name}: {error}"))?;
    }
    let packed = writer.finish().map_err(|error| error.to_string())?;
    Ok(packed.into_inner())
}

fn said(error: impl std::fmt::Display) -> String {
    error.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in files {
            writer
                .start_file(*name, SimpleFileOptions::default())
                .unwrap();
            writer.write_all(bytes).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    #[test]
    fn only_what_is_changed_changes() {
        let before = zip(&[("a.xml", b"one"), ("b.bin", b"\xff\x00"), ("c.xml", b"one")]);
        let after = Archive::open(&before)
            .unwrap()
            .rewritten(|name, text| (name == "c.xml").then(|| text.replace("one", "two")))
            .unwrap();
        let mut expected = zip(&[("a.xml", b"one"), ("b.bin", b"\xff\x00"), ("c.xml", b"two")]);
        make_alike(&mut expected);
        assert_eq!(after, expected);
    }
}
