//! What became of the files, in words or as one JSON object.

use serde_json::{Value, json};

use crate::attach::{FileReport, Outcome, Record, Report, Trouble};
use crate::finding::words;
use crate::text::visible::visible;

use crate::cli::failure::{Exit, Failure};
use crate::cli::shell::Shell;

/// Says what became of the files; the exit code says whether all are on the record.
pub(super) fn say(report: &Report, record: &Record, dry_run: bool, shell: &Shell) -> Exit {
    let mut lines: Vec<String> = report.files.iter().map(|it| visible(&line(it))).collect();
    lines.push(sum(report, record));
    shell.answer(&object(report, record, dry_run), &lines);
    if let Some(trouble) = &report.trouble {
        Shell::fail(&failure(trouble, record));
    }
    let damaged = report.count(|it| matches!(it, Outcome::Damaged(_)));
    if damaged > 0 {
        let what = words::count(damaged, "file reads", "files read");
        let message = format!("{what} back otherwise than sent; do not work from what is attached");
        Shell::fail(&Failure::usage(message).help(
            "remove it from the record, then attach a bundle: systems alter zip files least",
        ));
    }
    let twice = report.twice();
    if twice > 0 {
        let what = words::count(twice, "file is", "files are");
        let message =
            format!("{what} on the record twice: another run attached the same at the same time");
        Shell::fail(&Failure::usage(message).help("remove one of each pair from the record"));
    }
    exit(report)
}

fn exit(report: &Report) -> Exit {
    let there = report.count(|it| matches!(it, Outcome::Attached | Outcome::Damaged(_)));
    let wrong =
        report.twice() + report.count(|it| matches!(it, Outcome::Damaged(_) | Outcome::Missing));
    match (there, wrong) {
        (_, 0) if report.trouble.is_none() => Exit::Done,
        (0, _) => Exit::Nothing,
        _ => Exit::Errors,
    }
}

/// Trouble that ends the run: nothing was sent.
pub(super) fn failure(trouble: &Trouble, record: &Record) -> Failure {
    Failure::nothing(trouble.message(record)).help(trouble.help())
}

fn line(file: &FileReport) -> String {
    let FileReport {
        source,
        name,
        bytes,
        ..
    } = file;
    let what = match &file.outcome {
        Outcome::Present => format!("is attached already, as {name}"),
        Outcome::Planned => format!("would be attached as {name}"),
        Outcome::Attached => format!("attached as {name}, read back the same"),
        Outcome::Damaged(stored) => {
            format!(
                "attached as {name}, but DAMAGED: {bytes} bytes were sent, the record holds {stored}"
            )
        }
        Outcome::Missing => "NOT attached".to_owned(),
    };
    match &file.supersedes {
        Some(old) if file.outcome != Outcome::Missing => {
            format!("{source}: {what}; {old} is superseded")
        }
        _ => format!("{source}: {what}"),
    }
}

fn sum(report: &Report, record: &Record) -> String {
    let counts = [
        (report.count(|it| *it == Outcome::Attached), "attached"),
        (report.count(|it| *it == Outcome::Planned), "to attach"),
        (report.count(|it| *it == Outcome::Present), "there already"),
        (
            report.count(|it| matches!(it, Outcome::Damaged(_))),
            "damaged",
        ),
        (report.count(|it| *it == Outcome::Missing), "not attached"),
    ];
    let counts = counts.into_iter().filter(|(count, _)| *count > 0);
    let counts: Vec<String> = counts
        .map(|(count, what)| format!("{count} {what}"))
        .collect();
    format!(
        "Record {} in {}: {}.",
        record.id(),
        record.system(),
        counts.join(", ")
    )
}

fn object(report: &Report, record: &Record, dry_run: bool) -> Value {
    let files: Vec<Value> = report.files.iter().map(file_object).collect();
    json!({
        "system": record.system(),
        "record": record.id(),
        "dry_run": dry_run,
        "files": files,
        "error": report.trouble.as_ref().map(|it| it.message(record)),
    })
}

fn file_object(file: &FileReport) -> Value {
    let outcome = match file.outcome {
        Outcome::Present => "present",
        Outcome::Planned => "planned",
        Outcome::Attached => "attached",
        Outcome::Damaged(_) => "damaged",
        Outcome::Missing => "missing",
    };
    json!({
        "path": file.source,
        "name": file.name,
        "edition": file.edition,
        "fingerprint": file.fingerprint,
        "bytes": file.bytes,
        "sha256": file.sha256,
        "supersedes": file.supersedes,
        "twins": file.twins,
        "outcome": outcome,
    })
}
