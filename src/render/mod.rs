//! Packets in, bytes out: one writer per format. No file is written here.
//!
//! Entry points: [`packet`], [`index()`], [`cycle`], [`changes`], [`plan`] and [`record`].
//!
//! - [`page`]: what the layouts see; [`html`] and [`markdown`] render them through `templates/layout/`
//! - [`binder`]: the packets as one print job
//! - `svg`: the pictures on HTML pages
//! - [`csv`]: a restore plan for orchestration tools
//! - [`json`]: the documents for scripts
//! - [`xlsx`]: the packet as a workbook, and the worksheets `new` writes
//! - [`doctor`]: readable copies of worksheets with their findings marked
//! - [`format`](mod@format): the formats and the names of their files

mod css;
mod wording;

pub mod binder;
pub mod csv;
pub mod doctor;
pub mod format;
pub mod html;
pub mod index;
pub mod json;
pub mod markdown;
pub mod page;
mod svg;
pub mod xlsx;

#[cfg(test)]
pub(crate) mod fixture;

use std::fmt;

use crate::contract::DriftData;
use crate::editions::Changes;
use crate::finding::Finding;
use crate::packets::{Estate, Issue};
use crate::plan::Plan;
use crate::plan::card::Card;
use crate::record::Execution;
use crate::template::Engine;

pub use format::Format;
pub use index::IndexEntry;

/// Why something could not be rendered.
#[derive(Debug)]
pub enum Error {
    /// A layout template is wrong: the organization can mend it.
    Template(Box<Finding>),
    /// A library refused what we gave it: a bug.
    Internal(String),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Template(finding) => f.write_str(&finding.message),
            Self::Internal(message) => f.write_str(message),
        }
    }
}

impl std::error::Error for Error {}

impl From<Finding> for Error {
    fn from(finding: Finding) -> Self {
        Self::Template(Box::new(finding))
    }
}

impl From<xlsx::Error> for Error {
    fn from(error: xlsx::Error) -> Self {
        Self::Internal(error.to_string())
    }
}

/// A packet in one format.
///
/// # Errors
/// A layout template that cannot be used.
pub fn packet(
    format: Format,
    engine: &Engine,
    issue: &Issue,
    estate: &Estate,
) -> Result<Vec<u8>, Error> {
    Ok(match format {
        Format::Md => markdown::packet(engine, issue, estate)?.into_bytes(),
        Format::Html => html::packet(engine, issue, estate)?.into_bytes(),
        Format::Xlsx => xlsx::packet(issue, estate)?,
        Format::Json => json::packet(issue, estate)?,
    })
}

/// The index in one format; there is none as JSON, since the manifest is.
///
/// # Errors
/// A layout template that cannot be used.
pub fn index(
    format: Format,
    engine: &Engine,
    entries: &[IndexEntry],
    cards: &[Card],
    estate: &Estate,
) -> Result<Option<Vec<u8>>, Error> {
    Ok(match format {
        Format::Md => Some(markdown::index(engine, entries, cards, estate)?.into_bytes()),
        Format::Html => Some(html::index(engine, entries, cards, estate)?.into_bytes()),
        Format::Xlsx => Some(xlsx::index(entries, cards, estate)?),
        Format::Json => None,
    })
}

/// The cycle sheet: a page, so there is one for reading and one for printing. It says how many packets are ready.
///
/// # Errors
/// A layout template that cannot be used.
pub fn cycle(
    format: Format,
    engine: &Engine,
    entries: &[IndexEntry],
    estate: &Estate,
) -> Result<Option<Vec<u8>>, Error> {
    Ok(match format {
        Format::Md => Some(markdown::cycle(engine, entries, estate)?.into_bytes()),
        Format::Html => Some(html::cycle(engine, entries, estate)?.into_bytes()),
        Format::Xlsx | Format::Json => None,
    })
}

/// A restore plan for several losses; there is none as JSON.
///
/// # Errors
/// A layout template that cannot be used.
pub fn plan(
    format: Format,
    engine: &Engine,
    plan: &Plan,
    estate: &Estate,
) -> Result<Option<Vec<u8>>, Error> {
    Ok(match format {
        Format::Md => Some(markdown::plan(engine, plan, estate)?.into_bytes()),
        Format::Html => Some(html::plan(engine, plan, estate)?.into_bytes()),
        Format::Xlsx => Some(xlsx::plan(plan, estate)?),
        Format::Json => None,
    })
}

/// The change report: a page, like the cycle sheet.
///
/// # Errors
/// A layout template that cannot be used.
pub fn changes(
    format: Format,
    engine: &Engine,
    changes: &Changes,
    estate: &Estate,
) -> Result<Option<Vec<u8>>, Error> {
    Ok(match format {
        Format::Md => Some(markdown::changes(engine, changes, estate)?.into_bytes()),
        Format::Html => Some(html::changes(engine, changes, estate)?.into_bytes()),
        Format::Xlsx | Format::Json => None,
    })
}

/// Where a topology and the worksheets differ.
///
/// # Errors
/// A layout template that cannot be used.
pub fn drift(
    format: Format,
    engine: &Engine,
    drift: &DriftData,
    estate: &Estate,
) -> Result<Vec<u8>, Error> {
    Ok(match format {
        Format::Md => markdown::drift(engine, drift, estate)?.into_bytes(),
        Format::Html => html::drift(engine, drift, estate)?.into_bytes(),
        Format::Xlsx => xlsx::drift(drift, estate)?,
        Format::Json => json::drift(drift)?,
    })
}

/// The record of an execution; there is none as a workbook, since the checklist is.
///
/// # Errors
/// A layout template that cannot be used.
pub fn record(
    format: Format,
    engine: &Engine,
    run: &Execution,
    estate: &Estate,
) -> Result<Option<Vec<u8>>, Error> {
    Ok(match format {
        Format::Md => Some(markdown::record(engine, run, estate)?.into_bytes()),
        Format::Html => Some(html::record(engine, run, estate)?.into_bytes()),
        Format::Json => Some(json::record(run, estate)?),
        Format::Xlsx => None,
    })
}
