//! Reads `.ods` workbooks straight from their XML.
//!
//! The usual library holds every repeated cell in memory, does not return from a sheet that breaks off, and
//! tells neither merged regions nor hidden rows; this reader keeps what is there and no more.
//!
//! Entry point: [`read`]. [`table`] reads one sheet, [`value`] one cell.

mod table;
mod value;

use std::collections::BTreeSet;

use super::archive::Archive;
use super::limits::MAX_SHEETS;
use super::report::Report;
use super::trouble::Trouble;
use super::xml::{self, BytesStart, Event};

/// Reads every sheet of the workbook.
pub(super) fn read(report: &mut Report, mut archive: Archive<'_>) -> Result<(), Trouble> {
    let manifest = archive.part("meta-inf/manifest.xml").unwrap_or_default();
    if xml::decode(&manifest).contains("encryption-data") || archive.has("encrypted-package") {
        return Err(Trouble::protected());
    }
    let content = archive.part("content.xml");
    let content = content.ok_or_else(|| Trouble::damaged(&"`content.xml` does not unpack"))?;
    read_content(report, &xml::decode(&content))
}

fn read_content(report: &mut Report, text: &str) -> Result<(), Trouble> {
    let mut reader = xml::reader(text);
    let mut styles = Styles::default();
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
                let outcome = table::read(&mut reader, &mut filling, &styles.striking)?;
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

/// The styles of tables that hide their sheet, and those of cells that are struck out.
#[derive(Default)]
struct Styles {
    current: Option<String>,
    hiding: BTreeSet<String>,
    striking: BTreeSet<String>,
}

impl Styles {
    fn note(&mut self, start: &BytesStart<'_>) {
        match start.name().as_ref() {
            "style:style" => self.current = xml::attribute(start, "style:name"),
            "style:table-properties" => {
                let shown = xml::attribute(start, "table:display");
                if shown.as_deref() == Some("false") {
                    self.hiding.extend(self.current.clone());
                }
            }
            "style:text-properties" => {
                let line = |name| xml::attribute(start, name).filter(|value| value != "none");
                if line("style:text-line-through-style").is_some()
                    || line("style:text-line-through-type").is_some()
                {
                    self.striking.extend(self.current.clone());
                }
            }
            _ => {}
        }
    }

    fn hides(&self, table: &BytesStart<'_>) -> bool {
        let style = xml::attribute(table, "table:style-name");
        style.is_some_and(|style| self.hiding.contains(&style))
    }
}
