//! Rows of any number of cells whose values have moved under other headings, told by what the columns ask for: a value
//! that a neighbouring column asks for and lacks, beside another that does not fit either.
//!
//! One such value alone is somebody's slip, and is said at its cell, if the cell is read without another word.

use std::collections::BTreeMap;

use crate::finding::place::column_letters;
use crate::finding::{Code, Finding, words};

use super::super::cell_words::says_nothing;
use super::super::problem::Problem;
use super::super::text::text_of;
use super::{Cells, Judge};

impl Judge<'_> {
    /// The finding of a row in which two filled cells side by side do not fit, one of them in its neighbour's column.
    pub(super) fn moved(&self, row: u32, cells: &Cells) -> Option<Finding> {
        let filled: Vec<(u32, String)> = cells
            .iter()
            .map(|(column, value)| (*column, text_of(value)))
            .filter(|(_, text)| !says_nothing(text))
            .collect();
        let pairs = filled.windows(2).filter_map(|pair| match pair {
            [left, right] => Some((left, right)),
            _ => None,
        });
        let is_odd = |(column, text): &(u32, String)| {
            self.is_displaced(*column, text, cells) || self.profile.is_odd(*column, text)
        };
        let mut found = pairs.filter(|(left, right)| {
            let any = [left, right]
                .into_iter()
                .any(|(column, text)| self.is_displaced(*column, text, cells));
            any && is_odd(left) && is_odd(right)
        });
        let (left, right) = found.next()?;
        let message = format!(
            "{} and {} do not fit their columns but would fit the next, so values stand in other columns than their own; nothing of the row was used",
            self.quote(row, left),
            self.quote(row, right)
        );
        let help = match self.records {
            Some(records) => format!(
                "bring each value under its heading: a separator `{}` is missing before them, or one is too many",
                records.separator
            ),
            None => "move each value under its heading".to_owned(),
        };
        Some(
            Finding::new(Code::RowMisfit, message)
                .at(&self.sheet.place.clone().row(row))
                .help(help),
        )
    }

    /// The cells of a row whose value is rather one of the column beside them: that column asks for it, or holds it in
    /// other rows, and has nothing of its kind in this one.
    pub(super) fn displaced(&self, row: u32, cells: &Cells) -> BTreeMap<(u32, u32), Problem> {
        let texts = cells
            .iter()
            .map(|(column, value)| (*column, text_of(value)));
        let found = texts.filter(|(_, text)| !says_nothing(text));
        let found = found.filter_map(|(column, text)| {
            let other = neighbours(column).find(|other| {
                let there = cells.get(other).map(text_of).unwrap_or_default();
                there != text && self.profile.is_rather(column, *other, &text, &there)
            })?;
            let heading = self.head.typed.get(&other)?;
            let heading = words::excerpt(heading);
            let message = format!(
                "`{}` is rather a value of the column beside it, `{heading}`",
                words::excerpt(&text)
            );
            let help = format!("if it is, move it under `{heading}`");
            Some(((row, column), Problem::new(Code::OddValue, message, help)))
        });
        found.collect()
    }

    /// Whether a column next to this one asks for the text, and has nothing of that kind.
    fn is_displaced(&self, column: u32, text: &str, cells: &Cells) -> bool {
        neighbours(column).any(|other| {
            let there = cells.get(&other).map(text_of).unwrap_or_default();
            self.profile.is_of_other(column, other, text) && !self.profile.asks_for(other, &there)
        })
    }

    fn quote(&self, row: u32, (column, text): &(u32, String)) -> String {
        let heading = self
            .head
            .typed
            .get(column)
            .map(|heading| words::excerpt(heading));
        format!(
            "{}{} (`{}` under `{}`)",
            column_letters(*column),
            u64::from(row) + 1,
            words::excerpt(text),
            heading.unwrap_or_default()
        )
    }
}

fn neighbours(column: u32) -> impl Iterator<Item = u32> {
    let both = [column.checked_sub(1), column.checked_add(1)];
    both.into_iter().flatten()
}
