//! Quoting for PowerShell: one way in for every value of a command.
//!
//! A value becomes a single-quoted literal, in which nothing but the quotation mark itself has a meaning.
//! PowerShell takes the typographic single quotes for the plain one, so all of them are doubled. What cannot
//! be typed from paper as it stands (line breaks, control and invisible characters) is refused: the command
//! is then not printed at all.

use super::slot::Slot;
use super::typed::{Refused, check, refused};
use crate::finding::Gap;

/// The characters PowerShell treats as a single quotation mark.
const QUOTES: [char; 5] = ['\'', '\u{2018}', '\u{2019}', '\u{201A}', '\u{201B}'];

/// A value as a single-quoted literal.
///
/// # Errors
///
/// [`Refused`] if the text is empty or holds what cannot be typed.
pub fn quote(text: &str) -> Result<String, Refused> {
    if text.trim().is_empty() {
        return Err(Refused::Empty);
    }
    let mut quoted = String::from("'");
    for character in text.chars() {
        check(character)?;
        quoted.push(character);
        if QUOTES.contains(&character) {
            quoted.push(character);
        }
    }
    quoted.push('\'');
    Ok(quoted)
}

/// A path as a single-quoted literal, without the trailing backslash that would swallow a closing quotation
/// mark when PowerShell hands the argument to a program. The root of a drive keeps its backslash.
///
/// # Errors
///
/// [`Refused`] as for [`quote`], and for what no Windows path holds.
pub fn path(text: &str) -> Result<String, Refused> {
    let text = text.trim();
    if text.contains('"') {
        return Err(Refused::DoubleQuote);
    }
    if text.starts_with('/') {
        return Err(Refused::Slash);
    }
    match text.trim_end_matches('\\') {
        drive if drive.len() == 2 && drive.ends_with(':') => quote(&format!(r"{drive}\")),
        path => quote(path),
    }
}

/// An argument of a program that is no cmdlet (`robocopy`, `net`, `sqlcmd`): PowerShell hands it on between double
/// quotation marks where it holds blanks, so it can hold none itself, and backslashes at its end are doubled for the
/// program to read them as they are.
///
/// # Errors
///
/// [`Refused`] as for [`quote`], for quotation marks, and for what the program would take for an option.
pub fn program(text: &str) -> Result<String, Refused> {
    if text.contains('"') {
        return Err(Refused::DoubleQuote);
    }
    if text.starts_with('-') {
        return Err(Refused::Option);
    }
    let is_quoted = text.contains(char::is_whitespace);
    let trailing = text.len() - text.trim_end_matches('\\').len();
    let doubled = if is_quoted { trailing } else { 0 };
    quote(&format!("{text}{}", "\\".repeat(doubled)))
}

/// A path under the share of the backup cycle, which commands call `$Backup`.
///
/// # Errors
///
/// [`Refused`] as for [`path`].
pub fn under_backup(relative: &str) -> Result<String, Refused> {
    match relative.trim().trim_matches('\\') {
        "" => Ok("$Backup".to_owned()),
        relative => Ok(format!("(Join-Path $Backup {})", path(relative)?)),
    }
}

/// What an argument is to the command that gets it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Argument {
    /// A value of a cmdlet.
    Value,
    /// A path of a cmdlet, or of a program.
    Path,
    /// Another argument of a program.
    OfProgram,
}

/// A slot as a command's argument.
///
/// # Errors
///
/// The gap that withholds the command: the slot's own, or one that says why the text is refused.
pub fn argument(slot: &Slot, what: Argument) -> Result<String, Gap> {
    let (text, argument) = match (slot, what) {
        (Slot::Gap(gap), _) => return Err(gap.clone()),
        (Slot::UnderBackup(relative), _) => (relative, under_backup(relative)),
        (Slot::Text(text), Argument::Path) => (text, path(text)),
        (Slot::Text(text), Argument::Value) => (text, quote(text)),
        (Slot::Text(text), Argument::OfProgram) => (text, program(text)),
    };
    argument.map_err(|why| refused(text, why))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Reads a single-quoted literal the way PowerShell does: any two single quotes in a row are the second.
    fn unquote(literal: &str) -> Option<String> {
        let mut characters = literal.chars();
        characters.next().filter(|first| QUOTES.contains(first))?;
        let mut text = String::new();
        while let Some(character) = characters.next() {
            if !QUOTES.contains(&character) {
                text.push(character);
                continue;
            }
            match characters.next() {
                Some(second) if QUOTES.contains(&second) => text.push(second),
                Some(_) => return None,
                None => return Some(text),
            }
        }
        None
    }

    proptest! {
        #[test]
        fn unquoting_gives_the_text_back(text in "[ -~'\u{2018}-\u{201B}äß€$`\"]{1,40}") {
            prop_assume!(!text.trim().is_empty());
            prop_assert_eq!(unquote(&quote(&text).unwrap()), Some(text));
        }

        #[test]
        fn any_text_is_quoted_whole_or_refused(text in any::<String>()) {
            if let Ok(literal) = quote(&text) {
                prop_assert_eq!(unquote(&literal), Some(text));
            }
        }
    }

    #[test]
    fn what_nobody_can_type_is_refused() {
        let cases = [
            ("", Refused::Empty),
            ("  ", Refused::Empty),
            ("a\nb", Refused::LineBreak),
            ("a\u{2028}b", Refused::LineBreak),
            ("a\tb", Refused::Invisible('\t')),
            ("fe01\u{200B}", Refused::Invisible('\u{200B}')),
            ("\u{202E}exe", Refused::Invisible('\u{202E}')),
            ("\u{100041}", Refused::Invisible('\u{100041}')),
        ];
        for (text, refused) in cases {
            assert_eq!(quote(text), Err(refused), "{text:?}");
        }
    }

    #[test]
    fn paths_lose_the_backslash_at_their_end_but_a_drive_keeps_its_root() {
        let cases = [
            (r"D:\Lync Share\", r"'D:\Lync Share'"),
            (r"\\fs01\LyncShare\\", r"'\\fs01\LyncShare'"),
            (r"D:\", r"'D:\'"),
            (r"D:\O'Neill", r"'D:\O''Neill'"),
        ];
        for (text, quoted) in cases {
            assert_eq!(path(text).unwrap(), quoted);
        }
        assert_eq!(path(r#"D:\a" /MIR "#), Err(Refused::DoubleQuote));
        assert_eq!(path("/MIR"), Err(Refused::Slash));
    }

    #[test]
    fn what_a_program_gets_is_what_the_cell_says_or_nothing() {
        let cases = [
            (r"Lync=D:\Lync", r"'Lync=D:\Lync'"),
            (r"Lync Share=D:\", r"'Lync Share=D:\\'"),
            (r"a b\\", r"'a b\\\\'"),
            ("a & del *", "'a & del *'"),
            ("it's %PATH%", "'it''s %PATH%'"),
        ];
        for (text, quoted) in cases {
            assert_eq!(program(text).unwrap(), quoted);
        }
        assert_eq!(program(r#"a" /grant:x"#), Err(Refused::DoubleQuote));
        assert_eq!(program("-i evil.sql"), Err(Refused::Option));
    }

    #[test]
    fn a_path_under_the_backup_never_names_the_share() {
        assert_eq!(
            under_backup(r"pool01\User's.zip").unwrap(),
            r"(Join-Path $Backup 'pool01\User''s.zip')"
        );
        assert_eq!(under_backup(r"\").unwrap(), "$Backup");
    }

    #[test]
    fn a_refused_value_is_a_gap_that_says_why() {
        let gap = argument(&Slot::text("a\nb"), Argument::Value).unwrap_err();
        assert_eq!(
            gap.cure,
            "correct the cell that holds “a b”: it holds a line break"
        );
        let gap = Slot::gap("SQL instance", "fill it in");
        assert!(
            matches!(argument(&gap, Argument::Value), Err(found) if Slot::Gap(found.clone()) == gap)
        );
    }
}
