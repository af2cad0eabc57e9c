//! A text as hidden values are looked for in it: what reads alike is alike, and every place leads back to the text.

use std::ops::Range;

use crate::text::visible::is_hidden;

/// A text in small letters, with single blanks, digits, dashes and signs as a keyboard types them, and nothing invisible.
#[derive(Debug)]
pub struct View {
    /// The text.
    pub text: String,
    /// For each of its bytes, and the end, where that stands in the original.
    origins: Vec<usize>,
}

impl View {
    /// The view of a text.
    pub fn of(original: &str) -> Self {
        let mut view = Self {
            text: String::with_capacity(original.len()),
            origins: Vec::with_capacity(original.len() + 1),
        };
        each(original, |symbol, at| {
            view.text.push(symbol);
            view.origins.resize(view.text.len(), at);
        });
        view.origins.push(original.len());
        view
    }

    /// The range of the original that a range of the view was made from.
    pub fn origin(&self, range: &Range<usize>) -> Range<usize> {
        let at = |index: usize| self.origins.get(index).or(self.origins.last()).copied();
        at(range.start).unwrap_or_default()..at(range.end).unwrap_or_default()
    }
}

/// The view's text alone.
pub fn plain(original: &str) -> String {
    let mut text = String::with_capacity(original.len());
    each(original, |symbol, _| text.push(symbol));
    text
}

/// Hands on each character of the view with the place it comes from.
pub fn each(original: &str, mut push: impl FnMut(char, usize)) {
    let mut is_blank = false;
    for (at, symbol) in original.char_indices() {
        if symbol.is_ascii_graphic() {
            push(symbol.to_ascii_lowercase(), at);
            is_blank = false;
        } else if symbol.is_whitespace() {
            if !is_blank {
                push(' ', at);
            }
            is_blank = true;
        } else if !is_hidden(symbol) {
            typed(symbol).to_lowercase().for_each(|it| push(it, at));
            is_blank = false;
        }
    }
}

/// The character a keyboard types for one that looks like it.
fn typed(symbol: char) -> char {
    match symbol {
        // The full-width forms of ASCII stand in one block, in its order.
        '\u{ff01}'..='\u{ff5e}' => {
            char::from_u32(u32::from(symbol) - 0xff01 + u32::from('!')).unwrap_or(symbol)
        }
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{30fc}' => '-',
        '\u{2024}' | '\u{b7}' | '\u{2219}' | '\u{22c5}' | '\u{3002}' | '\u{ff61}' => '.',
        '\u{2044}' | '\u{2215}' => '/',
        '\u{2236}' | '\u{a789}' => ':',
        // What a Japanese or Korean keyboard shows in place of the backslash.
        '\u{a5}' | '\u{ffe5}' | '\u{20a9}' | '\u{ffe6}' | '\u{2216}' | '\u{fe68}' => '\\',
        symbol => digit(symbol).unwrap_or(symbol),
    }
}

/// The digit that one of another script, or a raised or lowered one, stands for.
fn digit(symbol: char) -> Option<char> {
    const ZEROS: [u32; 8] = [0x660, 0x6f0, 0x966, 0x9e6, 0xe50, 0x2080, 0x1d7ce, 0x1d7f6];
    match symbol {
        '\u{b9}' => return Some('1'),
        '\u{b2}' => return Some('2'),
        '\u{b3}' => return Some('3'),
        '\u{2070}' => return Some('0'),
        '\u{2074}'..='\u{2079}' => return char::from_digit(u32::from(symbol) - 0x2070, 10),
        _ => {}
    }
    let code = u32::from(symbol);
    let zero = ZEROS
        .iter()
        .find(|zero| (**zero..**zero + 10).contains(&code))?;
    char::from_digit(code - zero, 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_reads_alike_is_alike_and_is_found_again() {
        let cases = [
            ("１０．７７．０．１６", "10.77.0.16"),
            (
                "+1\u{2011}206\u{2009}\u{a0}777\u{2013}0014",
                "+1-206 777-0014",
            ),
            ("10.\u{200b}77.0.\u{661}", "10.77.0.1"),
            ("Anna\r\n  BERG", "anna berg"),
            ("\u{ffe5}\u{ffe5}fs01\u{ff3c}x", r"\\fs01\x"),
        ];
        for (text, expected) in cases {
            assert_eq!(plain(text), expected);
        }
        let text = "ab 7７\u{200b} 8";
        let view = View::of(text);
        assert_eq!(view.text, "ab 77 8");
        assert_eq!(&text[view.origin(&(3..5))], "7７\u{200b}");
        assert_eq!(view.origin(&(6..7)).end, text.len());
    }
}
