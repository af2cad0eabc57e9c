//! Execution records: a checklist that was filled in is read back, proved and evaluated.
//!
//! Entry points: [`read`], then [`proved`] against the edition it bears, then [`evaluate`].
//!
//! 1. [`read`]: a workbook's sheets (`sheet`) or an export of the working mode (`json`) become a [`Filled`] checklist
//! 2. [`proved`]: each step still says what its edition said; it is known by its title (`numbers`)
//! 3. [`evaluate`]: clocks become moments (`time`, `calendar`), entries an [`Execution`]: order, durations, people, RTO
//!
//! Which edition a checklist is of, and whether that stands, is for the caller to find out from the ledger.

mod calendar;
pub mod contract;
mod evaluate;
mod execution;
mod filled;
mod form;
mod json;
mod numbers;
mod printed;
mod proof;
mod remark;
mod sheet;
pub mod time;
mod wording;

use crate::finding::Code;
use crate::rows::{Accepted, secret};
use crate::workbook::Read;

pub use calendar::Moment;
pub use evaluate::{Given, evaluate};
pub use execution::{Execution, Hand, PartRun, Rto, StepRun, Verdict};
pub use filled::{Filled, Identity, Outcome};
pub use json::is_exercise;
pub use proof::proved;
pub use remark::Remarks;
pub use wording::{outcome, rto};

/// Reads a checklist. `workbook` reads what is no JSON, where a hostile file can be contained. `None` where it is no
/// checklist, and then a finding says why.
pub fn read(
    name: &str,
    bytes: &[u8],
    workbook: impl FnOnce() -> Read,
    remarks: &mut Remarks,
) -> Option<Filled> {
    let filled = if json::is_one(name, bytes) {
        json::read(bytes, remarks)
    } else {
        of_workbook(workbook(), remarks)
    };
    remarks.habits();
    filled.map(Filled::with_marks)
}

fn of_workbook(mut read: Read, remarks: &mut Remarks) -> Option<Filled> {
    // That it is ours is what is wanted here.
    read.findings.retain(|it| it.code != Code::OwnOutput);
    let is_unreadable = read.sheets.is_empty() && !read.findings.is_empty();
    remarks.findings.extend(read.findings);
    if is_unreadable {
        return None;
    }
    for sheet in &mut read.sheets {
        remarks.withheld(secret::withhold(sheet, &Accepted::default()));
        remarks.secrets("a comment", sheet.layout.comments.values_mut());
    }
    sheet::read(&read.sheets, remarks)
}
