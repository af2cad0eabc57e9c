//! Characters that this program keeps for itself, in texts that come from outside.
//!
//! [Seals](super::seal) are made of them, and no template could print a text that brought them along. Fonts with pictures
//! of their own, such as Apple's symbols, put them into cells. They are replaced wherever text enters: workbooks, the
//! names of files, templates, records.

use std::borrow::Cow;

use super::seal;
use crate::finding::{Code, Finding, Place};

/// What stands in their place: it is shown, and no command is printed with it.
pub const REPLACEMENT: &str = "\u{FFFD}";

/// The first of them in a text, by which a message names it.
pub fn first(text: &str) -> Option<char> {
    text.chars().find(|character| seal::is_mark(*character))
}

/// The text with each of them replaced by U+FFFD.
pub fn replaced(text: &str) -> Cow<'_, str> {
    if seal::is_sealed(text) {
        Cow::Owned(text.replace(seal::is_mark, REPLACEMENT))
    } else {
        Cow::Borrowed(text)
    }
}

/// Replaces them in place; the first of them, if there was one.
pub fn replace(text: &mut String) -> Option<char> {
    let mark = first(text)?;
    *text = replaced(text).into_owned();
    Some(mark)
}

/// The finding at the place that holds one; `what` is what holds it.
pub fn found(what: &str, mark: char, place: &Place) -> Finding {
    let number = u32::from(mark);
    let message = format!(
        "{what} holds the character U+{number:04X}, which only some fonts can draw; it is read as U+FFFD, and no command is printed with it"
    );
    Finding::new(Code::PrivateCharacter, message)
        .at(place)
        .help("delete the character, and type what it stood for")
}
