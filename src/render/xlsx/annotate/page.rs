//! A sheet of a copy, and what is said of its cells and columns.

use crate::finding::{Finding, Severity};
use crate::workbook::Sheet;

/// One sheet of a copy.
#[derive(Clone, Debug)]
pub struct Page<'a> {
    /// The sheet as it was read.
    pub sheet: &'a Sheet,
    /// Its name in the copy; see [`page_names`](super::page_names).
    pub name: String,
    /// The row of its headings, where it was recognised.
    pub heading_row: Option<u32>,
    /// What was found in it, in order.
    pub findings: Vec<&'a Finding>,
}

/// The worst that was found in a cell.
pub(super) fn worst(findings: &[&Finding]) -> Severity {
    let severities = findings.iter().map(|finding| finding.severity);
    severities.min().unwrap_or(Severity::Info)
}

/// A column's number; sheets are read within the format's bounds.
pub(super) fn index(column: u32) -> u16 {
    u16::try_from(column).unwrap_or(u16::MAX)
}
