//! Cells that hold something but no fact: bytes that are no characters, errors, formulas without a result or with one that renews itself, texts of
//! which a part is struck out, numbers that are not shown.

use crate::finding::{Code, Finding, words};
use crate::workbook::RawValue;

use super::problem::Problem;
use super::table::Table;
use super::text::text_of;

/// Why what stands in a cell is no fact, whatever its column asks for; `None` for every other cell.
pub(super) fn problem(value: &RawValue) -> Option<Problem> {
    Some(match value {
        // A byte that is no character: damaged, or converted by a program that did not know it.
        RawValue::Error(text) if text.contains('\u{fffd}') => Problem::new(
            Code::BrokenText,
            format!(
                "`{}` holds a byte that is no character (shown as `\u{fffd}`), so the cell is not used",
                words::excerpt(&text_of(value))
            ),
            "type the value again, and save the file as \"CSV UTF-8\"",
        ),
        RawValue::Error(text) => Problem::new(
            Code::ErrorCell,
            format!("the cell holds the error `{text}`"),
            "mend the formula, or type the value",
        ),
        RawValue::Uncached(formula) => Problem::new(
            Code::UncachedFormula,
            format!(
                "the formula `{}` has no result in the file",
                words::excerpt(formula)
            ),
            "open the workbook, let it calculate, and save it again",
        ),
        RawValue::Renewing { formula, result } => Problem::new(
            Code::RenewingFormula,
            format!(
                "the formula `{}` gives another value every time the workbook is opened (`{}` when it was saved), so it proves nothing",
                words::excerpt(formula),
                words::excerpt(&text_of(result))
            ),
            "type the value itself",
        ),
        RawValue::PartlyStruck { text, rest } if rest.is_empty() => Problem::new(
            Code::StruckOut,
            format!(
                "`{}` is struck out, so the cell was not used",
                words::excerpt(text)
            ),
            "write what is true, or empty the cell; if it is true after all, take the line away",
        ),
        RawValue::PartlyStruck { text, rest } => Problem::new(
            Code::StruckOut,
            format!(
                "a part of `{}` is struck out, so the cell was not used",
                words::excerpt(text)
            ),
            format!(
                "write only what is true; without what is struck out it is `{}`",
                words::excerpt(rest)
            ),
        ),
        RawValue::Formatted(number, shown) if shown.trim().is_empty() => Problem::new(
            Code::NumberForText,
            format!("the cell holds the number {number}, of which its format shows nothing"),
            "give the cell the format `General`, or empty it",
        ),
        _ => return None,
    })
}

/// What is shown of a number that has more digits than that. It is printed as it is shown all the same.
pub(super) fn cut_short(value: &RawValue) -> Option<Problem> {
    let RawValue::Formatted(number, shown) = value else {
        return None;
    };
    shows_less(*number, shown).then(|| {
        Problem::new(
            Code::NumberForText,
            format!(
                "the cell holds the number {number}, of which its format shows only `{}`",
                words::excerpt(shown)
            ),
            "let the format show all digits, or type what is to be read as text",
        )
    })
}

/// Whether a number has more digits than are shown of it, before the point or behind.
fn shows_less(number: f64, shown: &str) -> bool {
    let scaled = if shown.contains('%') {
        number * 100.0
    } else {
        number
    };
    let behind = shown
        .rsplit_once(['.', ','])
        .map_or("", |(_, behind)| behind);
    let decimals = behind.chars().take_while(char::is_ascii_digit).count();
    let raised = scaled * 10_f64.powi(i32::try_from(decimals.min(20)).unwrap_or(0));
    let is_rounded = (raised - raised.round()).abs() > 1e-6 * raised.abs().max(1.0);
    let digits = shown.chars().filter(char::is_ascii_digit).count();
    let whole = format!("{:.0}", scaled.abs().trunc()).len();
    !shown.trim().is_empty() && (is_rounded || digits < whole)
}

/// Whether a cell holds the result of a formula that renews itself.
pub(super) fn renews_itself(value: &RawValue) -> bool {
    matches!(value, RawValue::Renewing { .. })
}

/// Findings for formulas that renew themselves under headings the tool does not know. They are common there (days
/// left, age of a backup): one finding for each column.
pub(super) fn renewing_extras(tables: &[Table]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for table in tables {
        for column in table.extras.keys() {
            let holding = table.rows.iter().filter(|(_, cells)| {
                let value = cells.get(column);
                value.is_some_and(renews_itself)
            });
            let rows: Vec<u32> = holding.map(|(row, _)| *row).collect();
            findings.extend(renewing_column(table, *column, &rows));
        }
    }
    findings
}

fn renewing_column(table: &Table, column: u32, rows: &[u32]) -> Option<Finding> {
    let heading = table.extras.get(&column)?;
    let message = format!(
        "{} under `{}` {} another value every time the workbook is opened, so {} not printed",
        words::count(rows.len(), "formula", "formulas"),
        words::excerpt(heading),
        if rows.len() == 1 { "gives" } else { "give" },
        if rows.len() == 1 { "it is" } else { "they are" },
    );
    let place = table.place.clone().cell(*rows.first()?, column);
    let finding = Finding::new(Code::RenewingFormula, message).at(&place);
    Some(finding.help("type the values themselves where they are to be printed"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_shows_less_where_digits_are_missing() {
        for (number, shown) in [(0.995, "100%"), (4.5, "5"), (1.234, "1.2"), (1.5e6, "2 M")] {
            assert!(shows_less(number, shown), "{shown}");
        }
        for (number, shown) in [
            (0.995, "99.5%"),
            (12.0, "Rack 012"),
            (11.0, "11.0"),
            (1234.5, "1.234,50"),
            (4.0, "4 h"),
            (0.07, "7%"),
            (5.0, ""),
        ] {
            assert!(!shows_less(number, shown), "{shown}");
        }
    }
}
