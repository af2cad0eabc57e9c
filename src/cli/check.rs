//! `check`: everything `build` would say, nothing written.

use crate::publish::Ledger;

use super::args::{Args, Input};
use super::editions::Editions;
use super::failure::{Exit, Failure};
use super::reuse::Reuse;
use super::shell::Shell;
use super::{load, produce, settings};

/// Runs the command.
pub fn run(input: &Input, args: &Args, shell: &Shell) -> Result<Exit, Failure> {
    let settings = settings::resolve(input, None, &args.shared)?;
    let mut loaded = load::load(&settings)?;
    let chosen = produce::choose(&loaded.inventory, &settings.only)?;
    if !chosen.is_empty() {
        let editions = Editions::new(&Ledger::default(), settings.as_of);
        let reuse = Reuse::new(&loaded.estate, &loaded.layout, &settings.formats);
        let produced = produce::produce(&loaded, &chosen, &editions, &reuse, &settings, shell)?;
        loaded.findings.extend(produced.findings);
    }
    crate::finding::settle(&mut loaded.findings);
    for line in loaded.worksheets.usage() {
        shell.detail(&line);
    }
    shell.findings(&loaded.findings, settings.manner, &loaded.worksheets);
    if chosen.is_empty() {
        return Err(produce::nothing(&settings));
    }
    Ok(produce::exit(&loaded.findings))
}
