//! `build`: read, join, render, publish.

use std::collections::{BTreeMap, BTreeSet};

use crate::finding::{Finding, words};
use crate::packets::{ChangeKind, Changes, Difference};
use crate::publish::{self, Manifest, OutputFolder, PublishError, Report, Standing};
use crate::publish::{CycleEntry, ESTATE, LAST_RUN, StatusEntry, ValidEntry};

use super::apart;
use super::args::{Args, Build};
use super::bind;
use super::editions::Editions;
use super::failure::{Exit, Failure};
use super::hold::Hold;
use super::load::{self, Loaded, Raw};
use super::produce::{self, Chosen, Produced};
use super::refresh::{self, Refresh};
use super::reuse::Reuse;
use super::settings::{self, Settings};
use super::shell::{Shell, Stream};
use super::unchanged::Inputs;

/// Runs the command.
pub fn run(build: &Build, args: &Args, shell: &Shell) -> Result<Exit, Failure> {
    let settings = settings::resolve(&build.input, build.output.as_ref(), &args.shared)?;
    let shell = &shell.completed(settings.manner);
    apart::refuse(&settings)?;
    let mut raw = Raw::read(&settings)?;
    let mut loaded = raw.join(&settings)?;
    for line in loaded.worksheets.usage() {
        shell.detail(&line);
    }
    if loaded.worksheets.tables().is_empty() {
        return Err(nothing(&loaded, &settings, shell));
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
    let standing = standing(&settings, build.adopt)?;
    for line in &standing.rebuilt {
        shell.say(line);
    }
    is_not_earlier(&settings, &standing)?;
    let hold = Hold::of(&standing, &loaded, build.retire)?;
    if !hold.is_empty() {
        loaded = hold.rejoin(&mut raw, &loaded, &standing, &settings)?;
        loaded.findings.extend(hold.findings());
        settings.weigh(&mut loaded.findings);
    }
    let mut chosen = produce::choose(&loaded.inventory, &settings.only)?;
    if chosen.is_empty() {
        return Err(nothing(&loaded, &settings, shell));
    }
    chosen.retain(|it| !hold.holds(it.key().0, it.key().1));
    let editions = Editions::new(&standing.ledger, settings.as_of);
    let previous = standing.manifest.as_ref();
    let reuse = Reuse::new(&loaded.estate, &loaded.layout, &settings.formats).with(
        &settings.output,
        previous,
        &standing.state,
    );
    let inputs = Inputs::of(&loaded, &editions, &reuse, &settings, &hold);
    let again = produce::again(&inputs, &loaded, &standing, &reuse, &settings.formats)?;
    let mut produced = match again {
        Some(produced) => {
            shell.detail("nothing changed since the last run, so every packet was kept");
            produced
        }
        None => produce::produce(&loaded, &chosen, &editions, &reuse, &hold, &settings, shell)?,
    };
    bind::add(&mut produced, &loaded, &reuse, &settings, shell)?;
    let mut findings = loaded.findings.clone();
    findings.extend(produced.findings.iter().cloned());
    findings.extend(editions.unexercised(&loaded.inventory, settings.limits));
    settings.weigh(&mut findings);
    loaded.worksheets.weigh(produced.costs.clone());
    say(&mut findings, &loaded, shell);
    let exit = produce::exit(&findings);
    if settings.strict && exit == Exit::Errors {
        return Ok(refused(shell));
    }
    let (mut manifest, changes) =
        record(&loaded, &chosen, &mut produced, &settings, &standing, &hold)?;
    produced.keep(ESTATE, &load::kept(&loaded, &raw))?;
    keep_run(&mut produced, inputs, &settings, &manifest, previous)?;
    manifest.state = produced.state(previous);
    let report = match &folder {
        Some(folder) => {
            set_aside(folder, &standing, shell)?;
            folder.publish(&produced.files, &manifest, previous)
        }
        None => publish::preview(&settings.output, &produced.files, &manifest, previous),
    }
    .map_err(|error| unwritable(&error))?;
    tell_changes(&changes, build.dry_run, shell);
    tell(&report, &manifest, &settings, build.dry_run, shell);
    if report.failed.is_empty() {
        Ok(exit)
    } else {
        Ok(Exit::Errors)
    }
}

/// What stands in the output folder.
fn standing(settings: &Settings, adopt: bool) -> Result<Standing, Failure> {
    let standing = if adopt {
        Standing::adopt(&settings.output)
    } else {
        Standing::read(&settings.output)
    };
    standing.map_err(|error| {
        let failure = unwritable(&error);
        if error.is_about_records() {
            failure.help(
                "restore the file from a backup; or run `build --adopt`, which keeps every file and rebuilds what it can",
            )
        } else {
            failure
        }
    })
}

/// An edition cannot be older than the one before it.
fn is_not_earlier(settings: &Settings, standing: &Standing) -> Result<(), Failure> {
    let as_of = settings.as_of.to_string();
    match standing.newest() {
        Some(newest) if newest.issued > as_of => Err(Failure::usage(format!(
            "{as_of} is earlier than {}, when edition {} of {} was issued; editions are issued in order",
            newest.issued, newest.edition, newest.fqdn
        ))
        .help("leave `--as-of` out, or build into another folder with `--output`")),
        _ => Ok(()),
    }
}

/// Files that could not be used are kept before they are replaced.
fn set_aside(folder: &OutputFolder, standing: &Standing, shell: &Shell) -> Result<(), Failure> {
    for file in &standing.aside {
        let kept = folder.set_aside(file).map_err(|error| unwritable(&error))?;
        shell.say(&format!("{file} was kept as {kept}"));
    }
    Ok(())
}

/// Keeps what the next run has to know of this one. A run of some packets that changed none of them leaves what the
/// last whole run kept.
fn keep_run(
    produced: &mut Produced,
    inputs: Inputs,
    settings: &Settings,
    manifest: &Manifest,
    previous: Option<&Manifest>,
) -> Result<(), Failure> {
    let is_part = !settings.only.is_empty();
    if is_part && previous.is_some_and(|previous| previous.packets == manifest.packets) {
        return Ok(());
    }
    let last = inputs.record(produced);
    produced.keep(LAST_RUN, &last)
}

/// Writes down what this run changes: the pages about it, the ledger, the state, and the manifest.
fn record(
    loaded: &Loaded,
    chosen: &[Chosen<'_>],
    produced: &mut Produced,
    settings: &Settings,
    standing: &Standing,
    hold: &Hold,
) -> Result<(Manifest, Changes), Failure> {
    let previous = standing.manifest.as_ref();
    let rows = produce::choose(&loaded.inventory, &[])?;
    let rows: BTreeSet<_> = rows.iter().map(Chosen::key).collect();
    let refresh = Refresh::of(
        standing,
        &produced.made,
        produced.routine.clone(),
        loaded.estate.cycle.name.value.as_deref(),
        |kind, fqdn| rows.contains(&(kind, fqdn)) || hold.holds(kind, fqdn),
        settings.as_of,
    );
    let changes = refresh.changes(&settings.formats, loaded.estate.cycle.sets.len());
    let now = if refresh.is_empty() {
        Changes {
            unchanged: standing.standing().count(),
            ..Changes::default()
        }
    } else {
        changes.clone()
    };
    let mut keys = produced.keys.clone();
    if let Some(previous) = previous.filter(|_| !settings.only.is_empty()) {
        refresh::keep_keys(&mut keys, &standing.state.keys(), previous);
    }
    let ledger = refresh
        .record(&keys, &mut produced.files)
        .map_err(|error| unwritable(&error))?;
    produced.add_changes(loaded, &changes, &settings.formats)?;
    let mut manifest = Manifest {
        changes: Some(changes),
        ledger: Some(ledger.head()),
        ..manifest(loaded, chosen, produced, settings, previous)
    };
    hold.mark(&mut manifest.sources);
    manifest.name_records(previous, &ledger);
    Ok((manifest, now))
}

fn say(findings: &mut Vec<Finding>, loaded: &Loaded, shell: &Shell) {
    crate::finding::settle(findings);
    if let Err(failure) = shell.findings(findings, &loaded.worksheets, Stream::Aside) {
        // The packets matter more than what is said about them.
        Shell::fail(&failure);
    }
}

/// There is nothing to issue; what was read may say why.
fn nothing(loaded: &Loaded, settings: &Settings, shell: &Shell) -> Failure {
    if !loaded.findings.is_empty() {
        say(&mut loaded.findings.clone(), loaded, shell);
    }
    produce::nothing(settings)
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
            valid_until: cycle.valid_until.as_ref().map(ValidEntry::of),
        },
        sources: load::sources(loaded),
        files: produced.common.clone(),
        packets: produced.packets.clone(),
        records: Vec::new(),
        changes: None,
        state: Vec::new(),
        ledger: None,
        bundle: None,
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

/// How many packets are new, changed and retired, and what to print.
fn tell_changes(changes: &Changes, dry_run: bool, shell: &Shell) {
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
    let foreign = publish::foreign(&settings.output, manifest);
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
