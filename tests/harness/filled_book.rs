//! A packet's workbook as somebody fills it in: entries like those of [`checklist`](super::checklist), written into
//! the blank cells of its sheet `Checklist`.
//!
//! A time such as `03:12` becomes a time of day, as a spreadsheet program makes of it; everything else is text.

use std::io::{Cursor, Read as _, Write as _};
use std::path::Path;

/// The sheet `Checklist`, which is the third of every packet, and the texts of all sheets.
const SHEET: &str = "xl/worksheets/sheet3.xml";
const TEXTS: &str = "xl/sharedStrings.xml";

/// The columns behind a step, in the order of an entry's values.
const COLUMNS: [char; 5] = ['G', 'E', 'F', 'H', 'I'];

/// Writes the workbook with these entries; `day=2014-06-09` fills in the day, `-4.2` deletes the row of a step and
/// `4.2:command=…` types over the first line of its command.
///
/// # Errors
/// A packet that was not built as a workbook, an entry for what is not there, or a file that cannot be written.
pub(crate) fn fill(
    folder: &Path,
    packet: &str,
    path: &str,
    entries: &[&str],
) -> Result<String, String> {
    let bytes = std::fs::read(folder.join(format!("output/{packet}.xlsx")));
    let mut book = Book::open(&bytes.map_err(|error| format!("{packet}.xlsx: {error}"))?);
    for entry in entries {
        book.enter(entry)
            .ok_or_else(|| format!("{entry}: no such step, or its cells are not blank"))?;
    }
    std::fs::write(folder.join(path), book.packed()).map_err(|error| error.to_string())?;
    Ok(String::new())
}

/// The workbook, with the sheet in rows.
struct Book {
    parts: Vec<(String, String)>,
    /// What stands before the first row, each row, and what stands behind the last.
    rows: Vec<String>,
    texts: Vec<String>,
}

impl Book {
    fn open(bytes: &[u8]) -> Self {
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a workbook");
        let mut parts = Vec::new();
        for index in 0..archive.len() {
            let mut part = archive.by_index(index).expect("a part");
            let mut text = String::new();
            part.read_to_string(&mut text).expect("parts are text");
            parts.push((part.name().expect("a part's name").into_owned(), text));
        }
        let of = |name: &str| parts.iter().find(|(part, _)| part == name);
        let text = |name: &str| of(name).map_or("", |(_, text)| text.as_str());
        let texts = text(TEXTS).split("<si>").skip(1).map(untagged).collect();
        let rows = text(SHEET).replace("<row ", "\0<row ");
        let rows = rows.replace("</sheetData>", "\0</sheetData>");
        Self {
            rows: rows.split('\0').map(str::to_owned).collect(),
            texts,
            parts,
        }
    }

    /// One entry; `None` where there is no place for it.
    fn enter(&mut self, entry: &str) -> Option<()> {
        if let Some(gone) = entry.strip_prefix('-') {
            let row = self.row(gone)?;
            self.rows[row].clear();
            return Some(());
        }
        let (name, value) = entry.split_once('=')?;
        if name == "day" {
            return self.write(2, 'G', value);
        }
        if let Some(step) = name.strip_suffix(":command") {
            let row = self.row(step)? + 1;
            return self.write(row, 'B', value);
        }
        let rows = match name {
            "all" => (0..self.rows.len())
                .filter(|row| self.number(*row).is_some_and(is_number))
                .collect(),
            step => vec![self.row(step)?],
        };
        for row in rows {
            for (column, value) in COLUMNS.into_iter().zip(value.split(',')) {
                self.write(row, column, value)?;
            }
        }
        Some(())
    }

    /// Which row is that of a step. The first has number 1, since the sheet's head stands before it.
    fn row(&self, step: &str) -> Option<usize> {
        (0..self.rows.len()).find(|row| self.number(*row) == Some(step))
    }

    /// What column A of a row holds.
    fn number(&self, row: usize) -> Option<&str> {
        let cell = self.rows[row].split_once(&format!("<c r=\"A{row}\""))?.1;
        let index = cell.split_once("<v>")?.1.split_once("</v>")?.0;
        self.texts
            .get(index.parse::<usize>().ok()?)
            .map(String::as_str)
    }

    /// Writes a cell, whatever it held: an entry for one step takes the place of one for all.
    fn write(&mut self, row: usize, column: char, value: &str) -> Option<()> {
        let text = self.rows[row].clone();
        let start = text.find(&format!("<c r=\"{column}{row}\""))?;
        let cell = &text[start..];
        let head = cell.split_once('>')?.0;
        let length = if head.ends_with('/') {
            head.len() + 1
        } else {
            cell.find("</c>")? + "</c>".len()
        };
        let style = head.split_once(" s=\"")?.1.split_once('"')?.0;
        let content = content(value);
        let cell = format!("<c r=\"{column}{row}\" s=\"{style}\"{content}");
        self.rows[row].replace_range(start..start + length, &cell);
        Some(())
    }

    fn packed(&self) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let sheet = self.rows.concat();
        for (name, text) in &self.parts {
            let text = if name == SHEET { &sheet } else { text };
            let options = zip::write::SimpleFileOptions::default();
            writer.start_file(name, options).expect("a part");
            writer.write_all(text.as_bytes()).expect("a part");
        }
        writer.finish().expect("a workbook").into_inner()
    }
}

/// The rest of a cell that holds a value: a day, a time of day, or text.
fn content(value: &str) -> String {
    match (day(value), clock(value)) {
        (Some(number), _) => format!("><v>{number}</v></c>"),
        (_, Some(part)) => format!("><v>{part}</v></c>"),
        _ if value.is_empty() => "/>".to_owned(),
        _ => format!(" t=\"inlineStr\"><is><t>{value}</t></is></c>"),
    }
}

/// `2014-06-09` as a number of days.
fn day(value: &str) -> Option<i32> {
    let day: jiff::civil::Date = value.parse().ok()?;
    let since = day.since(jiff::civil::date(1899, 12, 30)).ok()?;
    Some(since.get_days())
}

/// `03:12` as a part of a day.
fn clock(value: &str) -> Option<f64> {
    let (hour, minute) = value.split_once(':')?;
    let (hour, minute): (f64, f64) = (hour.parse().ok()?, minute.parse().ok()?);
    Some((hour * 60.0 + minute) / 1440.0)
}

fn is_number(text: &str) -> bool {
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    text.split_once('.')
        .is_some_and(|(part, step)| is_digits(part) && is_digits(step))
}

/// The text of an item, without tags. Numbers of steps need no more.
fn untagged(item: &str) -> String {
    let pieces = item.split('<').filter_map(|piece| piece.split_once('>'));
    pieces.map(|(_, text)| text).collect()
}
