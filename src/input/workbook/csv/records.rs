//! Records to rows. The only place that knows the csv crate.

use csv::{ByteRecord, Reader, ReaderBuilder};

use super::super::Records;
use super::super::report::Filling;
use super::super::trouble::Trouble;
use super::marks;

/// A reader that takes ragged rows and treats no row as headings.
pub(super) fn reader(text: &str, separator: u8) -> Reader<&[u8]> {
    ReaderBuilder::new()
        .delimiter(separator)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes())
}

/// Puts every record into its row, and says how the rows were written.
pub(super) fn read(text: &str, separator: u8, filling: &mut Filling) -> Result<Records, Trouble> {
    let mut reader = reader(text, separator);
    let mut record = ByteRecord::new();
    let mut records = Records {
        separator: char::from(separator),
        ..Records::default()
    };
    let mut row = 0_u32;
    let mut last = None;
    loop {
        let start = position(&reader);
        if !reader
            .read_byte_record(&mut record)
            .map_err(|e| Trouble::damaged(&e))?
        {
            break;
        }
        // The reader passes over blank lines, which are rows all the same.
        row = row.saturating_add(blank_lines(text.as_bytes(), start));
        let mut column = 0_u32;
        for value in &record {
            if let Some(value) = marks::value(&String::from_utf8_lossy(value)) {
                filling.put(row, column, value)?;
            }
            column = column.saturating_add(1);
        }
        records.widths.insert(row, column);
        let raw = &text.as_bytes()[start.min(text.len())..position(&reader).min(text.len())];
        if let Some(column) = stray_mark(raw, separator) {
            records.stray.insert(row, column);
        }
        last = Some((row, start));
        row = row.saturating_add(1);
    }
    let unclosed = last.filter(|(_, start)| ends_in_quotes(&text.as_bytes()[*start..], separator));
    records.unclosed = unclosed.map(|(row, _)| row);
    Ok(records)
}

fn position(reader: &Reader<&[u8]>) -> usize {
    usize::try_from(reader.position().byte()).unwrap_or(usize::MAX)
}

/// Line ends at the start of a record that do not end the record before it.
fn blank_lines(text: &[u8], start: usize) -> u32 {
    let mut rest = &text[start.min(text.len())..];
    if start > 0 && text[start - 1] == b'\r' {
        rest = rest.strip_prefix(b"\n").unwrap_or(rest);
    }
    let mut lines = 0;
    while let Some(next) = rest
        .strip_prefix(b"\r\n")
        .or_else(|| rest.strip_prefix(b"\n"))
        .or_else(|| rest.strip_prefix(b"\r"))
    {
        rest = next;
        lines += 1;
    }
    lines
}

/// Whether a record, the last of the text, ends inside quotation marks.
fn ends_in_quotes(record: &[u8], separator: u8) -> bool {
    let mut cells = Cells::new(separator);
    for &byte in record {
        cells.step(byte);
    }
    cells.inside
}

/// How many digits a measure in inches has at most, in front of the mark.
const INCHES: usize = 2;

/// The cell of a record, as it stands in the file, that ends with a quotation mark though it began with none: the one
/// that opened it is missing. Alone in its row and behind a number of few digits the mark can mean inches.
fn stray_mark(record: &[u8], separator: u8) -> Option<u32> {
    let mut cells = Cells::new(separator);
    let mut marks = 0_usize;
    let mut stray = None;
    for (index, &byte) in record.iter().enumerate() {
        let next = record.get(index + 1).copied().unwrap_or(b'\n');
        let ends = next == separator || matches!(next, b'\r' | b'\n');
        let is_middle = byte == b'"' && !cells.inside && !cells.may_open;
        if is_middle && ends && stray.is_none() {
            let before = record[..index].iter().rev();
            let digits = before.take_while(|it| it.is_ascii_digit()).count();
            // The minutes of a time are none.
            let is_time = record[..index - digits].ends_with(b":");
            let is_measure = !is_time && (1..=INCHES).contains(&digits);
            stray = Some((cells.column, is_measure));
        }
        marks += usize::from(byte == b'"');
        cells.step(byte);
    }
    stray
        .filter(|(_, is_measure)| !is_measure || marks > 1)
        .map(|(column, _)| column)
}

/// Where in a record one is.
struct Cells {
    separator: u8,
    column: u32,
    inside: bool,
    may_open: bool,
}

impl Cells {
    fn new(separator: u8) -> Self {
        Self {
            separator,
            column: 0,
            inside: false,
            may_open: true,
        }
    }

    fn step(&mut self, byte: u8) {
        let was_inside = self.inside;
        match byte {
            b'"' if self.inside => self.inside = false,
            b'"' if self.may_open => self.inside = true,
            _ => {}
        }
        let is_end = !self.inside && byte == self.separator;
        self.column = self.column.saturating_add(u32::from(is_end));
        // A mark right behind a closing one is a doubled mark, so the text goes on.
        let closed = was_inside && !self.inside;
        self.may_open = closed || is_end || (!self.inside && matches!(byte, b'\r' | b'\n'));
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::super::report::Report;
    use super::*;

    fn rows(text: &str) -> (Vec<(u32, Vec<String>)>, Option<u32>) {
        let report = Report::new(&Arc::from("a.csv"));
        let mut filling = report.begin(report.file(), false);
        let unclosed = read(text, b',', &mut filling).unwrap().unclosed;
        let mut rows = Vec::new();
        for row in 0..10 {
            let cells = (0..5).filter_map(|column| filling.value(row, column));
            let cells: Vec<String> = cells.map(|value| format!("{value:?}")).collect();
            if !cells.is_empty() {
                rows.push((row, cells));
            }
        }
        (rows, unclosed)
    }

    #[test]
    fn rows_are_numbered_as_a_spreadsheet_shows_them() {
        for line_end in ["\n", "\r\n", "\r"] {
            let text = "\n\na,\"b\n\nc\"\n\nd\n".replace('\n', line_end);
            let (rows, unclosed) = rows(&text);
            let numbers: Vec<u32> = rows.iter().map(|(row, _)| *row).collect();
            assert_eq!((numbers, unclosed), (vec![2, 4], None), "{line_end:?}");
        }
    }

    #[test]
    fn a_quotation_mark_that_nothing_opened_is_noticed() {
        let cases: [(&str, Option<u32>); 6] = [
            ("a,b\",c", Some(1)),
            ("\"a\",C1\"\n", Some(1)),
            ("a,rack 19\"\n", None),
            ("\"a\",\"say \"\"b\"\"\",c", None),
            ("a,12\" pipe\n", None),
            ("\"a\",\"\",\"\"\"b\"\"\"", None),
        ];
        for (record, column) in cases {
            assert_eq!(stray_mark(record.as_bytes(), b','), column, "{record}");
        }
    }

    #[test]
    fn an_unclosed_quotation_mark_is_noticed() {
        assert_eq!(rows("a,b\n\"c,d\ne,f\n").1, Some(1));
        assert_eq!(rows("a,b\n\"c \"\"d\"\"\",e\n").1, None);
        assert_eq!(rows("a,12\" pipe\nb,c\n").1, None);
    }
}
