//! The worksheets of `new`: headings with notes, drop-downs, date cells; blank or filled in.

use std::collections::BTreeMap;

use rust_xlsxwriter::{
    Color, DataValidation, DataValidationErrorStyle, ExcelDateTime, Format, FormatAlign,
    FormatBorder, Note, Worksheet,
};

use super::page::dated;
use super::{Result, book};
use crate::product::schema::{Column, DEPLOYMENT, Setting};
use crate::starter::{File, Sheet};

/// How many rows the drop-downs reach down to.
const PREPARED: u32 = 500;
/// The most characters a drop-down's own list may have.
const LONGEST_LIST: usize = 255;
/// The widest and narrowest a column is made.
const WIDEST: usize = 44;
const NARROWEST: usize = 13;
/// How many columns can be printed side by side and still be read.
const SIDE_BY_SIDE: u16 = 8;

/// Writes the workbooks, by file name.
///
/// # Errors
///
/// Only where a text exceeds what the format can hold.
pub fn worksheets(files: &[File]) -> Result<BTreeMap<String, Vec<u8>>> {
    files
        .iter()
        .map(|file| Ok((file.name.to_owned(), workbook(file)?)))
        .collect()
}

/// One workbook.
fn workbook(file: &File) -> Result<Vec<u8>> {
    let looks = Looks::new();
    let sheets = file.sheets.iter().map(|sheet| worksheet(sheet, &looks));
    // A fixed day, since the file depends on nothing but the program.
    let properties = dated(jiff::civil::date(2014, 1, 1))?;
    book::bytes(&properties, sheets.collect::<Result<_>>()?)
}

/// The formats of a worksheet.
struct Looks {
    head: Format,
    key: Format,
    text: Format,
    plain: Format,
    date: Format,
}

impl Looks {
    fn new() -> Self {
        let base = Format::new()
            .set_font_name(book::SANS)
            .set_font_size(book::BASE);
        let cell = base
            .clone()
            .set_text_wrap()
            .set_align(FormatAlign::Top)
            .set_align(FormatAlign::Left);
        let head = base
            .set_bold()
            .set_text_wrap()
            .set_align(FormatAlign::VerticalCenter)
            .set_border(FormatBorder::Thin)
            .set_border_bottom(FormatBorder::Medium)
            .set_background_color(Color::RGB(0x00E6_EAEE));
        Self {
            key: head
                .clone()
                .set_background_color(Color::RGB(0x0022_2B36))
                .set_font_color(Color::White),
            head,
            // What is typed stays as typed: serial numbers, versions, telephone numbers.
            text: cell.clone().set_num_format("@"),
            date: cell.clone().set_num_format("yyyy-mm-dd"),
            plain: cell,
        }
    }

    /// The format of a column's cells.
    fn of(&self, column: &Column) -> &Format {
        match column {
            _ if column.date => &self.date,
            _ if is_number(&column.heading) => &self.plain,
            _ => &self.text,
        }
    }
}

/// One sheet.
fn worksheet(sheet: &Sheet, looks: &Looks) -> Result<Worksheet> {
    let mut out = book::sheet(&sheet.kind.title)?;
    for (index, column) in (0_u16..).zip(sheet.kind.offered()) {
        let texts = sheet
            .rows
            .iter()
            .filter_map(|row| row.get(usize::from(index)));
        out.set_column_width(index, width(column, texts))?;
        out.set_column_format(index, looks.of(column))?;
        heading(&mut out, index, column, looks)?;
        if let Some(list) = drop_down(&column.values, column.open)? {
            out.add_data_validation(1, index, PREPARED, index, &list)?;
        }
    }
    extras(&mut out, sheet, looks)?;
    for (row, texts) in (1_u32..).zip(&sheet.rows) {
        for ((index, column), text) in (0_u16..).zip(sheet.kind.offered()).zip(texts) {
            cell(
                &mut out,
                (row, index),
                text,
                column.date,
                is_number(&column.heading),
                looks,
            )?;
        }
        height(&mut out, row, texts)?;
    }
    if sheet.kind.id == DEPLOYMENT {
        settings(&mut out, sheet, looks)?;
    }
    print_setup(&mut out, sheet)?;
    notes(&mut out, sheet)?;
    Ok(out)
}

/// The columns that the kind does not have, as texts.
fn extras(out: &mut Worksheet, sheet: &Sheet, looks: &Looks) -> Result<()> {
    let first = sheet.kind.offered().count();
    for (at, heading) in sheet.extras.iter().enumerate() {
        let column = u16::try_from(first + at).unwrap_or(u16::MAX);
        out.write_string_with_format(0, column, heading, &looks.head)?;
        for (row, texts) in (1_u32..).zip(&sheet.rows) {
            if let Some(text) = texts.get(first + at).filter(|it| !it.is_empty()) {
                out.write_string_with_format(row, column, text, &looks.text)?;
            }
        }
    }
    Ok(())
}

/// What is said of cells beside their text.
fn notes(out: &mut Worksheet, sheet: &Sheet) -> Result<()> {
    for ((row, column), words) in &sheet.notes {
        let row = u32::try_from(row + 1).unwrap_or(u32::MAX);
        let column = u16::try_from(*column).unwrap_or(u16::MAX);
        out.insert_note(row, column, &note(words))?;
    }
    Ok(())
}

/// A heading, with the note that says what to put below it.
fn heading(out: &mut Worksheet, index: u16, column: &Column, looks: &Looks) -> Result<()> {
    let needed = column.key || column.required;
    let format = if needed { &looks.key } else { &looks.head };
    out.write_string_with_format(0, index, &column.heading, format)?;
    let words = if needed {
        format!("Must not be missing. {}", column.note)
    } else {
        column.note.clone()
    };
    out.insert_note(0, index, &note(&words))?;
    Ok(())
}

/// A note large enough for its words.
fn note(words: &str) -> Note {
    let lines = u32::try_from(words.chars().count() / 34).unwrap_or(u32::MAX);
    Note::new(words)
        .add_author_prefix(false)
        .set_width(240)
        .set_height(lines.saturating_mul(16).saturating_add(36))
}

/// A drop-down; one that only suggests lets other texts pass, the others ask.
fn drop_down(values: &[String], open: bool) -> Result<Option<DataValidation>> {
    let length: usize = values.iter().map(|value| value.chars().count() + 1).sum();
    if values.is_empty() || length > LONGEST_LIST {
        return Ok(None);
    }
    let list = DataValidation::new().allow_list_strings(values)?;
    if open {
        return Ok(Some(list.show_error_message(false)));
    }
    let list = list
        .set_error_style(DataValidationErrorStyle::Warning)
        .set_error_title("Not in the list")?
        .set_error_message("The list holds what is expected here. Keep what you typed?")?;
    Ok(Some(list))
}

/// One cell: a date where the column holds dates, a number where it holds numbers, else text.
fn cell(
    out: &mut Worksheet,
    (row, index): (u32, u16),
    text: &str,
    date: bool,
    number: bool,
    looks: &Looks,
) -> Result<()> {
    if text.is_empty() {
        return Ok(());
    }
    if date && let Ok(date) = ExcelDateTime::parse_from_str(text) {
        out.write_datetime_with_format(row, index, date, &looks.date)?;
    } else if number && let Ok(number) = text.parse::<f64>() {
        out.write_number_with_format(row, index, number, &looks.plain)?;
    } else {
        out.write_string_with_format(row, index, text, &looks.text)?;
    }
    Ok(())
}

/// The deployment sheet: each setting has its own note, drop-down and kind of value.
fn settings(out: &mut Worksheet, sheet: &Sheet, looks: &Looks) -> Result<()> {
    out.set_column_width(0, 24)?.set_column_width(1, 60)?;
    for (row, texts) in (1_u32..).zip(&sheet.rows) {
        let [name, value] = texts.as_slice() else {
            continue;
        };
        let Some(setting) = sheet.schema.setting(name) else {
            continue;
        };
        out.insert_note(row, 0, &note(&setting.note))?;
        if let Some(list) = drop_down(&setting.values, false)? {
            out.add_data_validation(row, 1, row, 1, &list)?;
        }
        if value.is_empty() {
            out.write_blank(row, 1, format_of(setting, looks))?;
        } else {
            cell(out, (row, 1), value, setting.date, is_number(name), looks)?;
        }
    }
    Ok(())
}

/// The format of a setting's value.
fn format_of<'l>(setting: &Setting, looks: &'l Looks) -> &'l Format {
    match setting {
        _ if setting.date => &looks.date,
        _ if is_number(&setting.name) => &looks.plain,
        _ => &looks.text,
    }
}

/// Frozen and repeated head, filter; one page wide where that can be read, else the first column on every page.
fn print_setup(out: &mut Worksheet, sheet: &Sheet) -> Result<()> {
    let columns = sheet.kind.offered().count() + sheet.extras.len();
    let last = u16::try_from(columns).unwrap_or(u16::MAX) - 1;
    let rows = u32::try_from(sheet.rows.len()).unwrap_or(u32::MAX);
    out.set_row_height(0, 30)?;
    out.set_freeze_panes(1, 1)?;
    out.autofilter(0, 0, rows.max(1), last)?;
    out.set_repeat_rows(0, 0)?;
    if last < SIDE_BY_SIDE {
        out.set_print_fit_to_pages(1, 0);
    } else {
        out.set_print_scale(75).set_repeat_columns(0, 0)?;
    }
    out.set_landscape()
        .set_margins(0.4, 0.4, 0.6, 0.6, 0.3, 0.3)
        .set_header("&L&8 &F&R&8 &A")
        .set_footer("&R&8 Page &P of &N");
    Ok(())
}

/// A column's width: what its heading and its texts need, within limits.
fn width<'t>(column: &'t Column, texts: impl Iterator<Item = &'t String>) -> f64 {
    // A heading may take two lines; the filter's arrow needs room.
    let heading = column.heading.chars().count().div_ceil(2) + 5;
    let values = column.values.iter().filter(|_| !column.open);
    let lines = texts.chain(values).flat_map(|text| text.lines());
    let longest = lines
        .map(|line| line.chars().count() + 3)
        .max()
        .unwrap_or(0);
    let width = heading.max(longest).clamp(NARROWEST, WIDEST);
    f64::from(u32::try_from(width).unwrap_or(0))
}

/// Rows with several lines, or with a text longer than the widest column, are made high enough.
fn height(out: &mut Worksheet, row: u32, texts: &[String]) -> Result<()> {
    let lines = |text: &String| -> usize {
        text.lines()
            .map(|line| line.chars().count().div_ceil(WIDEST - 2).max(1))
            .sum()
    };
    let most = texts.iter().map(lines).max().unwrap_or(1).clamp(1, 30);
    if most > 1 {
        out.set_row_height(
            row,
            f64::from(u32::try_from(most).unwrap_or(1)) * 13.0 + 2.0,
        )?;
    }
    Ok(())
}

/// Whether a column or setting of this name holds numbers.
fn is_number(name: &str) -> bool {
    name.ends_with("(hours)")
}

#[cfg(test)]
mod tests {
    use super::super::unzip::Parts;
    use super::*;
    use crate::product::Product;
    use crate::starter;

    fn parts(files: &[File], name: &str) -> Parts {
        Parts::of(&worksheets(files).unwrap()[name])
    }

    #[test]
    fn blank_worksheets_have_their_headings_notes_and_lists() {
        let parts = parts(&starter::blank(Product::built_in()), "pools.xlsx");
        let headings = Product::built_in()
            .schema
            .kind("pools")
            .unwrap()
            .columns
            .iter();
        let headings: Vec<_> = headings.map(|column| column.heading.clone()).collect();
        assert_eq!(parts.strings_of(1), headings);
        assert!(parts.sheet(1).contains("\"yes,no,standby\""));
        assert!(parts.sheet(1).contains("state=\"frozen\""));
        assert_eq!(
            parts.part("xl/comments1.xml").matches("<comment ").count(),
            headings.len()
        );
    }

    #[test]
    fn every_list_of_the_schema_fits_its_drop_down() {
        let columns = Product::built_in()
            .schema
            .kinds
            .iter()
            .flat_map(|kind| &kind.columns);
        for column in columns.filter(|column| !column.values.is_empty()) {
            assert!(
                drop_down(&column.values, column.open).unwrap().is_some(),
                "{}",
                column.heading
            );
        }
    }

    #[test]
    fn the_sheets_bear_the_titles_of_their_kinds() {
        let parts = parts(&starter::sample(), "backups.xlsx");
        assert_eq!(
            parts.sheet_names(),
            ["Databases", "File stores", "Settings"]
        );
    }

    #[test]
    fn dates_and_hours_are_numbers_and_everything_else_is_text() {
        let files = starter::sample();
        // 2014-06-07 is day 41797.
        assert!(
            parts(&files, "backups.xlsx")
                .sheet(1)
                .contains("<v>41797</v>")
        );
        assert!(
            parts(&files, "deployment.xlsx")
                .sheet(1)
                .contains("<v>168</v>")
        );
        let servers = parts(&files, "servers.xlsx");
        assert!(servers.strings().contains(&"11.0.3000".to_owned()));
        assert!(servers.strings().contains(&"SQL05.CONTOSO.COM.".to_owned()));
    }

    #[test]
    fn a_blank_deployment_sheet_lists_the_settings() {
        let parts = parts(&starter::blank(Product::built_in()), "deployment.xlsx");
        let strings = parts.strings_of(1);
        assert_eq!(strings.len(), 2 + Product::built_in().schema.settings.len());
        assert!(strings.contains(&"Backup location".to_owned()));
    }

    #[test]
    fn the_same_rows_give_the_same_bytes() {
        let files = starter::sample();
        assert_eq!(worksheets(&files).unwrap(), worksheets(&files).unwrap());
    }
}
