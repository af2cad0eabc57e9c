//! What `new` writes: blank worksheets, or the sample organization.
//!
//! - [`blank`]: every sheet with its headings; the deployment sheet lists the settings
//! - [`sample`]: the same files filled in for Contoso, a believable organization in two sites that exercises
//!   every row of the decision table and has a few honest gaps
//! - [`PROJECT_FILE`]: the sample's project file
//!
//! The sample stands in the product's `sample/*.toml`: one table per sheet, with the columns it uses and one line per row.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::data;
use crate::product::schema::{
    CERTIFICATES, CONTACTS, Column, DATABASE_BACKUPS, DEPLOYMENT, FILE_STORE_BACKUPS, Kind, MEDIA,
    POOLS, SERVERS, SETTINGS_BACKUPS,
};
use crate::product::{Product, Schema, Texts};
use crate::template;

/// The files `new` writes, and the sheets of each.
const FILES: [(&str, &[&str]); 5] = [
    ("servers.xlsx", &[SERVERS]),
    ("pools.xlsx", &[POOLS]),
    ("certificates.xlsx", &[CERTIFICATES]),
    (
        "backups.xlsx",
        &[DATABASE_BACKUPS, FILE_STORE_BACKUPS, SETTINGS_BACKUPS],
    ),
    ("deployment.xlsx", &[DEPLOYMENT, CONTACTS, MEDIA]),
];

/// The name of the project file.
pub const PROJECT_FILE: &str = "restore-packets.toml";

/// The sample's tables, in the product's folder.
const SAMPLE: [&str; 5] = [
    "servers.toml",
    "pools.toml",
    "certificates.toml",
    "backups.toml",
    "deployment.toml",
];

/// A file of the sample, among the texts of its product's folder.
fn sample_file<'t>(texts: &'t Texts, name: &str) -> &'t str {
    let text = texts.get(&format!("sample/{name}"));
    text.map_or("", String::as_str)
}

/// The text of the sample's project file, among the texts of its product's folder.
pub fn project_file(texts: &Texts) -> &str {
    sample_file(texts, PROJECT_FILE)
}

/// A workbook to be written.
#[derive(Clone, Debug)]
pub struct File {
    /// Its name, for example `servers.xlsx`.
    pub name: &'static str,
    /// Its sheets.
    pub sheets: Vec<Sheet>,
}

/// A sheet of one kind.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// What kind of sheet it is.
    pub kind: &'static Kind,
    /// The worksheets it is one of.
    pub schema: &'static Schema,
    /// The headings of columns that the kind does not have, behind its own.
    pub extras: Vec<String>,
    /// The rows below the heading, each with one text per column. Dates are ISO 8601.
    pub rows: Vec<Vec<String>>,
    /// What is said of cells beside their text, by row and column below the heading.
    pub notes: BTreeMap<(usize, usize), String>,
}

/// The worksheets without a row, except that the deployment sheet lists its settings.
pub fn blank(product: &'static Product) -> Vec<File> {
    let settings = product.schema.settings.iter();
    let settings = settings.map(|setting| vec![setting.name.clone(), String::new()]);
    let rows = Rows {
        rows: settings.collect(),
        ..Rows::default()
    };
    files(
        &product.schema,
        &BTreeMap::from([(DEPLOYMENT.to_owned(), rows)]),
    )
}

/// The rows of one kind, to be written.
#[derive(Clone, Debug, Default)]
pub struct Rows {
    /// The headings of columns that the kind does not have.
    pub extras: Vec<String>,
    /// The rows, each with one text per column of the kind and per extra one.
    pub rows: Vec<Vec<String>>,
    /// What is said of cells beside their text.
    pub notes: BTreeMap<(usize, usize), String>,
}

impl Rows {
    fn sheet(self, kind: &'static Kind, schema: &'static Schema) -> Sheet {
        Sheet {
            kind,
            schema,
            extras: self.extras,
            rows: self.rows,
            notes: self.notes,
        }
    }
}

/// The worksheets of the sample organization of the product that all others build on.
pub fn sample() -> Vec<File> {
    let tables = tables(&template::builtin()).expect("the sample is tested");
    filled(Product::built_in(), &tables)
}

/// The worksheets of a product's sample organization, which may be that of the product it builds on.
///
/// # Errors
/// What is wrong with the first file of the sample, among the texts of the product's folder.
pub fn sample_of(product: &'static Product, texts: &Texts) -> Result<Vec<File>, String> {
    Ok(filled(product, &tables(texts)?))
}

fn filled(product: &'static Product, tables: &[Table]) -> Vec<File> {
    let schema = &product.schema;
    let mut rows: BTreeMap<String, Rows> = BTreeMap::new();
    for table in tables {
        if let Some(kind) = schema.kind(&table.kind) {
            let of_kind = rows.entry(table.kind.clone()).or_default();
            of_kind
                .rows
                .extend(table.rows.iter().map(|row| table.in_order(row, kind)));
        }
    }
    files(schema, &rows)
}

/// The files with these rows, by kind.
pub fn files(schema: &'static Schema, rows: &BTreeMap<String, Rows>) -> Vec<File> {
    let sheet = |id: &&str| {
        let kind = schema.kind(id)?;
        let rows = rows.get(*id).cloned().unwrap_or_default();
        Some(rows.sheet(kind, schema))
    };
    let file = |(name, kinds): (&'static str, &[&str])| File {
        name,
        sheets: kinds.iter().filter_map(sheet).collect(),
    };
    FILES.into_iter().map(file).collect()
}

/// A table of a sample file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    /// The sheet kind its rows belong to; several tables of one kind follow each other.
    kind: String,
    /// The columns it uses, by heading.
    columns: Vec<String>,
    /// The rows; trailing cells that are blank may be left out.
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A row with one text for each column of the kind.
    fn in_order(&self, row: &[String], kind: &Kind) -> Vec<String> {
        // A product may call a column otherwise than the sample it takes over.
        let cell = |column: &Column| {
            let is = |named: &String| {
                kind.column(named)
                    .is_some_and(|it| it.heading == column.heading)
            };
            let index = self.columns.iter().position(is)?;
            row.get(index).cloned()
        };
        kind.offered()
            .map(|column| cell(column).unwrap_or_default())
            .collect()
    }
}

/// A sample file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Tables {
    #[serde(rename = "sheet")]
    sheets: Vec<Table>,
}

/// All tables of the sample.
fn tables(texts: &Texts) -> Result<Vec<Table>, String> {
    let mut all = Vec::new();
    for name in SAMPLE {
        let tables = data::parse::<Tables>(sample_file(texts, name));
        all.extend(
            tables
                .map_err(|error| format!("sample/{name}: {error}"))?
                .sheets,
        );
    }
    Ok(all)
}

#[cfg(test)]
mod tests;
