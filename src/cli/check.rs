//! `check`: everything `build` would say of the worksheets, and no packets.
//!
//! What was exercised stands in an output folder's ledger. This command has none, so it does not judge exercises.
//!
//! The findings are this command's result, so they go to standard output in every form, to be paged, kept and
//! searched; `build` says them beside its own result, on standard error.

use crate::finding::{Costs, Finding, settle, words};
use crate::publish::Ledger;
use crate::render::doctor;
use crate::workbook::Sheet;

use super::annotate::Folder;
use super::args::{Args, Check};
use super::editions::Editions;
use super::failure::{Exit, Failure};
use super::hold::Hold;
use super::load::{self, Loaded};
use super::reuse::Reuse;
use super::settings::Settings;
use super::shell::{Shell, Stream};
use super::{produce, settings};

/// Runs the command.
pub fn run(check: &Check, args: &Args, shell: &Shell) -> Result<Exit, Failure> {
    let settings = settings::resolve(&check.input, None, &args.shared)?;
    let shell = &shell.completed(settings.manner);
    let folder = check
        .annotate
        .as_deref()
        .map(|dir| Folder::open(dir, &settings.worksheets))
        .transpose()?;
    let (mut loaded, sheets) = match &folder {
        Some(_) => load::load_with_sheets(&settings)?,
        // The sheets as they were read are worth their memory only to the copies.
        None => (load::load(&settings)?, Vec::new()),
    };
    let has_packets = judge(&mut loaded, &settings, shell)?;
    for line in loaded.worksheets.usage() {
        shell.detail(&line);
    }
    if has_packets || !loaded.findings.is_empty() {
        shell.findings(&loaded.findings, &loaded.worksheets, Stream::Result)?;
    }
    if let Some(folder) = &folder {
        annotate(folder, &loaded, &sheets, shell)?;
    }
    if has_packets {
        Ok(produce::exit(&loaded.findings))
    } else {
        Err(produce::nothing(&settings))
    }
}

/// Adds what is found in making the packets; false if there is nothing to make one of.
fn judge(loaded: &mut Loaded, settings: &Settings, shell: &Shell) -> Result<bool, Failure> {
    let chosen = produce::choose(&loaded.inventory, &settings.only)?;
    let mut more: Vec<Finding> = Vec::new();
    let mut costs = Costs::default();
    if !chosen.is_empty() {
        let editions = Editions::new(&Ledger::default(), settings.as_of);
        let reuse = Reuse::new(&loaded.estate, &loaded.layout, &settings.formats);
        let hold = Hold::default();
        let produced =
            produce::produce(loaded, &chosen, &editions, &reuse, &hold, settings, shell)?;
        more = produced.findings;
        settings.weigh(&mut more);
        costs = produced.costs;
    }
    let has_packets = !chosen.is_empty();
    loaded.findings.extend(more);
    loaded.worksheets.weigh(costs);
    settle(&mut loaded.findings);
    Ok(has_packets)
}

/// Writes the marked copies and the list of findings.
fn annotate(
    folder: &Folder,
    loaded: &Loaded,
    sheets: &[Sheet],
    shell: &Shell,
) -> Result<(), Failure> {
    let tables = loaded.worksheets.tables();
    let files = doctor::files(&loaded.findings, sheets, tables, &loaded.estate)
        .map_err(|error| Failure::nothing(format!("cannot make the marked copies: {error}")))?;
    folder.write(&files)?;
    let copies = words::count(files.len() - 1, "marked copy", "marked copies");
    shell.say(&format!(
        "{copies} and the list {} are in {}",
        doctor::LIST,
        folder.path().display()
    ));
    Ok(())
}
