//! What is said of rows that do not fit their headings.

use std::collections::BTreeSet;

use crate::finding::place::column_letters;
use crate::finding::{Code, Finding, words};
use crate::workbook::{RawValue, Sheet};

use super::super::text::text_of;
use super::look::Looks;
use super::{Cells, Judge};

/// How many swallowed rows a message names.
const NAMED: usize = 6;

impl Judge<'_> {
    /// The finding of a row with another number of cells than there are headings.
    pub(super) fn say(&self, row: u32, cells: &Cells, looks: &Looks, width: u32) -> Finding {
        let width = match super::last_filled(looks) {
            Some(last) if width == self.expected => last + 1,
            _ => width,
        };
        let headings = if width < self.expected {
            self.expected
        } else {
            self.headings()
        };
        let message = format!(
            "the row has {} under {}, so values stand in other columns than their own; nothing of it was used{}",
            words::count(number(width), "cell", "cells"),
            words::count(number(headings), "heading", "headings"),
            self.first(row, cells, looks, width)
        );
        let Some(separator) = self.records.map(|it| it.separator) else {
            return Finding::new(Code::RowMisfit, message)
                .at(&self.sheet.place.clone().row(row))
                .help("move the values back under their headings");
        };
        let help = if width < headings {
            format!(
                "set the separator `{separator}` that is missing; a blank cell has one too, but for those at the end of all rows"
            )
        } else {
            format!(
                "put quotation marks around the value that holds a `{separator}`, or delete the separator that is too many"
            )
        };
        Finding::new(Code::RowMisfit, message)
            .at(&self.sheet.place.clone().row(row))
            .help(help)
    }

    /// The first cell that does not fit its column: the words behind a comma of a sentence, what the column cannot hold,
    /// what stands beyond the headings.
    fn first(&self, row: u32, cells: &Cells, looks: &Looks, width: u32) -> String {
        let is_surplus = width > self.expected.min(self.headings());
        let behind = cells
            .iter()
            .filter(|(column, _)| is_surplus && **column > 0);
        let mut behind = behind.filter(|(_, value)| is_indented(value));
        let indented = behind.next().filter(|_| behind.next().is_none());
        let beyond = || super::last_filled(looks).filter(|last| *last >= self.headings());
        let column = indented
            .map(|(column, _)| *column)
            .into_iter()
            .chain(self.misfit(looks, width))
            .min()
            .or_else(beyond);
        let Some(column) = column else {
            return String::new();
        };
        let text = looks.get(&column).map_or("", |look| look.text.as_str());
        let heading = self
            .head
            .typed
            .get(&column)
            .map(|heading| format!(" under `{}`", words::excerpt(heading)));
        format!(
            "; the first cell that does not fit is {}{}, `{}`{}",
            column_letters(column),
            u64::from(row) + 1,
            words::excerpt(text),
            heading.unwrap_or_default()
        )
    }
}

/// Whether a cell begins with a blank, as what stands behind a comma in a sentence does.
pub(super) fn is_indented(value: &RawValue) -> bool {
    matches!(value, RawValue::Text(text) if text.starts_with(' ') && !text.trim().is_empty())
}

fn number(count: u32) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX)
}

/// The finding of a cell that ends with a quotation mark which nothing opened.
pub(super) fn stray(sheet: &Sheet, row: u32, column: u32) -> Finding {
    let value = sheet.value(row, column).map(text_of).unwrap_or_default();
    let message = format!(
        "{}{} ends with a quotation mark that nothing opens (`{}`), so it cannot be told where the value begins; nothing of the row was used",
        column_letters(column),
        u64::from(row) + 1,
        words::excerpt(&value)
    );
    Finding::new(Code::RowMisfit, message)
        .at(&sheet.place.clone().row(row))
        .help("set the quotation mark that is missing, or take this one away")
}

/// The finding of a value that stands beside the table.
pub(super) fn beyond(sheet: &Sheet, row: u32, column: u32) -> Finding {
    let value = sheet.value(row, column).map(text_of).unwrap_or_default();
    let message = format!(
        "`{}` stands under no heading, beside the table",
        words::excerpt(&value)
    );
    Finding::new(Code::OddValue, message)
        .at(&sheet.place.clone().cell(row, column))
        .help("see whether the values of the row have moved to the right, or give the column a heading")
}

/// One note for all rows that leave blank cells out.
pub(super) fn trimmed(sheet: &Sheet, rows: &BTreeSet<u32>) -> Option<Finding> {
    let first = rows.first()?;
    let (subject, verb) = match rows.len() {
        1 => ("row", "has"),
        _ => ("rows", "have"),
    };
    let message = format!(
        "{subject} {} {verb} another number of cells than there are headings, but only blank cells are left out or added at the end; all values were used",
        words::ranges(rows, |row| (u64::from(row) + 1).to_string())
    );
    Some(
        Finding::new(Code::ShortRows, message)
            .at(&sheet.place.clone().row(*first))
            .help("nothing to do, if a spreadsheet program wrote the file"),
    )
}

/// The finding of a quotation mark that never closes.
pub(in super::super) fn unclosed(sheet: &Sheet) -> Option<Finding> {
    let records = sheet.layout.records.as_ref()?;
    let row = records.unclosed?;
    let cells = sheet.rows.get(&row);
    let last = cells
        .and_then(|cells| cells.values().next_back())
        .map(text_of);
    let swallowed = swallowed(&last.unwrap_or_default(), records.separator);
    let message = format!(
        "a quotation mark opens in this row and never closes, so the rest of the file counts as one cell; nothing of the row was used{swallowed}"
    );
    Some(
        Finding::new(Code::UnclosedQuote, message)
            .at(&sheet.place.clone().row(row))
            .help("close the quotation mark, or double it where it belongs to the text"),
    )
}

/// The rows that stand within a cell, by their beginnings.
pub(super) fn swallowed(text: &str, separator: char) -> String {
    let lines = text.lines().skip(1).filter(|line| line.contains(separator));
    let starts = lines.filter_map(|line| {
        let start = line
            .split(separator)
            .map(str::trim)
            .find(|part| !part.is_empty())?;
        Some(format!("`{}`", words::excerpt(start)))
    });
    let mut starts: Vec<String> = starts.collect();
    let all = starts.len();
    starts.truncate(NAMED);
    if all > NAMED {
        starts.push(words::count(all - NAMED, "more", "more"));
    }
    match all {
        0 => String::new(),
        1 => format!(", nor of the row it swallowed ({})", words::list(starts)),
        _ => format!(", nor of those it swallowed ({})", words::list(starts)),
    }
}
