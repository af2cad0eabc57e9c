//! Takes the characters that this program keeps for itself out of everything a workbook says, whatever its format.
//!
//! See [`reserved`] for why.

use std::collections::BTreeMap;

use crate::finding::{Finding, Place};
use crate::text::reserved;

use super::{RawValue, Read, Sheet};

/// Replaces them in names, values and findings, with a finding at each cell and each sheet.
pub(super) fn replace(read: &mut Read) {
    let mut findings = Vec::new();
    for sheet in &mut read.sheets {
        in_sheet(sheet, &mut findings);
    }
    for finding in &mut read.findings {
        in_finding(finding);
    }
    read.findings.append(&mut findings);
}

fn in_sheet(sheet: &mut Sheet, findings: &mut Vec<Finding>) {
    if let Some(mark) = in_place(&mut sheet.place) {
        findings.push(reserved::found("the sheet's name", mark, &sheet.place));
    }
    in_cells(&mut sheet.rows, &sheet.place, findings);
}

fn in_cells(
    rows: &mut BTreeMap<u32, BTreeMap<u32, RawValue>>,
    sheet: &Place,
    findings: &mut Vec<Finding>,
) {
    for (row, cells) in rows {
        for (column, value) in cells {
            let (RawValue::Text(text) | RawValue::Error(text) | RawValue::Uncached(text)) = value
            else {
                continue;
            };
            if let Some(mark) = reserved::replace(text) {
                let place = sheet.clone().cell(*row, *column);
                findings.push(reserved::found("this cell", mark, &place));
            }
        }
    }
}

/// A reader's own finding may quote what it read.
fn in_finding(finding: &mut Finding) {
    reserved::replace(&mut finding.message);
    finding.help.as_mut().map(reserved::replace);
    finding.place.as_mut().map(in_place);
}

/// The sheet's name; the file's has none of them any more.
fn in_place(place: &mut Place) -> Option<char> {
    let sheet = place.in_sheet()?;
    let mark = reserved::first(sheet)?;
    let readable = reserved::replaced(sheet);
    *place = place.clone().sheet(&*readable);
    Some(mark)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Code;
    use crate::text::seal;
    use proptest::prelude::*;

    fn text(value: &RawValue) -> String {
        match value {
            RawValue::Text(text) | RawValue::Error(text) | RawValue::Uncached(text) => text.clone(),
            other => format!("{other:?}"),
        }
    }

    proptest! {
        #[test]
        fn nothing_is_left_of_them_and_each_cell_is_named(
            marks in prop::collection::vec(0x10_0000_u32..0x10_0200, 1..6), row in 0..9_u32,
        ) {
            let marks: String = marks.into_iter().filter_map(char::from_u32).collect();
            let place = Place::file("a.xlsx").sheet(format!("S{marks}"));
            let mut sheet = Sheet::new(place.clone());
            let values = [RawValue::Text(marks.clone()), RawValue::Error(marks.clone()), RawValue::Uncached(format!("x{marks}"))];
            sheet.rows.insert(row, (0..).zip(values).collect());
            let quoted = Finding::new(Code::UnknownSheet, &marks).at(&place).help(&marks);
            let mut read = Read { sheets: vec![sheet], findings: vec![quoted] };
            replace(&mut read);
            let said = read.findings.iter().map(|it| it.message.clone() + it.help.as_deref().unwrap_or_default());
            let names = read.findings.iter().filter_map(|it| it.place.as_ref()?.in_sheet());
            let texts = read.sheets[0].rows.values().flat_map(|cells| cells.values()).map(text);
            let all = said.chain(names.map(str::to_owned)).chain(texts).collect::<String>();
            prop_assert!(!seal::is_sealed(&all));
            let codes = read.findings.iter().filter(|it| it.code == Code::PrivateCharacter);
            prop_assert_eq!(codes.count(), 4);
        }
    }
}
