//! Rows that stand twice: in a file and its copy, or in one sheet.
//!
//! Entry point: [`settle`]. Each row counts once. Where two rows of one name contradict each other, neither value is
//! used; two files that hold the same rows are one finding, whatever the number of rows.

mod marks;
mod pair;
mod row;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::finding::{Code, Finding};

use super::table::Table;
use crate::product::schema::{POOLS, SERVERS};
use pair::{Differing, Pair};
use row::{At, Difference, differences, identity};

/// Takes rows that stand twice out of the tables, and marks the cells in which they contradict each other.
pub(super) fn settle(tables: &mut [Table], findings: &mut Vec<Finding>) {
    let mut pairs: BTreeMap<[Arc<str>; 2], Pair> = BTreeMap::new();
    for rows in alike(tables) {
        for [first, second] in in_files(tables, &rows) {
            merge(tables, first, second, &mut pairs);
        }
        let first = rows[0];
        let is_one_a_name = [SERVERS, POOLS].contains(&tables[first.table].kind.id.as_str());
        for second in rows.iter().skip(1).filter(|_| is_one_a_name) {
            if is_there(tables, *second) && path(tables, first) == path(tables, *second) {
                let differing = differences(tables, first, *second);
                findings.push(duplicate(tables, *second, first, &differing));
                contradict(tables, first, &differing);
                take_out(tables, *second);
            }
        }
    }
    for (files, mut pair) in pairs {
        pair.add_what_one_lacks(tables, &files);
        if pair::is_empty(tables, &files[1]) {
            // What a copy's headings and titles are like has been said of the file itself.
            let is_of_copy = |it: &Finding| it.place.as_ref().is_some_and(|it| it.path == files[1]);
            findings.retain(|it| {
                it.code.severity() == crate::finding::Severity::Error || !is_of_copy(it)
            });
        }
        findings.push(pair.finding(&files));
    }
}

/// The rows about one thing each, where there are several: those of files that are no copies first.
fn alike(tables: &[Table]) -> Vec<Vec<At>> {
    let mut found: BTreeMap<(&str, Vec<String>), Vec<At>> = BTreeMap::new();
    for (position, table) in tables.iter().enumerate() {
        for number in table.rows.keys() {
            if let Some(key) = identity(table, *number) {
                let at = At {
                    table: position,
                    row: *number,
                };
                found
                    .entry((table.kind.id.as_str(), key))
                    .or_default()
                    .push(at);
            }
        }
    }
    let mut several: Vec<Vec<At>> = found.into_values().filter(|rows| rows.len() > 1).collect();
    for rows in &mut several {
        rows.sort_by_key(|at| (plainness(path(tables, *at)), path(tables, *at), *at));
    }
    several
}

/// How plain a file's name is, the plainest first: whether it says that it is a copy, how deep it lies, how much was
/// added to the name. `servers.xlsx` counts before `servers 2014-06-10.xlsx` and `backup/servers.xlsx`.
fn plainness(path: &str) -> (bool, usize, usize) {
    (marks::is_copy(path), path.matches('/').count(), path.len())
}

/// Each row of a later file beside the row of the first file that it repeats: an equal one if there is one.
fn in_files(tables: &[Table], rows: &[At]) -> Vec<[At; 2]> {
    let (first, mut others): (Vec<At>, Vec<At>) = rows
        .iter()
        .partition(|at| path(tables, **at) == path(tables, rows[0]));
    let files: BTreeSet<&str> = others.iter().map(|at| path(tables, *at)).collect();
    let mut pairs = Vec::new();
    for file in files {
        let mut free = first.clone();
        let (mut here, rest): (Vec<At>, Vec<At>) =
            others.iter().partition(|at| path(tables, **at) == file);
        here.retain(|second| {
            let equal = free
                .iter()
                .position(|it| differences(tables, *it, *second).is_empty());
            pairs.extend(equal.map(|position| [free.remove(position), *second]));
            equal.is_none()
        });
        pairs.extend(
            free.into_iter()
                .zip(here)
                .map(|(first, second)| [first, second]),
        );
        others = rest;
    }
    pairs
}

fn merge(tables: &mut [Table], first: At, second: At, pairs: &mut BTreeMap<[Arc<str>; 2], Pair>) {
    let differing = differences(tables, first, second);
    let files = [first, second].map(|at| Arc::clone(&tables[at.table].place.path));
    let pair = pairs.entry(files).or_default();
    pair.shared += 1;
    if !differing.is_empty() {
        pair.is_contradicted = true;
        pair.differing
            .push(Differing::of(tables, first, second, &differing));
        contradict(tables, first, &differing);
    }
    take_out(tables, second);
}

/// Marks the cells of a row whose values are not to be used.
fn contradict(tables: &mut [Table], at: At, differing: &[Difference]) {
    let table = &mut tables[at.table];
    for difference in differing {
        let of_row = table.contradicted.entry(at.row).or_default();
        of_row.insert(difference.heading.clone(), difference.either());
    }
}

fn take_out(tables: &mut [Table], at: At) {
    let table = &mut tables[at.table];
    table.rows.remove(&at.row);
    table.usage.copied += 1;
}

fn is_there(tables: &[Table], at: At) -> bool {
    tables[at.table].rows.contains_key(&at.row)
}

fn path(tables: &[Table], at: At) -> &str {
    &tables[at.table].place.path
}

/// Two rows of one sheet or file about one server or pool.
fn duplicate(tables: &[Table], at: At, first: At, differing: &[Difference]) -> Finding {
    let table = &tables[at.table];
    let what = if table.kind.id == SERVERS {
        "server"
    } else {
        "pool"
    };
    let heading = table.kind.columns[0].heading.as_str();
    let texts = row::texts(table, at.row);
    let name = texts.get(heading).map_or("", String::as_str);
    let said: Vec<String> = differing.iter().map(Difference::said).collect();
    let message = match said.as_slice() {
        [] => format!("the {what} `{name}` has a row already; this one does not count"),
        said => format!(
            "the {what} `{name}` has a row already, and they contradict each other, so that neither value is used: {}",
            said.join("; ")
        ),
    };
    let column = table.columns.get(heading).copied().unwrap_or(0);
    let before = tables[first.table].place.clone().cell(first.row, column);
    let finding = Finding::new(Code::Duplicate, message)
        .at(&table.place.clone().cell(at.row, column))
        .help(format!(
            "delete one of the two rows; the first stands in {before}"
        ));
    let subjects = pair::subjects(table, at.row).into_iter();
    subjects.fold(finding, Finding::about)
}
