//! What a run would change: each file compared with what stands in the folder. Nothing is written here.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::{
    Body, Failure, Files, LEDGER, MANIFEST, Manifest, PublishError, RETIRED, Report, Retired, disk,
    mark,
};
use crate::text::digest;

/// What a run is about to do.
pub(super) struct Plan<'a> {
    /// The files to write, the manifest last.
    pub(super) writes: Vec<Write<'a>>,
    /// The files to move aside.
    pub(super) retire: Vec<Retiring>,
    /// What is settled already: files that stay as they are, and files that cannot be replaced.
    pub(super) report: Report,
}

/// A file to move aside.
pub(super) struct Retiring {
    /// Where it stands, and where it goes.
    pub(super) file: Retired,
    /// What will stand there, where the format can be marked.
    pub(super) marked: Option<Vec<u8>>,
}

/// A file to write.
pub(super) struct Write<'a> {
    /// Relative to the output folder.
    pub(super) path: &'a str,
    /// What will stand there.
    pub(super) body: &'a Body,
    /// Where the present file is copied to first, because somebody changed it.
    pub(super) keep: Option<String>,
}

/// What a run would do, without doing it, for `--dry-run`. It needs no lock and creates no folder.
///
/// # Errors
///
/// Those of [`OutputFolder::publish`](super::OutputFolder::publish) that can be foreseen.
pub fn preview(
    output: &Path,
    files: &Files,
    manifest: &Manifest,
    previous: Option<&Manifest>,
) -> Result<Report, PublishError> {
    let bytes = Body::Held(manifest_bytes(output, manifest)?);
    let plan = Plan::make(
        output,
        files,
        (manifest, &bytes),
        previous,
        &BTreeSet::new(),
    )?;
    let mut report = plan.report;
    report.retired = plan.retire.into_iter().map(|one| one.file).collect();
    for write in plan.writes {
        report.written.push(write.path.to_owned());
        report.kept.extend(write.keep.map(|to| Retired {
            from: write.path.to_owned(),
            to,
        }));
    }
    Ok(report)
}

/// The manifest's bytes, with its path in the error.
pub(super) fn manifest_bytes(output: &Path, manifest: &Manifest) -> Result<Vec<u8>, PublishError> {
    let path = output.join(MANIFEST);
    manifest
        .to_bytes()
        .map_err(PublishError::disk("write", &path))
}

impl<'a> Plan<'a> {
    /// Compares. `unretired` names files that an earlier run could not move aside.
    pub(super) fn make(
        root: &Path,
        files: &'a Files,
        (manifest, manifest_body): (&Manifest, &'a Body),
        previous: Option<&Manifest>,
        unretired: &BTreeSet<String>,
    ) -> Result<Self, PublishError> {
        let mut planner = Planner {
            root,
            issued: manifest.digests(),
            before: previous.map(Manifest::digests).unwrap_or_default(),
            taken: BTreeSet::new(),
            plan: Self {
                writes: Vec::new(),
                retire: Vec::new(),
                report: Report::default(),
            },
        };
        for (path, body) in files.iter() {
            planner.file(path, body)?;
        }
        // What was not rendered again is as it was.
        let kept = planner.issued.keys().filter(|path| !files.contains(path));
        let kept: Vec<String> = kept.map(|path| (*path).to_owned()).collect();
        planner.plan.report.unchanged.extend(kept);
        // Without its ledger nothing is issued.
        let ledger = root.join(LEDGER);
        let mut failed = planner.plan.report.failed.iter();
        if let Some(failure) = failed.find(|it| it.path == ledger) {
            return Err(failure.clone().into());
        }
        planner.retire(files, unretired, &manifest.as_of)?;
        let failures = planner.plan.report.failed.len();
        planner.file(MANIFEST, manifest_body)?;
        if planner.plan.report.failed.len() > failures
            && let Some(failure) = planner.plan.report.failed.pop()
        {
            // Without its manifest nothing is issued.
            return Err(failure.into());
        }
        Ok(planner.plan)
    }
}

/// What becomes of one file.
enum Decision {
    /// It is as it should be.
    Leave,
    /// It is written, after the present one was copied to `keep`.
    Write { keep: Option<String> },
    /// It cannot be replaced.
    Refuse(&'static str),
}

/// A plan in the making.
struct Planner<'a, 'b> {
    root: &'b Path,
    /// The digests of what this run issues, by path.
    issued: BTreeMap<&'b str, &'b str>,
    /// The digests of what was issued before.
    before: BTreeMap<&'b str, &'b str>,
    /// Names in `retired/` that the plan has given away.
    taken: BTreeSet<String>,
    plan: Plan<'a>,
}

impl<'a> Planner<'a, '_> {
    /// Enters one file in the plan: left as it is, to be written, or impossible.
    fn file(&mut self, path: &'a str, body: &'a Body) -> Result<(), PublishError> {
        let target = self.root.join(path);
        match self.decide(path, body, &target) {
            Ok(Decision::Leave) => self.plan.report.unchanged.push(path.to_owned()),
            Ok(Decision::Write { keep }) => self.plan.writes.push(Write { path, body, keep }),
            Ok(Decision::Refuse(reason)) => {
                let reason = reason.to_owned();
                let path = target;
                self.plan.report.failed.push(Failure { path, reason });
            }
            Err(error) => self.plan.report.failed.push(Failure::local(target, error)?),
        }
        Ok(())
    }

    fn decide(&mut self, path: &str, body: &Body, target: &Path) -> Result<Decision, PublishError> {
        let present = if target.is_dir() {
            None
        } else {
            disk::read(target)?
        };
        if present.as_deref().is_some_and(|present| body.is(present)) {
            return Ok(Decision::Leave);
        }
        if let Some(reason) = disk::obstacle(target) {
            return Ok(Decision::Refuse(reason));
        }
        let changed = present.filter(|present| self.is_changed_by_hand(path, present));
        let keep = changed.map(|present| self.retired_name(path, &present));
        Ok(Decision::Write {
            keep: keep.transpose()?,
        })
    }

    /// Plans to move aside what was issued and is issued no longer.
    fn retire(
        &mut self,
        files: &Files,
        unretired: &BTreeSet<String>,
        day: &str,
    ) -> Result<(), PublishError> {
        let unretired = unretired.iter().map(String::as_str);
        let candidates = self.before.keys().copied().chain(unretired);
        let gone: BTreeSet<&str> = candidates
            .filter(|path| !self.issued.contains_key(path) && !files.contains(path))
            .collect();
        for path in gone {
            let place = self.root.join(path);
            if !place.is_file() {
                continue;
            }
            let named = disk::read(&place).and_then(|present| {
                let present = present.unwrap_or_default();
                let marked = mark::retired(path, &present, day);
                let to = self.retired_name(path, marked.as_deref().unwrap_or(&present))?;
                Ok((to, marked))
            });
            match named {
                Ok((to, marked)) => self.plan.retire.push(Retiring {
                    file: Retired {
                        from: path.to_owned(),
                        to,
                    },
                    marked,
                }),
                Err(error) => self.plan.report.failed.push(Failure::local(place, error)?),
            }
        }
        Ok(())
    }

    /// Whether an issued file no longer is what was issued: a checklist filled in on the spot, or a file of
    /// somebody else's. Files the manifest does not name are the program's own and are simply renewed.
    fn is_changed_by_hand(&self, path: &str, present: &[u8]) -> bool {
        self.issued.contains_key(path)
            && self.before.get(path) != Some(&digest::sha256_hex(present).as_str())
    }

    /// A free name in `retired/` that the plan has not given away.
    fn retired_name(&mut self, path: &str, bytes: &[u8]) -> Result<String, PublishError> {
        let name = name_in_retired(self.root, path, bytes, |name| self.taken.contains(name))?;
        self.taken.insert(name.clone());
        Ok(name)
    }
}

/// A free name in `retired/`, or one that holds the same bytes already.
pub(super) fn free_name(root: &Path, path: &str, bytes: &[u8]) -> Result<String, PublishError> {
    name_in_retired(root, path, bytes, |_| false)
}

fn name_in_retired(
    root: &Path,
    path: &str,
    bytes: &[u8],
    is_taken: impl Fn(&str) -> bool,
) -> Result<String, PublishError> {
    for number in 1.. {
        let name = numbered(path, number);
        let place = root.join(&name);
        let is_free = || -> Result<bool, PublishError> {
            Ok(!place.is_dir() && disk::read(&place)?.is_none_or(|present| present == bytes))
        };
        if !is_taken(&name) && is_free()? {
            return Ok(name);
        }
    }
    Ok(numbered(path, 0))
}

/// `retired/servers/a.md`, then `retired/servers/a~2.md` and so on.
fn numbered(path: &str, number: u32) -> String {
    match (number, path.rsplit_once('.')) {
        (1, _) => format!("{RETIRED}/{path}"),
        (_, Some((stem, extension))) if !extension.contains('/') => {
            format!("{RETIRED}/{stem}~{number}.{extension}")
        }
        _ => format!("{RETIRED}/{path}~{number}"),
    }
}
