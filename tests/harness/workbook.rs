//! Sheets as workbooks, written as a spreadsheet program would.

use std::io::{Cursor, Read as _, Write as _};

use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, Worksheet};

use super::cells::Cell;
use super::sheets::Rows;

/// Stands for the value of a formula that was never calculated, until it is taken out.
const UNCACHED: &str = "never calculated";

/// An `.xlsx` workbook. A sheet whose name ends in ` (hidden)` is hidden, one whose name ends in ` (damaged)` is
/// cut off in the middle.
pub(crate) fn xlsx(sheets: &[(String, Rows)]) -> Vec<u8> {
    let mut book = Workbook::new();
    for (name, rows) in sheets {
        let plain = name
            .trim_end_matches(" (hidden)")
            .trim_end_matches(" (damaged)");
        let sheet = book.add_worksheet();
        sheet.set_name(plain).expect("a sheet name");
        sheet.set_hidden(name.ends_with(" (hidden)"));
        for (row, cells) in (0..).zip(rows) {
            for (column, cell) in (0..).zip(cells) {
                write(sheet, row, column, cell);
            }
        }
    }
    let bytes = book.save_to_buffer().expect("a workbook");
    let numbered = (1..).zip(sheets);
    let damaged: Vec<String> = numbered
        .filter(|(_, (name, _))| name.ends_with(" (damaged)"))
        .map(|(number, _)| format!("xl/worksheets/sheet{number}.xml"))
        .collect();
    edited(&bytes, &damaged)
}

fn write(sheet: &mut Worksheet, row: u32, column: u16, cell: &Cell) {
    let written = match cell {
        Cell::Blank | Cell::Emptied => return,
        Cell::Text(text) => sheet.write_string(row, column, text),
        Cell::Number(number) => sheet.write_number(row, column, *number),
        Cell::Date(date) => {
            let date = ExcelDateTime::parse_from_str(date).expect("a date");
            let format = Format::new().set_num_format("yyyy-mm-dd");
            sheet.write_datetime_with_format(row, column, date, &format)
        }
        Cell::Today(date) => {
            let day = ExcelDateTime::parse_from_str(date).expect("a date");
            let formula = Formula::new("=TODAY()").set_result(day.to_excel().to_string());
            let format = Format::new().set_num_format("yyyy-mm-dd");
            sheet.write_formula_with_format(row, column, formula, &format)
        }
        Cell::Shown(number, format) => {
            let format = Format::new().set_num_format(format);
            sheet.write_number_with_format(row, column, *number, &format)
        }
        Cell::Struck(old, new) if new.is_empty() => {
            let struck = Format::new().set_font_strikethrough();
            sheet.write_string_with_format(row, column, old, &struck)
        }
        Cell::Struck(old, new) => {
            let struck = Format::new().set_font_strikethrough();
            let runs = [(&struck, old.as_str()), (&Format::new(), new)];
            sheet.write_rich_string(row, column, &runs)
        }
        Cell::Bool(value) => sheet.write_boolean(row, column, *value),
        Cell::Error(error) => {
            sheet.write_formula(row, column, Formula::new("=1/0").set_result(error))
        }
        Cell::Formula(formula) => {
            sheet.write_formula(row, column, Formula::new(formula).set_result(UNCACHED))
        }
    };
    written.expect("a cell");
}

/// The same workbook as a program leaves it that writes formulas and calculates none, with parts cut in half.
fn edited(bytes: &[u8], damaged: &[String]) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a workbook");
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).expect("a part");
        let mut text = String::new();
        part.read_to_string(&mut text).expect("parts are text");
        let name = part.name().expect("a part's name").into_owned();
        let mut text = text.replace(&format!("<v>{UNCACHED}</v>"), "");
        if damaged.contains(&name) {
            text.truncate(text.len() / 2);
        }
        let options = zip::write::SimpleFileOptions::default();
        writer.start_file(name, options).expect("a part");
        writer.write_all(text.as_bytes()).expect("a part");
    }
    writer.finish().expect("a workbook").into_inner()
}

/// A workbook behind a password: the container that Office makes of one.
pub(crate) fn protected() -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).expect("a container");
    for name in ["/EncryptionInfo", "/EncryptedPackage"] {
        let mut stream = file.create_stream(name).expect("a stream");
        stream.write_all(&[4, 0, 4, 0]).expect("it is written");
    }
    file.flush().expect("it is whole");
    file.into_inner().into_inner()
}
