//! What the dialect does not know, by name.

use std::fmt;
use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use crate::finding::words::excerpt;
use crate::text::seal;

/// A value that was printed as it is.
pub const UNFILTERED: &str = "a value printed without a filter";

/// Something the dialect does not know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What stands there.
    pub what: String,
    /// The text around it, shortened.
    pub near: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.near.as_str() {
            "" => f.write_str(&self.what),
            near => write!(f, "{} near “{near}”", self.what),
        }
    }
}

impl Problem {
    /// A problem near this text; seals in it are left out.
    pub(super) fn new(what: &str, near: &str) -> Self {
        let near: String = near.chars().filter(|c| !seal::is_mark(*c)).collect();
        Problem {
            what: what.to_owned(),
            near: excerpt(&near),
        }
    }
}

/// What the dialect does not know, by name.
pub(super) fn unknown(event: &Event<'_>, markdown: &str, range: Range<usize>) -> Problem {
    let what = match event {
        Event::Html(_) | Event::InlineHtml(_) | Event::Start(Tag::HtmlBlock) => "HTML",
        Event::Start(Tag::Image { .. }) => "an image",
        Event::Start(Tag::Link { .. }) => "a link",
        Event::Start(Tag::Table(_)) => "a table",
        Event::Start(Tag::List(Some(_))) => "a numbered list (steps are numbered by themselves)",
        Event::Start(Tag::BlockQuote(None)) => "a quotation that is no alert such as `[!NOTE]`",
        Event::Start(Tag::CodeBlock(_)) => "code inside a list or an alert, or indented code",
        Event::Start(Tag::Heading { .. }) => "a heading inside a list or an alert",
        Event::Start(Tag::Strikethrough) => "strikethrough",
        Event::TaskListMarker(_) => "a task list",
        Event::HardBreak => "a forced line break",
        Event::Rule => "a horizontal rule",
        _ => "unknown markup",
    };
    Problem::new(what, markdown.get(range).unwrap_or_default())
}
