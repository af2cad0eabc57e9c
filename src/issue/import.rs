//! Worksheets from documents: rows where there are none, blank cells filled, and what contradicts a typed cell listed.
//!
//! Entry point: [`import`]. Nothing that somebody typed is changed: what is made is a whole set of worksheets as `new`
//! writes them, and the shell decides whether it may stand where the old ones do.

use std::collections::BTreeMap;

use crate::contained;
use crate::documents::{self, Blueprint, Document};
use crate::finding::{Code, Finding, Place, settle};
use crate::inventory;
use crate::packets::SourceDigest;
use crate::product::schema::DEPLOYMENT;
use crate::product::{Offer, Product, Shelf, Texts};
use crate::render::xlsx;
use crate::rows::{self, Accepted, Table, parse};
use crate::sources::Gathered;
use crate::starter::{self, Rows};
use crate::template;
use crate::testimony::{self, At, Difference, Drift, Testimony, ToldRow};
use crate::workbook::Sheet;

use super::described::{chosen, release};
use super::worksheets::Worksheets;
use super::{Error, Options, Result};

/// What came of an import.
pub struct Imported {
    /// A whole set of worksheets, by file name; nothing where nothing could be imported.
    pub files: BTreeMap<String, Vec<u8>>,
    /// The same without a row: what a worksheet is that nobody has typed into.
    pub blank: BTreeMap<String, Vec<u8>>,
    /// Rows that were added.
    pub rows: usize,
    /// Blank cells that were filled.
    pub filled: usize,
    /// Cells that say something else than the documents.
    pub differing: usize,
    /// What there is to say, of cells by their places in the worksheets.
    pub findings: Vec<Finding>,
    /// What messages show of the worksheets.
    pub worksheets: Worksheets,
}

/// Imports documents into worksheets, of which there may be none yet.
///
/// # Errors
/// A product folder that cannot be read, and a text that is too long for a worksheet.
pub fn import(given: &Gathered, standing: Gathered, options: &Options) -> Result<Imported> {
    let shelf = Shelf::of(&Texts::new());
    let offers = shelf.offers().map_err(|finding| system(&finding))?;
    let mut shown = standing.shown.clone();
    shown.extend(given.shown.clone());
    let mut read = Given::read(given, options);
    let mut sheets = contained::read_all(&standing.sources, &options.containment, options.jobs);
    let mut findings = standing.findings;
    findings.append(&mut sheets.findings);
    findings.append(&mut read.findings);
    let product = read.product(&shelf, &offers, &sheets.sheets, &mut findings)?;
    let mut testimony = Testimony::default();
    if let (Some(product), Some((blueprint, _))) = (product, &read.blueprint) {
        let (told, more) = testimony::of_blueprint(product, blueprint);
        testimony.rows.extend(told);
        findings.extend(more);
    }
    let product = product.filter(|_| !testimony.rows.is_empty());
    let into = product.unwrap_or_default();
    let (tables, more) = rows::read(into, &mut sheets.sheets, &Accepted::default());
    findings.extend(more.into_iter().filter(|it| it.code == Code::Secret));
    let mut imported = Filling::of(into, &tables, &testimony).finish(into)?;
    if product.is_none() {
        imported.files.clear();
    }
    findings.append(&mut imported.findings);
    settle(&mut findings);
    options.weigh(&mut findings);
    Ok(Imported {
        findings,
        worksheets: Worksheets::new(shown, tables),
        ..imported
    })
}

/// The documents that were given.
struct Given {
    blueprint: Option<(Blueprint, SourceDigest)>,
    findings: Vec<Finding>,
}

impl Given {
    fn read(given: &Gathered, options: &Options) -> Self {
        let mut findings = given.findings.clone();
        let mut blueprints = Vec::new();
        let files = given.documents.iter().chain(&given.sources);
        for source in files {
            if !documents::is_markup(&source.bytes) {
                let read = contained::read(&source.name, &source.bytes, &options.containment);
                findings.extend(read.findings);
                findings.extend(read.sheets.iter().map(|it| stranger(&it.place)));
                continue;
            }
            match documents::read(&source.name, &source.bytes) {
                Ok(Document::Blueprint(blueprint)) => {
                    let digest = SourceDigest {
                        path: source.name.to_string(),
                        sha256: source.sha256.clone(),
                    };
                    blueprints.push((blueprint, digest));
                }
                Ok(Document::Objects(sheet)) => findings.push(stranger(&sheet.place)),
                Err(mut finding) => {
                    // It was asked for by name.
                    finding.severity = crate::finding::Severity::Error;
                    findings.push(finding);
                }
            }
        }
        let blueprint = chosen(blueprints, true, &mut findings);
        Self {
            blueprint,
            findings,
        }
    }

    /// The product that the documents are of, else that of the worksheets, else the first; `None` where the two are of
    /// different ones, or nobody has the documents'.
    fn product(
        &self,
        shelf: &Shelf,
        offers: &[Offer],
        sheets: &[Sheet],
        findings: &mut Vec<Finding>,
    ) -> Result<Option<&'static Product>> {
        let typed = inventory::product_meant(Product::built_in(), sheets, offers);
        let Some((blueprint, _)) = &self.blueprint else {
            return product(shelf, offers, typed).map(Some);
        };
        match (release(blueprint, offers), typed) {
            (Err(finding), _) => {
                findings.push(finding);
                Ok(None)
            }
            (Ok(Some(told)), Some(typed)) if told.version.service != typed.version.service => {
                let message = format!(
                    "this topology is of `{}`, and the worksheets are of `{}`; nothing of it was imported",
                    told.name, typed.name
                );
                let place = Place::file(blueprint.source.clone());
                let finding = Finding::new(Code::VersionOfOtherProduct, message).at(&place);
                findings.push(finding.help("name another folder with `--worksheets`"));
                Ok(None)
            }
            (Ok(told), typed) => product(shelf, offers, typed.or(told)).map(Some),
        }
    }
}

/// A table in which nothing is known that a network says of itself.
fn stranger(place: &Place) -> Finding {
    let mut finding = Finding::new(
        Code::UnsupportedFile,
        "this is no topology, and nothing was imported from it",
    )
    .at(place)
    .help("give a topology that was published, or one that was drawn");
    finding.severity = crate::finding::Severity::Error;
    finding
}

/// Reads a product's folder.
fn product(shelf: &Shelf, offers: &[Offer], meant: Option<&Offer>) -> Result<&'static Product> {
    let Some(meant) = meant.filter(|it| it.id != template::first_product()) else {
        return Ok(Product::built_in());
    };
    let folder = shelf
        .folder(&meant.id)
        .map_err(|finding| system(&finding))?;
    let read = Product::read(&folder.texts, offers.to_vec());
    read.map_err(|findings| match findings.first() {
        Some(first) => system(first),
        None => Error::system("the product cannot be read".to_owned()),
    })
}

fn system(finding: &Finding) -> Error {
    Error::system(finding.message.clone())
}

/// The rows of the worksheets, as they are filled.
struct Filling<'t> {
    product: &'static Product,
    tables: &'t [Table],
    rows: BTreeMap<String, Rows>,
    /// Where the rows of the tables are among them.
    at: BTreeMap<(usize, u32), usize>,
    made: Imported,
}

impl<'t> Filling<'t> {
    fn of(product: &'static Product, tables: &'t [Table], testimony: &Testimony) -> Self {
        let mut filling = Self {
            product,
            tables,
            rows: BTreeMap::new(),
            at: BTreeMap::new(),
            made: Imported {
                files: BTreeMap::new(),
                blank: BTreeMap::new(),
                rows: 0,
                filled: 0,
                differing: 0,
                findings: Vec::new(),
                worksheets: Worksheets::new(BTreeMap::new(), Vec::new()),
            },
        };
        for (position, table) in tables.iter().enumerate() {
            filling.take(position, table);
        }
        filling.settings();
        for difference in testimony::differences(product, tables, testimony) {
            filling.apply(&difference, testimony);
        }
        filling
    }

    /// Takes over what is typed. A column that `new` does not write keeps its heading behind the others.
    fn take(&mut self, position: usize, table: &Table) {
        let rows = self.rows.entry(table.kind.id.clone()).or_default();
        let offered: Vec<&str> = table.kind.offered().map(|it| it.heading.as_str()).collect();
        let known = table.columns.iter();
        let others = known.filter(|(heading, _)| !offered.contains(heading));
        let others = others.map(|(heading, at)| (*at, (*heading).to_owned()));
        let others = others.chain(table.extras.iter().map(|(at, it)| (*at, it.clone())));
        let others: Vec<(u32, String)> = others.collect();
        for (number, cells) in &table.rows {
            let text = |at: Option<&u32>| {
                let cell = at.and_then(|at| cells.get(at));
                cell.map_or_else(String::new, parse::text_of)
            };
            let texts = offered.iter().map(|it| text(table.columns.get(it)));
            let mut texts: Vec<String> = texts.collect();
            for (column, heading) in &others {
                let known = rows.extras.iter().position(|it| it == heading);
                let at = known.unwrap_or_else(|| {
                    rows.extras.push(heading.clone());
                    rows.extras.len() - 1
                });
                let at = offered.len() + at;
                texts.resize(texts.len().max(at + 1), String::new());
                texts[at] = text(Some(column));
            }
            self.at.insert((position, *number), rows.rows.len());
            rows.rows.push(texts);
        }
    }

    /// The settings: all of them where there are none yet, and the product where its cell is blank.
    fn settings(&mut self) {
        let rows = self.rows.entry(DEPLOYMENT.to_owned()).or_default();
        if rows.rows.is_empty() {
            let settings = self.product.schema.settings.iter();
            let settings = settings.map(|it| vec![it.name.clone(), String::new()]);
            rows.rows = settings.collect();
        }
        let schema = &self.product.schema;
        for row in &mut rows.rows {
            let is_it = schema
                .setting(&row[0])
                .is_some_and(|it| it.name == "Product");
            if is_it && row[1].is_empty() {
                row[1].clone_from(&self.product.names.name);
            }
        }
    }

    fn apply(&mut self, difference: &Difference, testimony: &Testimony) {
        self.made.findings.push(difference.finding());
        match difference.drift {
            Drift::OnlyTold => {
                let mut told = testimony.of(&difference.kind);
                if let Some(row) = told.find(|row| row.key == difference.name) {
                    self.add(row);
                }
                // It has its row now.
                self.made.findings.pop();
            }
            Drift::OnlyTyped => {}
            Drift::Fills => {
                let place = difference.told.as_ref().map(|(_, place)| place.to_string());
                self.put(difference, &format!("From {}.", place.unwrap_or_default()));
                self.made.filled += 1;
                self.made.findings.pop();
            }
            Drift::Differs | Drift::Moved => {
                self.put(difference, &difference.message());
                self.made.differing += 1;
            }
            Drift::Swapped | Drift::Renamed => {
                for at in &difference.cells {
                    self.note(at, &difference.message());
                }
                self.made.differing += 1;
            }
        }
    }

    /// Adds a row that no worksheet has.
    fn add(&mut self, told: &ToldRow) {
        let Some(kind) = self.product.schema.kind(&told.kind) else {
            return;
        };
        let rows = self.rows.entry(told.kind.clone()).or_default();
        let texts = kind.offered().map(|column| {
            let cell = told.cell(&column.heading);
            cell.map_or_else(String::new, |cell| cell.text.clone())
        });
        rows.rows.push(texts.collect());
        self.made.rows += 1;
    }

    /// Puts what the document says into the cell, with a note.
    fn put(&mut self, difference: &Difference, words: &str) {
        let (Some(at), Some((text, _))) = (difference.cells.first(), &difference.told) else {
            return;
        };
        if let Some((rows, row, column)) = self.cell(at) {
            rows.rows[row][column].clone_from(text);
            rows.notes.insert((row, column), words.to_owned());
        }
    }

    fn note(&mut self, at: &At, words: &str) {
        if let Some((rows, row, column)) = self.cell(at) {
            rows.notes.insert((row, column), words.to_owned());
        }
    }

    fn cell(&mut self, at: &At) -> Option<(&mut Rows, usize, usize)> {
        let kind = self.tables.get(at.table)?.kind;
        let row = *self.at.get(&(at.table, at.row))?;
        let mut columns = kind.offered();
        let column = columns.position(|it| it.heading == at.column)?;
        Some((self.rows.get_mut(&kind.id)?, row, column))
    }

    fn finish(self, product: &'static Product) -> Result<Imported> {
        let write = |files: &[starter::File]| {
            xlsx::worksheets(files)
                .map_err(|error| Error::system(format!("cannot make the worksheets: {error}")))
        };
        let mut rows = self.rows;
        for (kind, rows) in &mut rows {
            let columns = product.schema.kind(kind);
            let columns = columns.map_or(0, |it| it.offered().count());
            let all = columns + rows.extras.len();
            for row in &mut rows.rows {
                row.resize(all, String::new());
            }
        }
        Ok(Imported {
            files: write(&starter::files(&product.schema, &rows))?,
            blank: write(&starter::blank(product))?,
            ..self.made
        })
    }
}
