//! An organization's own templates: read once, refused where they cannot be used at all.
//!
//! A broken template is wrong configuration: what is known of it before the first packet ends the run.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::decisions::{self, Row, Table};
use crate::finding::{Code, Finding, Place, suggest, words};
use crate::inventory::DecisionRow;
use crate::product::{self, Product};
use crate::sources;
use crate::template::{self, Engine};
use crate::text::reserved;

use super::{Error, Result};

/// The folder of the layouts among the templates.
pub const LAYOUT: &str = "layout/";

/// Templates by the names of the built-in ones they stand in for.
pub type Own = BTreeMap<String, String>;

/// An organization's own templates, as they were read.
#[derive(Clone, Debug, Default)]
pub struct Templates {
    /// Their texts.
    pub texts: Own,
    /// Their paths as the user knows them, by name.
    pub shown: BTreeMap<String, String>,
    /// What was taken out of them.
    pub findings: Vec<Finding>,
}

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
            let Some(name) = name(&path) else {
                own.findings.push(misplaced(&path));
                own.shown.insert(path, shown_as);
                continue;
            };
            own.findings.extend(without_marks(name, &mut text));
            own.shown.insert(name.to_owned(), shown_as);
            own.texts.insert(name.to_owned(), text);
        }
        Ok(own)
    }
}

/// The product: the built-in one, or an organization's own where files of it stand in for some.
///
/// # Errors
/// The first thing in them that cannot be read.
pub fn product(
    templates: &Own,
    own: &Own,
    shown: &BTreeMap<String, String>,
) -> Result<&'static Product> {
    if !own.keys().any(|name| Product::reads(name)) {
        return Ok(Product::built_in());
    }
    Product::read(templates).or_else(|findings| {
        refuse(&findings, shown)?;
        Ok(Product::built_in())
    })
}

/// The name of the template at a path; `None` if it would stand in for a product's from outside its folder.
fn name(path: &str) -> Option<&str> {
    template::name(path).filter(|name| *name != path || template::path(name) == path)
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

/// Ends the run where there is anything to say of a template.
///
/// # Errors
/// The first of the findings, and how many more there are.
pub fn refuse(findings: &[Finding], shown: &BTreeMap<String, String>) -> Result<()> {
    let Some((first, others)) = findings.split_first() else {
        return Ok(());
    };
    let mut error = broken(first, shown);
    if !others.is_empty() {
        let more = words::count(others.len(), "more error", "more errors");
        error.message = format!("{} (and {more} in templates)", error.message);
    }
    Err(error)
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
    format!("procedures/{procedure}")
}

fn no_such_file(code: Code, row: &str, procedure: &str) -> Finding {
    let known = template::builtin();
    let known = known
        .keys()
        .filter_map(|name| name.strip_prefix("procedures/"));
    let message =
        format!("the row `{row}` names the procedure `{procedure}`, and there is no such file");
    Finding::new(code, message).help_if(suggest::did_you_mean_file(procedure, known))
}

/// A finding for each file that stands in for no built-in one and that nothing reads.
pub fn strangers(own: &Own, engine: &Engine, table: &Table) -> Vec<Finding> {
    let built_in = template::builtin();
    let procedures = table.rows.iter().map(|row| template_of(&row.procedure));
    let starts: Vec<String> = procedures.chain(built_in.keys().cloned()).collect();
    let read: BTreeSet<&str> = starts
        .iter()
        .flat_map(|name| engine.closure(name))
        .collect();
    let is_read = |name: &String| {
        read.contains(name.as_str())
            || built_in
                .get(name)
                .is_some_and(|text| !product::is_fixed(name) || own.get(name) == Some(text))
            || name.starts_with(SCRIPTS)
    };
    let strangers = own.keys().filter(|name| !is_read(name));
    strangers
        .map(|name| {
            let others = built_in.keys().filter(|it| *it != name);
            let near = suggest::did_you_mean_file(name, others.map(String::as_str));
            nothing_reads(name, near.filter(|_| !product::is_fixed(name)))
        })
        .collect()
}
