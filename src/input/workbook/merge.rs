//! Merged regions: the value of the first cell counts for the cells it covers.

use super::{RawValue, Region, Sheet};

/// Regions of a sheet that are looked at; a sheet with more is decoration.
const MOST_REGIONS: usize = 10_000;

/// Cells visited in one sheet, so that a few huge regions cannot multiply a sheet.
const MOST_VISITED: usize = 500_000;

/// Copies the value of each merged region into the blank cells it covers.
///
/// Only rows that hold something of their own are filled, and only as far as the sheet's last used column:
/// a region that reaches below the table, or a title over blank rows, adds nothing.
pub(super) fn fill(sheet: &mut Sheet) {
    sheet.layout.merged.truncate(MOST_REGIONS);
    let ends = sheet.rows.values().filter_map(|row| row.last_key_value());
    let Some(last_column) = ends.map(|(column, _)| *column).max() else {
        return;
    };
    let mut left = MOST_VISITED;
    for mut region in sheet.layout.merged.clone() {
        region.last.1 = region.last.1.min(last_column);
        let (row, column) = region.first;
        if let Some(value) = sheet.value(row, column).cloned() {
            fill_region(sheet, region, &value, &mut left);
        }
    }
}

fn fill_region(sheet: &mut Sheet, region: Region, value: &RawValue, left: &mut usize) {
    if region.first.0 > region.last.0 {
        return;
    }
    for (_, cells) in sheet.rows.range_mut(region.first.0..=region.last.0) {
        for column in region.first.1..=region.last.1 {
            if *left == 0 {
                return;
            }
            *left -= 1;
            cells.entry(column).or_insert_with(|| value.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Place;

    fn text(text: &str) -> RawValue {
        RawValue::Text(text.into())
    }

    #[test]
    fn a_region_fills_rows_that_exist_and_makes_no_new_ones() {
        let mut sheet = Sheet::new(Place::file("a.xlsx"));
        for (row, column, value) in [
            (1, 0, "Redmond"),
            (1, 1, "fe01"),
            (2, 1, "fe02"),
            (2, 2, "x"),
        ] {
            sheet
                .rows
                .entry(row)
                .or_default()
                .insert(column, text(value));
        }
        sheet.layout.merged = vec![Region {
            first: (1, 0),
            last: (9, 0),
        }];
        fill(&mut sheet);
        assert_eq!(sheet.value(2, 0), Some(&text("Redmond")));
        assert_eq!(sheet.value(2, 1), Some(&text("fe02")));
        assert_eq!(sheet.rows.len(), 2);
        assert!(
            sheet
                .layout
                .region(2, 0)
                .is_some_and(|region| !region.is_wide())
        );
    }
}
