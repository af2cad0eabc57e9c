//! Worksheet text made fit to be shown: nothing invisible, nothing that acts.

use std::borrow::Cow;
use std::fmt::Write as _;

/// The text on one line, with everything that a terminal would obey or hide made visible.
///
/// Blanks of every kind become one plain blank; a control character becomes its picture (`␛`), any other
/// invisible one its number (`<U+202E>`), so that the reader sees why two names that look alike differ.
pub fn visible(text: &str) -> String {
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

/// The same, line by line.
pub fn visible_lines(text: &str) -> String {
    text.lines().map(visible).collect::<Vec<_>>().join("\n")
}

/// The text with everything in it that acts on what stands beside it shown: control characters by their pictures, the
/// marks that turn the direction by their numbers, as `<U+202E>`. On a page those would make other characters stand
/// elsewhere than they are. Line breaks and tabs stay, and so does what some languages are written with.
pub fn acting(text: &str) -> Cow<'_, str> {
    if !text.contains(is_acting) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for symbol in text.chars() {
        if is_acting(symbol) {
            shown.push_str(&visible(symbol.encode_utf8(&mut [0; 4])));
        } else {
            shown.push(symbol);
        }
    }
    Cow::Owned(shown)
}

fn is_acting(symbol: char) -> bool {
    match symbol {
        '\t' | '\n' | '\r' => false,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            true
        }
        _ => symbol.is_control(),
    }
}

/// Whether a character acts on a terminal or cannot be seen on it: controls, directions, joiners, tags.
pub fn is_hidden(symbol: char) -> bool {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_direction_are_shown_and_scripts_left_alone() {
        assert_eq!(
            acting("moc\u{202e}.fe01\u{2069}"),
            "moc<U+202E>.fe01<U+2069>"
        );
        assert_eq!(acting("שלום fe01"), "שלום fe01");
        assert_eq!(acting("a\u{7}\n\tb\u{1b}"), "a␇\n\tb␛");
    }

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
        assert_eq!(visible_lines("a\u{7}\r\nb"), "a␇\nb");
    }
}
