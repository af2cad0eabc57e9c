//! `index`: which packet helps, and how ready the estate was on the day of the last run.

use std::path::PathBuf;

use crate::cli::failure::{Exit, Failure};
use crate::cli::options::{DocumentFormat, Shared};
use crate::cli::{settings, shell};
use crate::issue::kept::KeptPackets;
use crate::plan::card;
use crate::render;
use crate::topology::Topology;

/// The arguments of `index`.
#[derive(Debug, clap::Args)]
pub struct IndexArgs {
    /// The folder the packets are in [default: output]
    #[arg(long, value_name = "DIR")]
    pub output: Option<PathBuf>,
    /// As a page, or as a document for scripts
    #[arg(long, value_name = "FORMAT", default_value = "md")]
    pub format: DocumentFormat,
}

/// Runs the command.
pub fn run(args: &IndexArgs, shared: &Shared) -> Result<Exit, Failure> {
    let published = settings::published(args.output.as_ref(), shared)?;
    let kept = KeptPackets::read(&published.output)?;
    let (entries, cards) = (kept.index()?, card::cards(&Topology::of(&kept.inventory)));
    let bytes = match args.format {
        DocumentFormat::Json => render::json::index(&entries, &cards, &kept.estate)?,
        DocumentFormat::Md => {
            let page = render::markdown::index(&kept.engine, &entries, &cards, &kept.estate);
            page.map_err(render::Error::from)?.into_bytes()
        }
    };
    shell::print(&bytes)
}
