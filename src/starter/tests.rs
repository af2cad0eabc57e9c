//! The sample uses known columns, and exercises what it is there to exercise.

use std::collections::BTreeSet;

use super::*;

/// The cells of some columns of a kind, without blanks, canonical.
fn cells(kind: &str, headings: &[&str]) -> BTreeSet<String> {
    let sheet = sheet(kind);
    let column = |heading: &&str| {
        let columns = &mut sheet.kind.columns.iter();
        columns
            .position(|column| column.heading == **heading)
            .unwrap()
    };
    let columns: Vec<_> = headings.iter().map(column).collect();
    let cells = sheet
        .rows
        .iter()
        .flat_map(|row| columns.iter().map(|at| &row[*at]));
    let canonical = cells.map(|cell| cell.trim_end_matches('.').to_lowercase());
    canonical.filter(|cell| !cell.is_empty()).collect()
}

fn sheet(kind: &str) -> Sheet {
    let mut sheets = sample().into_iter().flat_map(|file| file.sheets);
    sheets.find(|sheet| sheet.kind.id == kind).unwrap()
}

#[test]
fn every_table_of_the_sample_uses_known_columns() {
    for table in tables(&template::builtin()).unwrap() {
        let kind = Product::built_in().schema.kind(&table.kind).unwrap();
        for heading in &table.columns {
            let known = kind.column(heading).map(|column| &column.heading);
            assert_eq!(known, Some(heading), "{}", table.kind);
        }
        for row in &table.rows {
            assert!(row.len() <= table.columns.len(), "{}: {row:?}", table.kind);
        }
    }
}

#[test]
fn every_server_and_pool_that_is_named_has_a_row() {
    let servers = cells(SERVERS, &["Server FQDN"]);
    let pools = cells(POOLS, &["Pool FQDN"]);
    let stores = [
        "SQL Server FQDN",
        "Mirror SQL Server FQDN",
        "Witness FQDN",
        "Archiving SQL Server FQDN",
        "Monitoring SQL Server FQDN",
        "Persistent Chat SQL Server FQDN",
    ];
    assert!(cells(POOLS, &stores).is_subset(&servers));
    assert!(cells(SERVERS, &["Pool FQDN"]).is_subset(&pools));
    assert!(cells(POOLS, &["Backup pool FQDN", "Next hop pool FQDN"]).is_subset(&pools));
    let both: BTreeSet<_> = servers.union(&pools).cloned().collect();
    for kind in [DATABASE_BACKUPS, FILE_STORE_BACKUPS, SETTINGS_BACKUPS] {
        assert!(
            cells(kind, &["Server name (FQDN)"]).is_subset(&both),
            "{kind}"
        );
    }
    assert!(cells(CERTIFICATES, &["FQDN"]).is_subset(&both));
}

#[test]
fn the_sample_is_as_large_as_promised_and_has_its_gaps() {
    assert_eq!(cells(SERVERS, &["Server FQDN"]).len(), 30);
    assert_eq!(cells(POOLS, &["Pool FQDN"]).len(), 10);
    assert_eq!(cells(POOLS, &["Persistent Chat SQL instance"]).len(), 0);
    assert_eq!(cells(FILE_STORE_BACKUPS, &["Local path"]).len(), 4);
}

#[test]
fn both_deployment_sheets_list_every_setting() {
    let names: Vec<_> = Product::built_in()
        .schema
        .settings
        .iter()
        .map(|setting| &setting.name)
        .collect();
    for files in [blank(Product::built_in()), sample()] {
        let mut sheets = files.iter().flat_map(|file| &file.sheets);
        let sheet = sheets.find(|sheet| sheet.kind.id == DEPLOYMENT).unwrap();
        let listed: Vec<_> = sheet.rows.iter().map(|row| &row[0]).collect();
        assert_eq!(listed, names);
    }
}

#[test]
fn every_kind_but_the_decision_table_has_a_sheet() {
    let files = blank(Product::built_in());
    let sheets = files.iter().flat_map(|file| &file.sheets);
    let kinds: Vec<_> = sheets.map(|sheet| sheet.kind.id.as_str()).collect();
    let all = Product::built_in()
        .schema
        .kinds
        .iter()
        .map(|kind| kind.id.as_str());
    let expected: Vec<_> = all.filter(|id| *id != "decision-table").collect();
    assert_eq!(kinds, expected);
}

#[test]
fn the_project_file_is_toml() {
    let settings: BTreeMap<String, String> =
        data::parse(project_file(&template::builtin())).unwrap();
    assert_eq!(settings["as-of"], "2014-06-10");
}
