//! Which part of the archive holds which sheet.

use std::collections::BTreeMap;

use super::super::archive::Archive;
use super::super::xml::{self, Event};

/// The part of each sheet, by the sheet's name; empty where the workbook is not as usual, since then only
/// its layout is lost.
pub(super) fn of_sheets(archive: &mut Archive<'_>) -> BTreeMap<String, String> {
    workbook(archive)
        .and_then(|workbook| sheets(archive, &workbook))
        .unwrap_or_default()
}

/// The name of the workbook part.
fn workbook(archive: &mut Archive<'_>) -> Option<String> {
    let relations = elements(archive, "_rels/.rels", "Relationship", ["Type", "Target"])?;
    let target = relations
        .into_iter()
        .find(|[kind, _]| kind.ends_with("/officeDocument"))
        .map_or("xl/workbook.xml".to_owned(), |[_, target]| target);
    Some(target.trim_start_matches('/').to_owned())
}

fn sheets(archive: &mut Archive<'_>, workbook: &str) -> Option<BTreeMap<String, String>> {
    let (folder, file) = workbook.rsplit_once('/').unwrap_or(("", workbook));
    let relations = format!("{folder}/_rels/{file}.rels");
    let relations = elements(
        archive,
        relations.trim_start_matches('/'),
        "Relationship",
        ["Id", "Target"],
    )?;
    let targets: BTreeMap<String, String> = relations
        .into_iter()
        .map(|[id, target]| (id, target))
        .collect();
    let sheets = elements(archive, workbook, "sheet", ["name", "id"])?;
    let part = |id: &str| {
        let target = targets.get(id)?;
        Some(match target.strip_prefix('/') {
            Some(absolute) => absolute.to_owned(),
            None => format!("{folder}/{target}")
                .trim_start_matches('/')
                .to_owned(),
        })
    };
    let mut parts = BTreeMap::new();
    for [name, id] in sheets {
        if let Some(part) = part(&id) {
            parts.entry(name).or_insert(part);
        }
    }
    Some(parts)
}

/// Two attributes of every element of this name in a part.
fn elements(
    archive: &mut Archive<'_>,
    part: &str,
    element: &str,
    attributes: [&str; 2],
) -> Option<Vec<[String; 2]>> {
    let bytes = archive.part(part)?;
    let text = xml::decode(&bytes);
    let mut reader = xml::reader(&text);
    let mut found = Vec::new();
    loop {
        match reader.read_event().ok()? {
            Event::Start(start) if start.local_name().as_ref() == element => {
                let [one, other] =
                    attributes.map(|name| xml::local_attribute(&start, name).unwrap_or_default());
                found.push([one, other]);
            }
            Event::Eof => return Some(found),
            _ => {}
        }
    }
}
