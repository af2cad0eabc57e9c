//! Reads `.ods` workbooks straight from their XML.
//!
//! The usual library holds every repeated cell in memory, does not return from a sheet that breaks off, and
//! tells neither merged regions nor hidden rows; this reader keeps what is there and no more.
//!
//! Entry point: [`read`]. [`table`] reads one sheet, [`value`] one cell, [`styles`] what both look like.

mod boxes;
mod styles;
mod table;
mod value;

use super::archive::Archive;
use super::limits::MAX_SHEETS;
use super::report::Report;
use super::trouble::Trouble;
use super::xml::{self, Event};
use styles::Styles;

/// Reads every sheet of the workbook.
pub(super) fn read(report: &mut Report, mut archive: Archive<'_>) -> Result<(), Trouble> {
    let manifest = archive.part("meta-inf/manifest.xml").unwrap_or_default();
    if xml::decode(&manifest).contains("encryption-data") || archive.has("encrypted-package") {
        return Err(Trouble::protected());
    }
    let content = archive.part("content.xml");
    let content = content.ok_or_else(|| Trouble::damaged(&"`content.xml` does not unpack"))?;
    let mut styles = Styles::default();
    styles.read(&xml::decode(
        &archive.part("styles.xml").unwrap_or_default(),
    ));
    read_content(report, &xml::decode(&content), styles)
}

fn read_content(report: &mut Report, text: &str, mut styles: Styles) -> Result<(), Trouble> {
    let mut reader = xml::reader(text);
    let mut sheets = 0;
    loop {
        match reader.read_event().map_err(|e| Trouble::damaged(&e))? {
            Event::Start(start) if start.name().as_ref() == "table:table" => {
                sheets += 1;
                if sheets > MAX_SHEETS {
                    return Err(Trouble::too_many_sheets(sheets));
                }
                let name = xml::attribute(&start, "table:name").unwrap_or_default();
                let place = report.file().sheet(name);
                let mut filling = report.begin(place, styles.hides(&start));
                let outcome = table::read(&mut reader, &mut filling, &styles)?;
                if let Some(outcome) = outcome.transpose() {
                    report.end(filling, outcome);
                }
            }
            Event::Start(start) => styles.note(&start),
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}
