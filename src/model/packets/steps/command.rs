//! The text of a command block becomes a command: seals opened, values quoted, or withheld.

use std::collections::BTreeSet;

use crate::packets::model::Language;
use crate::text::powershell::{self, Argument};
use crate::text::seal::{self, Piece, Purpose};
use crate::text::{Gap, Slot, sql};

/// The command, or the gaps that withhold it; neither where no line is left.
///
/// Each line is trimmed; blank lines and repetitions of an earlier line are dropped: loops over pools or
/// databases may well name one server twice.
///
/// # Errors
///
/// If a value stands where it cannot be quoted safely.
pub(super) fn read(text: &str, language: Language) -> Result<(Option<String>, Vec<Gap>), String> {
    if language == Language::Sql && text.contains("$Backup") {
        return Err("T-SQL knows no `$Backup`".to_owned());
    }
    let mut lines = Vec::new();
    let mut gaps = Vec::new();
    for line in text.lines() {
        let line = quoted(line, language, &mut gaps)?;
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
fn quoted(line: &str, language: Language, gaps: &mut Vec<Gap>) -> Result<String, String> {
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
                match value(purpose, language, &slot)? {
                    Ok(argument) => quoted.push_str(&argument),
                    Err(gap) => gaps.push(gap),
                }
            }
        }
    }
    Ok(quoted)
}

/// The value as the language takes it, or the gap in its place.
fn value(
    purpose: Purpose,
    language: Language,
    slot: &Slot,
) -> Result<Result<String, Gap>, &'static str> {
    match (language, purpose) {
        (Language::Powershell, Purpose::Command) => Ok(powershell::argument(slot, Argument::Value)),
        (Language::Powershell, Purpose::Path) => Ok(powershell::argument(slot, Argument::Path)),
        (Language::Powershell, Purpose::Program) => {
            Ok(powershell::argument(slot, Argument::OfProgram))
        }
        (Language::Powershell, _) => {
            Err("a value of a command is printed with `| ps`, `| path` or `| program`")
        }
        (Language::Sql, Purpose::SqlText) => Ok(sql::value(slot, sql::Value::Text)),
        (Language::Sql, Purpose::SqlName) => Ok(sql::value(slot, sql::Value::Name)),
        (Language::Sql, Purpose::SqlNumber) => Ok(sql::value(slot, sql::Value::Number)),
        (Language::Sql, _) => Err("a value of T-SQL is printed with `| sql` or `| sql_name`"),
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
        let (command, gaps) = read(&text, Language::Powershell).unwrap();
        assert_eq!(command.as_deref(), Some("A -X 'fe''01'\nB 'D:\\Share'"));
        assert_eq!(gaps, []);
        assert_eq!(read("\n \n", Language::Powershell).unwrap(), (None, vec![]));
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
            assert!(read(&text, Language::Powershell).is_err(), "{text:?}");
            assert!(read(&text, Language::Sql).is_err(), "{text:?}");
        }
    }

    #[test]
    fn a_value_that_cannot_be_typed_withholds_the_command() {
        let (command, gaps) =
            read(&sealed(Purpose::Command, "a\nb"), Language::Powershell).unwrap();
        assert_eq!((command, gaps.len()), (None, 1));
    }

    #[test]
    fn each_language_has_filters_of_its_own() {
        let name = sealed(Purpose::SqlName, "a]b");
        let file = sealed(Purpose::SqlText, "C:\\O'Neill");
        let text = format!("RESTORE DATABASE {name} FROM DISK = {file};");
        let (command, gaps) = read(&text, Language::Sql).unwrap();
        let expected = "RESTORE DATABASE [a]]b] FROM DISK = N'C:\\O''Neill';";
        assert_eq!((command.as_deref(), gaps), (Some(expected), vec![]));
        assert!(read(&text, Language::Powershell).is_err());
        assert!(read("SELECT $Backup", Language::Sql).is_err());
    }
}
