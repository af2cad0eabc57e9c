//! Quoting for T-SQL: `N'…'` for a text, `[…]` for a name. Nothing inside either has a meaning but the mark that ends
//! it, which is doubled (SQL Server documentation, "Constants" and "Database Identifiers").

use super::slot::Slot;
use super::typed::{Refused, check, refused};
use crate::finding::Gap;

/// The longest name SQL Server takes.
const LONGEST_NAME: usize = 128;

/// What a value is to the statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value {
    /// A text, such as the path of a file.
    Text,
    /// The name of a database or login.
    Name,
    /// A number, such as a port: digits, which need no quoting.
    Number,
}

/// A slot as a part of a statement.
///
/// # Errors
///
/// The gap that withholds the statement: the slot's own, or one that says why the text is refused.
pub fn value(slot: &Slot, what: Value) -> Result<String, Gap> {
    let text = match slot {
        Slot::Gap(gap) => return Err(gap.clone()),
        Slot::Text(text) | Slot::UnderBackup(text) => text,
    };
    let quoted = match what {
        Value::Text => quote(text),
        Value::Name => name(text),
        Value::Number => number(text),
    };
    quoted.map_err(|why| refused(text, why))
}

/// A Unicode literal.
///
/// # Errors
///
/// [`Refused`] for what cannot be typed, and for what `sqlcmd` would replace.
pub fn quote(text: &str) -> Result<String, Refused> {
    typed(text)?;
    Ok(format!("N'{}'", text.replace('\'', "''")))
}

/// A delimited name.
///
/// # Errors
///
/// [`Refused`] as for [`quote`], and for a name that is too long.
pub fn name(text: &str) -> Result<String, Refused> {
    typed(text)?;
    if text.encode_utf16().count() > LONGEST_NAME {
        return Err(Refused::LongName);
    }
    Ok(format!("[{}]", text.replace(']', "]]")))
}

/// Digits.
///
/// # Errors
///
/// [`Refused`] for anything else.
pub fn number(text: &str) -> Result<String, Refused> {
    if text.is_empty() || !text.chars().all(|c| c.is_ascii_digit()) {
        return Err(Refused::NoNumber);
    }
    Ok(text.to_owned())
}

fn typed(text: &str) -> Result<(), Refused> {
    if text.trim().is_empty() {
        return Err(Refused::Empty);
    }
    if text.contains("$(") {
        return Err(Refused::Variable);
    }
    text.chars().try_for_each(check)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Reads a literal or name as SQL Server does, up to its end.
    fn unquote(quoted: &str, open: &str, close: char) -> Option<String> {
        let mut characters = quoted.strip_prefix(open)?.chars();
        let mut text = String::new();
        while let Some(character) = characters.next() {
            if character == close {
                match characters.next() {
                    Some(second) if second == close => {}
                    Some(_) => return None,
                    None => return Some(text),
                }
            }
            text.push(character);
        }
        None
    }

    proptest! {
        #[test]
        fn any_text_is_quoted_whole_or_refused(text in any::<String>()) {
            if let Ok(literal) = quote(&text) {
                prop_assert_eq!(unquote(&literal, "N'", '\''), Some(text.clone()));
            }
            if let Ok(name) = name(&text) {
                prop_assert_eq!(unquote(&name, "[", ']'), Some(text));
            }
        }
    }

    #[test]
    fn the_mark_that_ends_a_value_is_doubled() {
        assert_eq!(quote(r"C:\O'Neill\x.bak").unwrap(), r"N'C:\O''Neill\x.bak'");
        assert_eq!(name(r"CONTOSO\a]b").unwrap(), r"[CONTOSO\a]]b]");
    }

    #[test]
    fn what_nobody_can_type_and_what_sqlcmd_replaces_is_refused() {
        let cases = [
            (" ", Refused::Empty),
            ("a\nGO", Refused::LineBreak),
            ("a\u{200B}", Refused::Invisible('\u{200B}')),
            ("$(x)", Refused::Variable),
        ];
        for (text, why) in cases {
            assert_eq!(quote(text), Err(why), "{text:?}");
            assert_eq!(name(text), Err(why), "{text:?}");
        }
        assert_eq!(name(&"x".repeat(129)), Err(Refused::LongName));
    }
}
