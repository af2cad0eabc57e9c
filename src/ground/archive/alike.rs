//! Archives alike on every system: the list of an archive says for each file which system wrote it and what its rights
//! are there, and a library that packs on Windows says something else than on Linux.

use super::seams::{END, LISTED, long, word};

/// Files as Unix keeps them.
const UNIX: u8 = 3;

/// A plain file that its owner may write and everybody read, where a list keeps such rights.
const PLAIN: u32 = 0o100_644 << 16;

/// Says of each listed file that it is a plain one of one and the same system. Bytes that are no archive, and an
/// archive whose list cannot be followed, stay as they are from there on.
pub fn make_alike(bytes: &mut [u8]) {
    let Some(end) = bytes.windows(END.len()).rposition(|it| it == END) else {
        return;
    };
    let mut at = long(bytes, end + 16).unwrap_or(end);
    while bytes.get(at..at + LISTED.len()) == Some(LISTED) {
        let Some(next) = next(bytes, at) else {
            return;
        };
        bytes[at + 5] = UNIX;
        bytes[at + 38..at + 42].copy_from_slice(&PLAIN.to_le_bytes());
        at = next;
    }
}

/// Where the next file is listed.
fn next(bytes: &[u8], at: usize) -> Option<usize> {
    let (name, extra) = (word(bytes, at + 28)?, word(bytes, at + 30)?);
    let comment = word(bytes, at + 32)?;
    let end = at + 46 + usize::from(name) + usize::from(extra) + usize::from(comment);
    (end <= bytes.len()).then_some(end)
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write as _};

    use zip::write::SimpleFileOptions;
    use zip::{System, ZipWriter};

    use super::*;
    use crate::archive::Archive;

    fn packed_on(system: System) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in [("a.xml", b"one".as_slice()), ("b/c.xml", b"two")] {
            let options = SimpleFileOptions::default().system(system);
            writer.start_file(name, options).unwrap();
            writer.write_all(bytes).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    #[test]
    fn archives_of_two_systems_come_out_alike() {
        let (mut here, mut there) = (packed_on(System::Unix), packed_on(System::Dos));
        assert_ne!(here, there);
        make_alike(&mut here);
        make_alike(&mut there);
        assert_eq!(here, there);
        assert_eq!(Archive::open(&there).unwrap().names().len(), 2);
    }

    #[test]
    fn what_is_no_archive_stays_as_it_is() {
        let whole = packed_on(System::Dos);
        let end = whole.windows(END.len()).rposition(|it| it == END).unwrap();
        for cut in 0..end {
            let mut bytes = whole[..cut].to_vec();
            make_alike(&mut bytes);
            assert_eq!(bytes, whole[..cut]);
        }
    }
}
