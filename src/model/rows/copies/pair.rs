//! Two files that hold the same rows: what becomes one finding.

use std::sync::Arc;

use crate::finding::{Code, Finding, Subject, SubjectKind, words};

use super::super::table::Table;
use super::super::{Fqdn, parse};
use super::marks;
use super::row::{At, Difference, identity, texts};
use crate::product::schema::{POOLS, SERVERS};

/// How many rows that differ are listed.
const LISTED: usize = 20;

/// What two files have in common.
#[derive(Default)]
pub(super) struct Pair {
    /// How many rows stand in both, equal or not.
    pub(super) shared: usize,
    /// The rows that differ.
    pub(super) differing: Vec<Differing>,
    /// Whether a row that stands in both says two things, of which neither is used.
    pub(super) is_contradicted: bool,
}

/// A row that differs.
pub(super) struct Differing {
    said: String,
    about: Vec<Subject>,
}

impl Differing {
    /// A row that stands in both files.
    pub(super) fn of(tables: &[Table], first: At, second: At, cells: &[Difference]) -> Self {
        let cells: Vec<String> = cells.iter().map(Difference::said).collect();
        let table = &tables[second.table];
        let there = address(&tables[first.table], first.row);
        Self {
            said: format!(
                "{}: {} ({there})",
                named(table, second.row),
                cells.join(", ")
            ),
            about: subjects(table, second.row),
        }
    }

    /// A row that stands in one of them.
    fn only(table: &Table, row: u32, here: bool) -> Self {
        let which = if here { "only here" } else { "only there" };
        Self {
            said: format!("{}: {which}", named(table, row)),
            about: subjects(table, row),
        }
    }
}

impl Pair {
    /// Adds the rows that a copy does not share with its original. Files that merely share some rows have others by
    /// right.
    pub(super) fn add_what_one_lacks(&mut self, tables: &[Table], files: &[Arc<str>; 2]) {
        let of_file = |file: &Arc<str>| {
            tables
                .iter()
                .filter(move |it| it.place.path == *file)
                .collect::<Vec<_>>()
        };
        let [first, second] = files.each_ref().map(of_file);
        let left: usize = second.iter().map(|table| table.rows.len()).sum();
        if !marks::is_copy(&files[1]) && left > self.shared {
            return;
        }
        for table in &second {
            let rows = table
                .rows
                .keys()
                .filter(|row| identity(table, **row).is_some());
            self.differing
                .extend(rows.map(|row| Differing::only(table, *row, true)));
        }
        let shared: usize = second.iter().map(|table| table.usage.copied).sum();
        let count = |table: &&Table| {
            let rows = table.rows.keys();
            rows.filter(|row| identity(table, **row).is_some()).count()
        };
        let total = |kind: &str| -> usize {
            let tables = first.iter().filter(|table| table.kind.id == kind);
            tables.map(count).sum()
        };
        let kinds: std::collections::BTreeSet<&str> =
            second.iter().map(|it| it.kind.id.as_str()).collect();
        let all: usize = kinds.into_iter().map(total).sum();
        // A file that does not call itself a copy may hold a part of the rows on purpose.
        if all > shared && marks::is_copy(&files[1]) {
            let lacking = words::count(all - shared, "row of it is", "rows of it are");
            self.differing.push(Differing {
                said: format!("{lacking} not here"),
                about: Vec::new(),
            });
        }
    }

    /// The one finding.
    pub(super) fn finding(self, files: &[Arc<str>; 2]) -> Finding {
        let [first, second] = files;
        let place = crate::finding::Place::file(Arc::clone(second));
        if self.differing.is_empty() {
            let message = format!("this file holds the same rows as `{first}`, which counts");
            return Finding::new(Code::CopiedFile, message)
                .at(&place)
                .help("delete it, or move it out of the worksheets folder");
        }
        let listed: Vec<&str> = self
            .differing
            .iter()
            .take(LISTED)
            .map(|it| it.said.as_str())
            .collect();
        let more = self.differing.len().saturating_sub(LISTED);
        let more = if more > 0 {
            format!("; and {more} more")
        } else {
            String::new()
        };
        let finding = Finding::new(
            Code::ContradictingCopy,
            format!(
                "this file repeats {} of `{first}`, and they differ: {}{more}; {}",
                words::count(self.shared, "row", "rows"),
                listed.join("; "),
                if self.is_contradicted {
                    "what they do not agree on is not used"
                } else {
                    "the rows that stand in one of them are used all the same"
                }
            ),
        )
        .at(&place)
        .help(format!(
            "keep what is true in `{first}`, and delete this file or move it out of the worksheets folder"
        ));
        let about = self.differing.into_iter().flat_map(|it| it.about);
        about.fold(finding, Finding::about)
    }
}

/// The servers and pools that a row is about by its names.
pub(super) fn subjects(table: &Table, row: u32) -> Vec<Subject> {
    let kinds: &[SubjectKind] = match table.kind.id.as_str() {
        SERVERS => &[SubjectKind::Server],
        POOLS => &[SubjectKind::Pool],
        _ => &[SubjectKind::Server, SubjectKind::Pool],
    };
    let own = table
        .kind
        .columns
        .iter()
        .filter(|it| it.identity && it.heading.contains("FQDN"));
    let texts = texts(table, row);
    let names = own.filter_map(|it| texts.get(it.heading.as_str()));
    let names: Vec<Fqdn> = names
        .filter_map(|it| parse::fqdn(parse::bare(it)).ok()?)
        .collect();
    let subject = |(name, kind): (&Fqdn, &SubjectKind)| Subject {
        kind: *kind,
        fqdn: name.to_string(),
    };
    let all = names
        .iter()
        .flat_map(|name| kinds.iter().map(move |kind| (name, kind)));
    all.map(subject).collect()
}

/// "Servers row 4 `fe03.contoso.com`".
fn named(table: &Table, row: u32) -> String {
    let texts = texts(table, row);
    let own = table.kind.columns.iter().filter(|it| it.identity);
    let names: Vec<String> = own
        .filter_map(|it| texts.get(it.heading.as_str()))
        .map(|text| format!("`{}`", words::excerpt(text)))
        .collect();
    format!("{} {}", address(table, row), names.join(" "))
}

fn address(table: &Table, row: u32) -> String {
    let number = u64::from(row) + 1;
    match table.place.in_sheet() {
        Some(sheet) => format!("{sheet} row {number}"),
        None => format!("row {number}"),
    }
}

/// Whether a file has no rows of its own.
pub(super) fn is_empty(tables: &[Table], file: &Arc<str>) -> bool {
    let mut tables = tables.iter().filter(|table| table.place.path == *file);
    tables.all(|table| table.rows.is_empty())
}
