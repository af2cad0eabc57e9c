//! Reads everything a run needs: worksheets, decision table, templates. Shared by `build` and `check`.

use std::collections::BTreeMap;

use crate::contained::{self, Containment};
use crate::decisions::{self, Table};
use crate::finding::Finding;
use crate::inventory::{self, Inventory};
use crate::packets::{Estate, Paper, SourceDigest, facts};
use crate::readiness;
use crate::sources::{self, Source};
use crate::template::{self, Engine};
use crate::text::digest;

use super::excerpts::Worksheets;
use super::failure::Failure;
use super::settings::Settings;

/// Where the built-in decision table stands among the templates.
const DECISION_TABLE: &str = "decision-table.toml";

/// The folder of the layouts among the templates.
const LAYOUT: &str = "layout/";

/// Everything read.
pub struct Loaded {
    /// The records.
    pub inventory: Inventory,
    /// The decision table in force.
    pub table: Table,
    /// The templates.
    pub engine: Engine,
    /// The digest of the layout templates. Procedures are not in it: their text is in the packets.
    pub layout: String,
    /// What is true of the whole run.
    pub estate: Estate,
    /// Every finding so far.
    pub findings: Vec<Finding>,
    /// What messages show of the worksheets.
    pub worksheets: Worksheets,
}

/// Reads worksheets and templates and checks them.
///
/// # Errors
/// A path that cannot be read at all.
pub fn load(settings: &Settings) -> Result<Loaded, Failure> {
    let gathered = sources::gather(&settings.worksheets).map_err(|error| {
        Failure::nothing(error.to_string())
            .help("name the folder of your worksheets with --worksheets, or make one with `restore-packets new DIR`")
    })?;
    let read = contained::read_all(
        &gathered.sources,
        &Containment::of_this_program(),
        settings.jobs,
    );
    let mut findings = gathered.findings;
    findings.extend(read.findings);
    let inventory::Read {
        inventory,
        tables,
        findings: more,
    } = inventory::read(&read.sheets);
    findings.extend(more);
    let templates = overlaid(settings)?;
    let (engine, table) = load_templates(&templates, &inventory, &mut findings);
    findings.extend(readiness::check(&inventory, settings.as_of));
    Ok(Loaded {
        estate: estate(&inventory, &gathered.sources, settings),
        worksheets: Worksheets::new(&gathered.sources, tables),
        layout: layout(&templates),
        inventory,
        table,
        engine,
        findings,
    })
}

/// The built-in templates, and the organization's own in place of those of the same name.
fn overlaid(settings: &Settings) -> Result<BTreeMap<String, String>, Failure> {
    let own = match &settings.templates {
        Some(folder) => {
            sources::texts(folder).map_err(|error| Failure::usage(error.to_string()))?
        }
        None => BTreeMap::new(),
    };
    Ok(template::overlay(template::builtin(), own))
}

/// The digest of the templates that lay pages out.
fn layout(templates: &BTreeMap<String, String>) -> String {
    let layouts = templates
        .iter()
        .filter(|(name, _)| name.starts_with(LAYOUT));
    let texts = layouts.map(|(name, text)| format!("{name} {}\n{text}", text.len()));
    digest::sha256_hex(texts.collect::<String>().as_bytes())
}

fn load_templates(
    templates: &BTreeMap<String, String>,
    inventory: &Inventory,
    findings: &mut Vec<Finding>,
) -> (Engine, Table) {
    let (engine, more) = Engine::load(templates);
    findings.extend(more);
    let text = templates.get(DECISION_TABLE).map_or("", String::as_str);
    let (built_in, more) = Table::read(text);
    findings.extend(more);
    if inventory.decisions.is_empty() {
        return (engine, built_in);
    }
    let (own, more) = Table::of_worksheet(&inventory.decisions, &built_in);
    findings.extend(more);
    findings.extend(decisions::idle_rows(&own, inventory));
    (engine, own)
}

fn estate(inventory: &Inventory, sources: &[Source], settings: &Settings) -> Estate {
    let deployment = &inventory.deployment;
    let digest = |source: &Source| SourceDigest {
        path: source.name.to_string(),
        sha256: source.sha256.clone(),
    };
    Estate {
        organization: deployment.text("Organization").map(str::to_owned),
        product: deployment
            .text("Product")
            .unwrap_or("Lync Server 2013")
            .to_owned(),
        classification: deployment.text("Classification").map(str::to_owned),
        paper: match deployment.text("Paper size") {
            Some(size) if size.eq_ignore_ascii_case("letter") => Paper::Letter,
            _ => Paper::A4,
        },
        as_of: settings.as_of,
        cycle: facts::cycle(inventory),
        sources: sources.iter().map(digest).collect(),
    }
}
