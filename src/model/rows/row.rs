//! Reading one row of a recognised sheet, cell by cell, each value with its place.
//!
//! How a cell is read, and what keeps it from being read, is in `read.rs`; what each kind of value asks for in
//! `kinds.rs`.

mod kinds;
mod read;

use std::collections::BTreeMap;

use crate::finding::{Code, Finding, Place, words};
use crate::workbook::RawValue;

use super::cell_words::{self, Meaning};
use super::field::Field;
use super::instead;
use super::parse;
use super::problem::Problem;
use super::table::Table;
use crate::product::Product;
use crate::product::schema::Kind;

/// A row being read; problems go to `findings` as they are met.
pub struct Row<'a> {
    table: &'a Table,
    number: u32,
    cells: &'a BTreeMap<u32, RawValue>,
    findings: &'a mut Vec<Finding>,
    /// The columns that were read.
    read: Vec<&'static str>,
}

impl<'a> Row<'a> {
    /// Reads every row of a table.
    pub fn each<T>(
        table: &'a Table,
        findings: &mut Vec<Finding>,
        mut read: impl FnMut(&mut Row<'_>) -> Option<T>,
    ) -> Vec<T> {
        let mut records = Vec::new();
        for (number, cells) in &table.rows {
            let mut row = Row {
                table,
                number: *number,
                cells,
                findings,
                read: Vec::new(),
            };
            records.extend(read(&mut row));
        }
        records
    }

    /// The row as a place.
    pub fn place(&self) -> Place {
        self.table.place.clone().row(self.number)
    }

    /// Says something about the row.
    pub fn say(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    /// The sheet kind of the row.
    pub(super) fn kind(&self) -> &'static Kind {
        self.table.kind
    }

    /// The product the row is about.
    pub(super) fn product(&self) -> &'static Product {
        self.table.product
    }

    /// A cell that must be filled for the row to be used.
    pub fn key<T>(&mut self, field: &Field<T>) -> Option<()> {
        if field.value.is_some() {
            return Some(());
        }
        let column = field.column;
        let typed = self.typed(column);
        let message = if typed.is_empty() {
            format!("`{column}` is blank, so the row cannot be used")
        } else if cell_words::of(&typed).is_some() {
            let typed = words::excerpt(&typed);
            format!("`{typed}` in `{column}` names nothing, so the row cannot be used")
        } else if self.is_partly_struck(field.place.at_column()) {
            // Elsewhere that is a gap; here it takes the whole row.
            format!("a part of `{column}` is struck out, so the row cannot be used")
        } else {
            // It could not be read, and has its own finding.
            return None;
        };
        self.say(
            Finding::new(Code::MissingKey, message)
                .at(&field.place)
                .help(format!("fill in `{column}`, or delete the row")),
        );
        None
    }

    fn is_partly_struck(&self, column: Option<u32>) -> bool {
        let value = column.and_then(|column| self.cells.get(&column));
        matches!(value, Some(RawValue::PartlyStruck { .. }))
    }

    /// Says what it means that a cell says that there is none, where its row makes more of it than its column.
    pub fn means<T>(&mut self, field: &Field<T>, heading: &str, means: Option<&str>) {
        let typed = self.typed(field.column);
        if cell_words::of(&typed) == Some(Meaning::None) {
            self.report_if(instead::none(heading, &typed, means), &field.place);
        }
    }

    /// What stands in a column's cell, as typed.
    fn typed(&self, column: &str) -> String {
        let number = self.table.columns.get(column);
        let cell = number.and_then(|number| self.cells.get(number));
        cell.map_or_else(String::new, parse::text_of)
    }

    fn report_if(&mut self, problem: Option<Problem>, place: &Place) {
        if let Some(problem) = problem {
            self.report(problem, place);
        }
    }

    fn report(&mut self, problem: Problem, place: &Place) {
        self.findings.push(problem.finding(place));
    }
}
