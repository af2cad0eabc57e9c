//! Reads `.xls` workbooks: Excel 97-2003 and Excel 5.

use std::collections::BTreeSet;
use std::io::Cursor;

use calamine::{Dimensions, Reader, SheetType, SheetVisible, Xls, XlsError};

use super::biff::{self, SheetSurvey};
use super::report::{Filling, Report};
use super::trouble::Trouble;
use super::{Layout, Region, cell, ole};

type Book = Xls<Cursor<Vec<u8>>>;

/// Reads every worksheet of a workbook stream.
///
/// 1. close the sheets up, so that stray cells cost nothing
/// 2. put the stream into a sound container and hand it to the library
/// 3. give every value its real address back
pub(super) fn read(report: &mut Report, stream: Vec<u8>) -> Result<(), Trouble> {
    let prepared = biff::prepare(stream)?;
    let container = ole::rebuild(&prepared.stream)?;
    let mut book: Book = Xls::new(Cursor::new(container)).map_err(|error| match error {
        XlsError::Password => Trouble::protected(),
        error => Trouble::damaged(&error),
    })?;
    let sheets = book.sheets_metadata().to_vec();
    let names: BTreeSet<&str> = sheets.iter().map(|sheet| sheet.name.as_str()).collect();
    if names.len() < sheets.len() {
        // The library finds sheets by name alone.
        return Err(Trouble::damaged(&"two sheets have one name"));
    }
    for (sheet, survey) in sheets.iter().zip(&prepared.sheets) {
        if sheet.typ == SheetType::WorkSheet {
            let place = report.file().sheet(sheet.name.as_str());
            let mut filling = report.begin(place, sheet.visible != SheetVisible::Visible);
            let outcome = fill(&mut book, &sheet.name, survey, &mut filling);
            report.end(filling, outcome);
        }
    }
    Ok(())
}

fn fill(
    book: &mut Book,
    name: &str,
    survey: &SheetSurvey,
    filling: &mut Filling,
) -> Result<Layout, Trouble> {
    let range = book.worksheet_range(name).map_err(|e| Trouble::sheet(&e))?;
    let (top, left) = range.start().unwrap_or_default();
    for (row, column, data) in range.used_cells() {
        if let Some(value) = cell::from_data(data) {
            let row = real(&survey.rows, top, row)?;
            let column = real(&survey.columns, left, column)?;
            filling.put(row, column, value)?;
        }
    }
    let merged = book.merge_cells_by_sheet_name(name).unwrap_or_default();
    Ok(Layout {
        merged: regions(&merged),
        hidden_rows: survey.hidden_rows.clone(),
        hidden_columns: survey.hidden_columns.clone(),
        struck: survey.struck.clone(),
        comments: survey.comments.clone(),
        is_untold: false,
        records: None,
    })
}

/// The real number of a closed-up row or column.
fn real(numbers: &[u16], start: u32, offset: usize) -> Result<u32, Trouble> {
    let number = numbers.get(start as usize + offset).copied();
    number
        .map(u32::from)
        .ok_or_else(|| Trouble::sheet(&"a cell stands where none was announced"))
}

/// Merged regions as calamine has them, without single cells.
pub(super) fn regions(dimensions: &[Dimensions]) -> Vec<Region> {
    let real = |region: &Region| {
        region.last != region.first
            && region.last.0 >= region.first.0
            && region.last.1 >= region.first.1
    };
    let regions = dimensions.iter().map(|dimensions| Region {
        first: dimensions.start,
        last: dimensions.end,
    });
    regions.filter(real).collect()
}
