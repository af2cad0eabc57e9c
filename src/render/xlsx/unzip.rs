//! For tests: the parts of a workbook, read back.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

/// The parts of a workbook, by name.
pub(super) struct Parts(BTreeMap<String, String>);

impl Parts {
    /// Unpacks a workbook.
    pub(super) fn of(bytes: &[u8]) -> Self {
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut parts = BTreeMap::new();
        for index in 0..archive.len() {
            let mut file = archive.by_index(index).unwrap();
            let mut text = String::new();
            file.read_to_string(&mut text).unwrap();
            parts.insert(file.name().unwrap().into_owned(), text);
        }
        Self(parts)
    }

    /// A part by name.
    pub(super) fn part(&self, name: &str) -> &str {
        &self.0[name]
    }

    /// The XML of a sheet, counted from one.
    pub(super) fn sheet(&self, number: usize) -> &str {
        self.part(&format!("xl/worksheets/sheet{number}.xml"))
    }

    /// The names of the sheets.
    pub(super) fn sheet_names(&self) -> Vec<String> {
        pick(self.part("xl/workbook.xml"), "<sheet name=\"", "\"")
    }

    /// Every string of the workbook, rich text joined.
    pub(super) fn strings(&self) -> Vec<String> {
        let items = pick(self.part("xl/sharedStrings.xml"), "<si>", "</si>");
        items.iter().map(|item| text(item)).collect()
    }

    /// The strings of one sheet, counted from one, in the order they stand.
    pub(super) fn strings_of(&self, sheet: usize) -> Vec<String> {
        let all = self.strings();
        let indexes = pick(self.sheet(sheet), "t=\"s\"><v>", "</v>");
        indexes
            .iter()
            .map(|index| all[index.parse::<usize>().unwrap()].clone())
            .collect()
    }
}

/// What stands between two marks, each time.
fn pick(text: &str, from: &str, to: &str) -> Vec<String> {
    let parts = text.split(from).skip(1);
    parts
        .map(|rest| rest.split(to).next().unwrap_or_default().to_owned())
        .collect()
}

/// The text of a shared string.
fn text(item: &str) -> String {
    let runs = item
        .split("<t")
        .skip(1)
        .filter(|run| run.starts_with(['>', ' ']));
    let runs = runs.map(|run| run.split_once('>').unwrap().1.split("</t>").next().unwrap());
    let joined: String = runs.collect();
    joined
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
}
