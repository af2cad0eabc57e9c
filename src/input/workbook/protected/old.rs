//! Excel 97 to 2003: RC4 with a key of MD5 or SHA-1, and before that a mask ([MS-XLS] 2.2.10, [MS-OFFCRYPTO] 2.3.5 to
//! 2.3.7). Heads of records stay plain, and so do a few records.

use std::ops::Range;

use md5::{Digest, Md5};
use rc4::consts::U16;
use rc4::{KeyInit, Rc4, StreamCipher};

use super::{EVERYBODYS, password, sha1};

/// The record that says how the stream is encrypted.
const FILE_PASS: u16 = 0x2f;
/// A record that no reader knows, in its place.
const NOTHING: u16 = 0x7f2f;
/// Records that stay plain.
const PLAIN: [u16; 8] = [0x809, FILE_PASS, 0xe1, 0x194, 0x195, 0x196, 0x138, NOTHING];
/// A sheet's record, of which the place stays plain.
const BOUND_SHEET: u16 = 0x85;

/// So much of the stream has one key.
const BLOCK: usize = 1024;

/// The workbook stream, decrypted; `None` where it takes another password. A stream that is not encrypted is none of ours.
pub(in super::super) fn stream(encrypted: &[u8]) -> Option<Vec<u8>> {
    let (_, head) = records(encrypted).find(|(kind, _)| *kind == FILE_PASS)?;
    let cipher = Cipher::of(encrypted.get(head.clone())?)?;
    let mut plain = encrypted.to_vec();
    for (kind, data) in records(encrypted) {
        let from = match kind {
            BOUND_SHEET => (data.start + 4).min(data.end),
            kind if PLAIN.contains(&kind) => data.end,
            _ => data.start,
        };
        cipher.decrypt(&mut plain[from..data.end], from, &data);
    }
    plain[head.start - 4..head.start - 2].copy_from_slice(&NOTHING.to_le_bytes());
    Some(plain)
}

/// Each record's kind, and where its data stand.
fn records(stream: &[u8]) -> impl Iterator<Item = (u16, Range<usize>)> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        let head: &[u8; 4] = stream.get(at..)?.first_chunk()?;
        let kind = u16::from_le_bytes([head[0], head[1]]);
        let start = at + 4;
        let end = start + usize::from(u16::from_le_bytes([head[2], head[3]]));
        at = end;
        (end <= stream.len()).then_some((kind, start..end))
    })
}

enum Cipher {
    /// A mask of sixteen bytes.
    Mask([u8; 16]),
    /// RC4; the first five bytes of a hash of MD5.
    Md5([u8; 5]),
    /// RC4; a hash of SHA-1, and how many bytes of the next one are the key.
    Sha1(Vec<u8>, usize),
}

impl Cipher {
    fn of(record: &[u8]) -> Option<Self> {
        if record.len() == 4 {
            return Self::mask(record);
        }
        let (kind, rest) = record.split_first_chunk::<2>()?;
        match u16::from_le_bytes(*kind) {
            0 => Self::mask(rest),
            1 => match rest {
                [1, 0, 1, 0, rest @ ..] => Self::with_md5(rest),
                [2..=4, 0, 2, 0, rest @ ..] => Self::with_sha1(rest),
                _ => None,
            },
            _ => None,
        }
    }

    fn mask(record: &[u8]) -> Option<Self> {
        // What fills up a password of fifteen letters.
        const FILL: u8 = 0xbb;
        let [low, high, verifier @ ..] = record else {
            return None;
        };
        let bytes = EVERYBODYS.as_bytes();
        let length = u8::try_from(bytes.len()).ok()?;
        let turned =
            |sum: u16, byte: &u8| ((sum >> 14) & 1 | (sum << 1) & 0x7fff) ^ u16::from(*byte);
        let sum = bytes.iter().rev().chain([&length]).fold(0, turned) ^ 0xce4b;
        if *verifier != sum.to_le_bytes() {
            return None;
        }
        let mut mask = [FILL; 16];
        mask[..bytes.len()].copy_from_slice(bytes);
        for (at, byte) in mask.iter_mut().enumerate() {
            *byte = (*byte ^ if at % 2 == 0 { *low } else { *high }).rotate_left(2);
        }
        Some(Self::Mask(mask))
    }

    fn with_md5(rest: &[u8]) -> Option<Self> {
        let salt = rest.get(..16)?;
        let hash = Md5::digest(password());
        let salted = [&hash[..5], salt].concat().repeat(16);
        let cipher = Self::Md5(*Md5::digest(salted).first_chunk()?);
        let mut both = rest.get(16..48)?.to_vec();
        cipher.decrypt(&mut both, 0, &(0..0));
        (Md5::digest(&both[..16])[..] == both[16..]).then_some(cipher)
    }

    fn with_sha1(rest: &[u8]) -> Option<Self> {
        let size = usize::try_from(u32::from_le_bytes(*rest.get(4..)?.first_chunk()?)).ok()?;
        let (header, verifier) = rest.get(8..)?.split_at_checked(size)?;
        let bits = u32::from_le_bytes(*header.get(16..)?.first_chunk()?);
        let salt = verifier.get(4..20)?;
        let length = match bits {
            0 | 40 => 5,
            128 => 16,
            _ => return None,
        };
        let cipher = Self::Sha1(sha1(&[salt, &password()]), length);
        let mut both = [verifier.get(20..36)?, verifier.get(40..60)?].concat();
        cipher.decrypt(&mut both, 0, &(0..0));
        (sha1(&[&both[..16]])[..] == both[16..]).then_some(cipher)
    }

    /// Decrypts the piece of a record that begins at a place of the stream.
    fn decrypt(&self, mut piece: &mut [u8], mut at: usize, record: &Range<usize>) {
        if let Self::Mask(mask) = self {
            // The mask begins behind the record, as every program has it and the specification has not.
            let start = record.end + (at - record.start);
            for (index, byte) in piece.iter_mut().enumerate() {
                *byte = byte.rotate_left(3) ^ mask[(start + index) % 16];
            }
            return;
        }
        while !piece.is_empty() {
            let (block, skipped) = (at / BLOCK, at % BLOCK);
            let (now, later) = piece.split_at_mut(piece.len().min(BLOCK - skipped));
            let mut rc4 = Rc4::<U16>::new(&self.key(block).into());
            rc4.apply_keystream(&mut vec![0; skipped]);
            rc4.apply_keystream(now);
            at += now.len();
            piece = later;
        }
    }

    /// The key of a block.
    fn key(&self, block: usize) -> [u8; 16] {
        let number = u32::try_from(block).unwrap_or(u32::MAX).to_le_bytes();
        let mut key = [0; 16];
        match self {
            Self::Mask(mask) => key = *mask,
            Self::Md5(hash) => key = Md5::digest([&hash[..], &number].concat()).into(),
            Self::Sha1(hash, length) => {
                key[..*length].copy_from_slice(&sha1(&[hash, &number])[..*length]);
            }
        }
        key
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A record.
    fn record(kind: u16, data: &[u8]) -> Vec<u8> {
        let length = u16::try_from(data.len()).unwrap();
        [&kind.to_le_bytes()[..], &length.to_le_bytes(), data].concat()
    }

    /// A stream whose text is encrypted.
    fn encrypted(pass: &[u8], text: &[u8]) -> Vec<u8> {
        let head = [record(0x809, &[0, 6, 5, 0]), record(FILE_PASS, pass)].concat();
        let (sheet, place) = (text.repeat(400), b"placetext");
        let mut stream = [
            head.clone(),
            record(0xfc, &sheet),
            record(BOUND_SHEET, place),
        ]
        .concat();
        let cipher = Cipher::of(pass).unwrap();
        let first = head.len() + 4..head.len() + 4 + sheet.len();
        let last = first.end + 4..first.end + 4 + place.len();
        for (from, range) in [(first.start, first.clone()), (last.start + 4, last.clone())] {
            if let Cipher::Mask(mask) = &cipher {
                for at in from..range.end {
                    let mask = mask[(range.end + at - range.start) % 16];
                    stream[at] = (stream[at] ^ mask).rotate_right(3);
                }
            } else {
                cipher.decrypt(&mut stream[from..range.end], from, &range);
            }
        }
        stream
    }

    #[test]
    fn a_stream_is_decrypted_but_for_what_is_plain() {
        // The verifier of the password that everybody has, behind some key.
        let mask = [0, 0, 0x12, 0x34, 0x9a, 0x9a];
        let mut pass = mask;
        pass[4..].copy_from_slice(&verifier());
        let stream = encrypted(&pass, b"fs01.contoso.com ");
        let plain = super::stream(&stream).unwrap();
        let text = String::from_utf8_lossy(&plain);
        assert!(text.contains("fs01.contoso.com fs01.contoso.com ") && text.ends_with("placetext"));
        pass[4] ^= 1;
        assert!(Cipher::of(&pass).is_none(), "another password");
    }

    fn verifier() -> [u8; 2] {
        (0..=u16::MAX)
            .map(u16::to_le_bytes)
            .find(|it| Cipher::mask(&[&[0x12, 0x34][..], it].concat()).is_some())
            .unwrap()
    }
}
