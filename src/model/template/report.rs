//! Tera's errors as findings: which template, which line, what is wrong.

use tera::{Error, ErrorKind, ReportError};

use super::near;
use crate::finding::{Code, Finding, Place};

/// What is wrong with a template.
pub(super) struct Trouble {
    /// The template's name.
    pub(super) template: String,
    /// The line, from zero.
    pub(super) line: Option<u32>,
    /// The character of the line, from zero.
    pub(super) column: Option<u32>,
    /// Tera's message.
    pub(super) message: String,
}

impl Trouble {
    /// Trouble with a template as a whole.
    pub(super) fn new(template: &str, message: impl Into<String>) -> Self {
        Self {
            template: template.to_owned(),
            line: None,
            column: None,
            message: message.into(),
        }
    }

    /// Line and column count from one.
    pub(super) fn at(template: &str, line: usize, column: usize, message: &str) -> Self {
        let from_zero = |number: usize| u32::try_from(number.checked_sub(1)?).ok();
        Self {
            line: from_zero(line),
            column: from_zero(column),
            ..Self::new(template, message)
        }
    }

    /// Trouble with a line, from zero.
    pub(super) fn on(template: &str, line: usize) -> Self {
        Self {
            line: u32::try_from(line).ok(),
            ..Self::new(template, "")
        }
    }

    fn report(report: &ReportError) -> Self {
        Self::at(
            report.filename(),
            report.span().start_line,
            report.span().start_col + 1,
            report.message(),
        )
    }

    pub(super) fn finding(&self) -> Finding {
        self.finding_among(&[])
    }

    /// The finding, where these are the names of all templates.
    pub(super) fn finding_among(&self, templates: &[&str]) -> Finding {
        let (message, help) = near::plainly(&self.message, templates);
        self.saying(message, help)
    }

    /// A finding at the same place.
    pub(super) fn saying(&self, message: String, help: Option<String>) -> Finding {
        let file = Place::file(self.template.as_str());
        let place = match (self.line, self.column) {
            (Some(line), Some(column)) => file.character(line, column),
            (Some(line), None) => file.line(line),
            (None, _) => file,
        };
        Finding::new(Code::TemplateError, message)
            .at(&place)
            .help_if(help)
    }
}

/// Everything an error says, at least one trouble. `template` is what was being done when it came up.
pub(super) fn troubles(error: &Error, template: &str) -> Vec<Trouble> {
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            vec![Trouble::report(report)]
        }
        ErrorKind::CircularExtend { tpl, .. } | ErrorKind::CircularInclude { tpl, .. } => {
            vec![Trouble::new(tpl, first_line(&error.to_string()))]
        }
        ErrorKind::MissingParent { current, .. } => {
            vec![Trouble::new(current, first_line(&error.to_string()))]
        }
        ErrorKind::Msg(text) => match printed_reports(text) {
            reports if reports.is_empty() => vec![Trouble::new(template, first_line(text))],
            reports => reports,
        },
        _ => vec![Trouble::new(template, first_line(&error.to_string()))],
    }
}

/// Unknown filters, tests, functions and includes come as one text of several printed reports:
/// `error: message`, then ` --> template:line:column`.
fn printed_reports(text: &str) -> Vec<Trouble> {
    let mut troubles = Vec::new();
    let mut message = None;
    for line in text.lines() {
        if let Some(text) = line.strip_prefix("error: ") {
            message = Some(text);
        } else if let Some(place) = line.trim_start().strip_prefix("--> ") {
            let mut parts = place.rsplitn(3, ':');
            let mut number = || parts.next().and_then(|part| part.parse().ok()).unwrap_or(0);
            let (column, line) = (number(), number());
            if let (Some(message), Some(template)) = (message.take(), parts.next()) {
                troubles.push(Trouble::at(template, line, column, message));
            }
        }
    }
    troubles
}

fn first_line(text: &str) -> String {
    text.lines().next().unwrap_or_default().to_owned()
}
