//! What counts as lost, and what only moved.

use std::collections::BTreeMap;

use super::*;
use crate::finding::Place;
use crate::publish::CycleEntry;

/// `file sheet kind rows`, one sheet each.
fn sources(sheets: &[(&str, &str, &str, usize)]) -> Vec<SourceEntry> {
    let mut sources: Vec<SourceEntry> = Vec::new();
    for (path, sheet, kind, rows) in sheets {
        let entry = SheetEntry {
            sheet: Some((*sheet).to_owned()),
            kind: (*kind).to_owned(),
            rows: *rows,
            filled: BTreeMap::new(),
        };
        match sources.iter_mut().find(|it| it.path == *path) {
            Some(source) => source.sheets.push(entry),
            None => sources.push(SourceEntry {
                path: (*path).to_owned(),
                sha256: format!("digest of {path}"),
                sheets: vec![entry],
                not_refreshed_since: None,
            }),
        }
    }
    sources
}

fn before(sources: Vec<SourceEntry>) -> Manifest {
    Manifest {
        schema: Manifest::SCHEMA,
        tool: String::new(),
        as_of: "2014-05-31".to_owned(),
        cycle: CycleEntry::default(),
        sources,
        files: Vec::new(),
        packets: Vec::new(),
        records: Vec::new(),
        changes: None,
        state: Vec::new(),
        ledger: None,
        bundle: None,
    }
}

/// Sheet names and reasons of what is lost.
fn why(
    had: &[(&str, &str, &str, usize)],
    has: &[(&str, &str, &str, usize)],
    findings: &[Finding],
) -> Vec<(String, Lack)> {
    let sources = sources(has);
    let now = Now {
        sources: &sources,
        findings,
    };
    let lost = lost(&before(self::sources(had)), now);
    let name = |it: &Lost| it.sheet.as_ref().and_then(|it| it.sheet.clone());
    let named = lost.iter().map(|it| (name(it).unwrap_or_default(), it.why));
    named.collect()
}

const HAD: [(&str, &str, &str, usize); 3] = [
    ("a.xlsx", "Servers", "servers", 30),
    ("a.xlsx", "Pools", "pools", 2),
    ("b.xlsx", "Pools", "pools", 3),
];

#[test]
fn what_is_not_there_is_lost_and_siblings_are_not() {
    let gone = |sheet: &str| vec![(sheet.to_owned(), Lack::Gone)];
    assert_eq!(why(&HAD, &HAD, &[]), []);
    assert_eq!(why(&HAD, &HAD[1..], &[]), gone("Servers"));
    let emptied = [HAD[0], HAD[1], ("b.xlsx", "Pools", "pools", 0)];
    assert_eq!(why(&HAD, &emptied, &[]), gone("Pools"));
    let fewer = [("a.xlsx", "Servers", "servers", 29), HAD[1], HAD[2]];
    assert_eq!(why(&HAD, &fewer, &[]), []);
}

#[test]
fn what_moved_is_not_lost() {
    let renamed = [("a.xlsx", "2014", "servers", 28), HAD[1], HAD[2]];
    assert_eq!(why(&HAD, &renamed, &[]), []);
    let merged = [HAD[0], ("a.xlsx", "Pools", "pools", 5)];
    assert_eq!(why(&HAD, &merged, &[]), []);
    let elsewhere = [HAD[0], HAD[1], ("c.csv", "c", "pools", 3)];
    assert_eq!(why(&HAD, &elsewhere, &[]), []);
}

#[test]
fn what_cannot_be_read_is_lost_and_no_wish_makes_it_gone() {
    let unreadable = |place: &Place, code| [Finding::new(code, "m").at(place)];
    let file = Place::file("a.xlsx");
    let sheet = file.clone().sheet("Servers");
    let lost = |sheet: &str| (sheet.to_owned(), Lack::Unreadable);
    let locked = unreadable(&file, Code::ProtectedFile);
    assert_eq!(
        why(&HAD, &HAD[2..], &locked),
        [lost("Servers"), lost("Pools")]
    );
    let keyless = unreadable(&file.clone().sheet("New"), Code::MissingColumn);
    assert_eq!(why(&HAD, &HAD[1..], &keyless), [lost("Servers")]);
    let cut = unreadable(&sheet, Code::UnclosedQuote);
    let fewer = [("a.xlsx", "Servers", "servers", 12), HAD[1], HAD[2]];
    assert_eq!(why(&HAD, &fewer, &cut), [lost("Servers")]);
    assert_eq!(why(&HAD, &HAD, &cut), [], "nothing is missing");
    let required = unreadable(&sheet, Code::MissingColumn);
    assert_eq!(why(&HAD, &fewer, &required), [], "its rows are used");
}

#[test]
fn a_manifest_without_sheets_knows_files_only() {
    let mut old = sources(&HAD);
    for source in &mut old {
        source.sheets.clear();
    }
    let old = before(old);
    let lost = |has: &[SourceEntry]| {
        let now = Now {
            sources: has,
            findings: &[],
        };
        let lost = super::lost(&old, now);
        lost.iter().map(|it| it.path.clone()).collect::<Vec<_>>()
    };
    let mut has = sources(&HAD);
    assert_eq!(lost(&has), Vec::<String>::new());
    has[1].path = "renamed.xlsx".to_owned();
    assert_eq!(lost(&has), Vec::<String>::new(), "the same bytes");
    has.truncate(1);
    assert_eq!(lost(&has), ["b.xlsx"]);
}
