//! Rows of sums below a table: marked as such in the workbook, or known by a word for it and by numbers alone beside it.
//! Such a row is no record.

use std::collections::{BTreeMap, BTreeSet};

use crate::finding::{Code, Finding, words};
use crate::workbook::{RawValue, Sheet};

use super::cell_words::{self, Meaning};
use super::text::text_of;

/// Whether a row says "total" and holds beside it only numbers and formulas, if anything.
pub(super) fn is_total(cells: &BTreeMap<u32, RawValue>) -> bool {
    let mut named = false;
    let mut filled = cells.values().filter(|value| !text_of(value).is_empty());
    let fits = filled.all(|value| {
        let is_name = is_total_word(value);
        named |= is_name;
        is_name || is_sum(value)
    });
    fits && named
}

/// `Total`, `Total:`, and `Total servers: 5` in one cell.
fn is_total_word(value: &RawValue) -> bool {
    let RawValue::Text(text) = value else {
        return false;
    };
    let text = text.trim();
    let (label, sum) = text
        .split_once([':', '=', '(', '\u{ff1a}'])
        .unwrap_or((text, ""));
    let label = label.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ');
    let is_number =
        sum.trim().is_empty() || sum.trim_start().starts_with(|c: char| c.is_ascii_digit());
    is_number && cell_words::is(Meaning::Total, label)
}

fn is_sum(value: &RawValue) -> bool {
    match value {
        RawValue::Number(_)
        | RawValue::Formatted(..)
        | RawValue::Uncached(_)
        | RawValue::Error(_) => true,
        RawValue::Text(text) => {
            let digits = text.trim().trim_end_matches(['%', ' ', 'h']);
            digits.parse::<f64>().is_ok()
        }
        _ => false,
    }
}

/// One finding for all rows of sums of a sheet.
pub(super) fn report(sheet: &Sheet, rows: &BTreeSet<u32>) -> Option<Finding> {
    let first = rows.first()?;
    let cells = sheet.rows.get(first);
    let mut values = cells.into_iter().flat_map(BTreeMap::values);
    let word = values.find(|value| is_total_word(value)).map(text_of);
    let word = word.map_or_else(
        || "the mark of the table itself".to_owned(),
        |word| format!("`{}`", words::excerpt(&word)),
    );
    let message = match rows.len() {
        1 => format!("{word} makes this a totals row; nothing was read from it"),
        _ => format!(
            "rows {} are totals rows, as {word} says; nothing was read from them",
            words::ranges(rows, |row| (u64::from(row) + 1).to_string())
        ),
    };
    Some(
        Finding::new(Code::TitleRow, message)
            .at(&sheet.place.clone().row(*first))
            .help("if the row is a record, write its full name; a worksheet needs no totals"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(texts: &[&str]) -> BTreeMap<u32, RawValue> {
        let texts = texts.iter().map(|text| match text.parse() {
            Ok(number) => RawValue::Number(number),
            Err(_) => RawValue::Text((*text).to_owned()),
        });
        (0..).zip(texts).collect()
    }

    #[test]
    fn a_total_is_a_word_and_sums() {
        let totals: [&[&str]; 8] = [
            &["Total", "5"],
            &["Summe:", "", "5"],
            &["", "合計", "12", "3"],
            &["Total servers: 5 servers"],
            &["Grand Total", "5", "Total", "7.5"],
            &["Всего", "12 %"],
            &["TOTAL"],
            &["Anzahl", "5"],
        ];
        for texts in totals {
            assert!(is_total(&row(texts)), "{texts:?}");
        }
        let records: [&[&str]; 6] = [
            &["total01.contoso.com", "5"],
            &["Total", "Front End Server"],
            &["Total", "5", "pool01.contoso.com"],
            &["fe01", "5"],
            &["", "5", "7"],
            &["Summer", "5"],
        ];
        for texts in records {
            assert!(!is_total(&row(texts)), "{texts:?}");
        }
    }
}
