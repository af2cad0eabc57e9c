//! Merged regions that are several columns wide, by row: the form titles take.

use std::collections::{BTreeMap, BTreeSet};

use crate::workbook::{RawValue, Sheet};

/// Rows of regions that are remembered; a sheet with more is decoration.
const MOST: usize = 200_000;

/// First and last column of each wide region, by row.
#[derive(Debug, Default)]
pub(super) struct Spans {
    by_row: BTreeMap<u32, Vec<(u32, u32)>>,
}

impl Spans {
    /// The regions of a sheet, where its rows hold anything.
    pub(super) fn of(sheet: &Sheet) -> Self {
        let mut spans = Self::default();
        let mut left = MOST;
        for region in sheet.layout.merged.iter().filter(|region| region.is_wide()) {
            let rows = region.first.0..=region.last.0.max(region.first.0);
            for (row, _) in sheet.rows.range(rows).take(left) {
                let columns = (region.first.1, region.last.1);
                spans.by_row.entry(*row).or_default().push(columns);
                left -= 1;
            }
        }
        spans
    }

    /// The first column of the wide region a cell belongs to.
    pub(super) fn start(&self, row: u32, column: u32) -> Option<u32> {
        let mut spans = self.by_row.get(&row)?.iter();
        spans
            .find(|(first, last)| (*first..=*last).contains(&column))
            .map(|(first, _)| *first)
    }

    /// Whether a cell shows the value of a cell to its left.
    pub(super) fn covers(&self, row: u32, column: u32) -> bool {
        self.start(row, column).is_some_and(|first| first < column)
    }

    /// Whether all cells of a row belong to one wide region.
    pub(super) fn is_title(&self, row: u32, cells: &BTreeMap<u32, RawValue>) -> bool {
        let starts: BTreeSet<_> = cells
            .keys()
            .map(|column| self.start(row, *column))
            .collect();
        starts.len() == 1 && starts.first().is_some_and(Option::is_some)
    }
}
