//! `changes`: what the last run that changed anything changed, and what to print again.

use std::path::PathBuf;

use crate::cli::failure::{Exit, Failure};
use crate::cli::options::{DocumentFormat, Shared};
use crate::cli::{settings, shell};
use crate::issue::kept::KeptPackets;
use crate::render;

/// The arguments of `changes`.
#[derive(Debug, clap::Args)]
pub struct ChangesArgs {
    /// The folder the packets are in [default: output]
    #[arg(long, value_name = "DIR")]
    pub output: Option<PathBuf>,
    /// As a page, or as a document for scripts
    #[arg(long, value_name = "FORMAT", default_value = "md")]
    pub format: DocumentFormat,
}

/// Runs the command.
pub fn run(args: &ChangesArgs, shared: &Shared) -> Result<Exit, Failure> {
    let published = settings::published(args.output.as_ref(), shared)?;
    let kept = KeptPackets::read(&published.output)?;
    let changes = kept.manifest.changes.clone().unwrap_or_default();
    let bytes = match args.format {
        DocumentFormat::Json => render::json::changes(&changes, &kept.estate)?,
        DocumentFormat::Md => {
            let page = render::markdown::changes(&kept.engine, &changes, &kept.estate);
            page.map_err(render::Error::from)?.into_bytes()
        }
    };
    shell::print(&bytes)
}
