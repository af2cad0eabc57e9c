//! Links of every format lead somewhere, whatever the servers and pools are called.

#[expect(
    dead_code,
    reason = "other tests change single sheets and compare editions"
)]
#[path = "common/worksheets.rs"]
mod worksheets;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read as _};
use std::path::{Path, PathBuf};

use worksheets::Estate;

/// Names that some file system, some link or some language takes amiss.
const ODD: [(&str, &str); 8] = [
    ("fe01.contoso.com", "fe_01.contoso.com"),
    ("fe02.contoso.com", "con.contoso.com"),
    ("fe03.contoso.com", "frontänd.contoso.com"),
    ("sql01.contoso.com", "com1.contoso.com"),
    ("sql02.contoso.com", "sql__02.contoso.com"),
    ("fs01.contoso.com", "файлы.contoso.com"),
    ("pool01.contoso.com", "pool_01.contoso.com"),
    ("edgepool01.contoso.com", "aux.contoso.com"),
];

fn odd() -> Estate {
    let mut estate = Estate::sample();
    for sheet in &mut estate.sheets {
        for cell in sheet.rows.iter_mut().flatten() {
            for (plain, odd) in ODD {
                *cell = cell.replace(plain, odd);
            }
        }
    }
    estate
}

/// Every file of a folder but what the program keeps for itself.
fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("a file").path();
        let name = path.file_name().expect("a name").to_string_lossy();
        match path.is_dir() {
            _ if name.starts_with('.') => {}
            true => files(&path, found),
            false => found.push(path),
        }
    }
}

/// What stands between two marks, each time.
fn between<'t>(text: &'t str, open: &str, close: char) -> Vec<&'t str> {
    let parts = text.split(open).skip(1);
    parts
        .filter_map(|it| Some(it.split_once(close)?.0))
        .collect()
}

/// The targets of a file's links.
fn links(path: &Path, bytes: &[u8]) -> Vec<String> {
    let text = || String::from_utf8_lossy(bytes).into_owned();
    let ending = path.extension().unwrap_or_default().to_string_lossy();
    match ending.as_ref() {
        "html" => owned(between(&text(), "href=\"", '"')),
        "md" => owned(between(&text(), "](", ')')),
        "xlsx" => in_workbook(bytes),
        _ => Vec::new(),
    }
}

fn owned(texts: Vec<&str>) -> Vec<String> {
    texts.into_iter().map(str::to_owned).collect()
}

fn in_workbook(bytes: &[u8]) -> Vec<String> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).expect("a workbook");
    let mut found = Vec::new();
    for index in 0..zip.len() {
        let mut part = zip.by_index(index).expect("a part");
        let name = part.name().expect("a name").into_owned();
        if name.contains("worksheets/_rels/") {
            let mut text = String::new();
            part.read_to_string(&mut text).expect("text");
            let links = text
                .split("<Relationship ")
                .filter(|it| it.contains("External"));
            found.extend(links.flat_map(|it| owned(between(it, "Target=\"", '"'))));
        }
    }
    found
}

/// Where a link leads: a file, and a place in it.
fn is_followed(from: &Path, link: &str, all: &BTreeMap<PathBuf, BTreeSet<String>>) -> bool {
    let link = link.replace("&amp;", "&");
    let is_elsewhere = ["mailto:", "tel:", "https:", "http:", "data:"];
    if is_elsewhere.iter().any(|it| link.starts_with(it)) {
        return true;
    }
    let (file, anchor) = link.split_once('#').unwrap_or((&link, ""));
    let mut target = from.parent().expect("a folder").to_owned();
    for part in file.split('/').filter(|it| !it.is_empty()) {
        match part {
            ".." => {
                target.pop();
            }
            "." => {}
            name => target.push(name),
        }
    }
    let target = if file.is_empty() {
        from.to_owned()
    } else {
        target
    };
    let Some(ids) = all.get(&target) else {
        return false;
    };
    let is_page = target.extension().is_some_and(|it| it == "html");
    anchor.is_empty() || !is_page || ids.contains(anchor)
}

/// The places of a page that a link may name.
fn ids(path: &Path) -> BTreeSet<String> {
    if path.extension().is_none_or(|it| it != "html") {
        return BTreeSet::new();
    }
    let text = std::fs::read_to_string(path).expect("a page");
    owned(between(&text, "id=\"", '"')).into_iter().collect()
}

/// Follows every link of every file; returns how many there are.
fn follow(folder: &Path) -> usize {
    let mut found = Vec::new();
    files(folder, &mut found);
    let all: BTreeMap<PathBuf, _> = found.iter().map(|it| (it.clone(), ids(it))).collect();
    let mut count = 0;
    for path in &found {
        let bytes = std::fs::read(path).expect("a file");
        let links: BTreeSet<String> = links(path, &bytes).into_iter().collect();
        for link in links {
            let inside = path.strip_prefix(folder).expect("inside");
            assert!(
                is_followed(path, &link, &all),
                "{}: {link}",
                inside.display()
            );
            count += 1;
        }
    }
    count
}

#[test]
fn every_link_leads_to_a_file_whatever_its_name() {
    let estate = odd();
    estate.issue(&[]);
    let count = follow(&estate.output());
    assert!(count > 500, "{count} links");
    let made = estate.run(&["bundle", "b.zip", "--change", "CHG1", "--profile", "vault"]);
    let said = String::from_utf8_lossy(&made.stderr).into_owned();
    assert_eq!(made.status.code(), Some(0), "{said}");
    let bytes = std::fs::read(estate.path().join("b.zip")).expect("a bundle");
    let folder = estate.path().join("unpacked");
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    zip.extract(&folder).expect("it unpacks");
    assert!(follow(&folder) > 300);
    let planned = estate.run(&[
        "plan",
        "--all",
        "--as-of",
        "2014-06-10",
        "--output",
        "output",
    ]);
    assert_eq!(planned.status.code(), Some(0));
    follow(&estate.output());
}
