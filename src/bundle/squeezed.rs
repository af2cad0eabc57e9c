//! The letters and digits of a text, and nothing between them: whatever signs, escapes and markup stand there.

use std::ops::Range;

use super::view;

/// Letters and digits as views have them, each with its place in the original.
#[derive(Debug, Default)]
pub struct Squeezed {
    /// The letters and digits.
    pub text: String,
    /// For each byte, where the character behind it begins in the original.
    origins: Vec<usize>,
}

impl Squeezed {
    /// Of a text as it stands.
    pub fn of(text: &str) -> Self {
        let mut squeezed = Self::with_room(text);
        for (at, symbol) in text.char_indices() {
            squeezed.push(symbol, at);
        }
        squeezed
    }

    /// Of a text whose entities and escapes are undone; of markup without its tags, if so wished.
    pub fn undone(text: &str, without_tags: bool) -> Self {
        let mut squeezed = Self::with_room(text);
        let bytes = text.as_bytes();
        let mut at = 0;
        while let Some(first) = bytes.get(at) {
            let rest = &text[at..];
            let length = match first {
                b'<' if without_tags => rest.find('>').map_or(rest.len(), |it| it + 1),
                b'&' => squeezed.entity(rest, at).unwrap_or(1),
                b'\\' => squeezed.escape(rest, at),
                b'%' => squeezed.percent(rest, at),
                _ => {
                    let symbol = rest.chars().next().unwrap_or_default();
                    squeezed.push(symbol, at);
                    symbol.len_utf8()
                }
            };
            at += length;
        }
        squeezed
    }

    fn with_room(text: &str) -> Self {
        Self {
            text: String::with_capacity(text.len()),
            origins: Vec::with_capacity(text.len()),
        }
    }

    fn push(&mut self, symbol: char, at: usize) {
        if symbol.is_ascii() {
            if symbol.is_ascii_alphanumeric() {
                self.text.push(symbol.to_ascii_lowercase());
                self.origins.push(at);
            }
            return;
        }
        view::each(symbol.encode_utf8(&mut [0; 4]), |symbol, _| {
            if symbol.is_alphanumeric() {
                self.text.push(symbol);
                self.origins.resize(self.text.len(), at);
            }
        });
    }

    /// `&amp;`; returns its length.
    fn entity(&mut self, rest: &str, at: usize) -> Option<usize> {
        let name = rest.get(1..)?;
        let (meant, length) = super::texts::entity(name)?;
        self.push(meant, at);
        Some(1 + length)
    }

    /// `\u00e9`, `\n`, `\\`; returns its length.
    fn escape(&mut self, rest: &str, at: usize) -> usize {
        match rest.as_bytes().get(1) {
            Some(b'n' | b'r' | b't' | b'\\' | b'/' | b'"') => 2,
            Some(b'u') => {
                let code = rest.get(2..6).map(|hex| u32::from_str_radix(hex, 16));
                let Some(symbol) = code.and_then(|it| char::from_u32(it.ok()?)) else {
                    return 1;
                };
                self.push(symbol, at);
                6
            }
            _ => 1,
        }
    }

    /// `%C3%A9`; returns its length.
    fn percent(&mut self, rest: &str, at: usize) -> usize {
        let mut bytes = Vec::new();
        let mut length = 0;
        while let Some(hex) = rest[length..].strip_prefix('%').and_then(|it| it.get(..2)) {
            let Ok(byte) = u8::from_str_radix(hex, 16) else {
                break;
            };
            bytes.push(byte);
            length += 3;
        }
        for symbol in String::from_utf8_lossy(&bytes).chars() {
            self.push(symbol, at);
        }
        length.max(1)
    }

    /// The range of the original that a range of the letters and digits was made from; its end may lie before the end of
    /// an escape.
    pub fn origin(&self, range: &Range<usize>) -> Range<usize> {
        let at = |index: usize| self.origins.get(index).copied().unwrap_or_default();
        at(range.start)..at(range.end.saturating_sub(1)) + 1
    }
}

/// The letters and digits of a value.
pub fn key(value: &str) -> String {
    Squeezed::of(value).text
}

/// The same, its escapes undone.
pub fn key_undone(value: &str) -> String {
    let begins = value.trim_start_matches(|c: char| !c.is_alphanumeric() && !"&%".contains(c));
    Squeezed::undone(begins, false).text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_stands_between_is_passed() {
        let ways = [
            r"\\\\h\\a\\new 1\u00e9&amp;2",
            r"h%5Ca%5Cnew%201%C3%A9&#38;2",
            r"h/a new <b>1</b>\n\u00e9-&eacute-2",
        ];
        assert_eq!(Squeezed::undone(ways[0], false).text, "hanew1é2");
        assert_eq!(Squeezed::undone(ways[1], false).text, "hanew1é2");
        assert_eq!(Squeezed::undone(ways[2], true).text, "hanew1éeacute2");
        assert_eq!(key("Ｌync/PFX-1"), "lyncpfx1");
    }

    #[test]
    fn the_way_back_is_known() {
        let text = "x &amp; Ab-1\u{a0}2";
        let squeezed = Squeezed::undone(text, false);
        let at = squeezed.text.find("ab12").unwrap();
        assert_eq!(&text[squeezed.origin(&(at..at + 4))], "Ab-1\u{a0}2");
    }
}
