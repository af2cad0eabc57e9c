//! Seals: how a worksheet value travels through a template engine and a Markdown parser unread.
//!
//! A template never sees a value's text. It prints a seal: the value encoded byte by byte in characters of
//! the last private-use plane, which no worksheet uses, no markup begins with and no parser splits. Only
//! after the Markdown has been parsed is the seal opened, and its [`Purpose`] says into what. So a value can
//! neither become markup nor end a quotation, whatever it holds, and a seal without a purpose is proof that
//! a template printed a value without a filter.
//!
//! That holds only while no text from outside brings such characters along, and some do: fonts keep pictures
//! there. So [`reserved`](super::reserved) takes them out wherever text enters: workbooks, their names, templates, records.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::slot::Slot;
use crate::finding::Gap;

/// The key under which a template finds out whether a slot is known.
pub const KNOWN: &str = "known";
/// The key that holds the sealed value.
pub const SEALED: &str = "sealed";

/// The first of the 256 characters that stand for a byte each.
const BYTE: u32 = 0x10_0000;
/// The first of the characters that open a seal, one for each purpose.
const OPEN: u32 = 0x10_0100;
/// The first of the characters that say which kind of slot is sealed.
const KIND: u32 = 0x10_0110;
/// Separates the two texts of a gap.
const SEPARATOR: u32 = 0x10_0120;
/// Closes a seal.
const CLOSE: u32 = 0x10_0121;
/// The end of the range set aside.
const END: u32 = 0x10_01FF;

/// What a sealed value is to be opened into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Nothing: it was printed without a filter, which is an error.
    Unread,
    /// Prose.
    Prose,
    /// Inline code.
    Code,
    /// Prose that only advises: what is missing is a line to fill in by hand, and counts as nothing.
    Advice,
    /// A quoted value of a command.
    Command,
    /// A quoted path of a command.
    Path,
    /// A quoted argument of a program that is no cmdlet.
    Program,
    /// A quoted text of a T-SQL statement.
    SqlText,
    /// A delimited name of a T-SQL statement.
    SqlName,
    /// A number of a T-SQL statement.
    SqlNumber,
}

impl Purpose {
    const ALL: [Self; 10] = [
        Self::Unread,
        Self::Prose,
        Self::Code,
        Self::Advice,
        Self::Command,
        Self::Path,
        Self::Program,
        Self::SqlText,
        Self::SqlName,
        Self::SqlNumber,
    ];
}

/// A part of a text that holds seals.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Text between seals.
    Plain(&'a str),
    /// An opened seal.
    Sealed(Purpose, Slot),
}

/// A seal that was cut, joined or otherwise tampered with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Broken;

/// Whether the character is one of those seals are made of.
pub fn is_mark(character: char) -> bool {
    (BYTE..=END).contains(&u32::from(character))
}

/// Whether the text holds a seal, whole or broken.
pub fn is_sealed(text: &str) -> bool {
    text.chars().any(is_mark)
}

/// Seals a slot for a purpose.
pub fn close(purpose: Purpose, slot: &Slot) -> String {
    let (kind, texts) = match slot {
        Slot::Text(text) => (0, vec![text.clone()]),
        Slot::UnderBackup(path) => (1, vec![path.clone()]),
        Slot::Gap(gap) => (2, gap_texts(gap)),
    };
    let mut marks = vec![OPEN + purpose as u32, KIND + kind];
    for (index, text) in texts.iter().enumerate() {
        if index > 0 {
            marks.push(SEPARATOR);
        }
        marks.extend(bytes(text));
    }
    marks.push(CLOSE);
    marks.into_iter().filter_map(char::from_u32).collect()
}

impl Serialize for Slot {
    /// A map of `known` and the sealed value, which no template can read: it sees a seal.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry(KNOWN, &self.is_known())?;
        map.serialize_entry(SEALED, &Bytes(&close(Purpose::Unread, self)))?;
        map.end()
    }
}

/// Text serialised as bytes: templates print bytes as they are, whereas they print text inside a map with
/// its unusual characters escaped, so that a seal printed by mistake would no longer be recognised.
struct Bytes<'a>(&'a str);

impl Serialize for Bytes<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(self.0.as_bytes())
    }
}

/// What is missing, the cure and, as JSON, the cell that would supply it: its place and its heading.
fn gap_texts(gap: &Gap) -> Vec<String> {
    let cell = (&gap.place, &gap.column);
    let is_known = gap.place.is_some() || gap.column.is_some();
    let cell = is_known.then(|| serde_json::to_string(&cell).ok());
    let texts = [gap.what.clone(), gap.cure.clone()];
    texts.into_iter().chain(cell.flatten()).collect()
}

fn bytes(text: &str) -> impl Iterator<Item = u32> {
    text.bytes().map(|byte| BYTE + u32::from(byte))
}

/// Opens every seal of a text.
///
/// # Errors
///
/// [`Broken`] if marks do not form whole seals.
pub fn open(text: &str) -> Result<Vec<Piece<'_>>, Broken> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find(is_mark) {
        if start > 0 {
            pieces.push(Piece::Plain(&rest[..start]));
        }
        let sealed = &rest[start..];
        let close = sealed
            .char_indices()
            .find(|(_, character)| u32::from(*character) == CLOSE)
            .ok_or(Broken)?;
        pieces.push(open_one(&sealed[..close.0])?);
        rest = &sealed[close.0 + close.1.len_utf8()..];
    }
    if !rest.is_empty() {
        pieces.push(Piece::Plain(rest));
    }
    Ok(pieces)
}

/// Opens one seal, its closing mark left off.
fn open_one<'a>(sealed: &str) -> Result<Piece<'a>, Broken> {
    let mut marks = sealed.chars().map(u32::from);
    let purpose = marks.next().and_then(purpose).ok_or(Broken)?;
    let kind = marks.next().ok_or(Broken)?;
    let body: Vec<u32> = marks.collect();
    let texts = body
        .split(|mark| *mark == SEPARATOR)
        .map(text)
        .collect::<Result<Vec<_>, _>>()?;
    let slot = match (kind.wrapping_sub(KIND), texts.as_slice()) {
        (0, [text]) => Slot::Text(text.clone()),
        (1, [path]) => Slot::UnderBackup(path.clone()),
        (2, [what, cure]) => Slot::Gap(Gap::new(what, cure)),
        (2, [what, cure, cell]) => {
            let (place, column) = serde_json::from_str(cell).map_err(|_| Broken)?;
            Slot::Gap(Gap {
                place,
                column,
                ..Gap::new(what, cure)
            })
        }
        _ => return Err(Broken),
    };
    Ok(Piece::Sealed(purpose, slot))
}

fn purpose(mark: u32) -> Option<Purpose> {
    let index = usize::try_from(mark.checked_sub(OPEN)?).ok()?;
    Purpose::ALL.get(index).copied()
}

fn text(marks: &[u32]) -> Result<String, Broken> {
    let bytes = marks
        .iter()
        .map(|mark| u8::try_from(mark.wrapping_sub(BYTE)).map_err(|_| Broken))
        .collect::<Result<Vec<u8>, Broken>>()?;
    String::from_utf8(bytes).map_err(|_| Broken)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Place;
    use proptest::prelude::*;

    fn any_slot() -> impl Strategy<Value = Slot> {
        prop_oneof![
            any::<String>().prop_map(Slot::Text),
            any::<String>().prop_map(Slot::UnderBackup),
            any::<(String, String)>().prop_map(|(what, cure)| Slot::gap(what, cure)),
            any::<(String, String, u32, u32)>().prop_map(|(what, sheet, row, column)| {
                let place = Place::file("a.xlsx").sheet(sheet).cell(row, column);
                Slot::Gap(Gap::new(what, "fill it in").at(&place).of("SQL instance"))
            }),
        ]
    }

    proptest! {
        #[test]
        fn what_was_sealed_is_opened_unchanged(slot in any_slot()) {
            let text = format!("before {} after", close(Purpose::Path, &slot));
            prop_assert_eq!(open(&text).unwrap(), [
                Piece::Plain("before "),
                Piece::Sealed(Purpose::Path, slot),
                Piece::Plain(" after"),
            ]);
        }

        #[test]
        fn a_seal_shows_nothing_of_the_value(slot in any_slot()) {
            prop_assert!(close(Purpose::Unread, &slot).chars().all(is_mark));
        }
    }

    #[test]
    fn a_cut_seal_is_broken_and_not_text() {
        let whole = close(Purpose::Prose, &Slot::text("fe01"));
        let cut: String = whole.chars().take(4).collect();
        let headless: String = whole.chars().skip(1).collect();
        assert_eq!(open(&cut), Err(Broken));
        assert_eq!(open(&headless), Err(Broken));
    }
}
