//! The work itself: look, decide, add, read back.

use super::note::{note, noted, warning};
use super::report::{FileReport, Outcome, Report, Watch};
use super::{Attached, Outgoing, System, Trouble, What, naming};
use crate::text::digest;

/// How many files of a name are asked who attached them.
const FOREBEARS: usize = 5;

/// Attaches files to a record. With `dry_run` nothing is sent but questions.
///
/// # Errors
/// Trouble before anything was sent. What happens later is in the report.
pub fn attach(
    system: &dyn System,
    files: &[Outgoing],
    comment: Option<&str>,
    dry_run: bool,
    watch: &dyn Watch,
) -> Result<Report, Trouble> {
    let standing = system.look()?;
    let mut reports = decide(system, files, &standing, watch)?;
    let missing = to_add(files, &reports);
    within(system, &missing)?;
    let mut trouble = None;
    if !dry_run && !missing.is_empty() {
        let planned = note(comment, &reports, &Outcome::Planned).unwrap_or_default();
        let added = system.add(&missing, &planned);
        let read_back = read_back(system, &missing, &standing, &mut reports);
        let noted = note_outcome(system, comment, &reports);
        trouble = added.and(read_back).and(noted).err();
    }
    Ok(Report {
        files: reports,
        trouble,
    })
}

/// Step 2: which files are there, and under which names the others are added.
fn decide(
    system: &dyn System,
    files: &[Outgoing],
    standing: &[Attached],
    watch: &dyn Watch,
) -> Result<Vec<FileReport>, Trouble> {
    let mut taken: Vec<String> = standing.iter().map(|it| it.name.clone()).collect();
    let mut reports = Vec::new();
    let alike = files.iter().map(|file| naming::alike(file, standing));
    let alike: Vec<Vec<&Attached>> = alike.collect();
    let all = alike.iter().map(Vec::len).sum();
    let mut done = 0;
    for (file, alike) in files.iter().zip(alike) {
        let mut report = FileReport {
            source: file.source.clone(),
            name: String::new(),
            edition: file.edition,
            fingerprint: file.fingerprint.clone(),
            bytes: file.size(),
            sha256: file.sha256(),
            supersedes: None,
            twins: Vec::new(),
            outcome: Outcome::Present,
        };
        let compared = |count| watch.compared(done + count, all);
        let same = same(system, file, &alike, &compared)?;
        done += alike.len();
        if let Some(same) = same {
            report.name = naming::shown(&same.name);
        } else {
            report.name = naming::free_name(file, &taken);
            report.supersedes = superseded(system, file, standing);
            report.outcome = Outcome::Planned;
            taken.push(report.name.clone());
        }
        reports.push(report);
    }
    Ok(reports)
}

/// The first of these files that holds the same bytes.
fn same<'a>(
    system: &dyn System,
    file: &Outgoing,
    alike: &[&'a Attached],
    compared: &dyn Fn(usize),
) -> Result<Option<&'a Attached>, Trouble> {
    for (count, attached) in alike.iter().enumerate() {
        if system.read(attached, file.size())? == file.bytes {
            return Ok(Some(attached));
        }
        compared(count + 1);
    }
    Ok(None)
}

/// The newest file on the record that this one takes the place of: of its name, and attached by this program, as a note
/// on the record says with the digest of its bytes. A file that somebody else put there under that name is theirs.
fn superseded(system: &dyn System, file: &Outgoing, standing: &[Attached]) -> Option<String> {
    let mut relatives = naming::relatives(file, standing).take(FOREBEARS);
    let found = relatives.find(|it| is_ours(system, it).unwrap_or(false));
    found.map(|it| naming::shown(&it.name))
}

/// Whether this program attached a file. What cannot be read is nothing to rely on.
fn is_ours(system: &dyn System, attached: &Attached) -> Result<bool, Trouble> {
    let notes = system.notes(attached)?;
    let mut digests = notes.iter().flat_map(|text| noted(text)).peekable();
    if digests.peek().is_none() {
        return Ok(false);
    }
    let own = digest::sha256_hex(&system.read(attached, attached.size)?);
    Ok(digests.any(|digest| digest == own))
}

/// The files to add, under the names they get.
fn to_add(files: &[Outgoing], reports: &[FileReport]) -> Vec<Outgoing> {
    let both = files.iter().zip(reports);
    both.filter(|(_, report)| report.outcome == Outcome::Planned)
        .map(|(file, report)| Outgoing {
            name: report.name.clone(),
            ..file.clone()
        })
        .collect()
}

/// Before anything is sent: does the system take files of this size?
fn within(system: &dyn System, files: &[Outgoing]) -> Result<(), Trouble> {
    let Some(limit) = (if files.is_empty() {
        None
    } else {
        system.limit()?
    }) else {
        return Ok(());
    };
    match files.iter().find(|file| file.size() > limit) {
        Some(file) => Err(Trouble::from(What::TooLarge(Some(limit))).about(&file.source)),
        None => Ok(()),
    }
}

/// Step 4: what stands on the record now. Also after trouble, which may have come late.
fn read_back(
    system: &dyn System,
    added: &[Outgoing],
    before: &[Attached],
    reports: &mut [FileReport],
) -> Result<(), Trouble> {
    let planned = reports
        .iter_mut()
        .filter(|it| it.outcome == Outcome::Planned);
    let mut planned: Vec<&mut FileReport> = planned.collect();
    for report in &mut planned {
        report.outcome = Outcome::Missing;
    }
    let mut new = system.look()?;
    new.retain(|it| !before.contains(it));
    for (file, report) in added.iter().zip(planned) {
        let Some(stored) = stored(system, file, &new)? else {
            continue;
        };
        report.name = naming::shown(&stored.name);
        if system.read(stored, file.size())? != file.bytes {
            report.outcome = Outcome::Damaged(stored.size);
            continue;
        }
        report.outcome = Outcome::Attached;
        for other in new
            .iter()
            .filter(|it| it.size == file.size() && it.id != stored.id)
        {
            if system.read(other, file.size())? == file.bytes {
                report.twins.push(naming::shown(&other.name));
            }
        }
    }
    Ok(())
}

/// What became of a file that was added: what has its name, else what holds its bytes, for servers give names of their
/// own where they do not like the one they are given.
fn stored<'a>(
    system: &dyn System,
    file: &Outgoing,
    new: &'a [Attached],
) -> Result<Option<&'a Attached>, Trouble> {
    let newest = || new.iter().rev();
    if let Some(named) = newest().find(|it| it.name == file.name) {
        return Ok(Some(named));
    }
    let alike: Vec<&Attached> = newest().filter(|it| it.size == file.size()).collect();
    same(system, file, &alike, &|_| {})
}

/// Notes on the record, once the files are read back, what was added, unless it knows, and what is not as sent.
fn note_outcome(
    system: &dyn System,
    comment: Option<&str>,
    files: &[FileReport],
) -> Result<(), Trouble> {
    let attached = note(comment, files, &Outcome::Attached);
    if let Some(attached) = attached.filter(|_| !system.takes_both()) {
        system.say(&attached)?;
    }
    warning(files).map_or(Ok(()), |warning| system.say(&warning))
}

#[cfg(test)]
mod tests;
