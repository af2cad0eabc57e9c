//! Quotations that swallowed other rows: a quotation mark is missing, and another one, rows later, closes what it opened.
//! The cell between them holds line breaks and as many separators as a row.

use std::collections::BTreeMap;

use crate::finding::place::column_letters;
use crate::finding::{Code, Finding, words};
use crate::workbook::{RawValue, Records, Sheet};

use super::super::headings::Candidate;
use super::super::text::text_of;
use super::Cells;
use super::said::swallowed;

/// A row of fewer cells than this is told by its lines one by one: any sentence has as many commas.
const NARROW: u32 = 5;

/// A sheet without known headings is held to a row of so many cells.
const STRANGE: u32 = 4;

/// How many cells the headings have, blank ones included.
pub(super) fn head_width(records: &Records, head: &Candidate) -> u32 {
    let rows = records.widths.range(head.first..=head.last);
    rows.map(|(_, width)| *width).max().unwrap_or(0)
}

/// Whether a row holds a cell that swallowed others.
pub(in super::super) fn is_torn(sheet: &Sheet, head: &Candidate, row: u32, cells: &Cells) -> bool {
    let records = sheet.layout.records.as_ref();
    records.is_some_and(|records| {
        records.unclosed == Some(row)
            || torn(records, head_width(records, head), row, cells).is_some()
    })
}

/// The finding of such a row.
pub(super) fn finding(sheet: &Sheet, head: &Candidate, row: u32, cells: &Cells) -> Option<Finding> {
    let records = sheet.layout.records.as_ref()?;
    say(sheet, records, head_width(records, head), row, cells)
}

/// The same for the heading row, whose quotation swallows the rows below it.
pub(super) fn in_headings(sheet: &Sheet, records: &Records, head: &Candidate) -> Vec<Finding> {
    let widths = records.widths.values().copied();
    let width = widths.max().unwrap_or(0);
    let rows = sheet.rows.range(head.first..=head.last);
    rows.filter_map(|(row, cells)| say(sheet, records, width, *row, cells))
        .collect()
}

/// The same for a sheet whose headings are not known, perhaps because they were swallowed.
pub(in super::super) fn in_stranger(sheet: &Sheet) -> Option<Finding> {
    let records = sheet.layout.records.as_ref()?;
    let widths = records.widths.values().copied();
    let width = widths.max().unwrap_or(0).max(STRANGE);
    let mut rows = sheet.rows.iter();
    rows.find_map(|(row, cells)| say(sheet, records, width, *row, cells))
}

fn say(sheet: &Sheet, records: &Records, width: u32, row: u32, cells: &Cells) -> Option<Finding> {
    let (column, count) = torn(records, width, row, cells)?;
    let text = cells.get(&column).map(text_of).unwrap_or_default();
    let message = format!(
        "{}{} holds a line break and {}, as many as a row, as when a quotation mark is missing; nothing of the row was used{}",
        column_letters(column),
        u64::from(row) + 1,
        words::count(count, "separator", "separators"),
        swallowed(&text, records.separator)
    );
    Some(
        Finding::new(Code::RowMisfit, message)
            .at(&sheet.place.clone().row(row))
            .help("set the quotation mark that is missing, or take away the one that is too many"),
    )
}

/// The cell that swallowed others, and how many separators it holds.
fn torn(
    records: &Records,
    width: u32,
    row: u32,
    cells: &BTreeMap<u32, RawValue>,
) -> Option<(u32, usize)> {
    let taken = records.widths.get(&row).copied().unwrap_or(width);
    let texts = cells.iter().filter_map(|(column, value)| match value {
        RawValue::Text(text) if text.trim().contains('\n') => Some((*column, text.trim())),
        _ => None,
    });
    let needed = usize::try_from(width.saturating_sub(1)).unwrap_or(usize::MAX);
    texts
        .map(|(column, text)| (column, text, tight(text, records.separator)))
        .find(|(column, text, count)| {
            let is_row =
                width >= NARROW || lines_up(text, records.separator, *column, width, taken);
            *count > 0 && *count >= needed && is_row && !is_list(text, records.separator)
        })
        .map(|(column, _, count)| (column, count))
}

/// How many separators stand as programs set them, without a blank behind; those of a sentence have one.
pub(super) fn tight(text: &str, separator: char) -> usize {
    let behind = text.split(separator).skip(1);
    behind.filter(|part| !part.starts_with(' ')).count()
}

/// Whether the lines of a cell are what is left of one row, whole rows, and the beginning of another.
fn lines_up(text: &str, separator: char, column: u32, width: u32, taken: u32) -> bool {
    let counts: Vec<i64> = text
        .lines()
        .map(|line| i64::try_from(line.matches(separator).count()).unwrap_or(i64::MAX))
        .collect();
    let (column, width, taken) = (i64::from(column), i64::from(width), i64::from(taken));
    match counts.as_slice() {
        [first, between @ .., last] => {
            *first == width - 1 - column
                && between.iter().all(|count| *count == width - 1)
                && *last == column + width - taken
        }
        _ => false,
    }
}

/// Whether all parts of a text are alike: one word each, with a dot in it, such as the names in a certificate.
fn is_list(text: &str, separator: char) -> bool {
    let mut parts = text
        .split([separator, '\n'])
        .map(str::trim)
        .filter(|part| !part.is_empty());
    parts.all(|part| part.contains('.') && !part.contains([' ', '\\']))
}
