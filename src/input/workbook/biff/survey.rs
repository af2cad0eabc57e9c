//! What the records of a sheet tell of it.

use std::collections::{BTreeMap, BTreeSet};

/// What was learned about one sheet.
#[derive(Default)]
pub(in super::super) struct SheetSurvey {
    /// The real number of each closed-up row.
    pub(in super::super) rows: Vec<u16>,
    /// The real number of each closed-up column.
    pub(in super::super) columns: Vec<u16>,
    /// Rows the sheet hides.
    pub(in super::super) hidden_rows: BTreeSet<u32>,
    /// Columns the sheet hides.
    pub(in super::super) hidden_columns: BTreeSet<u32>,
    /// Cells whose text is struck out.
    pub(in super::super) struck: BTreeSet<(u32, u32)>,
    /// Cells whose text consists of runs: where each begins, and whether it is struck out.
    pub(in super::super) runs: BTreeMap<(u32, u32), Vec<(usize, bool)>>,
    /// Cells whose format shows numbers in a way of its own, with the format.
    pub(in super::super) shown: BTreeMap<(u32, u32), u16>,
    /// Cells with a comment.
    pub(in super::super) comments: BTreeSet<(u32, u32)>,
}
