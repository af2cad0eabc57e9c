//! The work itself: look, decide, add, read back.

use super::note::{note, warning};
use super::report::{FileReport, Outcome, Report};
use super::{Attached, Outgoing, System, Trouble, What, naming};

/// Attaches files to a record. With `dry_run` nothing is sent but questions.
///
/// # Errors
/// Trouble before anything was sent. What happens later is in the report.
pub fn attach(
    system: &dyn System,
    files: &[Outgoing],
    comment: Option<&str>,
    dry_run: bool,
) -> Result<Report, Trouble> {
    let standing = system.look()?;
    let mut reports = decide(system, files, &standing)?;
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
) -> Result<Vec<FileReport>, Trouble> {
    let mut taken: Vec<String> = standing.iter().map(|it| it.name.clone()).collect();
    let mut reports = Vec::new();
    for file in files {
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
        if let Some(same) = same(system, file, standing)? {
            report.name = naming::shown(&same.name);
        } else {
            report.name = naming::free_name(file, &taken);
            report.supersedes = naming::superseded(file, standing).map(str::to_owned);
            report.outcome = Outcome::Planned;
            taken.push(report.name.clone());
        }
        reports.push(report);
    }
    Ok(reports)
}

/// The newest file on the record that holds the same bytes, under whatever name. Only those of its size are read.
fn same<'a>(
    system: &dyn System,
    file: &Outgoing,
    standing: &'a [Attached],
) -> Result<Option<&'a Attached>, Trouble> {
    let alike = standing.iter().rev().filter(|it| it.size == file.size());
    for attached in alike {
        if system.read(attached, file.size())? == file.bytes {
            return Ok(Some(attached));
        }
    }
    Ok(None)
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
        let Some(stored) = new.iter().rev().find(|it| it.name == file.name) else {
            continue;
        };
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
