//! A readable copy of a worksheet file: every value in its own cell, and the cells with findings marked.
//!
//! Styles do not survive, values and positions do. A mark is a fill, a heavy border and a note, so that it is
//! seen in black and white too; the note holds what the findings say.

mod looks;
mod names;
mod page;
mod values;

use std::collections::BTreeMap;

use jiff::civil::Date;
use rust_xlsxwriter::{Note, ObjectMovement, Worksheet};

use super::cut::{cut, literal};
use super::page::{dated, marked as ours};
use super::{Result, book};
use crate::finding::Finding;
use crate::text::visible::visible_lines;
use crate::workbook::Sheet;

use looks::{Looks, fill, marked};
pub use names::page_names;
pub use page::Page;
use page::{index, worst};

/// The most characters a note gets; what is longer is read in the list of findings.
const LONGEST_NOTE: usize = 4_000;
/// The most notes on one sheet: programs that open it keep each of them in memory. Later cells are marked all the same.
const MOST_NOTES: usize = 10_000;
/// The deepest heading row that is frozen; a deeper one would leave no room for the rows.
const DEEPEST_HEAD: u32 = 12;

/// How many columns can be printed side by side and still be read.
const SIDE_BY_SIDE: usize = 8;

/// Writes the copy of a worksheet file.
///
/// # Errors
///
/// Only where a text exceeds what the format can hold.
pub fn annotated(pages: &[Page<'_>], as_of: Date) -> Result<Vec<u8>> {
    let looks = Looks::new();
    let first = pages.iter().position(|page| !page.findings.is_empty());
    let mut sheets = Vec::new();
    for (index, page) in pages.iter().enumerate() {
        let mut out = worksheet(page, &looks)?;
        if Some(index) == first {
            out.set_active(true);
        }
        sheets.push(out);
    }
    let properties = ours(dated(as_of)?, "copy")
        .set_title("Copy of a worksheet, with findings")
        .set_comment("A copy to read. Mend the worksheet itself, then run the check again.");
    book::bytes(&properties, sheets)
}

/// The cell that carries a finding's mark: the cell itself, the first filled one of a row, or A1.
pub fn mark(sheet: &Sheet, finding: &Finding) -> Option<(u32, u32)> {
    let place = finding.place.as_ref()?;
    let Some(row) = place.at_row() else {
        return Some((0, 0));
    };
    let first = || sheet.rows.get(&row)?.keys().next().copied();
    Some((row, place.at_column().or_else(first).unwrap_or(0)))
}

fn worksheet(page: &Page<'_>, looks: &Looks) -> Result<Worksheet> {
    let mut out = book::sheet(&page.name)?;
    let mut marks: BTreeMap<(u32, u32), Vec<&Finding>> = BTreeMap::new();
    for finding in &page.findings {
        if let Some(cell) = mark(page.sheet, finding) {
            marks.entry(cell).or_default().push(finding);
        }
    }
    let widths = values::widths(page.sheet);
    for (column, width) in &widths {
        out.set_column_width(index(*column), values::units(*width))?;
    }
    values::cells(&mut out, page, &marks, &widths, looks)?;
    for ((row, column), findings) in &marks {
        if page.sheet.value(*row, *column).is_none() {
            let format = marked(&looks.text, worst(findings));
            out.write_blank(*row, index(*column), &format)?;
        }
    }
    for ((row, column), findings) in marks.iter().take(MOST_NOTES) {
        let note = note(findings, region(page.sheet, *row, *column));
        out.insert_note(*row, index(*column), &note)?;
    }
    if let Some(severity) = page.findings.iter().map(|it| it.severity).min() {
        out.set_tab_color(fill(severity).1);
    }
    if let Some(row) = page.heading_row.filter(|row| *row <= DEEPEST_HEAD) {
        out.set_freeze_panes(row + 1, 0)?;
        out.set_repeat_rows(row, row)?;
    }
    out.set_landscape();
    if widths.len() <= SIDE_BY_SIDE {
        out.set_print_fit_to_pages(1, 0);
    } else {
        out.set_print_scale(75);
    }
    Ok(out)
}

/// The merged region a cell belongs to without being its first cell, as spreadsheets name it.
fn region(sheet: &Sheet, row: u32, column: u32) -> Option<String> {
    let region = sheet.layout.region(row, column)?;
    let address = |(row, column)| sheet.place.clone().cell(row, column).address();
    let name = format!("{}:{}", address(region.first)?, address(region.last)?);
    (region.first != (row, column)).then_some(name)
}

/// The note on a marked cell: one paragraph for each finding, worst first as the findings are.
fn note(findings: &[&Finding], region: Option<String>) -> Note {
    let mut text = region.map_or_else(String::new, |region| {
        format!("In the file this cell is part of the merged cells {region}.\n\n")
    });
    for (index, finding) in findings.iter().enumerate() {
        let paragraph = paragraph(finding);
        if text.len() + paragraph.len() > LONGEST_NOTE && index > 0 {
            let left = findings.len() - index;
            text.extend(["… and ", &left.to_string(), " more: see findings.xlsx"]);
            break;
        }
        text.push_str(&paragraph);
    }
    let text = cut(text.trim_end(), LONGEST_NOTE);
    let lines: usize = text.lines().map(|line| 1 + line.chars().count() / 52).sum();
    let height = u32::try_from(lines.min(30)).unwrap_or(30) * 15 + 16;
    Note::new(literal(&text))
        .add_author_prefix(false)
        .set_object_movement(ObjectMovement::DontMoveOrSizeWithCells)
        .set_width(360)
        .set_height(height)
}

fn paragraph(finding: &Finding) -> String {
    let help = finding.help.as_ref();
    let help = help.map_or_else(String::new, |help| {
        format!("Help: {}\n", visible_lines(help))
    });
    format!(
        "{}[{}]: {}\n{help}\n",
        finding.severity.as_str().to_uppercase(),
        finding.code,
        visible_lines(&finding.said()),
    )
}

#[cfg(test)]
mod tests;
