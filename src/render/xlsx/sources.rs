//! The sheet Sources: the worksheets behind the packet, with their digests.

use rust_xlsxwriter::Worksheet;

use super::Result;
use super::page::{Margins, Way, protect};
use super::sheet::{Cell, Sheet};
use super::style::Styles;
use crate::packets::Issue;

/// The columns' widths: together one page on its side.
const WIDTHS: [f64; 2] = [50.0, 82.0];

/// Writes the sheet.
pub(super) fn sheet(issue: &Issue, styles: &Styles, margins: &Margins) -> Result<Worksheet> {
    let mut sheet = Sheet::new("Sources", &WIDTHS)?;
    let headings = ["Worksheet file", "SHA-256"];
    let head = sheet.row(&headings.map(|heading| Cell::new(heading, &styles.head)))?;
    for source in &issue.packet.sources {
        sheet.row(&[
            Cell::new(source.path.as_str(), &styles.cell),
            Cell::new(source.sha256.as_str(), &styles.code),
        ])?;
    }
    sheet.inner.set_repeat_rows(head, head)?;
    sheet.inner.set_freeze_panes(head + 1, 0)?;
    sheet.inner.set_tab_color(0x0080_8A94_u32);
    margins.apply(&mut sheet.inner, Way::Landscape);
    protect(&mut sheet.inner);
    sheet.finish()
}
