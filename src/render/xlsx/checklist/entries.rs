//! What may be filled in: results from a list, times and dates as real ones.

use rust_xlsxwriter::{DataValidation, DataValidationRule, ExcelDateTime, Formula, Worksheet};

use super::super::Result;
use super::super::contract::RESULTS;

/// The columns that are filled in and held to something.
const START: u16 = 4;
const END: u16 = 5;
const RESULT: u16 = 6;

/// The first day a spreadsheet's number is taken for: 2000-01-01. Smaller ones are slips, such as `312` for 03:12.
const FIRST_DAY: u16 = 36_526;

/// Restricts the entries in the rows from `first` to `last`, and the day in one cell.
pub(super) fn restrict(
    sheet: &mut Worksheet,
    first: u32,
    last: u32,
    day: (u32, u16),
) -> Result<()> {
    sheet.add_data_validation(first, START, last, END, &times(first)?)?;
    sheet.add_data_validation(first, RESULT, last, RESULT, &results()?)?;
    sheet.add_data_validation(day.0, day.1, day.0, day.1, &dates()?)?;
    Ok(())
}

fn results() -> Result<DataValidation> {
    Ok(DataValidation::new()
        .allow_list_strings(&RESULTS)?
        .set_error_title("Result")?
        .set_error_message("Enter done, skipped or failed.")?)
}

/// A time of day, or a date with one. The formula is that of the first cell; the program moves it along.
fn times(first: u32) -> Result<DataValidation> {
    let cell = format!("E{}", first + 1);
    let rule = format!("AND(ISNUMBER({cell}),OR(AND({cell}>=0,{cell}<1),{cell}>={FIRST_DAY}))");
    Ok(DataValidation::new()
        .allow_custom(Formula::new(rule))
        .set_error_title("Time")?
        .set_error_message("Enter a time as 03:12, or a date and a time as 2014-06-10 03:12.")?)
}

fn dates() -> Result<DataValidation> {
    let first = ExcelDateTime::from_ymd(2000, 1, 1)?;
    Ok(DataValidation::new()
        .allow_date(DataValidationRule::GreaterThanOrEqualTo(first))
        .set_error_title("Date")?
        .set_error_message("Enter a date as 2014-06-10.")?)
}
