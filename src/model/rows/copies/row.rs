//! What two rows are compared by: their cells, each in the one spelling of its column.

use std::collections::BTreeMap;

use crate::finding::{Code, words};

use super::super::canonical;
use super::super::parse;
use super::super::table::Table;
use crate::product::{List, Product};

/// A row of one of the tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct At {
    /// The position of the table.
    pub(super) table: usize,
    /// The row.
    pub(super) row: u32,
}

/// What a row is about: the cells of the columns that identify it. `None` where they say nothing, or where the row
/// holds nothing besides.
pub(super) fn identity(table: &Table, row: u32) -> Option<Vec<String>> {
    let texts = texts(table, row);
    let columns = table.kind.columns.iter();
    let (own, others): (Vec<_>, Vec<_>) = columns.partition(|column| column.identity);
    let key: Vec<String> = own
        .iter()
        .map(|column| {
            let text = texts.get(column.heading.as_str());
            text.map_or_else(String::new, |text| {
                spelling(table.product, &column.heading, text)
            })
        })
        .collect();
    let has_more = others
        .iter()
        .any(|column| texts.contains_key(column.heading.as_str()));
    let is_named = key.first().is_some_and(|first| !first.is_empty());
    (is_named && has_more).then_some(key)
}

/// The filled cells of a row by their headings.
pub(super) fn texts(table: &Table, row: u32) -> BTreeMap<&str, String> {
    let known = table
        .columns
        .iter()
        .map(|(heading, column)| (*heading, *column));
    let extra = table
        .extras
        .iter()
        .map(|(column, heading)| (heading.as_str(), *column));
    let cells = table.rows.get(&row);
    let filled = known.chain(extra).filter_map(|(heading, column)| {
        let text = parse::text_of(cells?.get(&column)?);
        (!text.is_empty()).then_some((heading, text))
    });
    filled.collect()
}

/// A cell that two rows fill in differently.
pub(super) struct Difference {
    /// The heading.
    pub(super) heading: String,
    /// What stands in the row that counts, and in the other.
    pub(super) texts: [String; 2],
}

impl Difference {
    /// What stands for the value where neither is used.
    pub(super) fn either(&self) -> String {
        let [first, second] = self.texts.each_ref().map(|text| or_blank(text));
        format!("{first} or {second}")
    }

    /// As in "`Location` is `Rack 2` here and `Rack 1` there".
    pub(super) fn said(&self) -> String {
        let [first, second] = self.texts.each_ref().map(|text| match text.as_str() {
            "" => "blank".to_owned(),
            text => format!("`{}`", words::excerpt(text)),
        });
        format!("`{}` is {second} here and {first} there", self.heading)
    }
}

fn or_blank(text: &str) -> &str {
    if text.is_empty() { "(blank)" } else { text }
}

/// Where two rows differ.
pub(super) fn differences(tables: &[Table], first: At, second: At) -> Vec<Difference> {
    let product = tables[first.table].product;
    let [first, second] = [first, second].map(|at| texts(&tables[at.table], at.row));
    let headings: std::collections::BTreeSet<&str> =
        first.keys().chain(second.keys()).copied().collect();
    let differing = headings.into_iter().filter_map(|heading| {
        let texts = [&first, &second].map(|row| row.get(heading).cloned().unwrap_or_default());
        let [one, other] = texts
            .each_ref()
            .map(|text| spelling(product, heading, text));
        (one != other).then(|| Difference {
            heading: heading.to_owned(),
            texts,
        })
    });
    differing.collect()
}

/// A text in the one spelling in which the texts of its column are compared.
fn spelling(product: &Product, column: &str, text: &str) -> String {
    let bare = parse::bare(text);
    if column.contains("FQDN") {
        let name = parse::fqdn(bare).ok().flatten();
        return name.map_or_else(|| bare.to_lowercase(), |name| name.to_string());
    }
    let list = match column {
        "Pool type" => Some(List::Pool),
        "Certificate use" => Some(List::Use),
        "Role" => Some(List::Role),
        _ => None,
    };
    if let Some(list) = list {
        let (mut found, problems) = parse::several(product, list, Code::UnknownRole, "", bare);
        found.sort_unstable();
        if problems.is_empty() {
            return found
                .iter()
                .map(|name| name.id)
                .collect::<Vec<_>>()
                .join(";");
        }
    }
    if column == "Database"
        && let Some(name) = product.find_database(bare)
    {
        return name.id.to_owned();
    }
    canonical(&product.schema, column, bare).to_lowercase()
}
