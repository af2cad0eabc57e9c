//! Worksheet text made fit for a terminal: nothing invisible, nothing that acts, and a known width.

use std::fmt::Write as _;

use unicode_width::UnicodeWidthStr;

/// The text on one line, with everything that a terminal would obey or hide made visible.
///
/// Blanks of every kind become one plain blank; a control character becomes its picture (`␛`), any other
/// invisible one its number (`<U+202E>`), so that the reader sees why two names that look alike differ.
pub(super) fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for symbol in text.chars() {
        match symbol {
            '\t' | '\n' | '\r' => shown.push(' '),
            '\0'..='\u{1f}' => shown.extend(char::from_u32(0x2400 + u32::from(symbol))),
            '\u{7f}' => shown.push('␡'),
            _ if is_hidden(symbol) => {
                // Writing to a `String` does not fail.
                let _ = write!(shown, "<U+{:04X}>", u32::from(symbol));
            }
            _ => shown.push(symbol),
        }
    }
    shown
}

/// Whether a character acts on a terminal or cannot be seen on it: controls, directions, joiners, tags.
pub(super) fn is_hidden(symbol: char) -> bool {
    symbol.is_control()
        || matches!(
            symbol,
            '\u{ad}'
                | '\u{61c}'
                | '\u{180e}'
                | '\u{200b}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{feff}'
                | '\u{fff9}'..='\u{fffb}'
                | '\u{e0000}'..='\u{e007f}'
        )
}

/// How many columns of a terminal a text takes.
pub(super) fn width(text: &str) -> usize {
    text.width()
}

/// The text, cut to at most so many columns; `…` stands for the rest.
pub(super) fn cut(text: &str, most: usize) -> String {
    if width(text) <= most {
        return text.to_owned();
    }
    let mut kept = String::new();
    for symbol in text.chars() {
        kept.push(symbol);
        if width(&kept) >= most {
            kept.pop();
            break;
        }
    }
    kept.push('…');
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_acts_on_the_terminal() {
        let cases = [
            ("fe01\nfe02\tx", "fe01 fe02 x"),
            ("\u{1b}[31mred\u{7}", "␛[31mred␇"),
            ("a\u{9b}31mb\u{7f}", "a<U+009B>31mb␡"),
            ("moc\u{202e}.fe01\u{200b}", "moc<U+202E>.fe01<U+200B>"),
            ("Größe 東京", "Größe 東京"),
        ];
        for (text, shown) in cases {
            assert_eq!(visible(text), shown);
            assert!(!visible(text).chars().any(is_hidden));
        }
    }

    #[test]
    fn a_cut_keeps_within_its_columns() {
        let cases = [
            ("abc", 3, "abc"),
            ("abcd", 3, "ab…"),
            ("東京都", 6, "東京都"),
            ("東京都庁", 6, "東京…"),
            ("a東京都", 6, "a東京…"),
            ("e\u{301}e\u{301}", 2, "e\u{301}e\u{301}"),
        ];
        for (text, most, kept) in cases {
            assert_eq!(cut(text, most), kept);
            assert!(width(kept) <= most);
        }
    }
}
