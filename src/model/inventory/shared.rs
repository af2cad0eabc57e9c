//! What two rows cannot both have: one file for two exports or two certificates, one folder for two shares.
//!
//! One of the two cells is a slip, and nothing says which: a restore from either would bring back what belongs to
//! another pool. So neither is used, and both are named.

use std::collections::BTreeMap;

use crate::finding::{Code, Finding, words};

use super::Inventory;
use super::backup::{DatabaseBackup, FileStoreBackup, Tool};
use super::certificate::Certificate;
use crate::rows::field::Field;
use crate::rows::path::FilePath;

/// Takes out the paths that two rows claim for different things.
pub(super) fn withdraw(inventory: &mut Inventory, findings: &mut Vec<Finding>) {
    exports(&mut inventory.databases, findings);
    let stores = &mut inventory.file_stores;
    let destination = |row: &FileStoreBackup| Some(key(row.destination.value.as_ref()?));
    shares(stores, destination, |row| &mut row.destination, findings);
    let local = |row: &FileStoreBackup| {
        let path = key(row.local_path.value.as_ref()?);
        Some(format!("{} {path}", row.server.value.as_ref()?))
    };
    shares(stores, local, |row| &mut row.local_path, findings);
    certificates(&mut inventory.certificates, findings);
}

/// One file holds one certificate with its key.
fn certificates(rows: &mut [Certificate], findings: &mut Vec<Finding>) {
    let mut claims: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, row) in rows.iter().enumerate() {
        let text = row.backup.value.as_deref().unwrap_or_default();
        let file = FilePath::parse(text).ok().filter(FilePath::has_extension);
        if let Some(file) = file.filter(|_| row.thumbprint.value.is_some()) {
            claims.entry(key(&file)).or_default().push(index);
        }
    }
    let what = |row: &Certificate| {
        let digits = row.thumbprint.text.chars().filter(char::is_ascii_hexdigit);
        digits.collect::<String>().to_lowercase()
    };
    for claim in claims.values() {
        for (index, other) in contradictions(rows, claim, what) {
            let (named, place) = (rows[other].name.text.clone(), rows[other].row.to_string());
            findings.push(said(&rows[index].backup, &named, &place));
            rows[index].backup.value = None;
        }
    }
}

/// Windows does not tell letters by their case.
fn key(path: &FilePath) -> String {
    path.to_string().to_lowercase()
}

/// An export is a file of its own. One file of SQL Server may hold the backups of several databases, but of one server.
fn exports(rows: &mut [DatabaseBackup], findings: &mut Vec<Finding>) {
    let is_sql = |row: &DatabaseBackup| row.tool.value == Some(Tool::Sql);
    let mut claims: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, row) in rows.iter().enumerate() {
        if let Some(file) = row.location() {
            claims.entry(key(&file)).or_default().push(index);
        }
    }
    for claim in claims.values() {
        let is_of_sql = claim.iter().all(|index| is_sql(&rows[*index]));
        let what = |row: &DatabaseBackup| {
            let database = row.database.value.filter(|_| !is_of_sql);
            (database, row.server.value.clone())
        };
        let names = |row: &DatabaseBackup| {
            let parts = [&row.database.text, &row.server.text];
            parts.map(String::as_str).join(" of ")
        };
        for (index, other) in contradictions(rows, claim, what) {
            let (named, place) = (names(&rows[other]), rows[other].row.clone());
            let row = &mut rows[index];
            let cell = [&row.file, &row.destination]
                .into_iter()
                .find(|it| !it.is_blank());
            if let Some(cell) = cell {
                findings.push(said(cell, &named, &place.to_string()));
            }
            // What the cells say besides could name another file, and be as wrong.
            row.file.value = None;
            row.destination.value = None;
            if let Some(set) = &mut row.set.value {
                set.name = None;
            }
        }
    }
}

/// A folder that holds one share's content holds no other's.
fn shares(
    rows: &mut [FileStoreBackup],
    claimed: impl Fn(&FileStoreBackup) -> Option<String>,
    cell: impl Fn(&mut FileStoreBackup) -> &mut Field<FilePath>,
    findings: &mut Vec<Finding>,
) {
    let mut claims: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, row) in rows.iter().enumerate() {
        if let Some(path) = claimed(row) {
            claims.entry(path).or_default().push(index);
        }
    }
    let what = |row: &FileStoreBackup| row.share.value.as_ref().map(key);
    for claim in claims.values() {
        for (index, other) in contradictions(rows, claim, what) {
            let (named, place) = (rows[other].share.text.clone(), rows[other].row.to_string());
            let cell = cell(&mut rows[index]);
            findings.push(said(cell, &named, &place));
            cell.value = None;
        }
    }
}

/// The rows of a claim that are about different things, each with another one of them.
fn contradictions<T, W: PartialEq>(
    rows: &[T],
    claim: &[usize],
    what: impl Fn(&T) -> W,
) -> Vec<(usize, usize)> {
    let other = |index: usize| {
        let mut others = claim.iter().copied();
        others.find(|other| what(&rows[*other]) != what(&rows[index]))
    };
    let found = claim
        .iter()
        .filter_map(|index| Some((*index, other(*index)?)));
    found.collect()
}

fn said<T>(cell: &Field<T>, other: &str, place: &str) -> Finding {
    let message = format!(
        "`{}` is also the place of `{}` ({place}), so neither is used",
        words::excerpt(&cell.text),
        words::excerpt(other)
    );
    Finding::new(Code::SharedPlace, message)
        .at(&cell.place)
        .help("look which of the two lies there, and correct the other row")
}
