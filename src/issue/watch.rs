//! What a run says while it works, to whoever watches.

/// How much a note matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// Everybody should know it.
    News,
    /// It explains what was done, to those who ask.
    Detail,
}

/// What a run is at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Packets are assembled.
    Assembling,
    /// Packets are rendered.
    Rendering,
}

/// Whoever watches a run. Both methods may be called from several threads.
pub trait Watcher: Sync {
    /// Something worth knowing, in a sentence.
    fn note(&self, weight: Weight, text: &str);

    /// So many of all packets are done.
    fn step(&self, stage: Stage, done: usize, all: usize);
}

/// Nobody watches.
#[derive(Clone, Copy, Debug, Default)]
pub struct Unwatched;

impl Watcher for Unwatched {
    fn note(&self, _: Weight, _: &str) {}

    fn step(&self, _: Stage, _: usize, _: usize) {}
}
