//! Workbooks: bytes in, raw cells out, each with its address. The only place that knows calamine and csv.
//!
//! Entry point: [`read`].

use std::collections::BTreeMap;

use jiff::civil::DateTime;

use crate::finding::Place;

/// One sheet as it stands in the file, nothing interpreted yet.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// File and sheet name (no sheet for CSV).
    pub place: Place,
    /// Whether the sheet is hidden in the workbook.
    pub hidden: bool,
    /// The cells that hold anything: row, then column, both from zero and absolute.
    pub rows: BTreeMap<u32, BTreeMap<u32, RawValue>>,
}

/// A cell's value as the file has it.
#[derive(Clone, Debug, PartialEq)]
pub enum RawValue {
    /// Text, as stored.
    Text(String),
    /// A number, never a date.
    Number(f64),
    /// A truth value.
    Bool(bool),
    /// A date, or a date and time, by the cell's own format.
    Date(DateTime),
    /// An error value such as `#REF!`.
    Error(String),
    /// A formula whose result the file does not hold; the formula's text.
    Uncached(String),
}
