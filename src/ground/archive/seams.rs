//! Whether an archive is nothing but its files: what stands in front of them, between them or behind them is shown by
//! no program that unpacks, and covered by no digest.
//!
//! Entry point: [`stray`], which walks the list of files and then the files, each of which must begin where the one
//! before it ends.

/// How the parts of an archive begin.
const FILE: &[u8] = b"PK\x03\x04";
pub(super) const LISTED: &[u8] = b"PK\x01\x02";
pub(super) const END: &[u8] = b"PK\x05\x06";
const DESCRIPTOR: &[u8] = b"PK\x07\x08";

/// The bit that says that a file's sizes stand behind it once more.
const IS_DESCRIBED: u16 = 1 << 3;

/// A file as the list has it.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Listed {
    start: usize,
    packed: usize,
    crc: u32,
    flags: u16,
}

/// Where bytes stand that belong to no file; `None` where there are none.
pub fn stray(bytes: &[u8]) -> Option<&'static str> {
    let Some(end) = bytes.windows(END.len()).rposition(|it| it == END) else {
        return Some("behind the last file");
    };
    if word(bytes, end + 20) != Some(0) || bytes.len() != end + 22 {
        return Some("behind the archive");
    }
    let start = long(bytes, end + 16).unwrap_or_default();
    let Some(mut files) = listed(bytes, start, end) else {
        return Some("in the list of files");
    };
    files.sort();
    let mut at = 0;
    for file in &files {
        if file.start != at {
            return Some(if at == 0 {
                "in front of the archive"
            } else {
                "between its files"
            });
        }
        match behind(bytes, file) {
            Some(end) => at = end,
            None => return Some("between its files"),
        }
    }
    (at != start).then_some("between its files")
}

/// The list of files, which must fill the room up to the end. Sizes of more than four bytes do not occur in what this
/// program packs.
fn listed(bytes: &[u8], mut at: usize, end: usize) -> Option<Vec<Listed>> {
    let mut files = Vec::new();
    while at < end {
        if bytes.get(at..at + LISTED.len()) != Some(LISTED) {
            return None;
        }
        files.push(Listed {
            start: long(bytes, at + 42)?,
            packed: long(bytes, at + 20)?,
            crc: u32::try_from(long(bytes, at + 16)?).ok()?,
            flags: word(bytes, at + 8)?,
        });
        let (name, extra) = (word(bytes, at + 28)?, word(bytes, at + 30)?);
        if word(bytes, at + 32)? != 0 {
            return None;
        }
        at += 46 + usize::from(name) + usize::from(extra);
    }
    (at == end).then_some(files)
}

/// Where a file ends; `None` where none begins.
fn behind(bytes: &[u8], file: &Listed) -> Option<usize> {
    let at = file.start;
    if bytes.get(at..at + FILE.len()) != Some(FILE) {
        return None;
    }
    let (name, extra) = (word(bytes, at + 26)?, word(bytes, at + 28)?);
    let end = at + 30 + usize::from(name) + usize::from(extra) + file.packed;
    if file.flags & IS_DESCRIBED == 0 {
        return Some(end);
    }
    let is_named = bytes.get(end..end + DESCRIPTOR.len()) == Some(DESCRIPTOR);
    let crc = end + if is_named { DESCRIPTOR.len() } else { 0 };
    let is_described = long(bytes, crc) == usize::try_from(file.crc).ok()
        && long(bytes, crc + 4) == Some(file.packed);
    is_described.then_some(crc + 12)
}

pub(super) fn word(bytes: &[u8], at: usize) -> Option<u16> {
    let two = bytes.get(at..at.checked_add(2)?)?;
    Some(u16::from_le_bytes(two.try_into().ok()?))
}

pub(super) fn long(bytes: &[u8], at: usize) -> Option<usize> {
    let four = bytes.get(at..at.checked_add(4)?)?;
    usize::try_from(u32::from_le_bytes(four.try_into().ok()?)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::pack;

    #[test]
    fn bytes_outside_the_files_are_found_wherever_they_stand() {
        let files = [("a.md", b"one".as_slice()), ("b/c.md", b"two")];
        let whole = pack(files).unwrap();
        assert_eq!(stray(&whole), None);
        let front = [b"MZ".as_slice(), &whole].concat();
        assert_eq!(stray(&front), Some("in the list of files"));
        let behind = [whole.as_slice(), b"more"].concat();
        assert_eq!(stray(&behind), Some("behind the archive"));
        let mut comment = behind;
        let at = whole.len() - 2;
        comment[at] = 4;
        assert_eq!(stray(&comment), Some("behind the archive"));
        let second = whole.windows(4).rposition(|it| it == FILE).unwrap();
        let between = moved(&whole, second);
        assert_eq!(stray(&between), Some("between its files"));
        let shifted = moved(&whole, 0);
        assert_eq!(stray(&shifted), Some("in front of the archive"));
        assert_eq!(stray(b"no archive"), Some("behind the last file"));
    }

    /// The archive with four bytes put in, and every offset behind them set right.
    fn moved(whole: &[u8], at: usize) -> Vec<u8> {
        let mut bytes = [&whole[..at], b"more", &whole[at..]].concat();
        let end = bytes.windows(4).rposition(|it| it == END).unwrap();
        let mut places = vec![end + 16];
        let start = long(&bytes, end + 16).unwrap() + 4;
        let lists = bytes.windows(4).enumerate();
        let lists = lists.filter(|(place, it)| *place >= start && *it == LISTED);
        places.extend(lists.map(|(place, _)| place + 42));
        for place in places {
            let offset = long(&bytes, place).unwrap();
            let offset = offset + if offset >= at { 4 } else { 0 };
            let offset = u32::try_from(offset).unwrap().to_le_bytes();
            bytes[place..place + 4].copy_from_slice(&offset);
        }
        bytes
    }
}
