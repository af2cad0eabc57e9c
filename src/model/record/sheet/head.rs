//! The row of headings of a checklist, wherever it stands and in whatever order.

use std::collections::BTreeMap;

use crate::workbook::{RawValue, Sheet};

use crate::record::contract::HEADINGS;

/// The columns of a checklist.
#[derive(Debug)]
pub(super) struct Head {
    pub(super) row: u32,
    pub(super) step: u32,
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) result: u32,
    pub(super) initials: u32,
    pub(super) what: Option<u32>,
    pub(super) where_: Option<u32>,
    pub(super) expect: Option<u32>,
    pub(super) deviation: Option<u32>,
}

impl Head {
    /// The first row that has the headings of what is filled in.
    pub(super) fn find(sheet: &Sheet) -> Option<Self> {
        sheet
            .rows
            .iter()
            .find_map(|(row, cells)| Self::of(*row, cells))
    }

    /// The columns that are read.
    pub(super) fn columns(&self) -> Vec<u32> {
        let always = [self.step, self.start, self.end, self.result, self.initials];
        let others = [self.what, self.where_, self.expect, self.deviation];
        always
            .into_iter()
            .chain(others.into_iter().flatten())
            .collect()
    }

    fn of(row: u32, cells: &BTreeMap<u32, RawValue>) -> Option<Self> {
        let [
            step,
            what,
            where_,
            expect,
            start,
            end,
            result,
            initials,
            deviation,
        ] = HEADINGS;
        let column = |heading: &str| {
            let is_it = |value: &RawValue| match value {
                RawValue::Text(text) => text.trim().eq_ignore_ascii_case(heading),
                _ => false,
            };
            let found = cells.iter().find(|(_, value)| is_it(value));
            found.map(|(column, _)| *column)
        };
        Some(Self {
            row,
            step: column(step)?,
            start: column(start)?,
            end: column(end)?,
            result: column(result)?,
            initials: column(initials)?,
            what: column(what),
            where_: column(where_),
            expect: column(expect),
            deviation: column(deviation),
        })
    }
}
