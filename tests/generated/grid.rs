//! The sample's worksheets as grids of cells, and the files they become.

use std::fmt::Write as _;
use std::io::{Cursor, Read as _, Write as _};

use restore_packets::product::Product;
use restore_packets::product::schema::Kind;
use restore_packets::starter;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

/// A cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    Text(String),
    Number(f64),
    /// ISO 8601.
    Date(String),
}

impl Cell {
    pub fn text(text: &str) -> Self {
        Self::Text(text.to_owned())
    }

    /// As it stands in a text file.
    pub fn shown(&self) -> String {
        match self {
            Self::Text(text) | Self::Date(text) => text.clone(),
            Self::Number(number) => number.to_string(),
        }
    }

    /// The same with its text changed; dates and numbers stay.
    pub fn map(&mut self, change: impl FnOnce(&str) -> String) {
        if let Self::Text(text) = self {
            *text = change(text);
        }
    }
}

/// A sheet.
#[derive(Clone, Debug)]
pub struct Grid {
    pub name: String,
    /// The kind it is of; `None` for noise.
    pub kind: Option<&'static Kind>,
    /// The rows, the headings first; an empty text is no cell.
    pub rows: Vec<Vec<Cell>>,
    /// Merged cells: row, first column, last column.
    pub merged: Vec<(u32, u16, u16)>,
}

/// The sample, sheet by sheet.
pub fn sample() -> Vec<Grid> {
    let files = starter::sample();
    let sheets = files.iter().flat_map(|file| &file.sheets);
    let grid = |sheet: &starter::Sheet| {
        let columns = &sheet.kind.columns;
        let headings = columns.iter().map(|column| Cell::text(&column.heading));
        let rows = sheet.rows.iter().map(|row| {
            let cells = columns.iter().zip(row);
            cells
                .map(|(column, text)| cell(&row[0], &column.heading, column.date, text))
                .collect()
        });
        Grid {
            name: sheet.kind.title.clone(),
            kind: Some(sheet.kind),
            rows: std::iter::once(headings.collect()).chain(rows).collect(),
            merged: Vec::new(),
        }
    };
    sheets.map(grid).collect()
}

/// Dates are dates and hours numbers, as `new` writes them.
fn cell(first: &str, heading: &str, is_date: bool, text: &str) -> Cell {
    let setting = Product::built_in()
        .schema
        .setting(first)
        .filter(|_| heading == "Value");
    let is_date = is_date || setting.is_some_and(|setting| setting.date);
    let name = setting.map_or(heading, |setting| setting.name.as_str());
    match text.parse() {
        Ok(number) if name.ends_with("(hours)") => Cell::Number(number),
        _ if is_date && ExcelDateTime::parse_from_str(text).is_ok() && !text.is_empty() => {
            Cell::Date(text.to_owned())
        }
        _ => Cell::text(text),
    }
}

/// One workbook of all grids.
pub fn xlsx(grids: &[Grid]) -> Vec<u8> {
    let mut book = Workbook::new();
    let dates = Format::new().set_num_format("d mmm yyyy");
    for grid in grids {
        let sheet = book.add_worksheet().set_name(&grid.name).expect("a name");
        for (row, cells) in (0..).zip(&grid.rows) {
            for (column, cell) in (0..).zip(cells) {
                match cell {
                    Cell::Text(text) if text.is_empty() => continue,
                    Cell::Text(text) => sheet.write_string(row, column, text),
                    Cell::Number(number) => sheet.write_number(row, column, *number),
                    Cell::Date(date) => {
                        let date = ExcelDateTime::parse_from_str(date).expect("a date");
                        sheet.write_datetime_with_format(row, column, date, &dates)
                    }
                }
                .expect("a cell");
            }
        }
        for (row, first, last) in &grid.merged {
            let text = grid.rows[*row as usize][*first as usize].shown();
            sheet
                .merge_range(*row, *first, *row, *last, &text, &Format::new())
                .expect("a region");
        }
    }
    book.save_to_buffer().expect("a workbook")
}

/// The same workbook in the date system that begins in 1904.
pub fn xlsx_1904(grids: &[Grid]) -> Vec<u8> {
    let shifted: Vec<Grid> = grids
        .iter()
        .map(|grid| {
            let mut grid = grid.clone();
            for cell in grid.rows.iter_mut().flatten() {
                if let Cell::Date(text) = cell {
                    let date: jiff::civil::Date = text.parse().expect("a date");
                    // The number of a day in this system is smaller by these days.
                    let days = jiff::ToSpan::days(-1462);
                    *text = date.checked_add(days).expect("a day").to_string();
                }
            }
            grid
        })
        .collect();
    patch(&xlsx(&shifted), "xl/workbook.xml", |text| {
        text.replacen("<workbookPr", r#"<workbookPr date1904="1""#, 1)
    })
}

/// An archive with one part changed.
fn patch(bytes: &[u8], part: &str, change: impl Fn(&str) -> String) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).expect("a part");
        let name = file.name().expect("a name").into_owned();
        let mut content = Vec::new();
        file.read_to_end(&mut content).expect("a part is read");
        if name == part {
            let text = String::from_utf8(content).expect("text");
            let changed = change(&text);
            assert_ne!(text, changed);
            content = changed.into_bytes();
        }
        let options = zip::write::SimpleFileOptions::default();
        writer.start_file(name, options).expect("a part begins");
        writer.write_all(&content).expect("a part is written");
    }
    writer.finish().expect("the archive ends").into_inner()
}

/// One OpenDocument workbook of all grids.
pub fn ods(grids: &[Grid]) -> Vec<u8> {
    let mut xml = String::from("<office:spreadsheet>");
    for grid in grids {
        let _ = write!(xml, r#"<table:table table:name="{}">"#, grid.name);
        for row in &grid.rows {
            xml.push_str("<table:table-row>");
            for cell in row {
                xml.push_str(&ods_cell(cell));
            }
            xml.push_str("</table:table-row>");
        }
        xml.push_str("</table:table>");
    }
    xml.push_str("</office:spreadsheet>");
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in [
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", "<manifest:manifest/>"),
        ("content.xml", &xml),
    ] {
        let options = zip::write::SimpleFileOptions::default();
        writer.start_file(name, options).expect("a part begins");
        writer
            .write_all(content.as_bytes())
            .expect("a part is written");
    }
    writer.finish().expect("the archive ends").into_inner()
}

fn ods_cell(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => {
            let text = text.replace('&', "&amp;").replace('<', "&lt;");
            let lines: Vec<&str> = text.split('\n').collect();
            let lines = lines.join("</text:p><text:p>");
            format!(
                r#"<table:table-cell office:value-type="string"><text:p>{lines}</text:p></table:table-cell>"#
            )
        }
        Cell::Number(number) => {
            format!(r#"<table:table-cell office:value-type="float" office:value="{number}"/>"#)
        }
        Cell::Date(date) => {
            format!(r#"<table:table-cell office:value-type="date" office:date-value="{date}"/>"#)
        }
    }
}

/// A grid as separated text.
pub fn csv(grid: &Grid, separator: char) -> String {
    let mut text = String::new();
    for row in &grid.rows {
        let cells = row.iter().map(|cell| {
            let shown = cell.shown();
            if shown.contains([separator, '"', '\n']) {
                format!("\"{}\"", shown.replace('"', "\"\""))
            } else {
                shown
            }
        });
        let cells: Vec<String> = cells.collect();
        text.push_str(&cells.join(&separator.to_string()));
        text.push_str("\r\n");
    }
    text
}
