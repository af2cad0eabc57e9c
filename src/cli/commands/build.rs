//! `build`: read, join, render, publish.

mod report;

use std::path::PathBuf;

use crate::finding::{Finding, settle};
use crate::issue::{self, Issued, Options, Reading, apart};
use crate::publish::{IssuedBefore, OutputFolder};

use crate::cli::excerpts;
use crate::cli::failure::{Exit, Failure};
use crate::cli::open;
use crate::cli::options::{InputArgs, Shared};
use crate::cli::progress::Progress;
use crate::cli::settings::{self, Settings};
use crate::cli::shell::{Shell, Stream};

/// The arguments of `build`.
#[derive(Debug, clap::Args)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is an option of its own, given or not"
)]
pub struct BuildArgs {
    /// What is read, and how it is judged.
    #[command(flatten)]
    pub input: InputArgs,
    /// The folder the packets go to [default: output]
    #[arg(long, value_name = "DIR")]
    pub output: Option<PathBuf>,
    /// Say what would change and be written, and write nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Retire what has lost its rows even if it is much at once, or a worksheet that held rows is gone
    #[arg(long)]
    pub retire: bool,
    /// Rebuild a manifest or ledger that is damaged or lost from what is left; every file is kept
    #[arg(long)]
    pub adopt: bool,
    /// Open the index when the packets are issued
    #[arg(long, conflicts_with = "dry_run")]
    pub open: bool,
}

/// Runs the command.
pub fn run(build: &BuildArgs, shared: &Shared, shell: &Shell) -> Result<Exit, Failure> {
    let settings = settings::resolve(&build.input, build.output.as_ref(), shared)?;
    let shell = &shell.completed(&settings.manner);
    let options = Options {
        retire: build.retire,
        ..settings.options.clone()
    };
    apart::refuse(&settings.paths)?;
    let mut reading = issue::read(settings.inputs()?, &options)?;
    for line in excerpts::usage(&reading.worksheets) {
        shell.detail(&line);
    }
    if reading.is_empty() {
        return Err(nothing(&reading, &settings, shell));
    }
    if settings.strict && Exit::of(&reading.findings) == Exit::Errors {
        say(&reading.findings, &reading, shell);
        return Ok(refused(shell));
    }
    // Dry runs take no lock, so that looking never stands in anybody's way.
    let folder = (!build.dry_run)
        .then(|| OutputFolder::open(&settings.paths.output))
        .transpose()?;
    if let Some(folder) = &folder {
        report::say_recovery(folder.recovered(), shell);
    }
    let standing = standing(&settings, build.adopt)?;
    for line in &standing.rebuilt {
        shell.say(line);
    }
    let progress = Progress::new(shell);
    let issued = issued(
        folder.as_ref(),
        &mut reading,
        &standing,
        &options,
        &progress,
    )?;
    let Some(issued) = issued else {
        return Err(nothing(&reading, &settings, shell));
    };
    say(&issued.findings, &reading, shell);
    let exit = Exit::of(&issued.findings);
    if settings.strict && exit == Exit::Errors {
        discard(folder.as_ref());
        return Ok(refused(shell));
    }
    let report = match &folder {
        Some(folder) => issued
            .publish(folder, &standing, &progress)
            .inspect_err(|_| discard(Some(folder)))?,
        None => issued.preview(&settings.paths.output, &standing)?,
    };
    report::say_changes(&issued.changes, build.dry_run, shell);
    report::say_report(&report, &issued.manifest, &settings, build.dry_run, shell);
    if build.open
        && let Some(page) = report::first_page(&issued.manifest)
    {
        open::page(&settings.paths.output.join(page));
    }
    Ok(if report.failed.is_empty() {
        exit
    } else {
        Exit::Errors
    })
}

/// What the run issues, the bodies of its files staged in the folder.
fn issued(
    folder: Option<&OutputFolder>,
    reading: &mut Reading,
    standing: &IssuedBefore,
    options: &Options,
    progress: &Progress<'_>,
) -> Result<Option<Issued>, Failure> {
    let staging = folder.map(OutputFolder::staging);
    let issued = issue::issue_into(staging.as_ref(), reading, standing, options, progress);
    progress.clear();
    Ok(issued.inspect_err(|_| discard(folder))?)
}

/// Takes away what was staged. Where that fails, the next run does it.
fn discard(folder: Option<&OutputFolder>) {
    if let Some(folder) = folder {
        let _ = folder.discard();
    }
}

/// What stands in the output folder.
fn standing(settings: &Settings, adopt: bool) -> Result<IssuedBefore, Failure> {
    let standing = if adopt {
        IssuedBefore::adopt(&settings.paths.output)
    } else {
        IssuedBefore::read(&settings.paths.output)
    };
    Ok(standing?)
}

fn say(findings: &[Finding], reading: &Reading, shell: &Shell) {
    let mut findings = findings.to_vec();
    settle(&mut findings);
    if let Err(failure) = shell.findings(&findings, &reading.worksheets, Stream::Aside) {
        // The packets matter more than what is said about them.
        Shell::fail(&failure);
    }
}

/// There is nothing to issue; what was read may say why.
fn nothing(reading: &Reading, settings: &Settings, shell: &Shell) -> Failure {
    if !reading.findings.is_empty() {
        say(&reading.findings, reading, shell);
    }
    settings.nothing()
}

fn refused(shell: &Shell) -> Exit {
    shell.say("Nothing was issued: --strict, and there are errors.");
    Exit::Errors
}
