//! An organization's own templates: read once, refused where they cannot be used at all.
//!
//! A broken template is wrong configuration: what is known of it before the first packet ends the run.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::decisions::{self, Row, Table};
use crate::finding::{Code, Finding, Place, suggest, words};
use crate::inventory::{self, DecisionRow};
use crate::product::{self, Folder, Offer, Product, Shelf};
use crate::sources;
use crate::template::{self, Engine};
use crate::text::reserved;
use crate::workbook::Sheet;

use super::{Error, Result, age};

/// The folder of the layouts among the templates.
pub const LAYOUT: &str = "layout/";

/// Templates by the names of the built-in ones they stand in for.
pub type Own = BTreeMap<String, String>;

/// An organization's own templates, as they were read.
#[derive(Clone, Debug, Default)]
pub struct Templates {
    /// Their texts, by path below their folder.
    pub texts: BTreeMap<String, String>,
    /// Their paths as the user knows them, by that path.
    pub shown: BTreeMap<String, String>,
    /// What was taken out of them.
    pub findings: Vec<Finding>,
}

/// The folder of the procedures among the templates.
const PROCEDURES: &str = "procedures/";

/// The folder whose scripts become part of the working mode, whatever their names.
const SCRIPTS: &str = "layout/work/";

impl Templates {
    /// Reads them from a folder.
    ///
    /// # Errors
    /// The folder, or a file in it, cannot be read.
    pub fn read(folder: &Path) -> Result<Self> {
        let texts = sources::texts(folder).map_err(|error| Error::request(error.to_string()))?;
        let mut own = Self::default();
        for (path, mut text) in texts {
            let shown_as = folder.join(&path).display().to_string();
            own.findings.extend(without_marks(&path, &mut text));
            own.shown.insert(path.clone(), shown_as);
            own.texts.insert(path, text);
        }
        let stamp = sources::text(&folder.join(age::STAMP));
        own.findings
            .extend(age::findings(&own.texts, stamp.as_deref()));
        let shelf = Shelf::of(&own.texts);
        let misplaced: Vec<String> = own
            .texts
            .keys()
            .filter(|path| !is_read(&shelf, path))
            .cloned()
            .collect();
        for path in misplaced {
            own.texts.remove(&path);
            own.findings.push(self::misplaced(&path));
        }
        Ok(own)
    }
}

/// Whether a file stands where it can be read: in the folder of a product, or where no product's file belongs.
fn is_read(shelf: &Shelf, path: &str) -> bool {
    if let Some((id, _)) = template::in_product(path) {
        return shelf.has(id);
    }
    let built_in = template::files();
    let mut names = built_in
        .keys()
        .filter_map(|path| template::in_product(path));
    names.all(|(_, name)| name != path)
}

/// What a run is made with: the product that the worksheets name, and the templates of its folder.
pub struct InForce {
    /// The product.
    pub product: &'static Product,
    /// The templates, by name.
    pub texts: Own,
    /// Those of them that an organization gave or changed.
    pub own: Own,
    /// Where files stand, as the user knows them, by path and by name.
    pub shown: BTreeMap<String, String>,
    home: Option<(Shelf, Folder)>,
}

impl InForce {
    /// What the sheets ask for.
    ///
    /// # Errors
    /// The first thing in the organization's own templates that cannot be read.
    pub fn of(sheets: &[Sheet], templates: &Templates) -> Result<Self> {
        if templates.texts.is_empty() {
            let product = Product::built_in();
            let meant = inventory::product_meant(product, sheets, &product.offers);
            if meant.is_none_or(|offer| offer.id == product.names.id) {
                return Ok(Self {
                    product,
                    texts: template::builtin(),
                    own: Own::new(),
                    shown: templates.shown.clone(),
                    home: None,
                });
            }
        }
        let shelf = Shelf::of(&templates.texts);
        let refuse = |finding| broken(&finding, &templates.shown);
        let offers = shelf.offers().map_err(refuse)?;
        let first = Self::from(&shelf, template::first_product(), &offers, templates)?;
        match inventory::product_meant(first.product, sheets, &offers) {
            Some(offer) if offer.id != first.product.names.id => {
                Self::from(&shelf, &offer.id, &offers, templates)
            }
            _ => Ok(first),
        }
    }

    /// What the folder of this product says, whatever any worksheets ask for.
    ///
    /// # Errors
    /// The first thing in it that cannot be read.
    pub fn of_product(templates: &Templates, id: &str) -> Result<Self> {
        let shelf = Shelf::of(&templates.texts);
        let offers = shelf.offers();
        let offers = offers.map_err(|finding| broken(&finding, &templates.shown))?;
        Self::from(&shelf, id, &offers, templates)
    }

    /// What the folder of a product says.
    fn from(shelf: &Shelf, id: &str, offers: &[Offer], templates: &Templates) -> Result<Self> {
        let shown = &templates.shown;
        let folder = shelf
            .folder(id)
            .map_err(|finding| broken(&finding, shown))?;
        let own = shelf.own(&folder);
        let named = own
            .iter()
            .filter_map(|(name, path)| Some((name.clone(), shown.get(path)?.clone())));
        let mut in_force = Self {
            product: Product::built_in(),
            texts: folder.texts.clone(),
            shown: shown.clone().into_iter().chain(named).collect(),
            own: own
                .keys()
                .filter_map(|name| Some((name.clone(), folder.texts.get(name)?.clone())))
                .collect(),
            home: Some((shelf.clone(), folder)),
        };
        let is_first = id == template::first_product();
        if !is_first || in_force.own.keys().any(|name| Product::reads(name)) {
            match Product::read(&in_force.texts, offers.to_vec()) {
                Ok(product) => in_force.product = product,
                Err(findings) => in_force.refuse(&findings)?,
            }
        }
        Ok(in_force)
    }

    /// Whether there is anything that the program does not come with, so that it wants a trial.
    pub fn is_tried(&self) -> bool {
        !self.own.is_empty()
    }

    /// What is wrong with the commands of procedures, if there is anything that the program does not come with.
    pub fn judged(&self) -> Vec<Finding> {
        let procedures = self
            .texts
            .iter()
            .filter(|(name, _)| self.is_tried() && name.starts_with(PROCEDURES));
        let judge = |(name, text): (&String, &String)| self.product.commands.judge(name, text);
        procedures.flat_map(judge).collect()
    }

    /// Where files stand, with those of the worksheets.
    pub fn shown_with(&self, mut worksheets: BTreeMap<String, String>) -> BTreeMap<String, String> {
        worksheets.extend(self.shown.clone());
        worksheets
    }

    /// What differs from the built-in layouts and the first of the built-in products: commands without worksheets need it.
    pub fn kept(&self) -> Own {
        if self.home.is_none() {
            return Own::new();
        }
        let built_in = template::builtin();
        let differs = |(name, text): &(&String, &String)| {
            (name.starts_with(LAYOUT) || Product::reads(name)) && built_in.get(*name) != Some(*text)
        };
        let texts = self.texts.iter().filter(differs);
        texts
            .map(|(name, text)| (name.clone(), text.clone()))
            .collect()
    }

    /// Ends the run where there is anything to say of a template.
    ///
    /// # Errors
    /// The first of the findings, and how many more there are.
    pub fn refuse(&self, findings: &[Finding]) -> Result<()> {
        let Some((first, others)) = findings.split_first() else {
            return Ok(());
        };
        let mut error = self.broken(first);
        if !others.is_empty() {
            let more = words::count(others.len(), "more error", "more errors");
            error.message = format!("{} (and {more} in templates)", error.message);
        }
        Err(error)
    }

    /// A template that cannot be used, by the path of its file as the user knows it.
    pub fn broken(&self, finding: &Finding) -> Error {
        let finding = match &self.home {
            Some((shelf, folder)) => shelf.at_home(folder, finding.clone()),
            None => finding.clone(),
        };
        broken(&finding, &self.shown)
    }
}

/// A finding for a file that stands where no template is looked for.
fn misplaced(path: &str) -> Finding {
    let built_in = template::files();
    let near = suggest::did_you_mean_file(path, built_in.keys().map(String::as_str));
    nothing_reads(path, near)
}

fn nothing_reads(name: &str, near: Option<String>) -> Finding {
    let usual = "name it like the template it is to replace (`restore-packets templates DIR` writes them), or include it";
    Finding::new(Code::UnknownTemplate, "no template reads this file")
        .at(&Place::file(name))
        .help(near.unwrap_or_else(|| usual.to_owned()))
}

/// Takes out of a template what no page could print, with a finding at the first line that holds it.
fn without_marks(name: &str, text: &mut String) -> Option<Finding> {
    let line = text
        .lines()
        .position(|line| reserved::first(line).is_some());
    let place = Place::file(name).line(u32::try_from(line?).unwrap_or(u32::MAX));
    Some(reserved::found(
        "this template",
        reserved::replace(text)?,
        &place,
    ))
}

/// A template that cannot be used, by its path as the user knows it.
pub fn broken(finding: &Finding, shown: &BTreeMap<String, String>) -> Error {
    Error::template(finding, |place| {
        let path = shown.get(&*place.path).map_or(&*place.path, String::as_str);
        place.in_file(path)
    })
}

/// A finding for each row of the decision table whose procedure is no template; `text` is the table's.
pub fn without_procedure(table: &Table, text: &str, engine: &Engine) -> Vec<Finding> {
    let missing = table
        .rows
        .iter()
        .filter(|row| !engine.has(&template_of(&row.procedure)));
    let finding = |row: &Row| {
        let quoted = format!("\"{}\"", row.procedure);
        let line = text.lines().position(|line| line.contains(&quoted));
        let line = line.and_then(|line| u32::try_from(line).ok());
        let place = Place::file(decisions::FILE).line(line.unwrap_or_default());
        no_such_file(Code::TemplateError, &row.id, &row.procedure).at(&place)
    };
    missing.map(finding).collect()
}

/// The same for the rows of a worksheet, each at its cell.
pub fn unknown_files(rows: &[DecisionRow], engine: &Engine) -> Vec<Finding> {
    let named = rows.iter().filter(|row| !row.procedure.text.is_empty());
    let missing = named.filter(|row| !engine.has(&template_of(&row.procedure.text)));
    let finding = |row: &DecisionRow| {
        no_such_file(Code::UnknownCondition, &row.id.text, &row.procedure.text)
            .at(&row.procedure.place)
    };
    missing.map(finding).collect()
}

fn template_of(procedure: &str) -> String {
    format!("{PROCEDURES}{procedure}")
}

/// Texts by name, whichever product's they are.
fn named(files: BTreeMap<String, String>) -> Own {
    files
        .into_iter()
        .map(|(path, text)| (named_as(&path).to_owned(), text))
        .collect()
}

/// What a file is called, whichever product's it is.
fn named_as(path: &str) -> &str {
    template::in_product(path).map_or(path, |(_, name)| name)
}

fn no_such_file(code: Code, row: &str, procedure: &str) -> Finding {
    let known = template::builtin();
    let known = known
        .keys()
        .filter_map(|name| name.strip_prefix(PROCEDURES));
    let message =
        format!("the row `{row}` names the procedure `{procedure}`, and there is no such file");
    Finding::new(code, message).help_if(suggest::did_you_mean_file(procedure, known))
}

/// A finding for each file that stands in for no built-in one and that nothing reads.
pub fn strangers(own: &Own, engine: &Engine, table: &Table) -> Vec<Finding> {
    let files = template::files();
    // Several products may have a sample, each in files of the same names.
    let is_as_built_in = |name: &String, text: &String| {
        let mut all = files.iter().filter(|(path, _)| named_as(path) == name);
        all.any(|(_, built_in)| built_in == text)
    };
    let built_in = named(files.clone());
    let procedures = table.rows.iter().map(|row| template_of(&row.procedure));
    let starts: Vec<String> = procedures.chain(built_in.keys().cloned()).collect();
    let read: BTreeSet<&str> = starts
        .iter()
        .flat_map(|name| engine.closure(name))
        .collect();
    let is_read = |name: &String| {
        read.contains(name.as_str())
            || built_in.contains_key(name)
                && (!product::is_sample(name)
                    || own.get(name).is_some_and(|text| is_as_built_in(name, text)))
            || name.starts_with(SCRIPTS)
    };
    let strangers = own.keys().filter(|name| !is_read(name));
    strangers
        .map(|name| {
            let others = built_in.keys().filter(|it| *it != name);
            let near = suggest::did_you_mean_file(name, others.map(String::as_str));
            nothing_reads(name, near.filter(|_| !product::is_sample(name)))
        })
        .collect()
}
