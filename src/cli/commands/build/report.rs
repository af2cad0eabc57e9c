//! What `build` says of a run: what changed, what was written, what stands.

use crate::cli::failure::Failure;
use crate::cli::settings::Settings;
use crate::cli::shell::Shell;
use crate::cli::wording::{difference_line, standing};
use crate::editions::{ChangeKind, Changes};
use crate::finding::words;
use crate::publish::{self, Manifest, Report};

/// How many packets are new, changed and retired, and what to print.
pub fn say_changes(changes: &Changes, dry_run: bool, shell: &Shell) {
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
                let line = difference_line(difference);
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

/// What an interrupted run had left to do.
pub fn say_recovery(report: &Report, shell: &Shell) {
    let mended = report.written.len() + report.retired.len();
    if mended > 0 {
        shell.say(&format!(
            "An interrupted run was finished first: {}.",
            words::count(mended, "file", "files")
        ));
    }
}

/// What was written, retired and kept aside, and what stands now.
pub fn say_report(
    report: &Report,
    manifest: &Manifest,
    settings: &Settings,
    dry_run: bool,
    shell: &Shell,
) {
    let output = &settings.paths.output;
    for failure in &report.failed {
        Shell::fail(
            &Failure::nothing(format!("{failure}"))
                .help("close the program that holds it, and run again"),
        );
    }
    let would = if dry_run { "would be " } else { "" };
    say_moved(report, would, shell);
    let foreign = publish::foreign(output, manifest);
    if !foreign.is_empty() {
        shell.say(&format!(
            "{} that no run issued, left alone: {}",
            words::count(foreign.len(), "file", "files"),
            words::list(foreign.iter().take(5))
        ));
    }
    let day = if shell.is_for_people() {
        format!(" as of {}", manifest.as_of)
    } else {
        String::new()
    };
    let packets = manifest.packets.iter();
    let statuses: Vec<&str> = packets.map(|it| it.status.as_str()).collect();
    shell.say(&standing(&statuses, &day));
    if let Some(frozen) = settings.frozen().filter(|_| shell.is_for_people()) {
        shell.say(&frozen);
    }
    shell.say(&format!(
        "{} {would}written, {} unchanged.",
        words::count(
            report.written.iter().filter(|path| is_theirs(path)).count(),
            "file",
            "files"
        ),
        report
            .unchanged
            .iter()
            .filter(|path| is_theirs(path))
            .count()
    ));
    if let Some(path) = first_page(manifest).filter(|_| !dry_run) {
        shell.say(&format!("Open {}", output.join(path).display()));
    }
}

/// Each file that was written, with `-v`; each that was retired or kept aside.
fn say_moved(report: &Report, would: &str, shell: &Shell) {
    for path in report.written.iter().filter(|path| is_theirs(path)) {
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
}

/// The state is the program's own; people ask about what they print and read.
fn is_theirs(path: &str) -> bool {
    !path.starts_with(".state/")
}

/// The page to open first.
pub fn first_page(manifest: &Manifest) -> Option<&str> {
    let paths = || manifest.files.iter().map(|file| file.path.as_str());
    let best = paths().find(|path| *path == "index.html");
    best.or_else(|| paths().find(|path| path.starts_with("index.")))
}
