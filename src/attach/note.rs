//! The note that goes with the files: what was attached, and what it takes the place of.

use super::report::{FileReport, Outcome};

/// How each note begins, below somebody's own words.
const HEAD: &str = "Attached by restore-packets:";

/// Stands before a file's digest.
const DIGEST: &str = "SHA-256 ";

/// The digests of what a note says was attached; none if it is no such note.
pub(super) fn noted(text: &str) -> impl Iterator<Item = &str> {
    let lines = text.lines().map(str::trim);
    let below = lines.skip_while(|line| *line != HEAD);
    below.filter_map(|line| line.strip_prefix(DIGEST))
}

/// The note: somebody's own words first, then two lines for each file of this outcome; `None` if there is none.
pub(super) fn note(comment: Option<&str>, files: &[FileReport], of: &Outcome) -> Option<String> {
    let lines: Vec<String> = files
        .iter()
        .filter(|it| it.outcome == *of)
        .map(line)
        .collect();
    let own = comment.into_iter().map(|it| format!("{it}\n"));
    let head = std::iter::once(HEAD.to_owned());
    let all: Vec<String> = own.chain(head).chain(lines.clone()).collect();
    (!lines.is_empty()).then(|| all.join("\n"))
}

/// A warning to whoever opens the record: these files are not what was sent, or are there twice. `None` if all are well.
pub(super) fn warning(files: &[FileReport]) -> Option<String> {
    let damaged = files.iter().filter_map(|file| match file.outcome {
        Outcome::Damaged(stored) => Some(format!(
            "{}: {} bytes were sent, {stored} are here, and they differ",
            file.name, file.bytes
        )),
        _ => None,
    });
    let twins = files.iter().filter(|it| !it.twins.is_empty());
    let twins = twins.map(|file| format!("{}: also as {}", file.name, file.twins.join(", ")));
    let parts = [
        headed(
            "Do not use these attachments; they are not what restore-packets sent:",
            damaged,
        ),
        headed(
            "Two runs attached these at the same time; one of each can be removed:",
            twins,
        ),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join("\n"))
}

/// Lines below what is said of them all; `None` if there are none.
fn headed(head: &str, lines: impl Iterator<Item = String>) -> Option<String> {
    let lines: Vec<String> = lines.collect();
    (!lines.is_empty()).then(|| format!("{head}\n{}", lines.join("\n")))
}

/// A file in two lines: what it is and what it replaces, then the digest, which is long.
fn line(file: &FileReport) -> String {
    let edition = file.edition.map(|edition| format!("edition {edition}"));
    let fingerprint = file.fingerprint.as_ref();
    let fingerprint = fingerprint.map(|it| format!("fingerprint {it}"));
    let size = Some(format!("{} bytes", file.bytes));
    let superseded = file
        .supersedes
        .as_ref()
        .map(|old| format!("supersedes {old}"));
    let facts: Vec<String> = [edition, fingerprint, size, superseded]
        .into_iter()
        .flatten()
        .collect();
    format!(
        "{}: {}\n{DIGEST}{}",
        file.name,
        facts.join(", "),
        file.sha256
    )
}
