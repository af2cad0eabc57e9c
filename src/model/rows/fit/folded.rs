//! Whole rows that stand in one cell: written with another separator than the rest of the file, within one pair of
//! quotation marks, or pasted into a workbook. A title is a single text as well, but a sentence has few separators, and blanks behind them.

use crate::finding::{Code, Finding, words};
use crate::workbook::{RawValue, Sheet};

use super::super::fqdn::Fqdn;
use super::super::headings::{Candidate, HEADING_ROWS};
use super::super::text::text_of;
use super::{Cells, torn};
use crate::product::schema::{Column, Kind, Schema};

/// What stands between the cells of text files.
const SEPARATORS: [char; 4] = [',', ';', '\t', '|'];

/// A row without a name at its beginning is told by so many separators, or by as many parts as there are headings.
const SEVERAL: usize = 2;

/// How a workbook is told to put what stands in one cell into several.
const SPLIT: &str =
    "give each value a cell of its own (in a spreadsheet program: Data, Text to Columns)";

/// Whether a row holds a whole row in its only cell.
pub(in super::super) fn is_folded(head: &Candidate, cells: &Cells) -> bool {
    folded(head, cells).is_some()
}

/// The finding of a sheet all of whose columns stand in one, as when separated text was pasted into a workbook.
pub(in super::super) fn in_one_cell(sheet: &Sheet, schema: &Schema) -> Option<Finding> {
    let lone = |(row, cells): (&u32, &Cells)| Some((*row, lone_text(cells)?.to_owned()));
    let mut rows = sheet.rows.iter().take(HEADING_ROWS).filter_map(lone);
    let found = rows.find_map(|(row, text)| {
        let separator = SEPARATORS.into_iter().find(|it| text.contains(*it))?;
        let typed: Vec<&str> = text
            .split(separator)
            .map(|it| it.trim_matches(['"', ' ']))
            .collect();
        let is_of = |kind: &&Kind| {
            let heads: Vec<&Column> = typed.iter().filter_map(|it| kind.column(it)).collect();
            heads.len() >= SEVERAL
                && kind
                    .keys()
                    .all(|key| heads.iter().any(|it| it.heading == key.heading))
        };
        let kind = schema.kinds.iter().find(is_of)?;
        Some((row, kind, separator))
    });
    let (row, kind, separator) = found?;
    let message = format!(
        "the headings of `{}` stand in one cell, separated by {}; none of the rows below was used",
        kind.id,
        words_of(separator)
    );
    Some(
        Finding::new(Code::RowMisfit, message)
            .at(&sheet.place.clone().row(row))
            .help(SPLIT),
    )
}

/// The finding of such a row.
pub(super) fn finding(sheet: &Sheet, head: &Candidate, row: u32, cells: &Cells) -> Option<Finding> {
    let (text, separator) = folded(head, cells)?;
    let own = sheet.layout.records.as_ref().map(|it| it.separator);
    let (why, help) = match own {
        None => (
            format!("separated by {}", words_of(separator)),
            SPLIT.to_owned(),
        ),
        Some(own) if own == separator => (
            "within one pair of quotation marks".to_owned(),
            "take away the quotation marks around the row".to_owned(),
        ),
        Some(own) => {
            let own = words_of(own);
            (
                format!("separated by {} instead of {own}", words_of(separator)),
                format!("separate its values by {own}, as in the other rows"),
            )
        }
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
    let text = lone_text(cells)?;
    let separator = SEPARATORS
        .into_iter()
        .find(|separator| is_row(text, *separator, head.typed.len()))?;
    Some((text, separator))
}

fn lone_text(cells: &Cells) -> Option<&str> {
    let mut filled = cells.values().filter(|value| !text_of(value).is_empty());
    match (filled.next(), filled.next()) {
        (Some(RawValue::Text(text)), None) => Some(text),
        _ => None,
    }
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
