//! The note that goes with the files: what was attached, and what it takes the place of.

use super::{FileReport, Outcome};

/// The note: somebody's own words first, then a line for each file that is added.
pub(super) fn note(comment: Option<&str>, files: &[FileReport]) -> String {
    let added = files.iter().filter(|it| it.outcome == Outcome::Planned);
    let lines = added.map(line);
    let own = comment.into_iter().map(|it| format!("{it}\n"));
    let head = std::iter::once("Attached by restore-packets:".to_owned());
    own.chain(head).chain(lines).collect::<Vec<_>>().join("\n")
}

fn line(file: &FileReport) -> String {
    let mut facts = Vec::new();
    facts.extend(file.edition.map(|edition| format!("edition {edition}")));
    facts.extend(
        file.fingerprint
            .as_ref()
            .map(|it| format!("fingerprint {it}")),
    );
    facts.push(format!("{} bytes", file.bytes));
    facts.push(format!("SHA-256 {}", file.sha256));
    let facts = facts.join(", ");
    match &file.supersedes {
        None => format!("{}: {facts}", file.name),
        Some(old) => format!("{}: {facts}. {old} is superseded.", file.name),
    }
}
