//! Zip archives: the only place that knows the zip crate.

use std::io::{Cursor, Read};

use zip::ZipArchive;

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

    /// A file's content, unpacked while it is read; `None` if it is damaged or encrypted.
    pub fn part(&mut self, index: usize) -> Option<impl Read> {
        self.zip.by_index(index).ok()
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
