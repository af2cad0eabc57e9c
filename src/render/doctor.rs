//! The doctor: which files `check --annotate` writes, what they are called, and where the links lead.
//!
//! Entry point: [`files`].
//!
//! 1. findings are given to the sheets they are about
//! 2. each file with such findings gets a readable copy ([`xlsx::annotated`])
//! 3. all findings are listed in [`LIST`], with links to the marked cells ([`xlsx::findings`])

use std::collections::{BTreeMap, BTreeSet};

use super::{Error, xlsx};
use crate::finding::{Finding, Place};
use crate::packets::Estate;
use crate::rows::Table;
use crate::text::filename::is_reserved;
use crate::text::visible::is_hidden;
use crate::workbook::Sheet;

/// The name of the list of all findings.
pub const LIST: &str = "findings.xlsx";

/// The most characters of a part of a copy's path.
const LONGEST: usize = 100;

/// A copy to be written.
struct Copy<'a> {
    path: String,
    pages: Vec<xlsx::Page<'a>>,
}

/// The files to write, by path with `/` below the folder they go to.
///
/// `findings` come in their total order; `sheets` are all that were read, and `tables` those that were recognised.
///
/// # Errors
/// Only where a text exceeds what a workbook can hold.
pub fn files(
    findings: &[Finding],
    sheets: &[Sheet],
    tables: &[Table],
    estate: &Estate,
) -> Result<BTreeMap<String, Vec<u8>>, Error> {
    let copies = copies(findings, sheets, tables);
    let listed: Vec<xlsx::Listed<'_>> = findings
        .iter()
        .map(|finding| xlsx::Listed {
            finding,
            target: target(&copies, finding),
        })
        .collect();
    let mut files = BTreeMap::from([(LIST.to_owned(), xlsx::findings(&listed, estate)?)]);
    for copy in copies.into_values() {
        let bytes = xlsx::annotated(&copy.pages, estate.as_of)?;
        files.insert(copy.path, bytes);
    }
    Ok(files)
}

/// A copy for each file that has findings in one of its sheets; by the file's name.
fn copies<'a>(
    findings: &'a [Finding],
    sheets: &'a [Sheet],
    tables: &[Table],
) -> BTreeMap<&'a str, Copy<'a>> {
    let mut by_sheet: BTreeMap<Place, Vec<&Finding>> = BTreeMap::new();
    for finding in findings {
        if let Some(place) = &finding.place {
            by_sheet
                .entry(place.whole_sheet())
                .or_default()
                .push(finding);
        }
    }
    let concerned = sheets
        .iter()
        .filter(|sheet| by_sheet.contains_key(&sheet.place));
    let concerned: BTreeSet<&str> = concerned.map(|sheet| &*sheet.place.path).collect();
    let names = copy_names(concerned.iter().copied());
    let copy = |(name, path): (&&'a str, String)| {
        let sheets: Vec<_> = sheets
            .iter()
            .filter(|it| *it.place.path == **name)
            .collect();
        let pages = pages(&sheets, &by_sheet, tables);
        (*name, Copy { path, pages })
    };
    concerned.iter().zip(names).map(copy).collect()
}

/// The pages of one copy: every sheet of the file, with findings or without.
fn pages<'a>(
    sheets: &[&'a Sheet],
    by_sheet: &BTreeMap<Place, Vec<&'a Finding>>,
    tables: &[Table],
) -> Vec<xlsx::Page<'a>> {
    let names = xlsx::page_names(sheets.iter().map(|sheet| title(&sheet.place)));
    let pages = sheets.iter().zip(names).map(|(sheet, name)| {
        let table = tables.iter().find(|table| table.place == sheet.place);
        xlsx::Page {
            sheet,
            name,
            heading_row: table.map(|table| table.heading_row),
            findings: by_sheet.get(&sheet.place).cloned().unwrap_or_default(),
        }
    });
    pages.collect()
}

/// The sheet's name; for CSV, the file's without its ending.
fn title(place: &Place) -> &str {
    let file = place.path.rsplit('/').next().unwrap_or_default();
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    place.in_sheet().unwrap_or(stem)
}

/// The marked cell of a finding, as a link from the list: `servers.xlsx#'Servers'!D3`.
fn target(copies: &BTreeMap<&str, Copy<'_>>, finding: &Finding) -> Option<String> {
    let place = finding.place.as_ref()?;
    let copy = copies.get(&*place.path)?;
    let mut pages = copy.pages.iter();
    let page = pages.find(|page| page.sheet.place.in_sheet() == place.in_sheet())?;
    let (row, column) = xlsx::mark(page.sheet, finding)?;
    let address = place.clone().cell(row, column).address()?;
    let sheet = page.name.replace('\'', "''");
    Some(format!("{}#'{sheet}'!{address}", copy.path))
}

/// The paths of copies: the folders of the files, and their names with `.xlsx` behind them. Every system can
/// hold them, links can name them, and no two are alike, in whatever case.
fn copy_names<'a>(files: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut taken = BTreeSet::from([LIST.to_owned()]);
    let unique = |file: &str| {
        let stem = copy_stem(file);
        let numbered = (2..).map(|number| format!("{stem}-{number}.xlsx"));
        let mut all = std::iter::once(format!("{stem}.xlsx")).chain(numbered);
        // The numbers do not run out before the files do.
        all.find(|path| taken.insert(path.to_lowercase()))
            .unwrap_or_default()
    };
    files.map(unique).collect()
}

/// The path without the ending of a copy: `north/servers.csv` stays, `servers.xlsx` is `servers`.
fn copy_stem(file: &str) -> String {
    let (folders, name) = file.rsplit_once('/').unwrap_or(("", file));
    let name = match name.rsplit_once('.') {
        Some((stem, ending)) if ending.eq_ignore_ascii_case("xlsx") => stem,
        _ => name,
    };
    // A folder is never called like a copy, so that neither stands in the other's way.
    let folders = folders.split('/').filter(|folder| !folder.is_empty());
    let mut parts: Vec<String> = folders
        .map(|folder| match safe(folder) {
            part if part.to_lowercase().ends_with(".xlsx") => format!("{part}_"),
            part => part,
        })
        .collect();
    parts.push(safe(name));
    parts.join("/")
}

/// One part of a path that every system takes and that a link can name.
fn safe(part: &str) -> String {
    let odd = |c: char| is_hidden(c) || "<>:\"|?*\\#%".contains(c);
    let kept = part.chars().take(LONGEST);
    let mut safe: String = kept.map(|c| if odd(c) { '_' } else { c }).collect();
    if safe.ends_with(['.', ' ']) || safe.is_empty() {
        safe.push('_');
    }
    if is_reserved(&safe.to_lowercase()) || safe.starts_with(['.', '-', '~']) {
        safe.insert(0, '_');
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Code;
    use crate::render::fixture;
    use crate::workbook::RawValue;

    fn sheet(place: Place) -> Sheet {
        let mut sheet = Sheet::new(place);
        let cell = RawValue::Text("x".into());
        sheet.rows.insert(1, BTreeMap::from([(2, cell)]));
        sheet
    }

    #[test]
    fn copies_are_named_after_their_files_and_stay_apart() {
        let cases = [
            ("servers.xlsx", "servers.xlsx"),
            ("Servers.XLSX", "Servers-2.xlsx"),
            ("servers.csv", "servers.csv.xlsx"),
            ("servers.csv.xlsx", "servers.csv-2.xlsx"),
            ("findings.xlsx", "findings-2.xlsx"),
            ("findings.xlsx/a.csv", "findings.xlsx_/a.csv.xlsx"),
            ("north/a#1%.ods", "north/a_1_.ods.xlsx"),
            ("con.xlsx", "_con.xlsx"),
            ("../x.xlsx", "_.._/x.xlsx"),
        ];
        let names = copy_names(cases.iter().map(|case| case.0));
        assert_eq!(names, cases.map(|case| case.1));
    }

    #[test]
    fn files_with_findings_are_copied_and_all_findings_listed() {
        let csv = Place::file("it's.csv");
        let book = |sheet| Place::file("a.xlsx").sheet(sheet);
        let sheets = [
            sheet(book("One")),
            sheet(book("Two")),
            sheet(Place::file("clean.csv")),
            sheet(csv.clone()),
        ];
        let found = |place: &Place| Finding::new(Code::BadDate, "m").at(place);
        let findings = [
            found(&book("Two").row(1)),
            found(&Place::file("broken.xls")),
            found(&csv),
            Finding::new(Code::NoCms, "m"),
        ];
        let written = files(&findings, &sheets, &[], &fixture::estate()).unwrap();
        let names: Vec<_> = written.keys().map(String::as_str).collect();
        assert_eq!(names, ["a.xlsx", LIST, "it's.csv.xlsx"]);
        let again = files(&findings, &sheets, &[], &fixture::estate()).unwrap();
        assert_eq!(written, again);
        let copies = copies(&findings, &sheets, &[]);
        let targets = findings.each_ref().map(|it| target(&copies, it));
        let targets = targets.each_ref().map(Option::as_deref);
        let csv = "it's.csv.xlsx#'it''s'!A1";
        assert_eq!(targets, [Some("a.xlsx#'Two'!C2"), None, Some(csv), None]);
    }
}
