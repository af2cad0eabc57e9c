//! The journal: what a run is about to move, on disk before the first move, so that the next run can end it.
//!
//! Carrying out a journal twice does what carrying it out once does: a move whose file is gone has been made.

use std::fs;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::files::is_inside;
use super::{Failure, JOURNAL, PublishError, Report, Retired, disk, is_record};

/// The moves of one run, and how far it had come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Journal {
    pub(super) phase: Phase,
    pub(super) moves: Vec<Move>,
}

/// Whether an interrupted run is to be undone or finished.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Phase {
    /// Files were being staged; no target had been touched.
    Staging,
    /// All files were staged and synced.
    Moving,
}

/// One move, with paths relative to the output folder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Move {
    /// A staged file into its place; what stands there is copied to `keep` first, if that is given.
    Place {
        staged: String,
        target: String,
        keep: Option<String>,
    },
    /// An issued file to `retired/`: as it is, or as the marked copy that was staged beside it.
    Retire {
        from: String,
        to: String,
        #[serde(default)]
        marked: Option<String>,
    },
}

impl Journal {
    /// Reads the journal of an interrupted run; `None` where the last one ended.
    pub(super) fn read(root: &Path) -> Result<Option<Self>, PublishError> {
        let path = root.join(JOURNAL);
        let Some(bytes) = disk::read(&path)? else {
            return Ok(None);
        };
        let damaged = |why: String| PublishError::Journal(path.clone(), why);
        let journal: Self =
            serde_json::from_slice(&bytes).map_err(|why| damaged(why.to_string()))?;
        if let Some(outside) = journal.paths().find(|path| !is_inside(path)) {
            return Err(damaged(format!("it names `{outside}`")));
        }
        Ok(Some(journal))
    }

    fn paths(&self) -> impl Iterator<Item = &str> {
        self.moves
            .iter()
            .flat_map(|one| match one {
                Move::Place {
                    staged,
                    target,
                    keep,
                } => [Some(staged), Some(target), keep.as_ref()],
                Move::Retire { from, to, marked } => [Some(from), Some(to), marked.as_ref()],
            })
            .flatten()
            .map(String::as_str)
    }

    /// Writes the journal, whole or not at all; a journal without moves is removed.
    pub(super) fn write(&self, root: &Path) -> Result<(), PublishError> {
        let path = root.join(JOURNAL);
        if self.moves.is_empty() {
            return disk::remove(&path);
        }
        let bytes = serde_json::to_vec_pretty(self)
            .map_err(|error| PublishError::disk("write", &path)(error.into()))?;
        let new = path.with_extension("journal-new");
        disk::remove(&new)?;
        disk::write_synced(&new, &bytes)?;
        disk::rename(&new, &path)
            .map_err(|error| PublishError::disk("replace", &path)(disk::plain(&path, error)))?;
        disk::sync_folder(path.parent().unwrap_or(root));
        Ok(())
    }

    /// Ends what an interrupted run began, and leaves in the journal what still cannot be moved.
    pub(super) fn recover(self, root: &Path) -> Result<Report, PublishError> {
        match self.phase {
            Phase::Staging => {
                for staged in self.staged() {
                    disk::remove(&root.join(staged))?;
                }
                Self {
                    moves: Vec::new(),
                    ..self
                }
                .write(root)?;
                Ok(Report::default())
            }
            Phase::Moving => self.finish(root),
        }
    }

    /// The files that were or are to be staged.
    pub(super) fn staged(&self) -> impl Iterator<Item = &str> {
        self.moves.iter().filter_map(|one| match one {
            Move::Place { staged, .. } => Some(staged.as_str()),
            Move::Retire { marked, .. } => marked.as_deref(),
        })
    }

    /// Makes every move, then removes the journal. Files that cannot be retired now stay in it for the next
    /// run, since no manifest names them any more; so do the records, which belong together.
    pub(super) fn finish(self, root: &Path) -> Result<Report, PublishError> {
        let mut report = Report::default();
        let mut rest = Vec::new();
        for one in &self.moves {
            match one.carry_out(root) {
                Ok(true) => one.enter(&mut report),
                Ok(false) => {}
                Err(failure) => {
                    report.failed.push(failure);
                    if one.is_kept() {
                        rest.push(one.clone());
                    }
                }
            }
        }
        self.sync_folders(root);
        Self {
            moves: rest,
            ..self
        }
        .write(root)?;
        Ok(report)
    }

    fn sync_folders(&self, root: &Path) {
        let parents = self.paths().filter_map(|path| path.rsplit_once('/'));
        let mut folders: Vec<&str> = parents.map(|(folder, _)| folder).collect();
        folders.push("");
        folders.sort_unstable();
        folders.dedup();
        for folder in folders {
            disk::sync_folder(&root.join(folder));
        }
    }
}

impl Move {
    /// Makes the move; `false` where an earlier run had made it.
    pub(super) fn carry_out(&self, root: &Path) -> Result<bool, Failure> {
        let (from, to) = match self {
            Self::Place { staged, target, .. } => (root.join(staged), root.join(target)),
            Self::Retire { from, to, .. } => (root.join(from), root.join(to)),
        };
        if fs::symlink_metadata(&from).is_err() {
            return Ok(false);
        }
        let moved = self.make(root, &from, &to);
        let named = match self {
            Self::Place { .. } => &to,
            Self::Retire { .. } => &from,
        };
        moved.map(|()| true).map_err(|reason| {
            if !self.is_kept() {
                // The next run takes a staged file away that cannot be removed now.
                let _ = disk::remove(&from);
            }
            Failure {
                path: named.clone(),
                reason,
            }
        })
    }

    /// Whether the move is tried again by the next run if it fails.
    fn is_kept(&self) -> bool {
        match self {
            Self::Place { target, .. } => is_record(target),
            Self::Retire { .. } => true,
        }
    }

    fn make(&self, root: &Path, from: &Path, to: &Path) -> Result<(), String> {
        if let Some(reason) = disk::obstacle(to) {
            return Err(reason.to_owned());
        }
        if let Self::Place {
            keep: Some(keep), ..
        } = self
        {
            let keep = root.join(keep);
            disk::create_parent(&keep).map_err(|error| error.to_string())?;
            fs::copy(to, &keep).map_err(|error| {
                format!(
                    "its present content cannot be kept in `{}`: {error}",
                    keep.display()
                )
            })?;
        }
        disk::create_parent(to).map_err(|error| error.to_string())?;
        let marked = match self {
            Self::Retire { marked, .. } => marked.as_ref().map(|marked| root.join(marked)),
            Self::Place { .. } => None,
        };
        // Killed between the two, the next run finds no marked copy any more, and `to` in its place.
        match marked.filter(|marked| marked.exists()) {
            Some(marked) => {
                disk::shift(&marked, to).map_err(|error| error.to_string())?;
                disk::remove(from).map_err(|error| error.to_string())
            }
            None if is_marked(self) && to.exists() => {
                disk::remove(from).map_err(|error| error.to_string())
            }
            None => disk::shift(from, to).map_err(|error| error.to_string()),
        }
    }

    fn enter(&self, report: &mut Report) {
        match self {
            Self::Place { target, keep, .. } => {
                report.written.push(target.clone());
                report.kept.extend(keep.iter().map(|keep| Retired {
                    from: target.clone(),
                    to: keep.clone(),
                }));
            }
            Self::Retire { from, to, .. } => report.retired.push(Retired {
                from: from.clone(),
                to: to.clone(),
            }),
        }
    }
}

/// Whether a marked copy was made of what is retired.
fn is_marked(one: &Move) -> bool {
    matches!(
        one,
        Move::Retire {
            marked: Some(_),
            ..
        }
    )
}
