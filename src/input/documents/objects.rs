//! Objects that a shell wrote down as XML (CLIXML, root `Objs`): a sheet with one row an object, its headings the names of
//! the properties, as a CSV export of the same objects has.

use std::collections::BTreeMap;

use crate::finding::Place;
use crate::workbook::tree::Element;
use crate::workbook::{RawValue, Sheet};

/// Reads the objects.
pub(super) fn read(place: &Place, root: &Element) -> Sheet {
    let mut sheet = Sheet::new(place.clone());
    let mut columns: BTreeMap<String, u32> = BTreeMap::new();
    for (row, object) in (1_u32..).zip(root.all("Obj")) {
        for property in ["Props", "MS"].iter().flat_map(|it| properties(object, it)) {
            let Some(name) = property.get("N") else {
                continue;
            };
            let next = u32::try_from(columns.len()).unwrap_or(u32::MAX);
            let column = *columns.entry(name.to_owned()).or_insert(next);
            let text = value(property);
            if !text.is_empty() {
                let cells = sheet.rows.entry(row).or_default();
                cells.entry(column).or_insert(RawValue::Text(text));
            }
        }
    }
    let headings = columns.into_iter();
    let headings = headings.map(|(name, column)| (column, RawValue::Text(name)));
    sheet.rows.insert(0, headings.collect());
    sheet
}

fn properties<'e>(object: &'e Element, list: &'e str) -> impl Iterator<Item = &'e Element> {
    let lists = object.all(list);
    lists.flat_map(|it| it.children.iter())
}

/// A property as text: a value as it stands, a list as its members, another object as what it calls itself.
fn value(property: &Element) -> String {
    let is_list = |it: &&Element| ["LST", "IE", "QUE", "STK"].contains(&it.name.as_str());
    match property.name.as_str() {
        "Nil" => String::new(),
        "Obj" => match property.children.iter().find(is_list) {
            Some(list) => {
                let members: Vec<String> = list.children.iter().map(value).collect();
                members.join("; ")
            }
            None => property
                .child("ToString")
                .map_or_else(String::new, |it| it.text.trim().to_owned()),
        },
        _ => property.text.trim().to_owned(),
    }
}
