//! One sheet of an OpenDocument workbook.

use super::super::limits::{MAX_COLUMNS, MAX_ROWS};
use super::super::report::Filling;
use super::super::struck::{self, Struck};
use super::super::trouble::Trouble;
use super::super::xml::{self, BytesStart, Event, Reader};
use super::super::{Layout, RawValue, Region};
use super::boxes;
use super::styles::Styles;
use super::value::Parts;

/// Reads from behind the start of a table to its end.
///
/// The outer error says that the file breaks off, so nothing after it can be read either. `None` is a table
/// that is no sheet: the copy of another file's cells that links keep. The inner error ends this sheet alone.
pub(super) fn read(
    reader: &mut Reader<&[u8]>,
    filling: &mut Filling,
    styles: &Styles,
) -> Result<Result<Option<Layout>, Trouble>, Trouble> {
    let mut table = Table::default();
    let mut refused = None;
    loop {
        match reader.read_event().map_err(|e| Trouble::damaged(&e))? {
            Event::Start(start) => table.element(&start, reader, styles)?,
            Event::End(end) if end.name().as_ref() == "table:table" => break,
            Event::End(end) if end.name().as_ref() == "table:table-row" => {
                if let Err(trouble) = table.end_row(filling) {
                    // The rest is still walked, to find the next sheet.
                    refused = Some(trouble);
                    table.is_refused = true;
                }
            }
            Event::Eof => return Err(broken_off()),
            _ => {}
        }
    }
    Ok(match refused {
        Some(trouble) => Err(trouble),
        None => Ok((!table.is_copy).then(|| table.finish())),
    })
}

fn broken_off() -> Trouble {
    Trouble::damaged(&"the file breaks off in the middle of a sheet")
}

/// A sheet as far as it was read.
#[derive(Default)]
struct Table {
    layout: Layout,
    row: Row,
    next_row: u32,
    next_column: u32,
    last_used_row: u32,
    hidden_rows: Vec<(u32, u32)>,
    is_copy: bool,
    is_refused: bool,
}

/// The row being read.
#[derive(Default)]
struct Row {
    repeats: u32,
    width: u32,
    values: Vec<(u32, u32, RawValue)>,
}

impl Table {
    fn element(
        &mut self,
        start: &BytesStart<'_>,
        reader: &mut Reader<&[u8]>,
        styles: &Styles,
    ) -> Result<(), Trouble> {
        match start.name().as_ref() {
            "table:table-source" => self.is_copy = true,
            "table:table-column" => self.column(start),
            "table:table-row" => self.begin_row(start),
            "table:table-cell" | "table:covered-table-cell" => {
                let parts = Parts::read(start, reader, styles).ok_or_else(broken_off)?;
                self.cell(start, parts, styles);
            }
            "table:shapes" => {
                let inside = reader.read_text(start.name());
                let inside = inside.map_err(|e| Trouble::damaged(&e))?;
                self.layout.boxes.extend(boxes::texts(inside.as_ref()));
            }
            _ => {}
        }
        Ok(())
    }

    fn column(&mut self, start: &BytesStart<'_>) {
        let first = self.next_column;
        self.next_column = first.saturating_add(count(start, "table:number-columns-repeated"));
        if is_hidden(start) {
            let hidden = first.min(MAX_COLUMNS)..self.next_column.min(MAX_COLUMNS);
            self.layout.hidden_columns.extend(hidden);
        }
    }

    fn begin_row(&mut self, start: &BytesStart<'_>) {
        self.row = Row {
            repeats: count(start, "table:number-rows-repeated"),
            ..Row::default()
        };
        if is_hidden(start) {
            let last = self.next_row.saturating_add(self.row.repeats - 1);
            self.hidden_rows.push((self.next_row, last));
        }
    }

    fn cell(&mut self, start: &BytesStart<'_>, parts: Parts, styles: &Styles) {
        let column = self.row.width;
        let repeats = count(start, "table:number-columns-repeated");
        self.row.width = column.saturating_add(repeats);
        let spans = (
            count(start, "table:number-rows-spanned"),
            count(start, "table:number-columns-spanned"),
        );
        if spans != (1, 1) {
            let last = (
                self.next_row.saturating_add(spans.0 - 1),
                column.saturating_add(spans.1 - 1),
            );
            let first = (self.next_row, column);
            self.layout.merged.push(Region { first, last });
        }
        self.layout.boxes.extend(parts.boxes.iter().cloned());
        if parts.has_comment {
            let cell = (self.next_row, column);
            self.layout.comments.insert(cell, String::new());
        }
        let style = xml::attribute(start, "table:style-name");
        let is_struck = style.is_some_and(|style| styles.strikes(&style) == Some(true));
        let struck = parts.struck(is_struck);
        if let Some(mut value) = parts.weigh() {
            match struck {
                Struck::Nothing => {}
                Struck::Whole => {
                    self.layout.struck.insert((self.next_row, column));
                }
                Struck::Partly(rest) => value = struck::partly(value, rest),
            }
            self.row.values.push((column, repeats, value));
        }
    }

    /// Puts the row's values into place, as often as the row is repeated.
    fn end_row(&mut self, filling: &mut Filling) -> Result<(), Trouble> {
        let row = std::mem::take(&mut self.row);
        let first = self.next_row;
        self.next_row = first.saturating_add(row.repeats.max(1));
        if row.values.is_empty() || self.is_refused {
            return Ok(());
        }
        self.last_used_row = self.next_row - 1;
        for number in first..self.next_row {
            for (column, repeats, value) in &row.values {
                for column in *column..column.saturating_add(*repeats) {
                    filling.put(number, column, value.clone())?;
                }
            }
        }
        Ok(())
    }

    fn finish(mut self) -> Layout {
        let used = self.last_used_row.min(MAX_ROWS - 1);
        for (first, last) in self.hidden_rows {
            self.layout.hidden_rows.extend(first..=last.min(used));
        }
        self.layout
    }
}

/// How often an element counts; once where it does not say.
fn count(start: &BytesStart<'_>, name: &str) -> u32 {
    let count = xml::attribute(start, name).and_then(|count| count.parse().ok());
    count.unwrap_or(1).max(1)
}

fn is_hidden(start: &BytesStart<'_>) -> bool {
    let visibility = xml::attribute(start, "table:visibility");
    matches!(visibility.as_deref(), Some("collapse" | "filter"))
}
