//! Cells that only procedures name, by the names that `columns.toml` gives them.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::template::Slot;

/// Cells by the names that `columns.toml` gives them (`as`).
pub type Recorded = BTreeMap<&'static str, RecordedContext>;

/// A cell that a procedure names and the program itself knows nothing of.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum RecordedContext {
    /// Nothing stands in it: `{% if this.recorded.… %}` is false.
    Blank,
    /// A value, or the gap of a cell that cannot be read.
    One(Slot),
    /// Several values; none where the cell is blank.
    Many(Vec<Slot>),
    /// `yes`, `no` or `unknown`.
    Answer(&'static str),
    /// Routes; none where the cell is blank.
    Routes(Vec<RouteContext>),
}

/// A route of an adapter.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RouteContext {
    /// The network: `10.0.0.0`.
    pub network: Slot,
    /// Its mask.
    pub mask: Slot,
    /// The gateway it is reached by.
    pub gateway: Slot,
}
