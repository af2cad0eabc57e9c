//! The encoding of a text file. The only place that decides it; the order is: byte order mark, UTF-8, UTF-16
//! by its pattern, Windows-1252.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::super::trouble::Trouble;

/// A text, and whether its encoding was guessed.
#[derive(Debug)]
pub(super) struct Decoded {
    pub(super) text: String,
    pub(super) is_guess: bool,
}

/// Decodes the bytes; fails where they are no text.
pub(super) fn decode(bytes: &[u8]) -> Result<Decoded, Trouble> {
    if is_utf32(bytes) {
        return Err(Trouble::unreadable(
            "this text is in UTF-32, which is not read",
        ));
    }
    let known = match Encoding::for_bom(bytes) {
        Some((encoding, mark)) => Some((encoding, &bytes[mark..])),
        None if std::str::from_utf8(bytes).is_ok() && !bytes.contains(&0) => Some((UTF_8, bytes)),
        None => utf16(bytes).map(|encoding| (encoding, bytes)),
    };
    let (encoding, content) = known.unwrap_or((WINDOWS_1252, bytes));
    let text = encoding.decode_without_bom_handling(content).0.into_owned();
    refuse_binary(&text, known.is_none())?;
    Ok(Decoded {
        text,
        is_guess: known.is_none(),
    })
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

/// Control characters give binary data away. In Windows-1252 none is tolerated, since any bytes at all decode.
fn refuse_binary(text: &str, is_guess: bool) -> Result<(), Trouble> {
    let odd = text
        .chars()
        .filter(|c| c.is_control() && !"\t\r\n\u{b}\u{c}\u{1a}\u{85}".contains(*c))
        .count();
    let holes = text.chars().filter(|c| *c == '\u{fffd}').count();
    let bound = if is_guess { 0 } else { text.len() / 100 };
    if odd + holes > bound || text.contains('\0') {
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
            assert_eq!((decoded.text.as_str(), decoded.is_guess), (text, is_guess));
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
}
