//! What a sheet's XML says beyond its values.

use std::collections::BTreeMap;

use super::super::Layout;
use super::super::limits::{MAX_COLUMNS, MAX_ROWS};
use super::super::struck::{self, Struck};
use super::super::xml::{self, BytesStart, Event};
use super::OddCells;
use super::attribute::{parse_address, parse_region};
use super::beside;
use super::rich::{RichStrings, Runs};
use super::styles::Styles;

/// What is known of the workbook when a sheet is surveyed.
pub(super) struct Known<'a> {
    /// The cells whose address is asked for, by their place in the order of the file.
    pub(super) odd: &'a OddCells,
    pub(super) styles: &'a Styles,
    pub(super) strings: &'a RichStrings,
}

/// A sheet's layout, and what its cells are beyond their values.
#[derive(Default)]
pub(super) struct Survey {
    pub(super) layout: Layout,
    /// The addresses of odd cells.
    pub(super) addresses: BTreeMap<usize, (u32, u32)>,
    /// Cells whose format shows numbers in its own way, with the format.
    pub(super) shown: BTreeMap<(u32, u32), usize>,
    /// Cells of which a part is struck out, with the rest.
    pub(super) rests: BTreeMap<(u32, u32), String>,
}

/// Reads the XML as far as it is sound: what comes after a fault is no loss beside the fault itself, which
/// the library reports.
pub(super) fn survey(text: &str, known: &Known<'_>) -> Survey {
    let mut survey = Survey::default();
    let mut reader = xml::reader(text);
    let mut next = Next::default();
    let mut cell: Option<Cell> = None;
    let mut margin = Margin::default();
    while let Ok(event) = reader.read_event() {
        match (&event, &mut cell) {
            (Event::Start(start), _) if start.local_name().as_ref() == "c" => {
                cell = Some(survey.begin_cell(start, &mut next, known));
            }
            (Event::End(end), _) if end.local_name().as_ref() == "c" => {
                if let Some(cell) = cell.take() {
                    survey.end_cell(cell, known);
                }
            }
            (event, Some(cell)) => cell.event(event),
            (Event::Start(start), None) => survey.element(start, &mut next),
            (Event::End(end), None) if end.local_name().as_ref() == "row" => next.end_row(),
            (Event::Eof, None) => break,
            _ => {}
        }
        if cell.is_none() {
            survey.layout.margins.extend(margin.event(&event));
        } else if matches!(event, Event::Eof) {
            break;
        }
    }
    survey
}

/// The head or the foot of pages, as it is read.
#[derive(Default)]
struct Margin {
    text: Option<String>,
}

impl Margin {
    /// Takes what stands between the sheet's cells; the text where it ends.
    fn event(&mut self, event: &Event<'_>) -> Option<String> {
        match event {
            Event::Start(start) if is_margin(start.local_name().as_ref()) => {
                self.text = Some(String::new());
            }
            Event::End(end) if is_margin(end.local_name().as_ref()) => {
                return beside::margin(&self.text.take()?);
            }
            Event::Text(text) => self.text.as_mut()?.push_str(&text.xml10_content()),
            Event::GeneralRef(it) => self.text.as_mut()?.push_str(&xml::entity(it)),
            _ => {}
        }
        None
    }
}

/// Whether an element holds the head or the foot of pages: the first, the even and all others have their own.
fn is_margin(element: &str) -> bool {
    let kind = ["first", "even", "odd"];
    let mut kind = kind.iter().filter_map(|kind| element.strip_prefix(kind));
    kind.any(|end| end == "Header" || end == "Footer")
}

/// The cell being read.
#[derive(Default)]
struct Cell {
    address: (u32, u32),
    is_struck: bool,
    /// Whether its value is the number of a shared string.
    is_shared: bool,
    in_value: bool,
    value: String,
    inline: Runs,
}

impl Cell {
    fn event(&mut self, event: &Event<'_>) {
        match event {
            Event::Start(start) if start.local_name().as_ref() == "v" => self.in_value = true,
            Event::End(end) if end.local_name().as_ref() == "v" => self.in_value = false,
            Event::Text(text) if self.in_value => self.value.push_str(text.as_ref()),
            event if !self.is_shared => self.inline.event(event),
            _ => {}
        }
    }
}

impl Survey {
    fn begin_cell(&mut self, start: &BytesStart<'_>, next: &mut Next, known: &Known<'_>) -> Cell {
        let address = next.cell(start);
        if known.odd.contains_key(&next.ordinal) {
            self.addresses.insert(next.ordinal, address);
        }
        next.ordinal += 1;
        let format = number(start, "s").and_then(|format| usize::try_from(format).ok());
        let format = format.unwrap_or_default();
        let is_struck = known.styles.struck.contains(&format);
        if is_struck {
            self.layout.struck.insert(address);
        }
        if known.styles.shown.contains_key(&format) {
            self.shown.insert(address, format);
        }
        Cell {
            address,
            is_struck,
            is_shared: xml::local_attribute(start, "t").as_deref() == Some("s"),
            ..Cell::default()
        }
    }

    /// Judges the runs of a rich text; they count for more than the look of the cell.
    fn end_cell(&mut self, cell: Cell, known: &Known<'_>) {
        let inline = cell.inline.finish();
        let shared = || known.strings.get(&cell.value.trim().parse().ok()?);
        let runs = if cell.is_shared {
            shared()
        } else {
            inline.as_ref()
        };
        match runs.map(|runs| struck::judge(runs, cell.is_struck)) {
            None => {}
            Some(Struck::Nothing) => {
                self.layout.struck.remove(&cell.address);
            }
            Some(Struck::Whole) => {
                self.layout.struck.insert(cell.address);
            }
            Some(Struck::Partly(rest)) => {
                self.layout.struck.remove(&cell.address);
                self.rests.insert(cell.address, rest);
            }
        }
    }

    fn element(&mut self, start: &BytesStart<'_>, next: &mut Next) {
        match start.local_name().as_ref() {
            "row" => {
                if let Some(row) = number(start, "r").and_then(|row| row.checked_sub(1)) {
                    next.row = row;
                }
                if is_set(start, "hidden") && next.row < MAX_ROWS {
                    self.layout.hidden_rows.insert(next.row);
                }
            }
            "col" if is_set(start, "hidden") => {
                let first = number(start, "min").unwrap_or(1).max(1) - 1;
                let last = number(start, "max").unwrap_or(0).min(MAX_COLUMNS);
                self.layout.hidden_columns.extend(first..last);
            }
            "mergeCell" => {
                let region = xml::local_attribute(start, "ref");
                self.layout
                    .merged
                    .extend(region.as_deref().and_then(parse_region));
            }
            _ => {}
        }
    }
}

/// Where the next cell is, for cells that do not say it themselves.
#[derive(Default)]
struct Next {
    ordinal: usize,
    row: u32,
    column: u32,
}

impl Next {
    fn cell(&mut self, start: &BytesStart<'_>) -> (u32, u32) {
        let named = xml::local_attribute(start, "r");
        let address = named
            .as_deref()
            .and_then(parse_address)
            .unwrap_or((self.row, self.column));
        self.column = address.1 + 1;
        address
    }

    fn end_row(&mut self) {
        self.row = self.row.saturating_add(1);
        self.column = 0;
    }
}

fn number(start: &BytesStart<'_>, name: &str) -> Option<u32> {
    xml::local_attribute(start, name)?.parse().ok()
}

fn is_set(start: &BytesStart<'_>, name: &str) -> bool {
    matches!(
        xml::local_attribute(start, name).as_deref(),
        Some("1" | "true")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_survey_finds_what_is_hidden_merged_and_odd() {
        let text = r#"<worksheet><cols><col min="2" max="3" hidden="1"/></cols><sheetData>
            <row><c><v>1</v></c><c><v>2</v></c></row><row r="5" hidden="true"><c r="D5" s="2"/><c s="1"/></row>
            </sheetData><mergeCells><mergeCell ref="A1:C1"/><mergeCell ref="B2"/></mergeCells></worksheet>"#;
        let odd = OddCells::from([(1, String::new()), (3, String::new())]);
        let known = Known {
            odd: &odd,
            styles: &Styles {
                struck: [2].into(),
                ..Styles::default()
            },
            strings: &RichStrings::new(),
        };
        let survey = survey(text, &known);
        assert_eq!(survey.layout.hidden_columns, [1, 2].into());
        assert_eq!(survey.layout.hidden_rows, [4].into());
        assert_eq!(survey.layout.merged.len(), 1);
        assert_eq!(survey.layout.struck, [(4, 3)].into());
        assert_eq!(survey.addresses, [(1, (0, 1)), (3, (4, 4))].into());
    }
}
