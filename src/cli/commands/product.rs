//! `product check`: holds product folders of one's own to what the program reads.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::finding::words;
use crate::issue::products;
use crate::issue::{Templates, Worksheets};

use crate::cli::failure::{Exit, Failure};
use crate::cli::shell::{Shell, Stream};

/// The arguments of `product`.
#[derive(Debug, clap::Args)]
pub struct ProductArgs {
    /// What to do with it.
    #[command(subcommand)]
    pub what: What,
}

/// What can be done with a product's folder.
#[derive(Debug, clap::Subcommand)]
pub enum What {
    /// Read product folders whole: keys, ids, commands, changes, procedures on their sample
    Check(CheckArgs),
}

/// The arguments of `product check`.
#[derive(Debug, clap::Args)]
pub struct CheckArgs {
    /// The folder of templates in which `products` stands
    #[arg(value_name = "DIR")]
    pub dir: PathBuf,
}

/// Checks every product folder that stands there.
pub fn run(args: &ProductArgs, shell: &Shell) -> Result<Exit, Failure> {
    let What::Check(args) = &args.what;
    let templates = Templates::read(&args.dir)?;
    let mut findings = templates.findings.clone();
    let checked = products::check_products(&templates)?;
    if checked.is_empty() {
        return Err(Failure::usage(format!(
            "no product folder stands in `{}`",
            args.dir.display()
        ))
        .help("name the folder in which `products` stands; a product is a folder below that"));
    }
    for (offer, said) in checked {
        let count = words::count(said.len(), "finding", "findings");
        shell.say(&format!(
            "{} ({}): can be used, {count}",
            offer.name, offer.id
        ));
        findings.extend(said);
    }
    if !findings.is_empty() {
        let nothing = Worksheets::new(BTreeMap::new(), Vec::new());
        shell.findings(&findings, &nothing, Stream::Result)?;
    }
    Ok(Exit::of(&findings))
}
