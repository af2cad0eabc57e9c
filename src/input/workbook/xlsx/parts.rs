//! Which part of the archive holds what.

use std::collections::BTreeMap;

use super::super::archive::Archive;
use super::super::xml::{self, Event};

/// The parts behind a workbook; empty where it is not as usual, since then only its layout is lost.
#[derive(Debug, Default)]
pub(super) struct Parts {
    /// The part of each sheet, by the sheet's name.
    pub(super) sheets: BTreeMap<String, String>,
    /// The part that holds the formats of cells.
    pub(super) styles: Option<String>,
    /// The part that holds the texts that cells share.
    pub(super) strings: Option<String>,
}

impl Parts {
    /// The parts of the archive.
    pub(super) fn of(archive: &mut Archive<'_>) -> Self {
        workbook(archive)
            .and_then(|workbook| of_workbook(archive, &workbook))
            .unwrap_or_default()
    }
}

/// What a part refers to: id, kind and the part referred to.
pub(super) type Relation = [String; 3];

/// The name of the workbook part.
pub(super) fn workbook(archive: &mut Archive<'_>) -> Option<String> {
    let mut relations = relations(archive, "")?.into_iter();
    let found = relations.find(|[_, kind, _]| kind.ends_with("/officeDocument"));
    Some(found.map_or("xl/workbook.xml".to_owned(), |[_, _, target]| target))
}

fn of_workbook(archive: &mut Archive<'_>, workbook: &str) -> Option<Parts> {
    let relations = relations(archive, workbook)?;
    let mut parts = Parts::default();
    for [name, id] in elements(archive, workbook, "sheet", ["name", "id"])? {
        let target = relations.iter().rev().find(|[known, _, _]| *known == id);
        if let Some([_, _, target]) = target {
            parts.sheets.entry(name).or_insert_with(|| target.clone());
        }
    }
    let target = |ending: &str| {
        let mut all = relations.iter();
        let found = all.find(|[_, kind, _]| kind.ends_with(ending))?;
        Some(found[2].clone())
    };
    parts.styles = target("/styles");
    parts.strings = target("/sharedStrings");
    Some(parts)
}

/// What a part refers to. The archive's own relations are those of no part.
pub(super) fn relations(archive: &mut Archive<'_>, part: &str) -> Option<Vec<Relation>> {
    let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
    let list = format!("{folder}/_rels/{file}.rels");
    let list = list.trim_start_matches('/');
    let found = elements(archive, list, "Relationship", ["Id", "Type", "Target"])?;
    let resolved = found.into_iter().map(|[id, kind, target]| {
        let target = resolve(folder, &target);
        [id, kind, target]
    });
    Some(resolved.collect())
}

/// The name of a part as another part in `folder` writes it.
fn resolve(folder: &str, target: &str) -> String {
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let mut path: Vec<&str> = folder.split('/').filter(|step| !step.is_empty()).collect();
    for step in target.split('/') {
        match step {
            ".." => {
                path.pop();
            }
            "." | "" => {}
            step => path.push(step),
        }
    }
    path.join("/")
}

/// Some attributes of every element of this name in a part.
fn elements<const N: usize>(
    archive: &mut Archive<'_>,
    part: &str,
    element: &str,
    attributes: [&str; N],
) -> Option<Vec<[String; N]>> {
    let bytes = archive.part(part)?;
    let text = xml::decode(&bytes);
    let mut reader = xml::reader(&text);
    let mut found = Vec::new();
    loop {
        match reader.read_event().ok()? {
            Event::Start(start) if start.local_name().as_ref() == element => {
                found.push(
                    attributes.map(|name| xml::local_attribute(&start, name).unwrap_or_default()),
                );
            }
            Event::Eof => return Some(found),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_relative_to_the_part_that_names_them() {
        let cases = [
            ("xl", "worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
            ("xl/worksheets", "../comments1.xml", "xl/comments1.xml"),
            ("xl", "/xl/styles.xml", "xl/styles.xml"),
            ("", "xl/workbook.xml", "xl/workbook.xml"),
            ("xl", "../../../x.xml", "x.xml"),
        ];
        for (folder, target, part) in cases {
            assert_eq!(resolve(folder, target), part);
        }
    }
}
