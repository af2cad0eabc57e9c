//! Sheets as people keep them: titles, several tables, shuffled and repeated headings.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::finding::Place;
use crate::product::Product;
use crate::workbook::Region;

/// A sheet with these rows from A1 on; empty texts are no cells.
fn sheet(rows: &[&[&str]]) -> Sheet {
    let mut sheet = Sheet::new(Place::file("a.xlsx").sheet("S"));
    for (row, texts) in (0..).zip(rows) {
        let cells = (0..).zip(*texts).filter(|(_, text)| !text.is_empty());
        let cells: BTreeMap<u32, RawValue> = cells
            .map(|(column, text)| (column, RawValue::Text((*text).to_owned())))
            .collect();
        if !cells.is_empty() {
            sheet.rows.insert(row, cells);
        }
    }
    sheet
}

/// Merges cells of one row, as the reader does: the value counts for the whole region.
fn merge(sheet: &mut Sheet, row: u32, columns: (u32, u32)) {
    let value = sheet.value(row, columns.0).cloned().unwrap();
    let cells = sheet.rows.get_mut(&row).unwrap();
    cells.extend((columns.0..=columns.1).map(|column| (column, value.clone())));
    sheet.layout.merged.push(Region {
        first: (row, columns.0),
        last: (row, columns.1),
    });
}

fn recognise(sheet: &Sheet) -> (Vec<Table>, Vec<Code>) {
    let (tables, findings) = tables(std::slice::from_ref(sheet), Product::built_in());
    (
        tables,
        findings.into_iter().map(|finding| finding.code).collect(),
    )
}

fn column(table: &Table, heading: &str) -> Option<u32> {
    table.columns.get(heading).copied()
}

#[test]
fn headings_may_stand_in_two_rows_below_a_title() {
    let mut sheet = sheet(&[
        &["Servers of Contoso", "", "", "", "", ""],
        &["Server", "Role", "SQL Server", "", "", "Pool"],
        &["FQDN", "", "version", "edition", "instance", "(FQDN)"],
        &[
            "sql01.contoso.com",
            "Back End",
            "11.0",
            "Standard",
            "rtc",
            "",
        ],
    ]);
    merge(&mut sheet, 0, (0, 5));
    merge(&mut sheet, 1, (2, 4));
    let (tables, codes) = recognise(&sheet);
    assert_eq!((tables.len(), codes), (1, vec![]));
    let table = &tables[0];
    assert_eq!((table.kind.id.as_str(), table.heading_row), ("servers", 2));
    let expected = [
        ("Pool FQDN", 5),
        ("Role", 1),
        ("SQL Server edition", 3),
        ("SQL Server version", 2),
        ("SQL instance", 4),
        ("Server FQDN", 0),
    ];
    assert_eq!(table.columns, expected.into());
    assert_eq!(table.usage.above, 2);
}

#[test]
fn data_below_one_row_of_headings_are_no_second_row() {
    let (tables, codes) = recognise(&sheet(&[
        &["Server FQDN", "Role", "SQL"],
        &["fe01.contoso.com", "Director", "instance"],
    ]));
    assert_eq!((tables[0].heading_row, tables[0].rows.len()), (0, 1));
    assert_eq!((tables.len(), codes), (1, vec![]));
}

#[test]
fn a_second_table_has_columns_of_its_own() {
    let (tables, codes) = recognise(&sheet(&[
        &["Server FQDN", "Role", "Site"],
        &["fe01.contoso.com", "Front End", "Redmond"],
        &["Seattle"],
        &["Site", "Server", "Role"],
        &["Seattle", "fe02.contoso.com", "Front End"],
        &[],
        &["Server FQDN", "Role", "Site"],
        &["", "fe03.contoso.com", "Front End"],
        &["Pool", "Pool type"],
        &["pool01.contoso.com", "Front End"],
    ]));
    let kinds: Vec<_> = tables
        .iter()
        .map(|it| (it.kind.id.as_str(), it.heading_row))
        .collect();
    assert_eq!(
        kinds,
        [("servers", 0), ("servers", 3), ("servers", 6), ("pools", 8)]
    );
    assert_eq!(column(&tables[1], "Server FQDN"), Some(1));
    assert_eq!(tables[0].usage.titles, 1);
    assert_eq!(codes, [Code::TitleRow]);
}

#[test]
fn repeated_headings_continue_their_table_in_any_language() {
    let (tables, codes) = recognise(&sheet(&[
        &[
            "Database",
            "Server name (FQDN)",
            "Database backup tool",
            "Backup set",
            "Backup destination",
            "Backup schedule",
        ],
        &["Rtc", "pool01.contoso.com", "Export-CsUserData"],
        &[
            "Datenbank",
            "Servername (FQDN)",
            "Datenbanksicherungstool",
            "Sicherungssatz",
            "Datensicherungsziel",
            "Sicherungsplan",
        ],
        &["LcsLog", "sql01.contoso.com", "SQL"],
        &["Database", "Server name (FQDN)"],
        &[
            "Xds",
            "pool01.contoso.com",
            "",
            "",
            "",
            "",
            "a value without a heading",
        ],
    ]));
    assert_eq!((tables.len(), tables[0].rows.len()), (1, 3));
    assert_eq!(tables[0].usage.repeated, 2);
    assert_eq!(tables[0].extras, [(6, "Column G".to_owned())].into());
    // Of three rows only one has it, so it may have moved there.
    assert_eq!(codes, [Code::OddValue, Code::ExtraColumn]);
}

#[test]
fn titles_and_remarks_are_told_from_data() {
    let mut servers = sheet(&[
        &["Server FQDN", "Role"],
        &["fe01.contoso.com", "Front End"],
        &["Site Seattle", ""],
        &["fe02.contoso.com"],
        &["* checked in June"],
        &["Pools"],
        &["Pool FQDN", "Pool type"],
        &["pool01.contoso.com", "Front End"],
    ]);
    merge(&mut servers, 2, (0, 1));
    let (tables, codes) = recognise(&servers);
    let rows: Vec<u32> = tables[0].rows.keys().copied().collect();
    assert_eq!((rows, tables[0].usage.titles), (vec![1, 3], 3));
    assert_eq!(codes, [Code::TitleRow]);

    let (tables, codes) = recognise(&sheet(&[
        &["Responsibility", "Name"],
        &["SQL Server", "Ann"],
        &["Vendor support"],
        &["Item", "Location"],
        &["Windows Server", "shelf"],
    ]));
    assert_eq!((tables[0].rows.len(), tables[1].rows.len()), (2, 1));
    assert_eq!(codes, []);
}

#[test]
fn a_heading_that_says_fqdn_is_preferred_and_the_other_reported() {
    let (tables, codes) = recognise(&sheet(&[
        &["Server", "Role", "FQDN", "Role"],
        &["FE01", "Front End", "fe01.contoso.com", "Director"],
    ]));
    assert_eq!(column(&tables[0], "Server FQDN"), Some(2));
    assert_eq!(column(&tables[0], "Role"), Some(1));
    assert_eq!(codes, [Code::DuplicateColumn; 2]);
}

#[test]
fn a_table_without_its_key_costs_only_itself() {
    let (tables, codes) = recognise(&sheet(&[
        &["Pool FQDN", "Pool type"],
        &["pool01.contoso.com", "Front End"],
        &["Operating system", "Lync version", "Owner", "SQL instance"],
        &["2012", "5.0", "IT", "rtc"],
    ]));
    assert_eq!((tables.len(), tables[0].rows.len()), (1, 1));
    assert_eq!(codes, [Code::MissingColumn]);
}

/// Texts that make headings, titles, data and noise likely.
fn words() -> impl Strategy<Value = &'static str> {
    let headings = Product::built_in().schema.kinds.iter().flat_map(|kind| {
        let keys = kind.columns.iter().take(4);
        keys.map(|column| column.heading.as_str())
    });
    let mut words: Vec<&'static str> = headings.collect();
    words.extend([
        "",
        "",
        "",
        "",
        "",
        "fe01.contoso.com",
        "Front End",
        "\u{a0}",
        "x",
        "SQL Server",
        "A remark",
        "*",
    ]);
    proptest::sample::select(words)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_filled_cell_is_used_carried_or_accounted_for(
        rows in proptest::collection::vec(proptest::collection::vec(words(), 5), 1..14),
        merged in proptest::option::of((0_u32..14, 0_u32..3)),
    ) {
        let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
        let mut sheet = sheet(&rows);
        if let Some((row, column)) = merged && sheet.value(row, column).is_some() {
            merge(&mut sheet, row, (column, column + 2));
        }
        let (tables, findings) = tables(std::slice::from_ref(&sheet), Product::built_in());
        for table in &tables {
            let known: BTreeSet<u32> = table.columns.values().chain(table.extras.keys()).copied().collect();
            for (row, cells) in &table.rows {
                prop_assert_eq!(sheet.rows.get(row), Some(cells));
                prop_assert!(cells.keys().all(|column| known.contains(column)));
            }
        }
        let refused = findings.iter().any(|finding| match finding.code {
            Code::UnknownSheet | Code::AmbiguousSheet | Code::TransposedSheet => true,
            Code::MissingColumn => finding.message.contains("none of its rows"),
            _ => false,
        });
        let counted = |table: &Table| {
            let usage = table.usage;
            1 + table.rows.len() + table.unfit.len() + usage.above + usage.blank + usage.repeated + usage.titles
        };
        let total: usize = tables.iter().map(counted).sum();
        prop_assert!(refused || total == sheet.rows.len() || sheet.rows.is_empty(), "{} of {}", total, sheet.rows.len());
    }
}
