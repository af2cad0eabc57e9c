//! What became of the files that were to be attached.

use super::Trouble;

/// What became of one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It was there already, with the same bytes.
    Present,
    /// It is to be added.
    Planned,
    /// It was added, and reads back the same.
    Attached,
    /// It was added, and reads back otherwise; how many bytes the record holds.
    Damaged(u64),
    /// It is not on the record.
    Missing,
}

/// One file, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileReport {
    /// Where it comes from.
    pub source: String,
    /// Its name on the record.
    pub name: String,
    /// The edition of its packet.
    pub edition: Option<u32>,
    /// The fingerprint of its packet.
    pub fingerprint: Option<String>,
    /// Its size.
    pub bytes: u64,
    /// Its SHA-256.
    pub sha256: String,
    /// The file on the record that it takes the place of.
    pub supersedes: Option<String>,
    /// The same bytes that somebody else attached meanwhile, by their names.
    pub twins: Vec<String>,
    /// What became of it.
    pub outcome: Outcome,
}

/// All files, and what ended the work early.
#[derive(Clone, Debug)]
pub struct Report {
    /// In the order they were given.
    pub files: Vec<FileReport>,
    /// Why not everything is as it should be.
    pub trouble: Option<Trouble>,
}

/// Is told how far the work is, where it takes long.
pub trait Watch {
    /// This many files of the record are compared, of so many.
    fn compared(&self, done: usize, all: usize);
}

/// Nobody looks.
impl Watch for () {
    fn compared(&self, _: usize, _: usize) {}
}

impl Report {
    /// How many files have an outcome.
    pub fn count(&self, is: impl Fn(&Outcome) -> bool) -> usize {
        self.files.iter().filter(|it| is(&it.outcome)).count()
    }

    /// How many files another run attached at the same time.
    pub fn twice(&self) -> usize {
        self.files.iter().filter(|it| !it.twins.is_empty()).count()
    }
}
