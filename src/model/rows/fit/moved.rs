//! Rows of any number of cells whose values have moved under other headings, told by what the columns ask for: a value
//! that a neighbouring column asks for and lacks, beside another that does not fit either.
//!
//! One such value alone is somebody's slip, and is said at its cell, if the cell is read without another word.

use std::collections::BTreeMap;

use crate::finding::place::column_letters;
use crate::finding::{Code, Finding, words};

use super::super::problem::Problem;
use super::Judge;
use super::look::{Look, Looks};

impl Judge<'_> {
    /// The finding of a row in which two filled cells side by side do not fit, one of them in its neighbour's column.
    pub(super) fn moved(&self, row: u32, looks: &Looks) -> Option<Finding> {
        let is_displaced = |column: &u32, look: &Look| self.is_displaced(*column, look, looks);
        let filled: Vec<(&u32, &Look, bool)> = looks
            .iter()
            .filter(|(_, look)| !look.says_nothing)
            .map(|(column, look)| (column, look, is_displaced(column, look)))
            .collect();
        let is_odd = |(column, look, is_displaced): &(&u32, &Look, bool)| {
            *is_displaced || self.profile.is_odd(**column, look)
        };
        let mut found = filled.windows(2).filter_map(|pair| match pair {
            [left, right] if (left.2 || right.2) && is_odd(left) && is_odd(right) => {
                Some((left, right))
            }
            _ => None,
        });
        let (left, right) = found.next()?;
        let message = format!(
            "{} and {} do not fit their columns but would fit the next, so values stand in other columns than their own; nothing of the row was used",
            self.quote(row, *left.0, &left.1.text),
            self.quote(row, *right.0, &right.1.text)
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
    pub(super) fn displaced(&self, row: u32, looks: &Looks) -> BTreeMap<(u32, u32), Problem> {
        let found = looks.iter().filter(|(_, look)| !look.says_nothing);
        let found = found.filter_map(|(column, look)| {
            let (column, text) = (*column, &look.text);
            let other = neighbours(column).find(|other| {
                let there = looks.get(other);
                there.is_none_or(|there| there.text != *text)
                    && self.profile.is_rather(column, *other, look, there)
            })?;
            let heading = self.head.typed.get(&other)?;
            let heading = words::excerpt(heading);
            let message = format!(
                "`{}` is rather a value of the column beside it, `{heading}`",
                words::excerpt(text)
            );
            let help = format!("if it is, move it under `{heading}`");
            Some(((row, column), Problem::new(Code::OddValue, message, help)))
        });
        found.collect()
    }

    /// Whether a column next to this one asks for the text, and has nothing of that kind.
    fn is_displaced(&self, column: u32, look: &Look, looks: &Looks) -> bool {
        neighbours(column).any(|other| {
            self.profile
                .is_of_other(column, other, look, looks.get(&other))
        })
    }

    fn quote(&self, row: u32, column: u32, text: &str) -> String {
        let heading = self.head.typed.get(&column);
        let heading = heading.map(|heading| words::excerpt(heading));
        format!(
            "{}{} (`{}` under `{}`)",
            column_letters(column),
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
