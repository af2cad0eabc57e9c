//! The values of a sheet, each written into its own cell as what it is.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::DateTime;
use rust_xlsxwriter::{ExcelDateTime, Format, IgnoreError, Worksheet};

use super::super::cut::cut;
use super::super::measure::{Type, points, wrap};
use super::super::{Result, book};
use super::looks::{Looks, marked};
use super::page::{Page, index, worst};
use crate::finding::Finding;
use crate::workbook::{RawValue, Sheet};

/// The most characters (UTF-16 units) a cell may hold.
const LONGEST_CELL: usize = 32_767;
/// The narrowest and widest a column is made, in characters, and the most lines a row shows.
const NARROWEST: usize = 9;
const WIDEST: usize = 44;
const MOST_LINES: usize = 12;

/// What the text of a cell is measured in.
const TEXT: Type = Type {
    size: book::BASE,
    mono: false,
    bold: false,
};

/// Writes every value of the sheet into its own cell.
pub(super) fn cells(
    out: &mut Worksheet,
    page: &Page<'_>,
    marks: &BTreeMap<(u32, u32), Vec<&Finding>>,
    widths: &BTreeMap<u32, usize>,
    looks: &Looks,
) -> Result<()> {
    let lent = lent(page.sheet);
    for (row, cells) in &page.sheet.rows {
        let mut lines = 1;
        for (column, value) in cells {
            let is_text = matches!(value, RawValue::Text(_));
            let format = if is_text && page.heading_row == Some(*row) {
                &looks.head
            } else {
                looks.of(value)
            };
            let marked = marks
                .get(&(*row, *column))
                .map(|findings| marked(format, worst(findings)));
            let format = marked.as_ref().unwrap_or(format);
            if lent.contains(&(*row, *column)) {
                out.write_blank(*row, index(*column), format)?;
                continue;
            }
            write(out, *row, index(*column), value, format)?;
            lines = lines.max(lines_of(value, widths.get(column).copied()));
        }
        if lines > 1 {
            out.set_row_height(*row, points(lines.min(MOST_LINES), TEXT) + 2.0)?;
        }
    }
    let bottom = page.sheet.rows.keys().next_back().copied().unwrap_or(0);
    let right = widths.keys().next_back().map_or(0, |column| index(*column));
    // Texts such as serial numbers look like numbers; that is no mistake.
    out.ignore_error_range(0, 0, bottom, right, IgnoreError::NumberStoredAsText)?;
    Ok(())
}

/// Cells that only show the value of a merged region: in the file they are blank.
pub(super) fn lent(sheet: &Sheet) -> BTreeSet<(u32, u32)> {
    let mut lent = BTreeSet::new();
    for region in &sheet.layout.merged {
        let Some(value) = sheet.value(region.first.0, region.first.1) else {
            continue;
        };
        if region.first.0 > region.last.0 || region.first.1 > region.last.1 {
            continue;
        }
        for (row, cells) in sheet.rows.range(region.first.0..=region.last.0) {
            let covered = cells.range(region.first.1..=region.last.1);
            let same = covered.filter(|(column, it)| {
                *it == value && (*row, **column) != (region.first.0, region.first.1)
            });
            lent.extend(same.map(|(column, _)| (*row, *column)));
        }
    }
    lent
}

/// Writes one value: text as text whatever it looks like, and nothing as a formula.
fn write(
    out: &mut Worksheet,
    row: u32,
    column: u16,
    value: &RawValue,
    format: &Format,
) -> Result<()> {
    match value {
        RawValue::Number(number) if number.is_finite() => {
            out.write_number_with_format(row, column, *number, format)?;
        }
        RawValue::Bool(truth) => {
            out.write_boolean_with_format(row, column, *truth, format)?;
        }
        RawValue::Date(moment) => match excel(*moment) {
            Some(date) => {
                out.write_datetime_with_format(row, column, date, format)?;
            }
            None => string(out, row, column, &moment.to_string(), format)?,
        },
        RawValue::Number(number) => string(out, row, column, &number.to_string(), format)?,
        RawValue::Text(text)
        | RawValue::Error(text)
        | RawValue::Formatted(_, text)
        | RawValue::PartlyStruck { text, .. } => string(out, row, column, text, format)?,
        RawValue::Renewing { result, .. } => write(out, row, column, result, format)?,
        RawValue::Uncached(formula) => {
            let formula = format!("={}", formula.trim_start_matches('='));
            string(out, row, column, &formula, format)?;
        }
    }
    Ok(())
}

fn string(out: &mut Worksheet, row: u32, column: u16, text: &str, format: &Format) -> Result<()> {
    out.write_string_with_format(row, column, cut(text, LONGEST_CELL), format)?;
    Ok(())
}

/// A date as the format holds it; `None` before 1900.
fn excel(moment: DateTime) -> Option<ExcelDateTime> {
    let year = u16::try_from(moment.year()).ok()?;
    let part = |number: i8| u8::try_from(number).ok();
    let day = ExcelDateTime::from_ymd(year, part(moment.month())?, part(moment.day())?).ok()?;
    let hour = u16::try_from(moment.hour()).ok()?;
    day.and_hms(hour, part(moment.minute())?, f64::from(moment.second()))
        .ok()
}

/// How wide each column is, in characters.
pub(super) fn widths(sheet: &Sheet) -> BTreeMap<u32, usize> {
    let mut widths = BTreeMap::new();
    for (column, value) in sheet.rows.values().flatten() {
        let length = match value {
            RawValue::Text(text)
            | RawValue::Error(text)
            | RawValue::Uncached(text)
            | RawValue::Formatted(_, text)
            | RawValue::PartlyStruck { text, .. } => {
                let lines = text.lines().map(|line| line.chars().count() + 2);
                lines.max().unwrap_or(0)
            }
            RawValue::Date(_) | RawValue::Renewing { .. } => 12,
            RawValue::Number(_) | RawValue::Bool(_) => NARROWEST,
        };
        let width: &mut usize = widths.entry(*column).or_insert(NARROWEST);
        *width = length.clamp(*width, WIDEST);
    }
    widths
}

/// How many lines a value takes in a column of this width.
fn lines_of(value: &RawValue, width: Option<usize>) -> usize {
    let width = width.unwrap_or(NARROWEST);
    match value {
        RawValue::Text(text) if text.len() > width || text.contains('\n') => {
            let shown: String = text.chars().take(width * MOST_LINES).collect();
            wrap(&shown, TEXT, units(width)).len()
        }
        _ => 1,
    }
}

pub(super) fn units(width: usize) -> f64 {
    f64::from(u32::try_from(width).unwrap_or(0))
}
