//! `build`: read, join, render, publish.

use std::collections::BTreeMap;

use crate::finding::{Finding, words};
use crate::publish::{self, Manifest, OutputFolder, PublishError, Report};
use crate::publish::{CycleEntry, SourceEntry, StatusEntry};

use super::args::{Args, Build};
use super::editions::Editions;
use super::failure::{Exit, Failure};
use super::load::{self, Loaded};
use super::produce::{self, Chosen, Produced};
use super::settings::{self, Settings};
use super::shell::{Shell, Stream};

/// Runs the command.
pub fn run(build: &Build, args: &Args, shell: &Shell) -> Result<Exit, Failure> {
    let settings = settings::resolve(&build.input, build.output.as_ref(), &args.shared)?;
    let shell = &shell.completed(settings.manner);
    let loaded = load::load(&settings)?;
    for line in loaded.worksheets.usage() {
        shell.detail(&line);
    }
    let chosen = produce::choose(&loaded.inventory, &settings.only)?;
    if chosen.is_empty() {
        say(&mut loaded.findings.clone(), &loaded, shell);
        return Err(produce::nothing(&settings));
    }
    if settings.strict && produce::exit(&loaded.findings) == Exit::Errors {
        say(&mut loaded.findings.clone(), &loaded, shell);
        return Ok(refused(shell));
    }
    // Dry runs take no lock, so that looking never stands in anybody's way.
    let folder = (!build.dry_run)
        .then(|| OutputFolder::open(&settings.output))
        .transpose()
        .map_err(|error| unwritable(&error))?;
    if let Some(folder) = &folder {
        tell_recovery(folder.recovered(), shell);
    }
    let previous = match &folder {
        Some(folder) => folder.manifest(),
        None => Manifest::read(&settings.output),
    }
    .map_err(|error| unwritable(&error))?;
    let editions = Editions::new(previous.as_ref(), settings.as_of);
    let produced = produce::produce(&loaded, &chosen, &editions, &settings, shell)?;
    let mut findings = loaded.findings.clone();
    findings.extend(produced.findings.iter().cloned());
    say(&mut findings, &loaded, shell);
    let exit = produce::exit(&findings);
    if settings.strict && exit == Exit::Errors {
        return Ok(refused(shell));
    }
    let manifest = manifest(&loaded, &chosen, &produced, &settings, previous.as_ref());
    let report = match &folder {
        Some(folder) => folder.publish(&produced.files, &manifest, previous.as_ref()),
        None => publish::preview(
            &settings.output,
            &produced.files,
            &manifest,
            previous.as_ref(),
        ),
    }
    .map_err(|error| unwritable(&error))?;
    tell(&report, &manifest, &settings, build.dry_run, shell);
    if report.failed.is_empty() {
        Ok(exit)
    } else {
        Ok(Exit::Errors)
    }
}

fn say(findings: &mut Vec<Finding>, loaded: &Loaded, shell: &Shell) {
    crate::finding::settle(findings);
    shell.findings(findings, &loaded.worksheets, Stream::Aside);
}

fn refused(shell: &Shell) -> Exit {
    shell.say("Nothing was issued: --strict, and there are errors.");
    Exit::Errors
}

fn unwritable(error: &PublishError) -> Failure {
    Failure::nothing(error.to_string())
}

fn manifest(
    loaded: &Loaded,
    chosen: &[Chosen<'_>],
    produced: &Produced,
    settings: &Settings,
    previous: Option<&Manifest>,
) -> Manifest {
    let cycle = &loaded.estate.cycle;
    let source = |source: &crate::packets::SourceDigest| SourceEntry {
        path: source.path.clone(),
        sha256: source.sha256.clone(),
    };
    let mut manifest = Manifest {
        schema: Manifest::SCHEMA,
        tool: concat!("restore-packets ", env!("CARGO_PKG_VERSION")).to_owned(),
        as_of: settings.as_of.to_string(),
        cycle: CycleEntry {
            name: cycle.name.value.clone(),
            completed: loaded
                .inventory
                .deployment
                .date("Backup completed")
                .map(|date| date.to_string()),
            backup_location: cycle.location.value.clone(),
        },
        sources: loaded.estate.sources.iter().map(source).collect(),
        files: produced.common.clone(),
        packets: produced.packets.clone(),
    };
    // After `--only` the other packets stay issued, as long as their rows are there.
    if let Some(previous) = previous.filter(|_| !settings.only.is_empty()) {
        let all = produce::choose(&loaded.inventory, &[]).unwrap_or_default();
        let rows: Vec<_> = all
            .iter()
            .filter(|it| !chosen.contains(it))
            .map(Chosen::key)
            .collect();
        manifest.carry_over(previous, |packet| {
            rows.contains(&(packet.kind, packet.fqdn.as_str()))
        });
    }
    manifest
}

fn tell_recovery(report: &Report, shell: &Shell) {
    let mended = report.written.len() + report.retired.len();
    if mended > 0 {
        shell.say(&format!(
            "An interrupted run was finished first: {}.",
            words::count(mended, "file", "files")
        ));
    }
}

fn tell(report: &Report, manifest: &Manifest, settings: &Settings, dry_run: bool, shell: &Shell) {
    for failure in &report.failed {
        Shell::fail(
            &Failure::nothing(format!("{failure}"))
                .help("close the program that holds it, and run again"),
        );
    }
    let would = if dry_run { "would be " } else { "" };
    for path in &report.written {
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
    shell.say(&format!(
        "{}: {}.",
        words::count(manifest.packets.len(), "packet", "packets"),
        statuses(manifest)
    ));
    shell.say(&format!(
        "{} {would}written, {} unchanged.",
        words::count(report.written.len(), "file", "files"),
        report.unchanged.len()
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
            shell.say(&format!("Open {}", settings.output.join(path).display()));
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
