//! A sheet of the sample as a table: its headings, and the rows below them.

use restore_packets::starter::Sheet;

/// The headings and the rows.
pub fn table(sheet: &Sheet) -> Vec<Vec<String>> {
    let columns = sheet.kind.columns.iter();
    let head = columns.map(|column| column.heading.clone()).collect();
    std::iter::once(head).chain(sheet.rows.clone()).collect()
}
