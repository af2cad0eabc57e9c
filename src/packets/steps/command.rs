//! The text of a command block becomes a command: seals opened, values quoted, or withheld.

use std::collections::BTreeSet;

use crate::text::seal::{self, Piece, Purpose};
use crate::text::{Gap, powershell};

/// The command, or the gaps that withhold it; neither where no line is left.
///
/// Each line is trimmed; blank lines and repetitions of an earlier line are dropped: loops over pools or
/// databases may well name one server twice.
///
/// # Errors
///
/// If a value stands where it cannot be quoted safely.
pub(super) fn read(text: &str) -> Result<(Option<String>, Vec<Gap>), String> {
    let mut lines = Vec::new();
    let mut gaps = Vec::new();
    for line in text.lines() {
        let line = quoted(line, &mut gaps)?;
        let line = line.trim();
        if !line.is_empty() && !lines.iter().any(|earlier| earlier == line) {
            lines.push(line.to_owned());
        }
    }
    let mut seen = BTreeSet::new();
    gaps.retain(|gap| seen.insert(gap.clone()));
    let is_command = gaps.is_empty() && !lines.is_empty();
    Ok((is_command.then(|| lines.join("\n")), gaps))
}

/// A line with its values quoted; those that are missing are added to `gaps`.
fn quoted(line: &str, gaps: &mut Vec<Gap>) -> Result<String, String> {
    let mut quoted = String::with_capacity(line.len());
    let mut template = String::new();
    for piece in seal::open(line).map_err(|_| "a value is cut in two")? {
        match piece {
            Piece::Plain(text) => {
                quoted.push_str(text);
                template.push_str(text);
            }
            Piece::Sealed(purpose, slot) => {
                if !is_outside_quotes(&template) {
                    return Err(
                        "a value stands inside quotation marks; the filter sets its own".to_owned(),
                    );
                }
                match powershell::argument(&slot, is_path(purpose)?) {
                    Ok(argument) => quoted.push_str(&argument),
                    Err(gap) => gaps.push(gap),
                }
            }
        }
    }
    Ok(quoted)
}

fn is_path(purpose: Purpose) -> Result<bool, &'static str> {
    match purpose {
        Purpose::Command => Ok(false),
        Purpose::Path => Ok(true),
        Purpose::Unread | Purpose::Prose | Purpose::Code => {
            Err("a value of a command is printed with `| ps` or `| path`")
        }
    }
}

/// Whether the template's own text before a value leaves no quotation open.
fn is_outside_quotes(text: &str) -> bool {
    ['"', '\'']
        .iter()
        .all(|quote| text.matches(*quote).count() % 2 == 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Slot;

    fn sealed(purpose: Purpose, text: &str) -> String {
        seal::close(purpose, &Slot::text(text))
    }

    #[test]
    fn values_are_quoted_and_empty_and_repeated_lines_go() {
        let value = sealed(Purpose::Command, "fe'01");
        let share = sealed(Purpose::Path, r"D:\Share\");
        let text = format!("\n  A -X {value}  \n\nB {share}\nA -X {value}\n");
        let (command, gaps) = read(&text).unwrap();
        assert_eq!(command.as_deref(), Some("A -X 'fe''01'\nB 'D:\\Share'"));
        assert_eq!(gaps, []);
        assert_eq!(read("\n \n").unwrap(), (None, vec![]));
    }

    #[test]
    fn a_value_that_is_not_quoted_by_the_filter_is_an_error() {
        let cases = [
            sealed(Purpose::Prose, "x"),
            sealed(Purpose::Code, "x"),
            sealed(Purpose::Unread, "x"),
            format!("\"{}\"", sealed(Purpose::Command, "x")),
            sealed(Purpose::Command, "x").chars().take(3).collect(),
        ];
        for text in cases {
            assert!(read(&text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn a_value_that_cannot_be_typed_withholds_the_command() {
        let (command, gaps) = read(&sealed(Purpose::Command, "a\nb")).unwrap();
        assert_eq!((command, gaps.len()), (None, 1));
    }
}
