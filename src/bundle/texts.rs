//! The texts of a file, in every form in which its format may write a value: markup taken away, entities and escapes
//! undone, the parts of a workbook unpacked.

use std::collections::BTreeSet;
use std::io::Read as _;

use crate::archive::Archive;

/// A part of a workbook is not unpacked beyond this.
const LARGEST_PART: u64 = 256 << 20;

/// The parts of a file, each with its name and text; for a file that is no archive, the file itself under no name. The
/// name of a part is a part, too.
///
/// # Errors
/// An archive that cannot be read through, so that nothing can be said about it.
pub fn parts(
    bytes: &[u8],
    mut look: impl FnMut(&str, &str) -> bool,
) -> Result<Option<String>, String> {
    if !bytes.starts_with(b"PK\x03\x04") {
        let found = look("", &String::from_utf8_lossy(bytes));
        return Ok(found.then(String::new));
    }
    let mut archive = Archive::open(bytes)?;
    for (name, index) in archive.names() {
        let part = archive
            .part(index)
            .ok_or_else(|| format!("{name} cannot be read"))?;
        let mut inside = Vec::new();
        let read = part.take(LARGEST_PART).read_to_end(&mut inside);
        read.map_err(|error| format!("{name}: {error}"))?;
        if look(&name, &name) || look(&name, &String::from_utf8_lossy(&inside)) {
            return Ok(Some(name));
        }
    }
    Ok(None)
}

/// The forms of a text: twenty times as much, so of a piece and not of a file.
pub fn forms(raw: &str) -> BTreeSet<String> {
    let marked = [
        raw.to_owned(),
        entities(raw),
        entities(&without_tags(raw, "")),
        entities(&without_tags(raw, " ")),
    ];
    let mut forms = BTreeSet::new();
    for text in marked {
        // A header of a workbook doubles the sign that begins its codes.
        let readings = [
            text.replace("&&", "&"),
            without_backslashes(&text),
            json_escapes(&text),
            percent_escapes(&text),
        ];
        forms.extend(readings.iter().map(|text| plain(text)));
        forms.insert(plain(&text));
    }
    forms
}

/// Blanks as one, and nothing invisible.
fn plain(text: &str) -> String {
    let invisible = ['\u{ad}', '\u{200b}', '\u{2060}', '\u{feff}'];
    let words = text
        .split_whitespace()
        .map(|word| word.replace(invisible, ""));
    words.collect::<Vec<_>>().join(" ")
}

/// Without what stands between `<` and `>`.
fn without_tags(text: &str, between: &str) -> String {
    let mut left = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('<') {
        left.push_str(&rest[..start]);
        let Some(end) = rest[start..].find('>') else {
            break;
        };
        left.push_str(between);
        rest = &rest[start + end + 1..];
    }
    left.push_str(rest);
    left
}

/// `&amp;`, `&#39;` and the like.
pub fn entities(text: &str) -> String {
    rewritten(text, '&', entity)
}

/// What an entity means whose name and end a text begins with, and how long both are.
pub fn entity(rest: &str) -> Option<(char, usize)> {
    let end = rest.bytes().take(9).position(|it| it == b';')?;
    let name = &rest[..end];
    let known = match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some(' '),
        _ => name
            .strip_prefix("#x")
            .or_else(|| name.strip_prefix("#X"))
            .map(|hex| u32::from_str_radix(hex, 16))
            .or_else(|| name.strip_prefix('#').map(str::parse))
            .and_then(|code| char::from_u32(code.ok()?)),
    };
    Some((known?, end + 1))
}

/// Markdown's backslash before a sign.
fn without_backslashes(text: &str) -> String {
    rewritten(text, '\\', |rest| {
        let sign = rest.chars().next().filter(char::is_ascii_punctuation)?;
        Some((sign, sign.len_utf8()))
    })
}

/// JSON's escapes.
fn json_escapes(text: &str) -> String {
    rewritten(text, '\\', |rest| {
        let sign = rest.chars().next()?;
        match sign {
            'n' | 'r' | 't' => Some((' ', 1)),
            '"' | '\\' | '/' => Some((sign, 1)),
            'u' => {
                let code = u32::from_str_radix(rest.get(1..5)?, 16).ok()?;
                Some((char::from_u32(code)?, 5))
            }
            _ => None,
        }
    })
}

/// The escapes of links.
fn percent_escapes(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, others)) = rest.split_first() {
        let hex = others
            .get(..2)
            .and_then(|hex| std::str::from_utf8(hex).ok());
        let code = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok());
        if let (b'%', Some(code)) = (first, code) {
            bytes.push(code);
            rest = &others[2..];
        } else {
            bytes.push(*first);
            rest = others;
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// A text with each escape that begins with `sign` undone: the reader says what it means and how long it is.
fn rewritten(text: &str, sign: char, read: impl Fn(&str) -> Option<(char, usize)>) -> String {
    let mut written = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(sign) {
        written.push_str(&rest[..at]);
        rest = &rest[at + sign.len_utf8()..];
        if let Some((meant, length)) = read(rest) {
            written.push(meant);
            rest = &rest[length..];
        } else {
            written.push(sign);
        }
    }
    written.push_str(rest);
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_read_in_whatever_way_it_is_written() {
        let value = r#"\\h\a & "b"é 1"#;
        let ways = [
            value,
            r"\\h\a &amp; &quot;b&quot;&#xe9; 1",
            r"<b>\\h\</b>a <i>&amp;</i> &#34;b&#34;&#233;&nbsp;1",
            r#"\\\\h\\a & \"b\"é 1"#,
            r#"\\\\h\\a & \"b\"\u00e9 1"#,
            r"%5C%5Ch%5Ca%20%26%20%22b%22%C3%A9%201",
            "\\\\h\\a\n && \"b\"\u{200b}é\u{a0}1",
        ];
        for way in ways {
            let forms = forms(&format!("x{way}y"));
            assert!(forms.iter().any(|form| form.contains(value)), "{way}");
        }
    }

    #[test]
    fn cells_side_by_side_are_read_apart_and_runs_together() {
        let forms = forms("<t>one</t><t>two</t>");
        assert!(forms.contains("onetwo") && forms.contains("one two"));
    }

    #[test]
    fn an_archive_is_looked_into() {
        let zip = crate::archive::pack([("docProps/core.xml", b"<x>a</x>".as_slice())]).unwrap();
        let has = |text: &str| parts(&zip, |_, it| it.contains(text)).unwrap();
        assert_eq!(has("<x>a").as_deref(), Some("docProps/core.xml"));
        assert_eq!(has("b"), None);
        assert!(parts(&zip[..zip.len() / 2], |_, _| false).is_err());
    }
}
