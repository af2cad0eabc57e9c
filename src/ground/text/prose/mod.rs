//! Prose: the small part of Markdown that procedures may use, parsed once, written in every format.
//!
//! - [`parse`] and [`parse_document`]: the only place that knows pulldown-cmark
//! - [`to_markdown`], [`to_html`], [`to_text`]: one writer per format; [`push_escaped`] is the text of HTML

mod html;
mod markdown;
mod parse;
mod problem;
mod text;

pub use html::{push_escaped, to_html};
pub use markdown::to_markdown;
pub use parse::{Element, Parsed, parse, parse_document};
pub use problem::{Problem, UNFILTERED};
pub use text::{line, to_text};

use serde::{Deserialize, Serialize};

/// A block of text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Block {
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// A bullet list; each item holds blocks.
    List(Vec<Vec<Block>>),
    /// A GFM alert: a note, a warning.
    Alert(AlertKind, Vec<Block>),
}

/// The kinds of alert, by rising weight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
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

impl AlertKind {
    /// The word a reader sees: `Note`, `Warning`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Note => "Note",
            Self::Tip => "Tip",
            Self::Important => "Important",
            Self::Warning => "Warning",
            Self::Caution => "Caution",
        }
    }
}

/// A piece of running text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
