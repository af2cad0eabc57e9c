//! Findings on the terminal, in three forms: for people, one per line, and as JSON.
//!
//! Entry point: [`write()`]. Each form is a file of its own; what a worksheet says reaches the terminal through
//! `text::visible` alone. The rows around a cell come from outside, through [`Excerpts`], so that
//! this module reads no worksheet.

mod human;
mod json;
mod short;
mod summary;

use std::io;

use anstyle::{AnsiColor, Style};
use clap::ValueEnum;

use crate::finding::{Cost, Finding, Place, Severity};

pub use summary::summary;

/// The forms of messages, as `--message-format` names them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum MessageFormat {
    /// Several lines each, with an excerpt of the row.
    #[default]
    Human,
    /// One line each.
    Short,
    /// One JSON object per line.
    Json,
}

/// How findings are written.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// Which form.
    pub format: MessageFormat,
    /// Whether the human form may use colour. The caller knows the terminal, `--color` and `NO_COLOR`.
    pub colour: bool,
    /// Whether the human form writes all findings of one code, or the first ten.
    pub verbose: bool,
}

/// What the human form shows of the worksheets around a finding.
pub trait Excerpts {
    /// A finding's path as the user can open it from where they are, for example `worksheets/pools.xlsx`.
    fn shown(&self, path: &str) -> String;

    /// What these findings cost the packets together; nothing where no packet was made.
    fn cost(&self, _findings: &[&Finding]) -> Cost {
        Cost::default()
    }

    /// What the headings were taken for, of the tables where these findings say that some do not fit: a line each.
    fn misfits(&self, _findings: &[&Finding]) -> Vec<String> {
        Vec::new()
    }

    /// The row a place is in; `None` where there is nothing to show.
    fn row(&self, place: &Place) -> Option<Excerpt>;
}

/// Some cells of a row, under their headings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// The headings of the columns, blank where a column has none.
    pub heads: Vec<String>,
    /// The cells of the row, in the same order.
    pub cells: Vec<String>,
    /// The index of the cell the finding is about; past the end for none.
    pub caret: usize,
    /// The row's number as spreadsheets show it, from 1.
    pub row_number: u32,
}

/// Writes findings in their total order, whatever order they come in. The human form closes with a summary.
///
/// # Errors
///
/// Those of the writer.
pub fn write(
    out: &mut impl io::Write,
    findings: &[Finding],
    options: Options,
    excerpts: &dyn Excerpts,
) -> io::Result<()> {
    let mut sorted: Vec<&Finding> = findings.iter().collect();
    sorted.sort();
    match options.format {
        MessageFormat::Human => human::write(out, &sorted, options, excerpts),
        MessageFormat::Short => sorted
            .iter()
            .try_for_each(|finding| writeln!(out, "{}", short::line(finding, excerpts))),
        MessageFormat::Json => sorted
            .iter()
            .try_for_each(|finding| writeln!(out, "{}", json::line(finding, excerpts)?)),
    }
}

/// The place with the path that the user can open.
pub fn shown(place: &Place, excerpts: &dyn Excerpts) -> Place {
    place.in_file(excerpts.shown(&place.path))
}

/// The styles of the human form; all empty without colour.
#[derive(Clone, Copy, Default)]
struct Palette {
    error: Style,
    warning: Style,
    info: Style,
    frame: Style,
    strong: Style,
}

impl Palette {
    fn new(colour: bool) -> Self {
        if !colour {
            return Self::default();
        }
        let bold = Style::new().bold();
        Self {
            error: bold.fg_color(Some(AnsiColor::Red.into())),
            warning: bold.fg_color(Some(AnsiColor::Yellow.into())),
            info: bold.fg_color(Some(AnsiColor::Cyan.into())),
            frame: Style::new().fg_color(Some(AnsiColor::Blue.into())),
            strong: bold,
        }
    }

    fn of(self, severity: Severity) -> Style {
        match severity {
            Severity::Error => self.error,
            Severity::Warning => self.warning,
            Severity::Info => self.info,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Code;

    /// Worksheets that have nothing to show.
    pub(super) struct Nothing;

    impl Excerpts for Nothing {
        fn shown(&self, path: &str) -> String {
            format!("worksheets/{path}")
        }

        fn row(&self, _: &Place) -> Option<Excerpt> {
            None
        }
    }

    #[test]
    fn each_form_writes_findings_in_their_order() {
        let place = |row| Place::file("pools.xlsx").sheet("Pools").cell(row, 3);
        let findings = [
            Finding::new(Code::UnknownServer, "second").at(&place(4)),
            Finding::new(Code::UnknownServer, "first").at(&place(2)),
        ];
        let forms = [
            (MessageFormat::Human, "error[unknown-server]: first\n"),
            (MessageFormat::Short, "worksheets/pools.xlsx:Pools!D3: "),
            (MessageFormat::Json, r#"{"code":"unknown-server","#),
        ];
        for (format, start) in forms {
            let mut out = Vec::new();
            let options = Options {
                format,
                ..Options::default()
            };
            write(&mut out, &findings, options, &Nothing).unwrap();
            let text = String::from_utf8(out).unwrap();
            assert!(text.starts_with(start), "{text}");
            assert!(text.find("first") < text.find("second"), "{text}");
        }
    }
}
