//! Commands as rows of a checklist: a line that is too long for its row goes on in the next, as in PowerShell itself.
//!
//! A spreadsheet program would wrap it wherever it likes, behind hyphens too, and leave no trace of it on paper. So
//! the line is broken here: outside quotes, before a parameter where that is possible, and with the backtick that
//! makes PowerShell wait for the rest. Who copies only the first row runs nothing.

use super::super::contract::{CONTINUED, PROMPT, STATEMENT};

/// The rows of a command: what stands before each, and its text.
pub(super) fn rows(command: &str, fits: impl Fn(&str) -> bool) -> Vec<(&'static str, String)> {
    let mut rows = Vec::new();
    for line in command.lines() {
        let mut mark = PROMPT;
        let mut rest = line;
        while let Some(at) = (!fits(rest)).then(|| place_to_break(rest, &fits)).flatten() {
            rows.push((mark, broken(rest, at)));
            (mark, rest) = (CONTINUED, &rest[at + 1..]);
        }
        rows.push((mark, rest.to_owned()));
    }
    rows
}

/// The rows of T-SQL: a line each.
pub(super) fn statements(command: &str) -> Vec<(&'static str, String)> {
    let lines = command.lines();
    lines.map(|line| (STATEMENT, line.to_owned())).collect()
}

/// The line up to a blank, with the mark that it goes on.
fn broken(line: &str, at: usize) -> String {
    format!("{} `", &line[..at])
}

/// The blank to break at: the last one before a parameter that leaves a line short enough, else the last such one,
/// else the first there is.
fn place_to_break(line: &str, fits: impl Fn(&str) -> bool) -> Option<usize> {
    let blanks = blanks(line);
    let short = |at: &usize| fits(&broken(line, *at));
    let before_parameter = |at: &usize| line[at + 1..].starts_with('-');
    let last = |of: &dyn Fn(&usize) -> bool| blanks.iter().copied().rev().find(|at| of(at));
    last(&|at| before_parameter(at) && short(at))
        .or_else(|| last(&short))
        .or_else(|| blanks.first().copied())
}

/// The single blanks at which PowerShell lets a line be broken: outside quotes, and before any comment.
fn blanks(line: &str) -> Vec<usize> {
    let mut blanks = Vec::new();
    let mut quote: Option<Quote> = None;
    let mut before = ' ';
    for (at, c) in line.char_indices() {
        let escaped = before == '`' && quote != Some(Quote::Single);
        match (quote, Quote::of(c)) {
            _ if escaped => {}
            (None, Some(opened)) => quote = Some(opened),
            (Some(open), Some(closed)) if open == closed => quote = None,
            (None, None) if c == '#' && before == ' ' => break,
            (None, None) if c == ' ' && before != ' ' && is_followed_by_text(&line[at + 1..]) => {
                blanks.push(at);
            }
            _ => {}
        }
        before = if escaped { ' ' } else { c };
    }
    blanks
}

fn is_followed_by_text(rest: &str) -> bool {
    rest.starts_with(|c: char| !c.is_whitespace() && c != '#')
}

/// What a quote is closed by; PowerShell takes the typographic ones for plain ones.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Quote {
    Single,
    Double,
}

impl Quote {
    fn of(c: char) -> Option<Self> {
        match c {
            '\'' | '\u{2018}'..='\u{201b}' => Some(Self::Single),
            '"' | '\u{201c}'..='\u{201e}' => Some(Self::Double),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::super::contract;
    use super::*;

    fn broken_at(width: usize, command: &str) -> Vec<(&'static str, String)> {
        rows(command, |line| line.chars().count() <= width)
    }

    fn joined(rows: &[(&'static str, String)]) -> String {
        contract::command(rows.iter().map(|(mark, text)| (*mark, text.as_str())))
    }

    #[test]
    fn a_long_line_breaks_before_a_parameter_and_says_so() {
        let command = "Install-X -File 'C:\\Program Files\\a b' -Verbose\nGet-Date";
        let expected = [
            ("PS>", "Install-X `".to_owned()),
            (">>", "-File 'C:\\Program Files\\a b' `".to_owned()),
            (">>", "-Verbose".to_owned()),
            ("PS>", "Get-Date".to_owned()),
        ];
        assert_eq!(broken_at(32, command), expected);
        assert_eq!(joined(&expected), command);
    }

    #[test]
    fn no_line_breaks_inside_quotes_or_comments() {
        let cases = [
            "'it''s a long path'",
            "\"a `\" b c\"",
            "‘a b c d’",
            "x` y",
            "#a b c",
        ];
        for command in cases {
            assert_eq!(broken_at(4, command).len(), 1, "{command}");
        }
    }

    proptest! {
        #[test]
        fn broken_commands_are_put_together_again(command in "[-ab'\"`# ]{0,40}", width in 1_usize..20) {
            prop_assert_eq!(joined(&broken_at(width, &command)), command);
        }
    }
}
