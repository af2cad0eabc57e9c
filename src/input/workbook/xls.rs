//! Reads `.xls` workbooks: Excel 97-2003 and Excel 5.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;

use calamine::{Dimensions, Reader, SheetType, SheetVisible, Xls, XlsError};

use super::biff::{self, SheetSurvey};
use super::report::{Filling, Report};
use super::shown::NumberFormat;
use super::struck::{self, Run, Struck};
use super::trouble::Trouble;
use super::{Layout, RawValue, Region, cell, ole, protected, renewing};

type Book = Xls<Cursor<Vec<u8>>>;

/// Reads every worksheet of a workbook stream.
///
/// 1. decrypt a stream that is protected against writing alone
/// 2. close the sheets up, so that stray cells cost nothing
/// 3. put the stream into a sound container and hand it to the library
/// 4. give every value its real address back
pub(super) fn read(report: &mut Report, stream: Vec<u8>) -> Result<(), Trouble> {
    let stream = protected::stream(&stream).unwrap_or(stream);
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
            let outcome = outcome.map(|layout| look(layout, survey, &prepared.shown, &mut filling));
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
    mark_renewing(book, name, survey, filling);
    let merged = book.merge_cells_by_sheet_name(name).unwrap_or_default();
    Ok(Layout {
        merged: regions(&merged),
        hidden_rows: survey.hidden_rows.clone(),
        hidden_columns: survey.hidden_columns.clone(),
        struck: survey.struck.clone(),
        comments: survey
            .comments
            .iter()
            .map(|cell| (*cell, String::new()))
            .collect(),
        ..Layout::default()
    })
}

/// Marks the results of formulas that renew themselves.
fn mark_renewing(book: &mut Book, name: &str, survey: &SheetSurvey, filling: &mut Filling) {
    let Ok(formulas) = book.worksheet_formula(name) else {
        return;
    };
    let (top, left) = formulas.start().unwrap_or_default();
    for (row, column, formula) in formulas.used_cells() {
        let row = real(&survey.rows, top, row);
        let column = real(&survey.columns, left, column);
        if let (Ok(row), Ok(column)) = (row, column) {
            filling.amend(row, column, |value| renewing::mark(formula, value));
        }
    }
}

/// Lets numbers be as they are shown, and texts without what is struck out in them.
fn look(
    mut layout: Layout,
    survey: &SheetSurvey,
    shown: &BTreeMap<u16, NumberFormat>,
    filling: &mut Filling,
) -> Layout {
    for ((row, column), format) in &survey.shown {
        if let Some(format) = shown.get(format) {
            filling.amend(*row, *column, |value| format.show(value));
        }
    }
    for (address, starts) in &survey.runs {
        let (row, column) = *address;
        let Some(RawValue::Text(text)) = filling.value(row, column) else {
            continue;
        };
        let runs = runs(text, starts);
        match struck::judge(&runs, layout.struck.contains(address)) {
            Struck::Nothing => {
                layout.struck.remove(address);
            }
            Struck::Whole => {
                layout.struck.insert(*address);
            }
            Struck::Partly(rest) => {
                layout.struck.remove(address);
                filling.amend(row, column, |value| struck::partly(value, rest));
            }
        }
    }
    layout
}

/// A text cut where its runs begin.
fn runs(text: &str, starts: &[(usize, bool)]) -> Vec<Run> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let mut runs = Vec::new();
    let mut begin = (0, None);
    for (start, is_struck) in starts.iter().copied().chain([(units.len(), false)]) {
        let piece = units.get(begin.0..start).unwrap_or_default();
        runs.push(Run {
            text: String::from_utf16_lossy(piece),
            is_struck: begin.1,
        });
        begin = (start, Some(is_struck));
    }
    runs
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
