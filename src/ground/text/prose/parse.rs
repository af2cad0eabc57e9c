//! Markdown in, prose out: one dialect, chosen here. What it does not know is a [`Problem`], never dropped.
//!
//! The dialect: headings, paragraphs, bullet lists, GFM alerts, fenced code, `code`, strong and plain emphasis.
//! Seals are opened here, after the parser has done its work, so worksheet text cannot become markup.

use std::iter::Peekable;
use std::ops::Range;

use pulldown_cmark::{BlockQuoteKind, CodeBlockKind, Event, OffsetIter, Options, Parser, Tag};

use super::UNFILTERED;
use super::problem::{Problem, unknown};
use super::{AlertKind, Block, Inline};
use crate::finding::Gap;
use crate::text::seal::{self, Piece, Purpose};
use crate::text::slot::Slot;

/// A top-level part of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Element {
    /// A heading and its level, 1 for `#`.
    Heading(usize, Vec<Inline>),
    /// A paragraph, list or alert.
    Block(Block),
    /// Fenced code: its mark and its text, with seals still closed.
    Code(String, String),
}

/// A part and the gaps it prints as blanks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parsed {
    /// The part.
    pub element: Element,
    /// Its blanks, in reading order.
    pub gaps: Vec<Gap>,
}

/// Parses prose: blocks without headings and fenced code, and the gaps they print as blanks.
///
/// # Errors
///
/// The first [`Problem`].
pub fn parse(markdown: &str) -> Result<(Vec<Block>, Vec<Gap>), Problem> {
    let mut blocks = Vec::new();
    let mut gaps = Vec::new();
    for part in parse_document(markdown)? {
        gaps.extend(part.gaps);
        match part.element {
            Element::Block(block) => blocks.push(block),
            Element::Heading(..) => return Err(Problem::new("a heading inside prose", markdown)),
            Element::Code(..) => return Err(Problem::new("fenced code inside prose", markdown)),
        }
    }
    Ok((blocks, gaps))
}

/// Parses a whole document.
///
/// # Errors
///
/// The first [`Problem`].
pub fn parse_document(markdown: &str) -> Result<Vec<Parsed>, Problem> {
    // Constructs beyond the dialect are switched on so that they are noticed instead of printed as text.
    let options = Options::ENABLE_GFM
        | Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS;
    let mut reader = Reader {
        events: Parser::new_ext(markdown, options)
            .into_offset_iter()
            .peekable(),
        markdown,
        gaps: Vec::new(),
    };
    let mut parts = Vec::new();
    while let Some((event, range)) = reader.events.next() {
        let element = reader.element(event, range)?;
        let gaps = std::mem::take(&mut reader.gaps);
        parts.push(Parsed { element, gaps });
    }
    Ok(parts)
}

struct Reader<'a> {
    events: Peekable<OffsetIter<'a>>,
    markdown: &'a str,
    gaps: Vec<Gap>,
}

impl Reader<'_> {
    fn element(&mut self, event: Event<'_>, range: Range<usize>) -> Result<Element, Problem> {
        match event {
            Event::Start(Tag::Heading { level, .. }) => {
                let text = self.inlines()?;
                self.events.next();
                Ok(Element::Heading(level as usize, text))
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(mark))) => {
                Ok(Element::Code(mark.trim().to_owned(), self.code()))
            }
            Event::Start(tag) => self.block(&tag, range).map(Element::Block),
            other => Err(unknown(&other, self.markdown, range)),
        }
    }

    /// The text of fenced code, up to and with its end.
    fn code(&mut self) -> String {
        let mut text = String::new();
        for (event, _) in self.events.by_ref() {
            match event {
                Event::Text(part) => text.push_str(&part),
                _ => break,
            }
        }
        text
    }

    fn block(&mut self, tag: &Tag<'_>, range: Range<usize>) -> Result<Block, Problem> {
        match tag {
            Tag::Paragraph => {
                let text = self.inlines()?;
                self.events.next();
                Ok(Block::Paragraph(text))
            }
            Tag::List(None) => Ok(Block::List(self.items()?)),
            Tag::BlockQuote(Some(kind)) => Ok(Block::Alert(alert_kind(*kind), self.blocks()?)),
            other => Err(unknown(&Event::Start(other.clone()), self.markdown, range)),
        }
    }

    fn items(&mut self) -> Result<Vec<Vec<Block>>, Problem> {
        let mut items = Vec::new();
        while let Some((Event::Start(Tag::Item), _)) = self.events.next() {
            items.push(self.blocks()?);
        }
        Ok(items)
    }

    /// The blocks up to and with the end of what holds them. Text that stands there bare, as in a tight
    /// list, is a paragraph.
    fn blocks(&mut self) -> Result<Vec<Block>, Problem> {
        let mut blocks = Vec::new();
        loop {
            let text = self.inlines()?;
            if !text.is_empty() {
                blocks.push(Block::Paragraph(text));
            }
            match self.events.next() {
                Some((Event::Start(tag), range)) => blocks.push(self.block(&tag, range)?),
                Some((Event::End(_), _)) | None => return Ok(blocks),
                Some((other, range)) => return Err(unknown(&other, self.markdown, range)),
            }
        }
    }

    /// Running text up to an event that is no part of it, which is left for the caller.
    fn inlines(&mut self) -> Result<Vec<Inline>, Problem> {
        let mut inlines = Vec::new();
        let mut pending = String::new();
        loop {
            match self.events.peek() {
                Some((Event::Text(text), _)) => pending.push_str(text),
                Some((Event::SoftBreak, _)) => pending.push(' '),
                Some((Event::Code(code), _)) => {
                    let code = code.to_string();
                    self.open(&mut inlines, &std::mem::take(&mut pending), Inline::Text)?;
                    self.open(&mut inlines, &code, Inline::Code)?;
                }
                Some((Event::Start(tag @ (Tag::Strong | Tag::Emphasis)), _)) => {
                    let wrap = if *tag == Tag::Strong {
                        Inline::Strong
                    } else {
                        Inline::Emphasis
                    };
                    self.open(&mut inlines, &std::mem::take(&mut pending), Inline::Text)?;
                    self.events.next();
                    inlines.push(wrap(self.inlines()?));
                }
                Some((Event::End(_) | Event::Rule, _)) | None => break,
                Some((Event::Start(tag), _)) if !is_inline(tag) => break,
                Some((other, range)) => return Err(unknown(other, self.markdown, range.clone())),
            }
            self.events.next();
        }
        self.open(&mut inlines, &pending, Inline::Text)?;
        Ok(inlines)
    }

    /// Opens the seals of a text and appends it.
    fn open(
        &mut self,
        inlines: &mut Vec<Inline>,
        text: &str,
        plain: fn(String) -> Inline,
    ) -> Result<(), Problem> {
        let pieces = seal::open(text).map_err(|_| Problem::new("a value cut in two", text))?;
        for piece in pieces {
            let inline = match piece {
                Piece::Plain(text) => plain(text.to_owned()),
                Piece::Sealed(
                    Purpose::Prose | Purpose::Code | Purpose::Advice,
                    Slot::UnderBackup(path),
                ) => {
                    append(inlines, Inline::Code(one_line(&path)));
                    Inline::Text(" on the share of the backup cycle".to_owned())
                }
                Piece::Sealed(purpose, slot) => self.value(purpose, slot, plain)?,
            };
            append(inlines, inline);
        }
        Ok(())
    }

    fn value(
        &mut self,
        purpose: Purpose,
        slot: Slot,
        plain: fn(String) -> Inline,
    ) -> Result<Inline, Problem> {
        match (purpose, slot) {
            (Purpose::Unread, _) => Err(Problem::new(UNFILTERED, "")),
            (
                Purpose::Command
                | Purpose::Path
                | Purpose::Program
                | Purpose::SqlText
                | Purpose::SqlName
                | Purpose::SqlNumber,
                _,
            ) => Err(Problem::new(
                "a value quoted for a command stands in prose",
                "",
            )),
            (purpose, Slot::Gap(gap)) => {
                let label = one_line(&gap.what);
                if purpose != Purpose::Advice {
                    self.gaps.push(gap);
                }
                Ok(Inline::Blank(label))
            }
            // Where a path ends and the sentence goes on must be seen.
            (Purpose::Prose | Purpose::Advice, Slot::Text(text)) if !text.contains('\\') => {
                Ok(plain(one_line(&text)))
            }
            (_, known) => Ok(Inline::Code(one_line(&known.shown().unwrap_or_default()))),
        }
    }
}

/// Whether the tag belongs to running text.
fn is_inline(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::Image { .. } | Tag::Link { .. } | Tag::Strikethrough | Tag::Strong | Tag::Emphasis
    )
}

/// Appends running text; text that follows text of the same kind continues it.
fn append(inlines: &mut Vec<Inline>, inline: Inline) {
    match (inlines.last_mut(), inline) {
        (Some(Inline::Text(before)), Inline::Text(text))
        | (Some(Inline::Code(before)), Inline::Code(text)) => before.push_str(&text),
        (_, inline) => inlines.push(inline),
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn alert_kind(kind: BlockQuoteKind) -> AlertKind {
    match kind {
        BlockQuoteKind::Note => AlertKind::Note,
        BlockQuoteKind::Tip => AlertKind::Tip,
        BlockQuoteKind::Important => AlertKind::Important,
        BlockQuoteKind::Warning => AlertKind::Warning,
        BlockQuoteKind::Caution => AlertKind::Caution,
    }
}

#[cfg(test)]
mod tests;
