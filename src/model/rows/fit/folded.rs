//! Whole rows that stand in one cell: written with another separator than the rest of the file, or within one pair of
//! quotation marks. A title is a single text as well, but a sentence has few separators, and blanks behind them.

use crate::finding::{Code, Finding, words};
use crate::workbook::{RawValue, Sheet};

use super::super::fqdn::Fqdn;
use super::super::headings::Candidate;
use super::super::text::text_of;
use super::{Cells, torn};

/// What stands between the cells of text files.
const SEPARATORS: [char; 4] = [',', ';', '\t', '|'];

/// A row without a name at its beginning is told by so many separators, or by as many parts as there are headings.
const SEVERAL: usize = 2;

/// Whether a row of separated text holds a whole row in its only cell.
pub(in super::super) fn is_folded(sheet: &Sheet, head: &Candidate, cells: &Cells) -> bool {
    sheet.layout.records.is_some() && folded(head, cells).is_some()
}

/// The finding of such a row.
pub(super) fn finding(sheet: &Sheet, head: &Candidate, row: u32, cells: &Cells) -> Option<Finding> {
    let records = sheet.layout.records.as_ref()?;
    let (text, separator) = folded(head, cells)?;
    let own = words_of(records.separator);
    let (why, help) = if separator == records.separator {
        (
            "within one pair of quotation marks".to_owned(),
            "take away the quotation marks around the row".to_owned(),
        )
    } else {
        (
            format!("separated by {} instead of {own}", words_of(separator)),
            format!("separate its values by {own}, as in the other rows"),
        )
    };
    let message = format!(
        "the whole row stands in one cell, {why} (`{}`); nothing of it was used",
        words::excerpt(text.trim())
    );
    Some(
        Finding::new(Code::RowMisfit, message)
            .at(&sheet.place.clone().row(row))
            .help(help),
    )
}

/// The only text of a row, and what separates the cells in it.
fn folded<'a>(head: &Candidate, cells: &'a Cells) -> Option<(&'a str, char)> {
    let mut filled = cells.values().filter(|value| !text_of(value).is_empty());
    let (Some(RawValue::Text(text)), None) = (filled.next(), filled.next()) else {
        return None;
    };
    let separator = SEPARATORS
        .into_iter()
        .find(|separator| is_row(text, *separator, head.typed.len()))?;
    Some((text, separator))
}

/// Whether a text, split at a separator, has about as many parts as there are headings, or begins as rows do.
fn is_row(text: &str, separator: char, headings: usize) -> bool {
    let count = text.matches(separator).count();
    let tight = torn::tight(text, separator);
    let is_near = |separators: usize| (separators + 1) * 2 > headings;
    let first = text.split(separator).next().unwrap_or_default();
    if Fqdn::parse(first.trim()).is_ok_and(|name| !name.is_short()) {
        let is_close = count > 0 && tight == count;
        return is_close || (count >= SEVERAL && is_near(count));
    }
    (tight >= SEVERAL || tight > 0 && tight + 1 == headings) && is_near(tight)
}

fn words_of(separator: char) -> String {
    match separator {
        '\t' => "tabs".to_owned(),
        other => format!("`{other}`"),
    }
}
