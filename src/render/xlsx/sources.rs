//! The sheet Sources: the worksheets behind the packet, with their digests.

use rust_xlsxwriter::Worksheet;

use super::Result;
use super::page::Margins;
use super::sheet::Cell;
use super::style::Styles;
use super::table::Table;
use crate::packets::Issue;

const SOURCES: Table<'_> = Table {
    name: "Sources",
    headings: &["Worksheet file", "SHA-256"],
    frozen: 0,
    tab: 0x0080_8A94,
};

/// Writes the sheet.
pub(super) fn sheet(issue: &Issue, styles: &Styles, margins: &Margins) -> Result<Worksheet> {
    SOURCES.write(styles, margins, |sheet| {
        for source in &issue.packet.sources {
            sheet.row(&[
                Cell::new(source.path.as_str(), &styles.cell),
                Cell::new(source.sha256.as_str(), &styles.code),
            ])?;
        }
        Ok(())
    })
}
