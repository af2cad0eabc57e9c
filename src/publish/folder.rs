//! The output folder: locked while a run publishes, and mended before it does.

use std::collections::BTreeSet;
use std::fs::{self, File, TryLockError};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use super::journal::{Journal, Move, Phase};
use super::plan::{self, Plan, Write, manifest_bytes};
use super::staging::{self, Staging, stage_one, staged_path};
use super::{Body, Failure, Files, LOCK, Manifest, PublishError, Report, disk, is_record};

/// An output folder that this run alone publishes to, until the value is dropped.
#[derive(Debug)]
pub struct OutputFolder {
    root: PathBuf,
    recovered: Report,
    /// Issued files that an earlier run could not move aside.
    unretired: BTreeSet<String>,
    /// Holds the lock; the system releases it when the file is closed, even if the program is killed.
    _lock: File,
}

impl OutputFolder {
    /// Creates the folder if need be, locks it, and ends what an interrupted run began.
    ///
    /// # Errors
    ///
    /// When the folder cannot be written to, another run holds it, or the journal is damaged.
    pub fn open(output: &Path) -> Result<Self, PublishError> {
        let lock = lock(output)?;
        let interrupted = Journal::read(output)?;
        let mut unretired: BTreeSet<String> = interrupted.iter().flat_map(retiring).collect();
        let recovered = match interrupted {
            Some(journal) => journal.recover(output)?,
            None => Report::default(),
        };
        for retired in &recovered.retired {
            unretired.remove(&retired.from);
        }
        tidy(output)?;
        Ok(Self {
            root: output.to_owned(),
            recovered,
            unretired,
            _lock: lock,
        })
    }

    /// What was done on opening to end an interrupted run.
    pub fn recovered(&self) -> &Report {
        &self.recovered
    }

    /// The previous manifest; `None` in a new folder.
    ///
    /// # Errors
    ///
    /// When it cannot be read, is damaged, or was written by another version.
    pub fn manifest(&self) -> Result<Option<Manifest>, PublishError> {
        Manifest::read(&self.root)
    }

    /// Copies a file that cannot be used to `retired/`; returns where it is now.
    ///
    /// # Errors
    ///
    /// When the disk refuses.
    pub fn set_aside(&self, path: &str) -> Result<String, PublishError> {
        let bytes = disk::read(&self.root.join(path))?.unwrap_or_default();
        let kept = plan::free_name(&self.root, path, &bytes)?;
        let target = self.root.join(&kept);
        disk::create_parent(&target)?;
        disk::remove(&target)?;
        disk::write_synced(&target, &bytes)?;
        Ok(kept)
    }

    /// What takes bodies for this folder while a run renders.
    pub fn staging(&self) -> Staging {
        Staging::of(&self.root)
    }

    /// Takes away what was staged and will not be published.
    ///
    /// # Errors
    ///
    /// When the disk refuses.
    pub fn discard(&self) -> Result<(), PublishError> {
        tidy(&self.root)
    }

    /// Publishes files and manifest. What `previous` names and `manifest` does not is retired; after `--only`
    /// the caller carries the other packets over first ([`Manifest::carry_over`]).
    ///
    /// # Errors
    ///
    /// When the disk refuses what concerns all files; then no target has been touched. What concerns one
    /// file is in the report.
    pub fn publish(
        &self,
        files: &Files,
        manifest: &Manifest,
        previous: Option<&Manifest>,
    ) -> Result<Report, PublishError> {
        let body = Body::Held(manifest_bytes(&self.root, manifest)?);
        let plan = Plan::make(
            &self.root,
            files,
            (manifest, &body),
            previous,
            &self.unretired,
        )?;
        let (journal, unstaged) = self.stage(&plan)?;
        journal.write(&self.root)?;
        let mut report = journal.finish(&self.root)?;
        tidy(&self.root)?;
        report.unchanged = plan.report.unchanged;
        report
            .failed
            .splice(0..0, plan.report.failed.into_iter().chain(unstaged));
        report.failed.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(report)
    }

    /// Stages each file beside its target; returns the journal of what is to be moved, and what could not be
    /// staged.
    fn stage(&self, plan: &Plan<'_>) -> Result<(Journal, Vec<Failure>), PublishError> {
        let retire = plan.retire.iter().map(|one| Move::Retire {
            from: one.file.from.clone(),
            to: one.file.to.clone(),
            marked: one.marked.is_some().then(|| staged_path(&one.file.from)),
        });
        let mut journal = Journal {
            phase: Phase::Staging,
            moves: retire.chain(plan.writes.iter().map(place)).collect(),
        };
        journal.write(&self.root)?;
        let mut failures = Vec::new();
        for one in &plan.retire {
            if let Some(bytes) = &one.marked {
                // Without its marked copy a file is retired as it is.
                let staged = stage_one(&self.root, &one.file.from, bytes);
                let _ = staged.and_then(|()| sync_one(&self.root, &one.file.from));
            }
        }
        let written = plan.writes.iter().map(|write| match write.body {
            Body::Held(bytes) => stage_one(&self.root, write.path, bytes),
            Body::Staged { .. } => Ok(()),
        });
        let written: Vec<_> = written.collect();
        let synced = side_by_side(&plan.writes, |write| sync_one(&self.root, write.path));
        for ((write, written), synced) in plan.writes.iter().zip(written).zip(synced) {
            let Err(error) = written.and(synced) else {
                continue;
            };
            // Without manifest and ledger nothing is issued, so they must not be missing.
            let failure = match Failure::local(self.root.join(write.path), error) {
                Ok(failure) if !is_record(write.path) => failure,
                Ok(failure) => return Err(self.abandon(journal, failure.into())),
                Err(error) => return Err(self.abandon(journal, error)),
            };
            failures.push(failure);
            journal.moves.retain(|one| *one != place(write));
        }
        journal.phase = Phase::Moving;
        Ok((journal, failures))
    }

    /// Takes away what was staged before an error that concerns the whole run; no target was touched yet.
    fn abandon(&self, journal: Journal, error: PublishError) -> PublishError {
        // If this fails too, the journal is still there, and the next run does it.
        let _ = journal.recover(&self.root);
        error
    }
}

/// Takes the lock of an output folder, creating both.
fn lock(output: &Path) -> Result<File, PublishError> {
    let path = output.join(LOCK);
    disk::create_parent(&path)?;
    let mut file = fs::OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .open(&path)
        .map_err(|error| PublishError::disk("write", &path)(disk::plain(&path, error)))?;
    match file.try_lock() {
        // Who holds it is for people to read; the lock itself is the system's, and ends with the process.
        Ok(()) => {
            let _ = file.set_len(0);
            let _ = write!(file, "process {}", std::process::id());
            Ok(file)
        }
        Err(TryLockError::WouldBlock) => {
            let mut holder = String::new();
            let _ = file.take(64).read_to_string(&mut holder);
            Err(PublishError::Busy(output.to_owned(), holder))
        }
        // Some network file systems know no locks; a build there is better than none.
        Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => Ok(file),
        Err(TryLockError::Error(error)) => Err(PublishError::disk("lock", &path)(error)),
    }
}

/// The files a journal was to move aside.
fn retiring(journal: &Journal) -> BTreeSet<String> {
    let moves = journal.moves.iter();
    moves
        .filter_map(|one| match one {
            Move::Retire { from, .. } => Some(from.clone()),
            Move::Place { .. } => None,
        })
        .collect()
}

fn place(write: &Write<'_>) -> Move {
    Move::Place {
        staged: staged_path(write.path),
        target: write.path.to_owned(),
        keep: write.keep.clone(),
    }
}

/// Takes away what was staged beyond what the journal still names.
fn tidy(root: &Path) -> Result<(), PublishError> {
    let journal = Journal::read(root)?;
    let kept = journal.iter().flat_map(Journal::staged).collect();
    staging::sweep(root, &kept)
}

/// How many files are brought down to the disk at once; the disk, not the processor, takes the time.
const SYNCS: usize = 16;

/// Does something with each of many, several at once; what came of it, in their order.
fn side_by_side<T: Sync, R: Send>(all: &[T], each: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let share = all.len().div_ceil(SYNCS).max(1);
    std::thread::scope(|scope| {
        let shares = all.chunks(share);
        let each = &each;
        let threads: Vec<_> = shares
            .map(|share| scope.spawn(move || share.iter().map(each).collect::<Vec<R>>()))
            .collect();
        let done = threads.into_iter().flat_map(|it| match it.join() {
            Ok(done) => done,
            Err(panic) => std::panic::resume_unwind(panic),
        });
        done.collect()
    })
}

fn sync_one(root: &Path, path: &str) -> Result<(), PublishError> {
    let synced = disk::sync(&root.join(staged_path(path)));
    synced.map_err(|error| error.about(&root.join(path)))
}

#[cfg(test)]
mod tests;
