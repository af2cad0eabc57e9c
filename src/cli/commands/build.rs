//! `build`: read, join, render, publish.

use std::path::PathBuf;

use std::collections::BTreeMap;

use crate::editions::{ChangeKind, Changes, Difference};
use crate::finding::{Finding, settle, words};
use crate::issue::{self, Inputs, Options, Reading, apart};
use crate::publish::{self, IssuedBefore, Manifest, OutputFolder, Report, StatusEntry};

use crate::cli::excerpts;
use crate::cli::failure::{Exit, Failure};
use crate::cli::options::{InputArgs, Shared};
use crate::cli::progress::Progress;
use crate::cli::settings::{self, Settings};
use crate::cli::shell::{Shell, Stream};

/// The arguments of `build`.
#[derive(Debug, clap::Args)]
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
}

/// Runs the command.
pub fn run(build: &BuildArgs, shared: &Shared, shell: &Shell) -> Result<Exit, Failure> {
    let settings = settings::resolve(&build.input, build.output.as_ref(), shared)?;
    let shell = &shell.completed(settings.manner);
    let options = Options {
        retire: build.retire,
        ..settings.options.clone()
    };
    apart::refuse(&settings.paths)?;
    let mut reading = issue::read(Inputs::of(&settings.paths)?, &options)?;
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
        say_recovery(folder.recovered(), shell);
    }
    let standing = standing(&settings, build.adopt)?;
    for line in &standing.rebuilt {
        shell.say(line);
    }
    let progress = Progress::new(shell);
    let issued = issue::issue(&mut reading, &standing, &options, &progress)?;
    progress.clear();
    let Some(issued) = issued else {
        return Err(nothing(&reading, &settings, shell));
    };
    say(&issued.findings, &reading, shell);
    let exit = Exit::of(&issued.findings);
    if settings.strict && exit == Exit::Errors {
        return Ok(refused(shell));
    }
    let report = match &folder {
        Some(folder) => issued.publish(folder, &standing, &progress)?,
        None => issued.preview(&settings.paths.output, &standing)?,
    };
    say_changes(&issued.changes, build.dry_run, shell);
    say_report(&report, &issued.manifest, &settings, build.dry_run, shell);
    Ok(if report.failed.is_empty() {
        exit
    } else {
        Exit::Errors
    })
}

/// What stands in the output folder.
fn standing(settings: &Settings, adopt: bool) -> Result<IssuedBefore, Failure> {
    let standing = if adopt {
        IssuedBefore::adopt(&settings.paths.output)
    } else {
        IssuedBefore::read(&settings.paths.output)
    };
    standing.map_err(|error| {
        let help = "restore the file from a backup; or run `build --adopt`, which keeps every file and rebuilds what it can";
        let help = error.is_about_records().then(|| help.to_owned());
        Failure::from(error).help_if(help)
    })
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

/// How many packets are new, changed and retired, and what to print.
fn say_changes(changes: &Changes, dry_run: bool, shell: &Shell) {
    let kinds = [
        ChangeKind::New,
        ChangeKind::Changed,
        ChangeKind::Retired,
        ChangeKind::Reinstated,
    ];
    for kind in kinds {
        // Of the first packets there are many, and nothing to compare.
        let is_news = kind != ChangeKind::New || changes.against.is_some();
        for packet in changes.of(kind).filter(|_| is_news) {
            shell.say(&format!(
                "{} {} {}, edition {}",
                kind.as_str(),
                packet.kind,
                packet.fqdn,
                packet.edition
            ));
            for difference in packet.differences.iter().flatten() {
                let line = changes_line(difference);
                if dry_run {
                    shell.say(&line);
                } else {
                    shell.detail(&line);
                }
            }
        }
    }
    if changes.routine.values > 0 {
        shell.say(&format!(
            "routine: {} of the backup cycle changed; print the cycle sheet again",
            words::count(changes.routine.values, "value", "values")
        ));
    }
    let counts = kinds.map(|kind| (changes.of(kind).count(), kind.as_str()));
    let counts = counts.into_iter().filter(|(count, _)| *count > 0);
    let named = counts.map(|(count, name)| format!("{count} {name}"));
    let unchanged = Some(format!("{} unchanged", changes.unchanged));
    shell.say(&format!(
        "Changes: {}.",
        words::list(named.chain(unchanged))
    ));
}

/// "  Server: Site: `Redmond` is now `Seattle` (servers.xlsx:Servers!D3)"
pub fn changes_line(difference: &Difference) -> String {
    let quoted = |text: &Option<String>| match text {
        Some(text) if !text.is_empty() => format!("`{}`", words::excerpt(text)),
        _ => "nothing".to_owned(),
    };
    let cell = difference.cell.as_ref();
    format!(
        "  {}: {} is now {}{}",
        difference.what,
        quoted(&difference.before),
        quoted(&difference.after),
        cell.map(|cell| format!(" ({cell})")).unwrap_or_default()
    )
}

fn say_recovery(report: &Report, shell: &Shell) {
    let mended = report.written.len() + report.retired.len();
    if mended > 0 {
        shell.say(&format!(
            "An interrupted run was finished first: {}.",
            words::count(mended, "file", "files")
        ));
    }
}

fn say_report(
    report: &Report,
    manifest: &Manifest,
    settings: &Settings,
    dry_run: bool,
    shell: &Shell,
) {
    for failure in &report.failed {
        Shell::fail(
            &Failure::nothing(format!("{failure}"))
                .help("close the program that holds it, and run again"),
        );
    }
    let would = if dry_run { "would be " } else { "" };
    // The state is the program's own; people ask about what they print and read.
    let is_theirs = |path: &&String| !path.starts_with(".state/");
    let written: Vec<&String> = report.written.iter().filter(is_theirs).collect();
    for path in &written {
        shell.detail(&format!("{would}written   {path}"));
    }
    for retired in &report.retired {
        shell.say(&format!(
            "{would}retired: {} (now {})",
            retired.from, retired.to
        ));
    }
    for kept in &report.kept {
        shell.say(&format!(
            "{} was changed by hand; a copy {would}kept as {}",
            kept.from, kept.to
        ));
    }
    let foreign = publish::foreign(&settings.paths.output, manifest);
    if !foreign.is_empty() {
        shell.say(&format!(
            "{} that no run issued, left alone: {}",
            words::count(foreign.len(), "file", "files"),
            words::list(foreign.iter().take(5))
        ));
    }
    shell.say(&format!(
        "{}: {}.",
        words::count(manifest.packets.len(), "packet", "packets"),
        statuses(manifest)
    ));
    shell.say(&format!(
        "{} {would}written, {} unchanged.",
        words::count(written.len(), "file", "files"),
        report.unchanged.iter().filter(is_theirs).count()
    ));
    if !dry_run {
        let index = manifest
            .files
            .iter()
            .map(|file| &file.path)
            .find(|path| path.starts_with("index."));
        let best = manifest
            .files
            .iter()
            .map(|file| &file.path)
            .find(|path| *path == "index.html");
        if let Some(path) = best.or(index) {
            shell.say(&format!(
                "Open {}",
                settings.paths.output.join(path).display()
            ));
        }
    }
}

fn statuses(manifest: &Manifest) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for packet in &manifest.packets {
        let name = match packet.status {
            StatusEntry::Ready => "ready",
            StatusEntry::Gaps => "with gaps",
            StatusEntry::Blocked => "blocked",
        };
        *counts.entry(name).or_default() += 1;
    }
    let order = ["ready", "with gaps", "blocked"];
    words::list(
        order
            .iter()
            .filter_map(|name| Some(format!("{} {name}", counts.get(name)?))),
    )
}
