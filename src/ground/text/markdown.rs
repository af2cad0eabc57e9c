//! One escape for worksheet text in Markdown: nothing in it can become markup, and it stays readable.
//!
//! Only what would otherwise mean something is escaped: `C:\Lync` and `los_a` print as they are.

use super::visible::acting;

/// A text to stand by itself in Markdown: one line, trimmed, all markup escaped, safe in a table cell too.
pub fn escape(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    escape_run(&line, true)
}

/// A run of text inside a paragraph; its outer spaces are kept. `at_start` says whether it opens a line.
pub fn escape_run(text: &str, at_start: bool) -> String {
    let characters: Vec<char> = acting(text).chars().map(visible).collect();
    let block = at_start.then(|| opens_block(&characters)).flatten();
    let mut escaped = String::with_capacity(text.len());
    for (index, character) in characters.iter().enumerate() {
        if Some(index) == block || is_markup(&characters, index) {
            escaped.push('\\');
        }
        escaped.push(*character);
    }
    escaped
}

/// Inline code that holds the text literally, backticks included.
pub fn code(text: &str) -> String {
    let text: String = acting(text).chars().map(visible).collect();
    let fence = "`".repeat(longest_run(&text) + 1);
    let padding = if needs_padding(&text) { " " } else { "" };
    format!("{fence}{padding}{text}{padding}{fence}")
}

/// Line breaks and tabs become spaces; other control characters become the replacement character.
fn visible(character: char) -> char {
    match character {
        _ if character.is_whitespace() && character.is_control() => ' ',
        '\u{2028}' | '\u{2029}' => ' ',
        _ if character.is_control() => '\u{FFFD}',
        _ => character,
    }
}

/// The index of the character to escape so that the text does not open a block at the start of a line.
fn opens_block(text: &[char]) -> Option<usize> {
    let followed_by_space = |index: usize| text.get(index).is_none_or(|next| *next == ' ');
    match text.first()? {
        '#' | '>' | '=' => Some(0),
        '-' | '+' if followed_by_space(1) || text.get(1) == Some(&'-') => Some(0),
        '0'..='9' => {
            let end = text.iter().position(|c| !c.is_ascii_digit())?;
            (matches!(text[end], '.' | ')') && followed_by_space(end + 1)).then_some(end)
        }
        _ => None,
    }
}

/// Whether the character would mean something inside a line.
fn is_markup(text: &[char], index: usize) -> bool {
    let next = text.get(index + 1);
    match text[index] {
        '*' | '`' | '[' | ']' | '<' | '~' | '|' => true,
        '\\' => next.is_none_or(char::is_ascii_punctuation),
        '&' => is_entity(&text[index + 1..]),
        '_' => {
            if is_blank_to_fill_in(text, index) {
                return false;
            }
            let is_word = |at: Option<&char>| at.is_some_and(|c| c.is_alphanumeric());
            let previous = index.checked_sub(1).and_then(|at| text.get(at));
            !(is_word(previous) && is_word(next))
        }
        _ => false,
    }
}

/// Whether the underscore belongs to the line of a labelled blank, `[share: ____]`. After a space a run
/// closes no emphasis, and as no other run stands unescaped, none is ever opened.
fn is_blank_to_fill_in(text: &[char], index: usize) -> bool {
    let before = text[..index].iter().rev().find(|c| **c != '_');
    let after = text[index..].iter().find(|c| **c != '_');
    before == Some(&' ') && after == Some(&']')
}

/// Whether what follows an ampersand makes it an entity such as `&lt;` or `&#60;`.
fn is_entity(rest: &[char]) -> bool {
    let end = rest
        .iter()
        .position(|c| !c.is_ascii_alphanumeric() && *c != '#');
    end.is_some_and(|end| end > 0 && rest[end] == ';')
}

fn longest_run(text: &str) -> usize {
    text.split(|character| character != '`')
        .map(str::len)
        .max()
        .unwrap_or(0)
}

/// Markdown strips one space from each end of code that has one at both, and a backtick at an end would
/// merge with the fence.
fn needs_padding(text: &str) -> bool {
    let is_blank = text.chars().all(|character| character == ' ');
    text.starts_with('`')
        || text.ends_with('`')
        || (text.starts_with(' ') && text.ends_with(' ') && !is_blank)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::prose::{self, Block, Inline};
    use proptest::prelude::*;

    /// Text full of what Markdown cares about.
    fn text() -> impl Strategy<Value = String> {
        "[ a1.)(#>+=*_`~|<&;!\\[\\]\\\\:/-]{0,24}"
    }

    fn parsed(markdown: &str) -> Vec<Block> {
        prose::parse(markdown).unwrap().0
    }

    proptest! {
        #[test]
        fn escaped_text_parses_back_to_itself(text in text()) {
            let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
            let expected = if line.is_empty() { vec![] } else {
                vec![Block::Paragraph(vec![Inline::Text(acting(&line).into_owned())])]
            };
            prop_assert_eq!(parsed(&escape(&text)), expected);
        }

        #[test]
        fn code_parses_back_to_itself(text in "[ a`\\\\*]{1,12}") {
            prop_assume!(!text.trim().is_empty());
            let markdown = format!("x {}", code(&text));
            prop_assert_eq!(parsed(&markdown), vec![Block::Paragraph(vec![
                Inline::Text("x ".to_owned()), Inline::Code(text),
            ])]);
        }
    }

    #[test]
    fn ordinary_text_is_left_alone() {
        for text in [
            r"C:\Lync\Share",
            "los_a.lsipt.local",
            "11.0.3000 (x64)",
            "R&D, 50 %",
        ] {
            assert_eq!(escape(text), text.trim());
        }
        assert_eq!(escape("# 1. <b>\n"), r"\# 1. \<b>");
        assert_eq!(escape("On [share: ____]"), r"On \[share: ____\]");
    }
}
