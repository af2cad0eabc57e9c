//! Texts made to fit: pieces for rows that cannot be high enough, and text kept from being decoded.

use std::borrow::Cow;

use super::measure::{Type, points, wrap};

/// The highest row the format knows is 409 points; longer texts go on in the next row.
const HIGHEST: f64 = 400.0;

/// A piece of a cell's text, which stands in one row.
#[derive(Debug, Default)]
pub(super) struct Piece {
    /// What stands there, below the lead where there is one.
    pub(super) text: String,
    /// How many lines it takes, with the lead.
    pub(super) lines: usize,
}

/// The text of a cell, cut into pieces that each fit the highest row; between lines where that is possible.
pub(super) fn pieces(lead: Option<&str>, text: &str, kind: Type, room: f64) -> Vec<Piece> {
    let text = if text.contains('\r') {
        Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n"))
    } else {
        Cow::Borrowed(text)
    };
    let lead = lead.map_or(0, |lead| {
        wrap(lead, Type { bold: true, ..kind }, room).len()
    });
    let mut cutter = Cutter {
        kind,
        lines: lead,
        piece: None,
        pieces: Vec::new(),
    };
    for line in text.split('\n') {
        let wrapped = wrap(line, kind, room);
        if cutter.is_high(wrapped.len()) {
            for (index, part) in wrapped.into_iter().enumerate() {
                cutter.add(part, 1, index == 0);
            }
        } else {
            cutter.add(line, wrapped.len(), true);
        }
    }
    cutter.close();
    let mut pieces = cutter.pieces;
    // Below a lead an empty text takes no line of its own.
    if let Some(first) = pieces
        .first_mut()
        .filter(|it| lead > 0 && it.text.is_empty())
    {
        first.lines = lead;
    }
    pieces
}

/// Pieces in the making.
struct Cutter {
    kind: Type,
    /// How many lines the present piece takes.
    lines: usize,
    piece: Option<String>,
    pieces: Vec<Piece>,
}

impl Cutter {
    /// Whether the present piece would be too high with so many lines more.
    fn is_high(&self, more: usize) -> bool {
        points(self.lines + more, self.kind) > HIGHEST
    }

    /// Adds what takes so many lines; `fresh` says that it begins a line of the text.
    fn add(&mut self, part: &str, lines: usize, fresh: bool) {
        if self.is_high(lines) && self.lines > 0 {
            self.close();
        }
        match &mut self.piece {
            Some(started) if fresh => started.extend(["\n", part]),
            Some(started) => started.push_str(part),
            None => self.piece = Some(part.to_owned()),
        }
        self.lines += lines;
    }

    fn close(&mut self) {
        let text = self.piece.take().unwrap_or_default();
        let lines = std::mem::take(&mut self.lines);
        self.pieces.push(Piece { text, lines });
    }
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

    fn texts(lead: Option<&str>, text: &str, room: f64) -> Vec<String> {
        let pieces = pieces(lead, text, CODE, room).into_iter();
        pieces.map(|piece| piece.text).collect()
    }

    #[test]
    fn a_piece_knows_how_many_lines_it_takes() {
        let text = format!("{}\n\n{}", "ab cd ".repeat(70), "x".repeat(3_000));
        for lead in [None, Some("A title that is longer than the column is wide")] {
            let pieces = pieces(lead, &text, CODE, 40.0);
            assert!(pieces.len() > 1);
            for (index, piece) in pieces.iter().enumerate() {
                let above = lead.filter(|_| index == 0);
                let above = above.map_or(0, |it| wrap(it, Type { bold: true, ..CODE }, 40.0).len());
                assert_eq!(piece.lines, above + wrap(&piece.text, CODE, 40.0).len());
            }
        }
        assert_eq!(pieces(Some("Title"), "", CODE, 40.0)[0].lines, 1);
        assert_eq!(pieces(None, "", CODE, 40.0)[0].lines, 1);
    }

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
        let pieces = texts(None, &text, 60.0);
        assert_eq!(pieces.len(), 3);
        assert_eq!(pieces.join("\n"), text);
    }

    #[test]
    fn blank_lines_stay() {
        assert_eq!(texts(None, "\n\na\n", 40.0), ["\n\na\n"]);
        assert_eq!(texts(Some("Title"), "", 40.0), [""]);
    }

    #[test]
    fn one_endless_line_is_cut_too() {
        let text = "x".repeat(9_000);
        let pieces = texts(None, &text, 40.0);
        assert!(pieces.len() > 3);
        assert_eq!(pieces.concat(), text);
    }
}
