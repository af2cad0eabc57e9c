//! Reads everything a run needs: worksheets, decision table, templates.
//!
//! Entry points: [`Inputs::of`], which takes the files from the disk, then [`read()`].

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::PathBuf;

use crate::contained::{self, KeptSheet};
use crate::decisions::{self, Table};
use crate::finding::{Code, Finding, Place};
use crate::inventory::{self, Inventory};
use crate::packets::{Estate, SourceDigest};
use crate::product::schema;
use crate::publish::{KeptEstate, SheetEntry, SourceEntry};
use crate::readiness;
use crate::render;
use crate::rows::Table as Worksheet;
use crate::sources::{self, Gathered, Source};
use crate::template::Engine;
use crate::testimony::Testimony;
use crate::text::digest;
use crate::topology::Topology;
use crate::workbook::Sheet;

use super::described::Described;
use super::estate::estate;
use super::own::{InForce, LAYOUT, Templates};
use super::worksheets::Worksheets;
use super::{Error, Options, Paths, Result, apart, own, trial};

/// What a run is made from: bytes of worksheets, and an organization's own templates.
#[derive(Clone, Debug, Default)]
pub struct Inputs {
    /// The worksheet files.
    pub worksheets: Gathered,
    /// Templates that replace the built-in ones of their names.
    pub templates: Templates,
    /// The topology document that was named; where none was, those among the worksheets count.
    pub topology: Option<Gathered>,
}

impl Inputs {
    /// Worksheet files that are at hand, by name, and the built-in templates.
    pub fn of_files<'a>(files: impl IntoIterator<Item = (&'a str, Vec<u8>)>) -> Self {
        let source = |(name, bytes): (&str, Vec<u8>)| Source {
            name: name.into(),
            shown: name.to_owned(),
            sha256: digest::sha256_hex(&bytes),
            bytes: bytes.into(),
        };
        let mut worksheets = Gathered {
            sources: files.into_iter().map(source).collect(),
            ..Gathered::default()
        };
        worksheets.sources.sort_by(|a, b| a.name.cmp(&b.name));
        Self {
            worksheets,
            ..Self::default()
        }
    }

    /// Reads the files. Output folders of this program are left out of the worksheets.
    ///
    /// # Errors
    /// A path that cannot be read at all.
    pub fn of(paths: &Paths) -> Result<Self> {
        let worksheets = apart::gather(paths).map_err(|error| {
            let help = match error.error.kind() {
                ErrorKind::NotFound => {
                    "name the folder of your worksheets with --worksheets, or make one with `restore-packets new DIR`"
                }
                _ => "check who may read it, and run again",
            };
            Error::system(error.to_string()).help(help)
        })?;
        let templates = paths.templates.as_deref().map(Templates::read);
        let topology = paths.topology.as_ref().map(named_topology);
        Ok(Self {
            worksheets,
            templates: templates.transpose()?.unwrap_or_default(),
            topology: topology.transpose()?,
        })
    }
}

/// The file that was named as the topology, whatever its ending.
fn named_topology(path: &PathBuf) -> Result<Gathered> {
    let gathered = sources::gather(std::slice::from_ref(path));
    let mut gathered = gathered.map_err(|error| {
        Error::request(error.to_string()).help("name the topology document itself")
    })?;
    let others = std::mem::take(&mut gathered.sources);
    gathered.documents.extend(others);
    Ok(gathered)
}

/// Everything read and joined.
pub struct Reading {
    /// The sheets it was joined from.
    pub sheets: Sheets,
    /// What a document beside the worksheets says of them.
    pub testimony: Testimony,
    /// The records.
    pub inventory: Inventory,
    /// The decision table in force.
    pub table: Table,
    /// The templates.
    pub engine: Engine,
    /// The digest of the layout templates. Procedures are not in it: their text is in the packets.
    pub layout: String,
    /// The digest of all templates.
    pub templates: String,
    /// The organization's own layouts, and what it says of the product.
    pub own: BTreeMap<String, String>,
    /// What is true of the whole run.
    pub estate: Estate,
    /// Every finding so far.
    pub findings: Vec<Finding>,
    /// What messages show of the worksheets.
    pub worksheets: Worksheets,
}

impl Reading {
    /// Whether no worksheet was found.
    pub fn is_empty(&self) -> bool {
        self.worksheets.tables().is_empty()
    }

    /// The topology document that was read beside the worksheets.
    pub fn topology(&self) -> Option<&SourceDigest> {
        self.sheets.network.source()
    }

    /// Lets the sheets go, which only marked copies and what is kept for the next run need.
    pub fn forget_sheets(&mut self) {
        self.sheets = Sheets::default();
    }

    /// What a writer said, with a template's path as the user knows it.
    pub fn unusable(&self, error: &render::Error) -> Error {
        Error::render(error, |place| self.worksheets.shown_place(place))
    }
}

/// Reads the workbooks, joins what they say, and checks it with the templates.
///
/// # Errors
/// Templates that hold no decision table, or fail with the sample organization.
pub fn read(inputs: Inputs, options: &Options) -> Result<Reading> {
    Sheets::read(inputs, options).join(options)
}

/// What the worksheet files hold, before it is joined.
#[derive(Clone, Debug, Default)]
pub struct Sheets {
    /// Every sheet, recognised or not.
    pub all: Vec<Sheet>,
    /// The files' digests.
    pub sources: Vec<SourceDigest>,
    /// What was met in reading them.
    pub findings: Vec<Finding>,
    shown: BTreeMap<String, String>,
    templates: Templates,
    network: Described,
}

impl Sheets {
    /// Reads the workbooks.
    pub fn read(inputs: Inputs, options: &Options) -> Self {
        let Inputs {
            worksheets: mut gathered,
            templates,
            topology,
        } = inputs;
        let network = Described::read(&gathered.documents, topology.as_ref());
        let mut read = contained::read_all(&gathered.sources, &options.containment, options.jobs);
        apart::leave_out(&mut gathered, &mut read);
        let digest = |source: &Source| SourceDigest {
            path: source.name.to_string(),
            sha256: source.sha256.clone(),
        };
        let mut findings = gathered.findings;
        findings.extend(read.findings);
        let mut shown = gathered.shown;
        shown.extend(topology.iter().flat_map(|it| it.shown.clone()));
        Self {
            all: read.sheets,
            sources: gathered.sources.iter().map(digest).collect(),
            findings,
            shown,
            templates,
            network,
        }
    }

    /// The worksheets' digests, and that of the document that was read beside them.
    fn all_sources(&self) -> Vec<SourceDigest> {
        let mut all = self.sources.clone();
        all.extend(self.network.source().cloned());
        all.sort_by(|a, b| a.path.cmp(&b.path));
        all
    }

    /// What was said of secrets in joining, whatever the options make of such findings.
    fn secrets(&self) -> impl Iterator<Item = &Finding> {
        let findings = self.findings.iter();
        findings.filter(|finding| finding.code == Code::Secret)
    }

    /// Joins what the sheets say, and checks it with the templates. Secrets are taken out of the sheets, and what is
    /// said of them is kept, so that sheets can be put into others' places and joined again.
    ///
    /// # Errors
    /// As [`read()`].
    pub fn join(mut self, options: &Options) -> Result<Reading> {
        let in_force = InForce::of(&self.all, &self.templates)?;
        let told = self
            .network
            .testimony(in_force.product, &options.topology_wins);
        let (testimony, of_documents) = told;
        let inventory::Read {
            mut inventory,
            tables,
            findings: more,
        } = inventory::read_beside(
            in_force.product,
            &mut self.all,
            &options.accepted,
            &testimony,
        );
        let secrets = more.iter().filter(|it| it.code == Code::Secret);
        let mut findings = self.findings.clone();
        self.findings.extend(secrets.cloned());
        findings.extend(more);
        inventory.unread = unread(&findings);
        findings.extend(of_documents);
        findings.extend(self.templates.findings.iter().cloned());
        let topology = Topology::of(&inventory);
        let (engine, table) = load_templates(&in_force, &topology, &mut findings)?;
        if in_force.is_tried() {
            let tried = trial::run(&engine, &table, &in_force.own, options.as_of);
            tried.map_err(|finding| in_force.broken(&finding))?;
            findings.extend(own::strangers(&in_force.own, &engine, &table));
        }
        let (as_of, limits) = (options.as_of, options.limits);
        findings.extend(readiness::check(&topology, as_of, limits));
        options.weigh(&mut findings);
        Ok(Reading {
            estate: estate(&inventory, self.all_sources(), as_of, &findings),
            layout: layout(&in_force.texts),
            templates: digest::of_value(&in_force.texts),
            own: in_force.kept(),
            worksheets: Worksheets::new(in_force.shown_with(self.shown.clone()), tables),
            sheets: self,
            testimony,
            inventory,
            table,
            engine,
            findings,
        })
    }
}

/// The files and sheets that could not be read.
fn unread(findings: &[Finding]) -> Vec<Place> {
    const UNREAD: [Code; 4] = [
        Code::UnreadableFile,
        Code::ProtectedFile,
        Code::OversizedSheet,
        Code::UnreadableSheet,
    ];
    let unread = findings.iter().filter(|it| UNREAD.contains(&it.code));
    unread.filter_map(|it| it.place.clone()).collect()
}

/// The digest of the templates that lay pages out.
fn layout(templates: &BTreeMap<String, String>) -> String {
    let layouts = templates
        .iter()
        .filter(|(name, _)| name.starts_with(LAYOUT));
    let texts = layouts.map(|(name, text)| format!("{name} {}\n{text}", text.len()));
    digest::sha256_hex(texts.collect::<String>().as_bytes())
}

/// The templates and the decision table that are in force.
///
/// # Errors
/// What cannot be used in them.
pub(super) fn load_templates(
    in_force: &InForce,
    topology: &Topology<'_>,
    findings: &mut Vec<Finding>,
) -> Result<(Engine, Table)> {
    let inventory = topology.inventory;
    let (engine, broken) = Engine::load(&in_force.texts);
    in_force.refuse(&broken)?;
    in_force.refuse(&in_force.judged())?;
    let text = in_force
        .texts
        .get(decisions::FILE)
        .map_or("", String::as_str);
    let (built_in, broken) = Table::read(inventory.product, text);
    in_force.refuse(&broken)?;
    in_force.refuse(&own::without_procedure(&built_in, text, &engine))?;
    if inventory.decisions.is_empty() {
        return Ok((engine, built_in));
    }
    let (table, more) = Table::of_worksheet(&inventory.decisions, &built_in);
    findings.extend(more);
    findings.extend(decisions::idle_rows(&table, topology));
    findings.extend(own::unknown_files(&inventory.decisions, &engine));
    Ok((engine, table))
}

/// What commands without worksheets need of a run beyond its packets, and what the next run needs of the sheets.
pub fn kept(reading: &Reading) -> KeptEstate {
    let sheets = &reading.sheets;
    let tables = reading.worksheets.tables().iter();
    let is_planned =
        |table: &&Worksheet| [schema::SERVERS, schema::POOLS].contains(&table.kind.id.as_str());
    let planned: Vec<&Place> = tables
        .clone()
        .filter(is_planned)
        .map(|table| &table.place)
        .collect();
    let places: Vec<&Place> = tables.map(|table| &table.place).collect();
    let known = sheets.all.iter();
    let known = known.filter(|sheet| places.contains(&&sheet.place));
    let (planned, others): (Vec<&Sheet>, Vec<&Sheet>) =
        known.partition(|sheet| planned.contains(&&sheet.place));
    KeptEstate {
        estate: reading.estate.clone(),
        templates: reading.own.clone(),
        sheets: planned.into_iter().map(KeptSheet::of).collect(),
        others: others.into_iter().map(KeptSheet::of).collect(),
        secrets: sheets.secrets().cloned().collect(),
        dated: reading
            .findings
            .iter()
            .filter(|it| it.as_of.is_some())
            .cloned()
            .collect(),
        testimony: reading.testimony.clone(),
    }
}

/// What was read, file by file and sheet by sheet.
pub fn sources(reading: &Reading) -> Vec<SourceEntry> {
    let sheets = |path: &str| {
        let tables = reading.worksheets.tables().iter();
        let of_file = tables.filter(|table| &*table.place.path == path && table.usage.used > 0);
        let sheets = of_file.map(|table| SheetEntry {
            sheet: table.place.in_sheet().map(str::to_owned),
            kind: table.kind.id.clone(),
            rows: table.usage.used,
            filled: table.filled(),
        });
        sheets.collect()
    };
    let files = reading.estate.sources.iter();
    let entries = files.map(|source| SourceEntry {
        path: source.path.clone(),
        sha256: source.sha256.clone(),
        sheets: sheets(&source.path),
        not_refreshed_since: None,
    });
    entries.collect()
}
