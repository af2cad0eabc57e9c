//! The rows below a heading row: data, blanks, repeated headings, and titles or remarks that stand among them.

use std::collections::{BTreeMap, BTreeSet};

use crate::finding::{Code, Finding, words};
use crate::workbook::{RawValue, Sheet};

use super::fit;
use super::fqdn::Fqdn;
use super::headings::Candidate;
use super::spans::Spans;
use super::text::text_of;
use super::totals;

/// What stands below one heading row.
#[derive(Debug, Default)]
pub(super) struct Part {
    /// The rows that hold data.
    pub(super) rows: BTreeMap<u32, BTreeMap<u32, RawValue>>,
    /// How many rows hold only blanks.
    pub(super) blank: usize,
    /// How many rows repeat some of the headings in their columns.
    pub(super) repeated: usize,
    /// Rows that are titles or remarks.
    pub(super) titles: Vec<u32>,
    /// Rows of sums.
    pub(super) totals: Vec<u32>,
}

impl Part {
    /// How many rows hold no data.
    pub(super) fn others(&self) -> usize {
        self.blank + self.repeated + self.titles.len() + self.totals.len()
    }
}

/// Sorts the rows between a heading row and the next one.
pub(super) fn set_apart(sheet: &Sheet, head: &Candidate, next: Option<u32>, spans: &Spans) -> Part {
    let mut part = Part::default();
    let end = next.unwrap_or(u32::MAX);
    // The first row may lie below the next heading row's upper half.
    let start = (head.last + 1).min(end);
    for (row, cells) in sheet.rows.range(start..end) {
        if cells.values().all(|value| text_of(value).is_empty()) {
            part.blank += 1;
        } else if repeats(head, cells) {
            part.repeated += 1;
        } else if fit::is_torn(sheet, head, *row, cells) || fit::is_folded(head, cells) {
            part.rows.insert(*row, cells.clone());
        } else if sheet.layout.totals.contains(row) || totals::is_total(cells) {
            part.totals.push(*row);
        } else if spans.is_title(*row, cells) || is_remark(head, cells) {
            part.titles.push(*row);
        } else {
            part.rows.insert(*row, cells.clone());
        }
    }
    if next.is_some() {
        take_titles_of_next(head, &mut part);
    }
    part
}

/// A single text in a table whose rows are known by their FQDN, and no name; or a footnote.
fn is_remark(head: &Candidate, cells: &BTreeMap<u32, RawValue>) -> bool {
    lone_text(cells).is_some_and(|text| {
        let is_sentence = text.contains(char::is_whitespace) && is_keyed_by_name(head);
        is_sentence || text.starts_with(['*', '\u{2020}', '\u{203b}'])
    })
}

/// Single texts directly above the next headings are their title, unless they are data: the name of a computer, or
/// the last row of a table that has none.
fn take_titles_of_next(head: &Candidate, part: &mut Part) {
    while let Some((row, cells)) = part.rows.last_key_value() {
        let row = *row;
        let is_apart = row != head.last + 1 && !part.rows.contains_key(&(row - 1));
        let is_title = lone_text(cells).is_some_and(|text| {
            let is_name = Fqdn::parse(&text).is_ok_and(|name| !name.is_short());
            !is_name && (is_apart || is_keyed_by_name(head))
        });
        if !is_title || fit::is_folded(head, cells) {
            break;
        }
        part.rows.remove(&row);
        part.titles.push(row);
    }
}

/// The text of a row that holds nothing else.
fn lone_text(cells: &BTreeMap<u32, RawValue>) -> Option<String> {
    let mut filled = cells.values().filter(|value| !text_of(value).is_empty());
    match (filled.next(), filled.next()) {
        (Some(value @ RawValue::Text(_)), None) => Some(text_of(value)),
        _ => None,
    }
}

fn is_keyed_by_name(head: &Candidate) -> bool {
    let mut keys = head.kind.keys();
    keys.next().is_some_and(|key| key.heading.ends_with("FQDN"))
}

/// Whether a row says again, in their columns, what some of the columns are.
fn repeats(head: &Candidate, cells: &BTreeMap<u32, RawValue>) -> bool {
    let mut filled = 0;
    for (number, value) in cells {
        let text = text_of(value);
        if text.is_empty() {
            continue;
        }
        let heading = head
            .kind
            .column(&text)
            .map(|column| column.heading.as_str());
        if heading.and_then(|heading| head.columns.get(heading)) != Some(number) {
            return false;
        }
        filled += 1;
    }
    filled >= 2
}

/// One finding for all titles and remarks of a sheet.
pub(super) fn report(sheet: &Sheet, rows: &BTreeSet<u32>) -> Option<Finding> {
    let first = rows.first()?;
    let message = match rows.len() {
        1 => {
            let cells = sheet.rows.get(first);
            let text = cells.into_iter().flat_map(BTreeMap::values).map(text_of);
            let text: String = text.filter(|text| !text.is_empty()).take(1).collect();
            format!(
                "`{}` was taken for a title or a remark; nothing was read from the row",
                words::excerpt(&text)
            )
        }
        _ => format!(
            "rows {} hold a title or a remark each; nothing was read from them",
            words::ranges(rows, |row| (u64::from(row) + 1).to_string())
        ),
    };
    Some(
        Finding::new(Code::TitleRow, message)
            .at(&sheet.place.clone().row(*first))
            .help("if a row is meant to be used, fill in its other cells and do not merge them"),
    )
}
