//! Microsoft's three worksheets exactly as published, in every language and translation.
//!
//! The texts are other people's and stay outside the repository: in `../shared/data`, or in the folder that
//! `RESTORE_PACKETS_PUBLISHED` names. Without them the test says that it was skipped; the texts the program knows are
//! tested beside it in any case.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::PathBuf;

use restore_packets::finding::{Code, Place, Severity};
use restore_packets::inventory::{self, Read};
use restore_packets::product::Product;
use restore_packets::workbook::{RawValue, Sheet};

/// Slot, then translation, then text.
type Texts = BTreeMap<String, BTreeMap<String, String>>;

fn texts(file: &str) -> Option<Texts> {
    let named = std::env::var_os("RESTORE_PACKETS_PUBLISHED").map(PathBuf::from);
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    let path = named.unwrap_or(beside).join(file);
    if !path.is_file() {
        // Past the test harness, which shows what a passing test prints to nobody.
        let _ = writeln!(io::stderr(), "skipped: there is no file {}", path.display());
        return None;
    }
    let text = std::fs::read_to_string(path).expect("the file can be read");
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let heads = reader.headers().expect("a first line").clone();
    let rows = reader.records().map(|row| row.expect("a line"));
    let slots = rows.map(|row| {
        let cells = heads.iter().zip(row.iter()).skip(2);
        let texts = cells.map(|(head, text)| (head.to_owned(), text.to_owned()));
        (row[1].to_owned(), texts.collect())
    });
    Some(slots.collect())
}

/// The table `name` of a translation: its title above it, its headings, its rows.
fn sheet(texts: &Texts, name: &str, section: &str, translation: &str) -> Sheet {
    let mut sheet = Sheet::new(Place::file("published.xlsx").sheet(name));
    let mut put = |row: u32, column: u32, text: &String| {
        let cells = sheet.rows.entry(row).or_default();
        cells.insert(column, RawValue::Text(text.clone()));
    };
    put(0, 0, &texts[&format!("{section}.section")][translation]);
    for column in 1..=7 {
        put(
            2,
            column - 1,
            &texts[&format!("{name}.col{column}")][translation],
        );
        for row in 1..=5 {
            if let Some(texts) = texts.get(&format!("{name}.row{row}.col{column}")) {
                put(row + 2, column - 1, &texts[translation]);
            }
        }
    }
    sheet
}

#[test]
fn the_worksheets_as_published_are_recognised_and_say_nothing_yet() {
    let Some(texts) = texts("worksheet-headings.csv") else {
        return;
    };
    for translation in texts["database.col1"].keys() {
        let sheets = [
            sheet(&texts, "database", "db", translation),
            sheet(&texts, "file-store", "fs", translation),
            sheet(&texts, "settings", "set", translation),
        ];
        let Read {
            inventory,
            tables,
            findings,
        } = inventory::read(&mut sheets.clone());
        let kinds: Vec<&str> = tables.iter().map(|table| table.kind.id.as_str()).collect();
        assert_eq!(
            kinds,
            ["database-backups", "file-store-backups", "settings-backups"],
            "{translation}"
        );
        for table in &tables {
            assert_eq!(
                (table.columns.len(), table.extras.len()),
                (7, 0),
                "{translation}"
            );
        }
        let databases = inventory
            .databases
            .iter()
            .map(|row| row.database.value.map(|name| name.id));
        let databases: Vec<&str> = databases.flatten().collect();
        assert_eq!(
            databases,
            [
                "rtc",
                "lcslog",
                "lcscdr",
                "qoemetrics",
                "mgc",
                "xds",
                "lis",
                "rgsconfig"
            ],
            "{translation}"
        );
        assert!(
            inventory
                .databases
                .iter()
                .all(|row| row.set.value.is_none()),
            "{translation}"
        );
        let store = &inventory.file_stores[0];
        assert_eq!(
            (&store.share.value, &store.tool.value),
            (&None, &None),
            "{translation}"
        );
        let codes: Vec<Code> = findings.iter().map(|finding| finding.code).collect();
        assert_eq!(codes, [Code::UndecidedTool], "{translation}: {findings:?}");
    }
}

#[test]
fn the_decision_table_as_published_means_the_built_in_rows() {
    let Some(texts) = texts("decision-table-names.csv") else {
        return;
    };
    let templates = restore_packets::template::builtin();
    let (built_in, _) = restore_packets::decisions::Table::read(
        Product::built_in(),
        &templates["decision-table.toml"],
    );
    for translation in texts["col1"].keys() {
        let mut sheet = Sheet::new(Place::file("published.xlsx").sheet("S"));
        for row in 0..=10_u32 {
            let slots = match row {
                0 => ["col1".to_owned(), "col2".to_owned()],
                row => [format!("row{row}.if"), format!("row{row}.see")],
            };
            let cells =
                (0..).zip(slots.map(|slot| RawValue::Text(texts[&slot][translation].clone())));
            sheet.rows.insert(row, cells.collect());
        }
        let read = inventory::read(&mut [sheet]);
        let rows = &read.inventory.decisions;
        let (own, more) = restore_packets::decisions::Table::of_worksheet(rows, &built_in);
        let findings = read.findings.iter().chain(&more);
        let mut errors = findings.filter(|finding| finding.severity != Severity::Info);
        assert_eq!(errors.next(), None, "{translation}");
        let ids = |table: &restore_packets::decisions::Table| {
            let rows = table.rows.iter();
            rows.map(|row| row.id.clone()).collect::<Vec<_>>()
        };
        assert_eq!(ids(&own), ids(&built_in), "{translation}");
    }
}
