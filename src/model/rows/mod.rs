//! Rows: raw cells in, rows out whose cells are each a value, a gap with its reason, or a finding.
//!
//! Entry point: [`read`], in four steps: withhold secrets, recognise the tables by their headings, take out rows that do
//! not fit them, settle rows that stand twice. A record then takes its fields from a [`Row`], which refuses whatever its
//! column does not ask for: is the cell whole (`doubt.rs`), does it say something instead of a value (`instead.rs`), is
//! it of the column's type (`value.rs`)?

mod beside;
mod canonical;
pub mod cell_words;
mod columns;
mod copies;
pub mod date;
pub mod doubt;
pub mod field;
mod fit;
pub mod fqdn;
mod headings;
pub mod instance;
pub mod instead;
mod layout;
pub mod lookalike;
pub mod parse;
pub mod path;
pub mod problem;
mod recognise;
pub mod recorded;
pub mod row;
pub mod secret;
mod spans;
pub mod sql;
mod table;
mod text;
mod titles;
mod totals;
mod transposed;
pub mod value;

use crate::finding::{Finding, Place};
use crate::product::Product;
use crate::workbook::Sheet;

pub use canonical::canonical;
pub use field::{Extra, Field};
pub use fqdn::Fqdn;
pub use instance::Instance;
pub use path::FilePath;
pub use recognise::tables_of;
pub use recorded::{Recorded, Route, Value};
pub use row::Row;
pub use secret::Accepted;
pub use table::{Supplied, Table, Usage};

/// Reads sheets into tables; cells that look like secrets are taken out of the sheets first.
pub fn read(
    product: &'static Product,
    sheets: &mut [Sheet],
    accepted: &Accepted,
) -> (Vec<Table>, Vec<Finding>) {
    let mut withheld = Vec::new();
    for sheet in sheets.iter_mut() {
        withheld.extend(secret::withhold(sheet, accepted));
        beside::withhold(sheet, accepted, &mut withheld);
    }
    let (mut tables, mut findings) = recognise::tables(sheets, product);
    // Nothing of a sheet that is not read gets anywhere, so there is nothing to say of it.
    let is_read = |place: &Place| tables.iter().any(|table| table.place == *place);
    let is_said = |it: &Finding| {
        it.place
            .as_ref()
            .is_some_and(|place| is_read(&place.whole_sheet()))
    };
    findings.extend(withheld.into_iter().filter(is_said));
    for table in &mut tables {
        findings.extend(secret::under_headings(table, sheets, accepted));
    }
    forget_unfit(sheets, &tables);
    copies::settle(&mut tables, &mut findings);
    (tables, findings)
}

/// Takes the rows that do not fit their headings out of the sheets too, which are kept for later commands.
fn forget_unfit(sheets: &mut [Sheet], tables: &[Table]) {
    for table in tables.iter().filter(|table| !table.unfit.is_empty()) {
        for sheet in sheets.iter_mut().filter(|it| it.place == table.place) {
            sheet.rows.retain(|row, _| !table.unfit.contains_key(row));
        }
    }
}
