//! Copies, taken apart again; what the values become is read back with the program's own reader.

use std::sync::Arc;

use jiff::civil::date;

use super::super::unzip::Parts;
use super::*;
use crate::finding::{Code, Place};
use crate::workbook::{RawValue, Region, read};

fn text(text: &str) -> RawValue {
    RawValue::Text(text.into())
}

fn sheet(cells: Vec<(u32, u32, RawValue)>) -> Sheet {
    let mut sheet = Sheet::new(Place::file("a.xlsx").sheet("Old"));
    for (row, column, value) in cells {
        sheet.rows.entry(row).or_default().insert(column, value);
    }
    sheet
}

fn copy(sheet: &Sheet, heading_row: Option<u32>, findings: &[Finding]) -> Vec<u8> {
    let page = Page {
        sheet,
        name: "Old".into(),
        heading_row,
        findings: findings.iter().collect(),
    };
    annotated(&[page], date(2014, 6, 10)).unwrap()
}

#[test]
fn every_value_comes_back_from_its_own_cell() {
    let day = date(2014, 5, 1).at(0, 0, 0, 0);
    let original = sheet(vec![
        (0, 3, text("=1+1")),
        (2, 0, text("00123")),
        (2, 1, RawValue::Number(11.5)),
        (2, 2, RawValue::Bool(true)),
        (2, 4, RawValue::Date(day)),
        (
            2,
            5,
            RawValue::Date(day.with().hour(22).minute(30).build().unwrap()),
        ),
        (3, 1, text(" two\nlines _x0041_ <&> 東京\u{a0}")),
        (900, 40, text(&"x".repeat(32_767))),
    ]);
    let bytes = copy(&original, None, &[]);
    let again = read(&Arc::from("a.xlsx"), &bytes);
    let codes: Vec<Code> = again.findings.iter().map(|it| it.code).collect();
    assert_eq!(codes, [Code::OwnOutput]);
    assert_eq!(again.sheets[0].rows, original.rows);
}

#[test]
fn what_is_no_value_is_written_as_its_text() {
    let original = sheet(vec![
        (0, 0, RawValue::Error("#REF!".into())),
        (0, 1, RawValue::Uncached("A1&B1".into())),
        (0, 2, RawValue::Number(f64::INFINITY)),
        (0, 3, RawValue::Date(date(1850, 1, 2).at(0, 0, 0, 0))),
        (0, 4, text(&"東".repeat(40_000))),
    ]);
    let parts = Parts::of(&copy(&original, None, &[]));
    let texts = parts.strings_of(1);
    assert_eq!(
        texts[..4],
        ["#REF!", "=A1&B1", "inf", "1850-01-02T00:00:00"]
    );
    assert_eq!(texts[4].chars().count(), 32_767);
    assert!(!parts.sheet(1).contains("<f>"));
}

#[test]
fn a_marked_cell_has_a_border_a_fill_and_a_note_blank_or_not() {
    let original = sheet(vec![(1, 1, text("Role")), (2, 1, text("x"))]);
    let at = |row, column| original.place.clone().cell(row, column);
    let findings = [
        Finding::new(Code::ExtraColumn, "sheet").at(&original.place),
        Finding::new(Code::UnusedRow, "row").at(&original.place.clone().row(2)),
        Finding::new(Code::BadDate, "no\u{7} date")
            .at(&at(2, 6))
            .help("write it"),
    ];
    let parts = Parts::of(&copy(&original, Some(1), &findings));
    let notes = parts.part("xl/comments1.xml");
    for cell in ["A1", "B3", "G3"] {
        assert!(notes.contains(&format!("ref=\"{cell}\"")), "{notes}");
        assert!(parts.sheet(1).contains(&format!("r=\"{cell}\"")));
    }
    assert!(notes.contains("ERROR[bad-date]: no␇ date\nHelp: write it"));
    assert!(parts.sheet(1).contains("topLeftCell=\"A3\""));
    let styles = parts.part("xl/styles.xml");
    for mark in ["thick", "mediumDashed", "dotted", "FFFDD5DA"] {
        assert!(styles.contains(mark), "{mark}");
    }
}

#[test]
fn a_note_never_outgrows_its_bound() {
    let original = sheet(vec![(0, 0, text("x"))]);
    let at = original.place.clone().cell(0, 0);
    let found = |length| Finding::new(Code::BadDate, "m".repeat(length)).at(&at);
    let many: Vec<_> = (0..200).map(|_| found(90)).collect();
    for (findings, end) in [
        (many, "more: see findings.xlsx"),
        (vec![found(40_000)], "…"),
    ] {
        let parts = Parts::of(&copy(&original, None, &findings));
        let notes = parts.part("xl/comments1.xml");
        assert!(notes.len() < LONGEST_NOTE + 1_500, "{}", notes.len());
        assert!(notes.contains(&format!("{end}</t>")));
    }
}

#[test]
fn cells_that_only_show_a_merged_value_are_blank_as_in_the_file() {
    let mut original = sheet(vec![
        (1, 0, text("North")),
        (2, 0, text("North")),
        (3, 0, text("own")),
        (2, 1, text("fe02")),
    ]);
    original.layout.merged = vec![Region {
        first: (1, 0),
        last: (3, 0),
    }];
    let place = original.place.clone().cell(2, 0);
    let findings = [Finding::new(Code::BadDate, "m").at(&place)];
    let bytes = copy(&original, None, &findings);
    let again = read(&Arc::from("a.xlsx"), &bytes).sheets.remove(0);
    assert_eq!(again.value(1, 0), Some(&text("North")));
    assert_eq!(again.value(2, 0), None);
    assert_eq!(again.value(3, 0), Some(&text("own")));
    let parts = Parts::of(&bytes);
    assert!(
        parts
            .part("xl/comments1.xml")
            .contains("merged cells A2:A4.")
    );
}
