//! Nothing unread: every column of every kind ends up in a record, and so does every column nobody knows.

use super::*;
use crate::finding::Place;
use crate::product::Product;
use crate::product::schema::{Column, Kind};
use crate::workbook::RawValue;

/// A text for a cell that lets its row be used, and that no other cell has.
fn text(kind: &Kind, column: &Column, number: usize) -> String {
    match column.heading.as_str() {
        "Setting" => "Organization".to_owned(),
        "Database" if kind.id == schema::SETTINGS_BACKUPS => "Xds".to_owned(),
        "Database" => "Rtc".to_owned(),
        _ if column.heading.ends_with("FQDN") || column.heading.ends_with("(FQDN)") => {
            format!("cell{number}.contoso.com")
        }
        _ => format!("cell{number}"),
    }
}

/// A sheet of the kind with one row, and one column that no kind knows.
fn sheet(kind: &Kind) -> (Sheet, Vec<String>) {
    let mut sheet = Sheet::new(Place::file("a.xlsx").sheet("S"));
    let texts: Vec<String> = (0..)
        .zip(&kind.columns)
        .map(|(number, column)| text(kind, column, number))
        .collect();
    let headings = kind.columns.iter().map(|column| column.heading.clone());
    for (row, texts) in [
        (0, headings.chain(["Colour".into()]).collect()),
        (1, [texts.clone(), vec!["sky blue".into()]].concat()),
    ] {
        let texts: Vec<String> = texts;
        let cells = (0..).zip(texts.into_iter().map(RawValue::Text));
        sheet.rows.insert(row, cells.collect());
    }
    (sheet, texts)
}

#[test]
fn every_cell_of_every_kind_is_in_a_record_or_reported() {
    for kind in &Product::built_in().schema.kinds {
        let (sheet, texts) = sheet(kind);
        let read = read(&mut [sheet]);
        let records = format!("{:?}", read.inventory);
        assert_eq!(read.tables[0].usage.used, 1, "{}", kind.id);
        for (column, text) in kind.columns.iter().zip(texts) {
            assert!(records.contains(&text), "{}: {}", kind.id, column.heading);
        }
        let reported = read
            .findings
            .iter()
            .find(|it| it.message.contains("Colour"));
        let fate = &reported.unwrap().message;
        let is_carried = records.contains("sky blue");
        assert_eq!(
            fate.contains("carried as extra facts"),
            is_carried,
            "{}",
            kind.id
        );
        assert_eq!(fate.contains("not used"), !is_carried, "{}", kind.id);
    }
}
