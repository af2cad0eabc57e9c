//! Reads `.xlsb` workbooks, cell by cell.
//!
//! The format's reader reports neither merged regions nor hidden rows, and passes over formulas whose result
//! is an error; a second pass finds those. How numbers are shown is read beside it (`looks.rs`).

mod looks;

use std::io::Cursor;

use calamine::{Reader, SheetType, SheetVisible, Xlsb, XlsbError};

use super::archive::Archive;
use super::limits::MAX_SHEETS;
use super::report::{Filling, Report};
use super::trouble::Trouble;
use super::{Layout, RawValue, cell, quiet, renewing};
use looks::Looks;

type Book<'a> = Xlsb<Cursor<&'a [u8]>>;

/// Reads every worksheet of the workbook.
pub(super) fn read(report: &mut Report, bytes: &[u8]) -> Result<(), Trouble> {
    let mut book: Book<'_> = Xlsb::new(Cursor::new(bytes)).map_err(|error| match error {
        XlsbError::Password => Trouble::protected(),
        error => Trouble::damaged(&error),
    })?;
    let mut archive = Archive::open(bytes)?;
    let looks = Looks::of(&mut archive);
    let sheets = book.sheets_metadata().to_vec();
    if sheets.len() > MAX_SHEETS {
        return Err(Trouble::too_many_sheets(sheets.len()));
    }
    for sheet in sheets
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet)
    {
        let place = report.file().sheet(sheet.name.as_str());
        let mut filling = report.begin(place, sheet.visible != SheetVisible::Visible);
        // The reader can fail on one sheet and still read the next.
        let outcome = quiet::catch(|| fill(&mut book, &sheet.name, &mut filling))
            .unwrap_or_else(|| Err(Trouble::sheet(&"its records are malformed")));
        for ((row, column), format) in looks.cells(&mut archive, &sheet.name) {
            filling.amend(row, column, |value| format.show(value));
        }
        let untold = Layout {
            is_untold: true,
            ..Layout::default()
        };
        report.end(filling, outcome.map(|()| untold));
    }
    Ok(())
}

fn fill(book: &mut Book<'_>, name: &str, filling: &mut Filling) -> Result<(), Trouble> {
    let mut cells = book
        .worksheet_cells_reader(name)
        .map_err(|e| Trouble::sheet(&e))?;
    while let Some(found) = cells.next_cell().map_err(|e| Trouble::sheet(&e))? {
        if let Some(value) = cell::from_data_ref(found.get_value()) {
            let (row, column) = found.get_position();
            filling.put(row, column, value)?;
        }
    }
    drop(cells);
    // Formulas are only asked where they are, so trouble with one of them costs nothing else.
    quiet::catch(|| look_at_formulas(book, name, filling)).unwrap_or(Ok(()))
}

/// A formula without a value is one whose result is an error: the first pass does not report those. The results of
/// formulas that renew themselves are marked.
fn look_at_formulas(book: &mut Book<'_>, name: &str, filling: &mut Filling) -> Result<(), Trouble> {
    let Ok(mut cells) = book.worksheet_cells_reader(name) else {
        return Ok(());
    };
    while let Ok(Some(found)) = cells.next_formula() {
        let (row, column) = found.get_position();
        if filling.value(row, column).is_none() {
            filling.put(row, column, RawValue::Error("#ERROR!".into()))?;
        } else {
            let formula = found.get_value();
            filling.amend(row, column, |value| renewing::mark(formula, value));
        }
    }
    Ok(())
}
