//! Prose: the small part of Markdown that procedures may use, parsed once, written in every format.

/// A block of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// A bullet list; each item holds blocks.
    List(Vec<Vec<Block>>),
    /// A GFM alert: a note, a warning.
    Alert(AlertKind, Vec<Block>),
}

/// The kinds of alert, by rising weight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AlertKind {
    /// Worth knowing.
    Note,
    /// Makes life easier.
    Tip,
    /// Must not be overlooked.
    Important,
    /// Something can go wrong.
    Warning,
    /// Something cannot be taken back.
    Caution,
}

/// A piece of running text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Inline {
    /// Plain text.
    Text(String),
    /// `code`: something typed or shown literally.
    Code(String),
    /// Strong emphasis.
    Strong(Vec<Inline>),
    /// Emphasis.
    Emphasis(Vec<Inline>),
    /// A blank to fill in by hand; the label says what belongs there.
    Blank(String),
}
