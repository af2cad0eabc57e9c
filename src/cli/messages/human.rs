//! The form for people: what, where, an excerpt of the row with a caret under the cell, and what to do.

use std::collections::BTreeMap;
use std::io;

use super::{Excerpt, Excerpts, Options, Palette, shown, summary};
use crate::finding::{Code, Finding, Severity};
use crate::text::visible::visible;
use crate::text::width::{cut, width};

/// How many findings of one code are written in full unless all are asked for.
const FULL: usize = 10;
/// The same for notes, which must not push what needs mending off the screen.
const NOTES: usize = 2;
/// How many columns of a row an excerpt shows.
const COLUMNS: usize = 4;
/// The widest a cell is shown.
const WIDEST: usize = 32;
/// The narrowest margin in front of an excerpt; row numbers of more than five digits widen it.
const MARGIN: usize = 5;
/// What stands between two cells.
const GAP: &str = "    ";

/// Writes the findings, already sorted, and the closing line.
pub(super) fn write(
    out: &mut impl io::Write,
    findings: &[&Finding],
    options: Options,
    excerpts: &dyn Excerpts,
) -> io::Result<()> {
    let palette = Palette::new(options.colour);
    let most = |finding: &Finding| match finding.severity {
        _ if options.verbose => usize::MAX,
        Severity::Info => NOTES,
        Severity::Error | Severity::Warning => FULL,
    };
    let mut left: BTreeMap<Code, usize> = BTreeMap::new();
    for finding in findings {
        *left.entry(finding.code).or_default() += 1;
    }
    let mut written: BTreeMap<Code, usize> = BTreeMap::new();
    for finding in findings {
        let number = written.entry(finding.code).or_default();
        *number += 1;
        let most = most(finding);
        if *number > most {
            continue;
        }
        one(out, finding, palette, excerpts)?;
        let more = left[&finding.code].saturating_sub(most);
        if *number == most && more > 0 {
            let code = finding.code;
            writeln!(out, "… and {more} more of {code} (-v shows all)\n")?;
        }
    }
    let strong = palette.strong;
    let closing = summary(findings.iter().copied());
    writeln!(out, "{strong}{closing}{strong:#}")
}

/// Writes one finding and the blank line behind it.
fn one(
    out: &mut impl io::Write,
    finding: &Finding,
    palette: Palette,
    excerpts: &dyn Excerpts,
) -> io::Result<()> {
    let (weight, strong, frame) = (palette.of(finding.severity), palette.strong, palette.frame);
    let (severity, code) = (finding.severity, finding.code);
    let message = visible(&finding.message);
    writeln!(
        out,
        "{weight}{severity}[{code}]{weight:#}: {strong}{message}{strong:#}"
    )?;
    if let Some(place) = &finding.place {
        let shown = visible(&shown(place, excerpts).to_string());
        writeln!(out, "  {frame}-->{frame:#} {shown}")?;
        if let Some(excerpt) = excerpts.row(place) {
            row(out, &excerpt, palette, weight)?;
        }
    }
    if let Some(help) = &finding.help {
        writeln!(out, "  {strong}help{strong:#}: {}", visible(help))?;
    }
    writeln!(out)
}

/// Writes the excerpt: the headings, the row under them, and the caret line.
fn row(
    out: &mut impl io::Write,
    excerpt: &Excerpt,
    palette: Palette,
    weight: anstyle::Style,
) -> io::Result<()> {
    let columns = columns(excerpt);
    let frame = palette.frame;
    let number = excerpt.row_number.to_string();
    let margin = number.len().max(MARGIN);
    let heads = line(columns.iter().map(|column| (&column.head, column.width)));
    let cells = line(columns.iter().map(|column| (&column.cell, column.width)));
    writeln!(out, "{frame}{:margin$} |{frame:#}{heads}", "")?;
    writeln!(out, "{frame}{number:>margin$} |{frame:#}{cells}")?;
    let Some(index) = columns.iter().position(|column| column.marked) else {
        return Ok(());
    };
    let before: usize = columns[..index]
        .iter()
        .map(|column| column.width + GAP.len())
        .sum();
    // A blank cell has a caret too: it is what is missing.
    let carets = "^".repeat(width(&columns[index].cell).max(1));
    let indent = " ".repeat(before);
    writeln!(
        out,
        "{frame}{:margin$} |{frame:#}  {indent}{weight}{carets}{weight:#}",
        ""
    )
}

/// One column of an excerpt, ready to be written.
struct Column {
    head: String,
    cell: String,
    width: usize,
    marked: bool,
}

/// The columns to show: the marked one, and those around it.
fn columns(excerpt: &Excerpt) -> Vec<Column> {
    let count = excerpt.cells.len();
    let last_start = count.saturating_sub(COLUMNS);
    let start = excerpt.caret.saturating_sub(1).min(last_start);
    let shown = excerpt.cells.iter().enumerate().skip(start).take(COLUMNS);
    shown
        .map(|(index, cell)| {
            let head = excerpt.heads.get(index).map_or("", String::as_str);
            let head = cut(&one_line(head), WIDEST);
            let cell = cut(&one_line(cell), WIDEST);
            let width = width(&head).max(width(&cell));
            let marked = index == excerpt.caret;
            Column {
                head,
                cell,
                width,
                marked,
            }
        })
        .collect()
}

/// A cell's text on one line.
fn one_line(text: &str) -> String {
    visible(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Cells padded to their columns, without blanks at the end.
fn line<'a>(cells: impl Iterator<Item = (&'a String, usize)>) -> String {
    let padded = cells.map(|(text, column)| {
        let missing = column.saturating_sub(width(text));
        format!("{text}{}", " ".repeat(missing))
    });
    let line = padded.collect::<Vec<_>>().join(GAP);
    match line.trim_end() {
        "" => String::new(),
        text => format!("  {text}"),
    }
}

#[cfg(test)]
mod tests;
