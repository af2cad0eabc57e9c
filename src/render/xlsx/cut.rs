//! Texts made to fit: pieces for rows that cannot be high enough, and text kept from being decoded.

use std::borrow::Cow;

use super::measure::{Type, points, wrap};

/// The highest row the format knows is 409 points; longer texts go on in the next row.
const HIGHEST: f64 = 400.0;

/// The text of a cell, cut into pieces that each fit the highest row; between lines where that is possible.
pub(super) fn pieces(lead: Option<&str>, text: &str, kind: Type, room: f64) -> Vec<String> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let bold = Type { bold: true, ..kind };
    let mut used = lead.map_or(0, |lead| wrap(lead, bold, room).len());
    let mut pieces = Vec::new();
    let mut piece: Option<String> = None;
    for line in text.split('\n') {
        let wrapped = wrap(line, kind, room);
        let fits = points(used + wrapped.len(), kind) <= HIGHEST;
        let (parts, lines) = if fits {
            (vec![line.to_owned()], wrapped.len())
        } else {
            (wrapped, 1)
        };
        for (index, part) in parts.iter().enumerate() {
            if points(used + lines, kind) > HIGHEST && used > 0 {
                pieces.push(piece.take().unwrap_or_default());
                used = 0;
            }
            match &mut piece {
                Some(started) if index == 0 => started.extend(["\n", part]),
                Some(started) => started.push_str(part),
                None => piece = Some(part.clone()),
            }
            used += lines;
        }
    }
    pieces.push(piece.unwrap_or_default());
    pieces
}

/// The text with what spreadsheet programs would decode (`_x0041_` is an `A` to them) kept as it is.
pub(super) fn literal(text: &str) -> Cow<'_, str> {
    let escaped = |rest: &[u8]| {
        rest.len() >= 7
            && rest[..2] == *b"_x"
            && rest[6] == b'_'
            && rest[2..6].iter().all(u8::is_ascii_hexdigit)
    };
    let bytes = text.as_bytes();
    if !(0..bytes.len()).any(|at| escaped(&bytes[at..])) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for (at, c) in text.char_indices() {
        if escaped(&bytes[at..]) {
            out.push_str("_x005F");
        }
        out.push(c);
    }
    Cow::Owned(out)
}

/// The text, cut to at most so many UTF-16 units; `…` stands for the rest.
pub(super) fn cut(text: &str, most: usize) -> String {
    if text.encode_utf16().count() <= most {
        return text.to_owned();
    }
    let mut used = 1;
    let mut kept: String = text
        .chars()
        .take_while(|c| {
            used += c.len_utf16();
            used <= most
        })
        .collect();
    kept.push('…');
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    const CODE: Type = Type {
        size: 10.0,
        mono: true,
        bold: false,
    };

    #[test]
    fn text_that_looks_like_an_escape_stays_text() {
        assert_eq!(literal("a_x0041_b"), "a_x005F_x0041_b");
        assert_eq!(literal("_xyz_ _x41_"), "_xyz_ _x41_");
    }

    #[test]
    fn long_texts_are_cut_between_lines_and_nothing_is_lost() {
        let text: Vec<String> = (0..90)
            .map(|n| format!("Stop-CsWindowsService {n}"))
            .collect();
        let text = text.join("\n");
        let pieces = pieces(None, &text, CODE, 60.0);
        assert_eq!(pieces.len(), 3);
        assert_eq!(pieces.join("\n"), text);
    }

    #[test]
    fn blank_lines_stay() {
        assert_eq!(pieces(None, "\n\na\n", CODE, 40.0), ["\n\na\n"]);
        assert_eq!(pieces(Some("Title"), "", CODE, 40.0), [""]);
    }

    #[test]
    fn one_endless_line_is_cut_too() {
        let text = "x".repeat(9_000);
        let pieces = pieces(None, &text, CODE, 40.0);
        assert!(pieces.len() > 3);
        assert_eq!(pieces.concat(), text);
    }
}
