//! The encoding of a text file. The only place that decides it; the order is: byte order mark, UTF-8, UTF-16
//! by its pattern, UTF-8 with a few bytes that are none, and then a guess.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::super::trouble::Trouble;
use super::marks::is_broken;
use super::pages;

/// A text, and whether its encoding was guessed.
#[derive(Debug)]
pub(in crate::workbook) struct Decoded {
    pub(in crate::workbook) text: String,
    /// The encoding that was guessed, and whether the guess is safe.
    pub(in crate::workbook) guess: Option<(&'static str, bool)>,
}

/// Decodes the bytes; fails where they are no text.
pub(in crate::workbook) fn decode(bytes: &[u8]) -> Result<Decoded, Trouble> {
    if is_utf32(bytes) {
        return Err(Trouble::unreadable(
            "this text is in UTF-32, which is not read",
        ));
    }
    let known = match Encoding::for_bom(bytes) {
        Some((encoding, mark)) => Some((encoding, &bytes[mark..])),
        None => utf16(bytes)
            .map(|encoding| (encoding, bytes))
            .or_else(|| is_nearly_utf8(bytes).then_some((UTF_8, bytes))),
    };
    let decoded = if let Some((encoding, content)) = known {
        Decoded {
            text: encoding.decode_without_bom_handling(content).0.into_owned(),
            guess: None,
        }
    } else {
        let guess = pages::guess(bytes);
        Decoded {
            text: guess.text,
            guess: Some((guess.name, guess.is_safe)),
        }
    };
    let text = without_end_mark(&decoded.text);
    refuse_binary(text, decoded.guess.is_some())?;
    Ok(Decoded {
        text: text.to_owned(),
        ..decoded
    })
}

/// UTF-8, but for some bytes: characters of several bytes hardly ever come about by accident.
fn is_nearly_utf8(bytes: &[u8]) -> bool {
    let (mut whole, mut broken) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    broken == 0 || whole >= broken
}

/// The text without the mark by which MS-DOS programs end a file, which is no row.
fn without_end_mark(text: &str) -> &str {
    let end = text.trim_end_matches(['\u{1a}', '\r', '\n']);
    match text[end.len()..].find('\u{1a}') {
        Some(mark) => &text[..end.len() + mark],
        None => text,
    }
}

/// UTF-16 without its mark: in the text of a table nearly every other byte is zero.
fn utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let pairs = bytes.len() / 2;
    let zeros = |offset: usize| {
        let half = bytes.iter().skip(offset).step_by(2);
        half.filter(|byte| **byte == 0).count()
    };
    let (first, second) = (zeros(0), zeros(1));
    let mostly = |count: usize| count * 10 > pairs * 4;
    let hardly = |count: usize| count * 20 <= pairs;
    match bytes.len().is_multiple_of(2) {
        true if mostly(second) && hardly(first) => Some(UTF_16LE),
        true if mostly(first) && hardly(second) => Some(UTF_16BE),
        _ => None,
    }
}

/// UTF-32, with or without its mark: three of four bytes are zero.
#[expect(
    clippy::naive_bytecount,
    reason = "files are small, and this runs once for each"
)]
fn is_utf32(bytes: &[u8]) -> bool {
    let quads = bytes.len() / 4;
    let zeros = bytes.iter().filter(|byte| **byte == 0).count();
    bytes.len().is_multiple_of(4) && quads > 0 && zeros * 10 >= quads * 25
}

/// Control characters give binary data away; one or two cost their cells. Any bytes at all decode in a guessed encoding,
/// but a table has separators and line ends.
fn refuse_binary(text: &str, is_guess: bool) -> Result<(), Trouble> {
    let odd = text.chars().filter(|c| is_broken(*c)).count();
    let is_foreign = is_guess && !text.chars().any(|c| c.is_ascii_alphanumeric() || c == '\n');
    if odd > 1 + text.len() / 100 || is_foreign {
        return Err(Trouble::not_a_worksheet(
            "this is neither a workbook nor readable text",
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16_bytes(text: &str, order: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(order).collect()
    }

    #[test]
    fn every_encoding_of_the_contract_is_recognised() {
        let text = "Müller,Zürich\r\n";
        let latin: &[u8] = b"M\xFCller,Z\xFCrich\r\n";
        let marked = [b"\xEF\xBB\xBF".as_slice(), text.as_bytes()].concat();
        let wide = utf16_bytes(text, u16::to_le_bytes);
        let wide_marked = utf16_bytes(&format!("\u{feff}{text}"), u16::to_be_bytes);
        let cases: [(&[u8], bool); 6] = [
            (text.as_bytes(), false),
            (&marked, false),
            (&wide, false),
            (&utf16_bytes(text, u16::to_be_bytes), false),
            (&wide_marked, false),
            (latin, true),
        ];
        for (bytes, is_guess) in cases {
            let decoded = decode(bytes).unwrap();
            let found = (decoded.text.as_str(), decoded.guess.is_some());
            assert_eq!(found, (text, is_guess));
        }
    }

    #[test]
    fn binary_data_are_not_text() {
        let wide: Vec<u8> = "Name,Copy\n"
            .chars()
            .flat_map(|c| u32::from(c).to_le_bytes())
            .collect();
        for bytes in [b"a,b\0\x01\x02\xff".as_slice(), b"\x80\x81\x8d\x90", &wide] {
            assert!(decode(bytes).is_err(), "{bytes:?}");
        }
    }

    #[test]
    fn one_bad_byte_does_not_make_another_encoding_of_a_text() {
        let decoded = decode(b"Z\xC3\xBCrich S\xC3\xBCd,x\xFFy\n").unwrap();
        assert_eq!(decoded.text, "Z\u{fc}rich S\u{fc}d,x\u{fffd}y\n");
        assert_eq!(decoded.guess, None);
        assert_eq!(decode(b"a,b\n1,2\0\n").unwrap().text, "a,b\n1,2\0\n");
    }

    #[test]
    fn the_end_of_file_of_ms_dos_is_no_text() {
        for text in ["a,b\r\n\x1a", "a,b\r\n\x1a\x1a\r\n"] {
            assert_eq!(decode(text.as_bytes()).unwrap().text, "a,b\r\n");
        }
        assert_eq!(decode(b"a,b\r\n").unwrap().text, "a,b\r\n");
    }
}
