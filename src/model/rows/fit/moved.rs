//! Rows of any number of cells whose values have moved under other headings, told by what the columns ask for: a value
//! that a neighbouring column asks for and lacks, beside another that does not fit either.
//!
//! One such value alone is somebody's slip, and is said at its cell.

use crate::finding::place::column_letters;
use crate::finding::{Code, Finding, words};

use super::super::cell_words::says_nothing;
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
        Some(
            Finding::new(Code::RowMisfit, message)
                .at(&self.sheet.place.clone().row(row))
                .help(format!(
                    "bring each value under its heading: a separator `{}` is missing before them, or one is too many",
                    self.records.separator
                )),
        )
    }

    /// Whether a column next to this one asks for the text, and has nothing of that kind.
    fn is_displaced(&self, column: u32, text: &str, cells: &Cells) -> bool {
        let mut neighbours = [column.checked_sub(1), column.checked_add(1)]
            .into_iter()
            .flatten();
        neighbours.any(|other| {
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
