//! The excerpt of a row: the headings, the cells under them, and a caret under the one that is meant.

use std::io;

use super::super::{Excerpt, Palette};
use crate::text::visible::visible;
use crate::text::width::{cut, width};

/// How many columns of a row an excerpt shows.
const COLUMNS: usize = 4;
/// The widest a cell is shown.
const WIDEST: usize = 32;
/// The narrowest margin in front of an excerpt; row numbers of more than five digits widen it.
const MARGIN: usize = 5;
/// What stands between two cells.
const GAP: &str = "    ";

/// Writes the excerpt: the headings, the row under them, and the caret line.
pub(super) fn write(
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
