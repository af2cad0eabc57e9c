//! `changes`: what the last run that changed anything changed, or all runs since a day, and what to print again.

use std::path::{Path, PathBuf};

use crate::cli::failure::{Exit, Failure};
use crate::cli::options::{DocumentFormat, Shared};
use crate::cli::{settings, shell};
use crate::editions::Changes;
use crate::issue::answer;
use crate::issue::kept::{self, KeptPackets};
use crate::issue::since::{Since, since};
use crate::render;
use crate::text::fingerprint::Fingerprint;

/// The arguments of `changes`.
#[derive(Debug, clap::Args)]
pub struct ChangesArgs {
    /// Since when: a day as 2014-05-31, the number of an edition, or a fingerprint as printed [default: the run before]
    #[arg(long, value_name = "DATE|EDITION")]
    pub since: Option<String>,
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
    let changes = match &args.since {
        Some(text) => all_since(text, &published.output)?,
        None => kept.manifest.changes.clone().unwrap_or_default(),
    };
    let bytes = match args.format {
        DocumentFormat::Json => render::json::changes(&changes, &kept.estate)?,
        DocumentFormat::Md => {
            let page = render::markdown::changes(&kept.engine, &changes, &kept.estate);
            page.map_err(render::Error::from)?.into_bytes()
        }
    };
    shell::print(&bytes)
}

fn all_since(text: &str, output: &Path) -> Result<Changes, Failure> {
    let standing = kept::standing(output)?;
    let text = text.trim();
    if let Ok(day) = settings::date(text) {
        return Ok(since(&standing, &Since::Day(day.to_string())));
    }
    if let Some(number) = text.parse().ok().filter(|number| *number > 0) {
        return Ok(since(&standing, &Since::Edition(number)));
    }
    let Ok(fingerprint) = Fingerprint::parse(text) else {
        return Err(
            Failure::usage(format!("`{text}` is no day, no edition and no fingerprint"))
                .help("write 2014-05-31, 2, or a fingerprint as it is printed"),
        );
    };
    let fingerprint = fingerprint.to_string();
    match answer::answer(&standing, &fingerprint, None) {
        Some(found) => Ok(since(&standing, &Since::Day(found.edition.issued.clone()))),
        None => Err(Failure::refused(format!(
            "no packet in `{}` ever had the fingerprint {fingerprint}",
            output.display()
        ))),
    }
}
