//! Workbooks: packets, the index and blank worksheets. The only place that names `rust_xlsxwriter`.
//!
//! - [`packet()`]: one packet, with the sheets Packet, Facts, Checklist, Summary and Sources; [`contract`] is how `record` reads it back
//! - [`index()`]: what failed, and which packet helps
//! - [`annotated()`]: a copy of a worksheet file with its findings marked, and [`findings()`], the list of them
//! - [`drift()`]: where a topology and the worksheets differ
//! - [`plan()`]: the restore order for several losses
//! - [`worksheets()`]: the worksheets of `new`, blank or filled in
//!
//! Worksheet text enters a cell only through `Sheet`, which writes it as text: nothing becomes a formula. The only
//! formulas are those of `summary`, made of row numbers.

mod annotate;
mod book;
mod checklist;
mod closing;
mod cover;
mod cut;
mod drift;
mod facts;
mod findings;
mod index;
mod measure;
mod packet;
mod page;
mod plan;
mod sheet;
mod sources;
mod style;
mod summary;
mod table;
#[cfg(test)]
mod unzip;
mod worksheets;

use std::fmt;

use rust_xlsxwriter::XlsxError;

pub use crate::record::contract;
pub use annotate::{Page, annotated, mark, page_names};
pub use drift::drift;
pub use findings::{Listed, findings};
pub use index::index;
pub use packet::packet;
pub use plan::plan;
pub use worksheets::worksheets;

/// A workbook that could not be written: a limit of the format, or a bug.
#[derive(Debug)]
pub struct Error(XlsxError);

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the workbook cannot be written: {}", self.0)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.0)
    }
}

impl From<XlsxError> for Error {
    fn from(error: XlsxError) -> Self {
        Self(error)
    }
}

/// What every function here returns.
type Result<T> = std::result::Result<T, Error>;
