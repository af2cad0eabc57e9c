//! What a format's reader fills: sheets and findings, within the bounds of [`limits`](super::limits).

use std::sync::Arc;

use crate::finding::{Code, Finding, Place};

use super::limits::{MAX_CELLS, MAX_COLUMNS, MAX_ROWS, MAX_TEXT};
use super::sniff::Content;
use super::trouble::Trouble;
use super::{Layout, RawValue, Read, Sheet, merge};

/// The sheets and findings of one file, as they are collected.
pub(super) struct Report {
    source: Arc<str>,
    read: Read,
    cells: usize,
    text: usize,
}

/// Text boxes of one sheet that are kept; a sheet with more is a drawing.
const MOST_BOXES: usize = 100;

/// A sheet being filled.
pub(super) struct Filling {
    sheet: Sheet,
    cells: usize,
    text: usize,
}

impl Report {
    /// Nothing read yet.
    pub(super) fn new(source: &Arc<str>) -> Self {
        Self {
            source: Arc::clone(source),
            read: Read::default(),
            cells: 0,
            text: 0,
        }
    }

    /// The file as a place.
    pub(super) fn file(&self) -> Place {
        Place::file(Arc::clone(&self.source))
    }

    /// Begins a sheet. What earlier sheets hold counts against the bounds of the file.
    pub(super) fn begin(&self, place: Place, hidden: bool) -> Filling {
        let mut sheet = Sheet::new(place);
        sheet.hidden = hidden;
        Filling {
            sheet,
            cells: self.cells,
            text: self.text,
        }
    }

    /// Takes a sheet that was read to its end, or the reason why it was not: half a table would look like
    /// a whole one, so a sheet is used entirely or not at all.
    pub(super) fn end(&mut self, filling: Filling, outcome: Result<Layout, Trouble>) {
        match outcome {
            Ok(layout) => {
                self.cells = filling.cells;
                self.text = filling.text;
                let mut sheet = filling.sheet;
                sheet.layout = layout;
                sheet.layout.merged.sort_unstable();
                sheet.layout.boxes.truncate(MOST_BOXES);
                merge::fill(&mut sheet);
                self.read.sheets.push(sheet);
            }
            Err(trouble) => self.read.findings.push(trouble.at(&filling.sheet.place)),
        }
    }

    /// Notes a finding that does not stop the reading.
    pub(super) fn note(&mut self, finding: Finding) {
        self.read.findings.push(finding);
    }

    /// Says so if the file's name promises another format than its bytes hold.
    pub(super) fn compare_name(&mut self, content: &Content) {
        let ending = self.source.rsplit_once('.').map(|(_, ending)| ending);
        let Some(ending) = ending.map(str::to_lowercase) else {
            return;
        };
        if KNOWN_ENDINGS.contains(&ending.as_str()) && !content.endings().contains(&ending.as_str())
        {
            let message = format!(
                "the name ends in `.{ending}` but the file holds {}, and was read as that",
                content.name()
            );
            let ending = content.endings()[0];
            let finding = Finding::new(Code::MisnamedFile, message)
                .at(&self.file())
                .help(format!("rename the file to end in `.{ending}`"));
            self.note(finding);
        }
    }

    /// All that was read.
    pub(super) fn finish(self) -> Read {
        self.read
    }
}

/// Endings that promise a format.
const KNOWN_ENDINGS: [&str; 10] = [
    "xlsx", "xlsm", "xltx", "xltm", "xlsb", "xls", "xlt", "ods", "ots", "csv",
];

impl Filling {
    /// Puts a value into its cell; fails where a bound is exceeded.
    pub(super) fn put(&mut self, row: u32, column: u32, value: RawValue) -> Result<(), Trouble> {
        if row >= MAX_ROWS || column >= MAX_COLUMNS {
            return Err(Trouble::oversized(
                "this sheet names a cell beyond the last row or column a sheet can have, and was not read",
            ));
        }
        self.cells += 1;
        self.text += text_of(&value).map_or(0, str::len);
        if self.cells > MAX_CELLS || self.text > MAX_TEXT {
            return Err(Trouble::oversized(format!(
                "this sheet was not read, because the file holds more than {MAX_CELLS} cells or {} MiB of text",
                MAX_TEXT >> 20
            )));
        }
        self.sheet
            .rows
            .entry(row)
            .or_default()
            .insert(column, value);
        Ok(())
    }

    /// Puts another value in place of the one a cell has; a blank cell stays blank.
    pub(super) fn amend(
        &mut self,
        row: u32,
        column: u32,
        amend: impl FnOnce(RawValue) -> RawValue,
    ) {
        let cells = self.sheet.rows.get_mut(&row);
        if let Some(value) = cells.and_then(|cells| cells.get_mut(&column)) {
            let old = std::mem::replace(value, RawValue::Bool(false));
            *value = amend(old);
        }
    }

    /// The value put into a cell so far.
    pub(super) fn value(&self, row: u32, column: u32) -> Option<&RawValue> {
        self.sheet.value(row, column)
    }
}

fn text_of(value: &RawValue) -> Option<&str> {
    match value {
        RawValue::Text(text)
        | RawValue::Error(text)
        | RawValue::Uncached(text)
        | RawValue::Formatted(_, text)
        | RawValue::PartlyStruck { text, .. } => Some(text),
        RawValue::Renewing { result, .. } => text_of(result),
        RawValue::Number(_) | RawValue::Bool(_) | RawValue::Date(_) => None,
    }
}
