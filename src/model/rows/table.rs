//! A recognised table: what is known of its columns and rows, and what became of them.

use std::collections::BTreeMap;

use crate::finding::Place;
use crate::product::Product;
use crate::workbook::RawValue;

use super::problem::Problem;
use super::text::text_of;
use crate::product::schema::Kind;

/// A recognised table: its headings, what each column is, and its rows. A sheet may hold several.
#[derive(Clone, Debug)]
pub struct Table {
    /// The sheet kind.
    pub kind: &'static Kind,
    /// The product its rows are about.
    pub product: &'static Product,
    /// File and sheet.
    pub place: Place,
    /// The heading row, from zero; of two-line headings the second.
    pub heading_row: u32,
    /// Known columns: English heading to column number.
    pub columns: BTreeMap<&'static str, u32>,
    /// Their headings as typed.
    pub typed: BTreeMap<u32, String>,
    /// Columns the tool does not know, with the heading as typed.
    pub extras: BTreeMap<u32, String>,
    /// The rows below the headings that hold data.
    pub rows: BTreeMap<u32, BTreeMap<u32, RawValue>>,
    /// Rows that do not fit the headings, with their text; nothing of them is used.
    pub unfit: BTreeMap<u32, String>,
    /// Cells, by row and column, whose value is rather one of the column beside them; it is read all the same.
    pub displaced: BTreeMap<(u32, u32), Problem>,
    /// Cells that another row about the same thing contradicts, by row and heading: what stands in both. No value is
    /// read from them.
    pub contradicted: BTreeMap<u32, BTreeMap<String, String>>,
    /// What documents beside the worksheets say of cells, by row and heading: it is read in place of the cell.
    pub supplied: BTreeMap<u32, BTreeMap<String, Supplied>>,
    /// What became of the sheet's rows.
    pub usage: Usage,
}

/// A value that no cell has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Supplied {
    /// What it is.
    pub text: String,
    /// What says so.
    pub place: Place,
}

/// What became of the rows of a table. Rows that hold data and are not used have a finding each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    /// Rows that became records.
    pub used: usize,
    /// Rows above the headings: titles, notes, the upper row of two, headings of tables without rows.
    pub above: usize,
    /// Rows that hold only blanks.
    pub blank: usize,
    /// Rows that repeat the headings.
    pub repeated: usize,
    /// Rows below the headings that are titles, remarks or sums.
    pub titles: usize,
    /// Rows that repeat a row that counts.
    pub copied: usize,
}

impl Table {
    /// What stands in a cell that another row contradicts.
    pub fn contradiction(&self, row: u32, heading: &str) -> Option<&str> {
        self.contradicted
            .get(&row)?
            .get(heading)
            .map(String::as_str)
    }

    /// What a document says of a cell.
    pub fn supplied(&self, row: u32, heading: &str) -> Option<&Supplied> {
        self.supplied.get(&row)?.get(heading)
    }

    /// How many cells each column of ours has that says something, but for keys and remarks.
    pub fn filled(&self) -> BTreeMap<String, usize> {
        let is_filled = |number: &u32, cells: &BTreeMap<u32, RawValue>| {
            cells
                .get(number)
                .is_some_and(|it| !text_of(it).trim().is_empty())
        };
        let columns = self.columns.iter().filter_map(|(heading, number)| {
            let column = self.kind.column(heading)?;
            let filled = self
                .rows
                .values()
                .filter(|cells| is_filled(number, cells))
                .count();
            (!column.key && !column.prose && filled > 0).then(|| ((*heading).to_owned(), filled))
        });
        columns.collect()
    }

    /// Rows that hold data and could not be used.
    pub fn unusable(&self) -> usize {
        self.unfit.len() + self.rows.len().saturating_sub(self.usage.used)
    }
}
