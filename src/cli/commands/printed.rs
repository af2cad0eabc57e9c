//! `printed`: ticks what was printed or taken out of the binder, in the ledger.

use std::path::PathBuf;

use crate::finding::words;
use crate::issue::paper::{self, PageDue};
use crate::issue::{kept, names};
use crate::publish::{Handled, IssuedBefore, Kind, OutputFolder, Page};

use crate::cli::failure::{Exit, Failure};
use crate::cli::options::Shared;
use crate::cli::settings;
use crate::cli::shell::Shell;

/// The arguments of `printed`.
#[derive(Debug, clap::Args)]
pub struct PrintedArgs {
    /// What was printed.
    #[command(flatten)]
    pub which: WhichPages,
    /// The folder the packets are in [default: output]
    #[arg(long, value_name = "DIR")]
    pub output: Option<PathBuf>,
    /// The day it was printed, as 2014-05-31 [default: today]
    #[arg(long, value_name = "DATE")]
    pub on: Option<String>,
}

/// What was printed: packets by name, the cycle sheet, or everything that was due.
#[derive(Debug, clap::Args)]
#[group(required = true, multiple = true)]
pub struct WhichPages {
    /// Servers and pools whose packets were printed, or taken out if they are retired
    #[arg(value_name = "FQDN")]
    pub names: Vec<String>,
    /// The cycle sheet was printed
    #[arg(long)]
    pub cycle: bool,
    /// Everything that was due was printed or taken out
    #[arg(long, conflicts_with_all = ["names", "cycle"])]
    pub all: bool,
}

/// Runs the command.
pub fn run(args: &PrintedArgs, shared: &Shared, shell: &Shell) -> Result<Exit, Failure> {
    let published = settings::published(args.output.as_ref(), shared)?;
    let shell = &shell.completed(&published.manner);
    let day = match args.on.as_deref() {
        Some(text) => settings::date(text)?,
        None => settings::today()?,
    };
    // Whether anything was issued is asked before a folder is made.
    kept::standing(&published.output)?;
    let folder = OutputFolder::open(&published.output)?;
    let standing = kept::standing(&published.output)?;
    let due = paper::due(&standing);
    let (done, left) = chosen(&args.which, &standing, due)?;
    if !done.is_empty() {
        let report = paper::tick(&folder, &standing, &done, &day.to_string())?;
        if let Some(failure) = report.failed.first() {
            return Err(Failure::nothing(failure.to_string()));
        }
    }
    for page in &done {
        shell.say(&ticked(page));
    }
    if done.is_empty() {
        shell.say("Nothing of this was due: it is ticked already.");
    }
    shell.say(&match left {
        0 => "Nothing is left to print.".to_owned(),
        left => format!(
            "{} left to print or to take out: `restore-packets status` lists them.",
            words::count(left, "page is", "pages are")
        ),
    });
    Ok(Exit::Done)
}

/// What is ticked, and how much is left.
fn chosen(
    which: &WhichPages,
    standing: &IssuedBefore,
    due: Vec<PageDue>,
) -> Result<(Vec<PageDue>, usize), Failure> {
    let entries = standing.ledger.entries().iter();
    let known: Vec<(Kind, &str)> = entries
        .map(|it| (it.edition.kind, it.edition.fqdn.as_str()))
        .collect();
    let mut named = Vec::new();
    for text in &which.names {
        named.extend(names::meant(text, known.iter().copied())?);
    }
    let is_meant = |page: &PageDue| match &page.page {
        Page::Cycle { .. } => which.cycle,
        Page::Packet { kind, fqdn, .. } => named.contains(&(*kind, fqdn.as_str())),
    };
    let (done, left): (Vec<_>, Vec<_>) = due
        .into_iter()
        .partition(|page| which.all || is_meant(page));
    Ok((done, left.len()))
}

fn ticked(page: &PageDue) -> String {
    let name = page.page.name();
    match (page.todo, page.page.edition()) {
        (Handled::TakenOut, _) => format!("{name}: taken out"),
        (Handled::Printed, Some(edition)) => format!("{name}: edition {edition} is printed"),
        (Handled::Printed, None) => format!("{name}: printed"),
    }
}
