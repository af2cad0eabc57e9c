//! Which texts can be typed from paper: line breaks, control and invisible characters cannot, so no command holds one.

use std::fmt;

use super::seal;
use crate::finding::Gap;

/// Why a text cannot stand in a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// There is nothing to quote.
    Empty,
    /// A line break.
    LineBreak,
    /// A control, formatting or private-use character, which nobody can see or type.
    Invisible(char),
    /// A double quotation mark: no Windows path holds one, and it breaks the arguments of programs.
    DoubleQuote,
    /// A path that starts with `/`: `robocopy` would take it for an option.
    Slash,
    /// A value that starts with `-`: a program would take it for an option.
    Option,
    /// `$(`: `sqlcmd` would put a variable there.
    Variable,
    /// More than the 128 characters of a name in SQL Server.
    LongName,
    /// Anything but digits where a number belongs.
    NoNumber,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let why = match self {
            Self::Empty => "it is empty",
            Self::LineBreak => "it holds a line break",
            Self::Invisible(character) => {
                let number = u32::from(*character);
                return write!(f, "it holds the invisible character U+{number:04X}");
            }
            Self::DoubleQuote => "a path holds no quotation marks",
            Self::Slash => "a Windows path does not start with `/`",
            Self::Option => "a program takes what starts with `-` for an option",
            Self::Variable => "`sqlcmd` takes `$(` for the beginning of a variable",
            Self::LongName => "a name in SQL Server has at most 128 characters",
            Self::NoNumber => "a number has digits alone",
        };
        f.write_str(why)
    }
}

/// The gap in place of a text that cannot stand in a command.
pub fn refused(text: &str, why: Refused) -> Gap {
    Gap::new(
        "a value that can be typed",
        format!("correct the cell that holds “{}”: {why}", legible(text)),
    )
}

/// The text on one line, with what cannot be seen replaced.
fn legible(text: &str) -> String {
    text.chars()
        .map(|character| match check(character) {
            Ok(()) => character,
            Err(Refused::LineBreak) => ' ',
            Err(_) => '\u{FFFD}',
        })
        .collect()
}

/// Whether a character can be typed.
///
/// # Errors
///
/// [`Refused`] for line breaks and for what nobody can see.
pub fn check(character: char) -> Result<(), Refused> {
    match character {
        '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => Err(Refused::LineBreak),
        _ if is_invisible(character) => Err(Refused::Invisible(character)),
        _ => Ok(()),
    }
}

/// Control characters, characters that only steer formatting or direction, and the marks of seals.
fn is_invisible(character: char) -> bool {
    character.is_control()
        || seal::is_mark(character)
        || matches!(character,
            '\u{AD}'
            | '\u{200B}'..='\u{200F}'
            | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}'
            | '\u{FEFF}'
            | '\u{FFF9}'..='\u{FFFD}')
}
