//! The pen of a format: how text and prose get onto a page of it.
//!
//! An engine has one for HTML and one for Markdown. Whatever a layout prints goes through [`Pen::escape`]; the filters
//! that give markup are the others.

use std::borrow::Cow;

use crate::text::markdown;
use crate::text::prose::{self, Block, Inline};
use crate::text::visible::acting;

/// How text is written in one of the two layout formats.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pen {
    /// For pages ending in `.html`.
    Html,
    /// For pages ending in `.md`.
    Markdown,
}

impl Pen {
    /// Text as the page shows it: nothing in it is markup, and on a Markdown page it is one line.
    pub(super) fn escape(self, text: &str) -> Cow<'_, str> {
        match self {
            Self::Html => acting(text),
            Self::Markdown => Cow::Owned(markdown::escape(&one_line(text))),
        }
    }

    /// A value that somebody may have to copy, as markup: on an HTML page a long one is broken behind dots and slashes
    /// alone; on a Markdown page it is a code span where escaping would alter what is seen raw, such as the backslashes
    /// of a path.
    pub(super) fn value(self, text: &str) -> String {
        match self {
            Self::Html => {
                let mut html = String::new();
                prose::push_escaped(&mut html, text);
                html
            }
            Self::Markdown => literal(&one_line(text), self.escape(text).into_owned()),
        }
    }

    /// A message in which names stand between backticks. The result is markup.
    pub(super) fn message(self, text: &str) -> String {
        match self {
            Self::Html => {
                let html = prose::to_html(&[Block::Paragraph(inlines(text))]);
                let inner = html.trim();
                let inner = inner.strip_prefix("<p>").unwrap_or(inner);
                inner.strip_suffix("</p>").unwrap_or(inner).to_owned()
            }
            Self::Markdown => {
                let parts = inlines(&one_line(text)).into_iter().map(fit_for_table);
                prose::to_markdown(&[Block::Paragraph(parts.collect())])
            }
        }
    }

    /// Prose. The result is markup.
    pub(super) fn prose(self, blocks: &[Block]) -> String {
        match self {
            Self::Html => prose::to_html(blocks),
            Self::Markdown => prose::to_markdown(blocks).trim_end().to_owned(),
        }
    }
}

/// Splits a message at its backticks; a backtick without a partner is plain text.
fn inlines(text: &str) -> Vec<Inline> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some((before, code, after)) = next_code(rest) {
        if !before.is_empty() {
            parts.push(Inline::Text(before.to_owned()));
        }
        parts.push(Inline::Code(code.to_owned()));
        rest = after;
    }
    if !rest.is_empty() {
        parts.push(Inline::Text(rest.to_owned()));
    }
    parts
}

/// The text before the next pair of backticks, what stands between them, and the text behind.
fn next_code(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once('`')?;
    let (code, after) = rest.split_once('`')?;
    (!code.is_empty()).then_some((before, code, after))
}

/// Not even code may hold a bare `|` in a table, and in code nothing can be escaped.
fn fit_for_table(inline: Inline) -> Inline {
    match inline {
        Inline::Code(code) if code.contains('|') => Inline::Text(code),
        other => other,
    }
}

/// A code span, unless the escaped text reads the same or holds a `|`, which a table would split.
fn literal(line: &str, escaped: String) -> String {
    if escaped == line || line.contains('|') {
        escaped
    } else {
        markdown::code(line)
    }
}

/// Worksheet cells may hold several lines; a table cell holds one.
fn one_line(text: &str) -> String {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join(" / ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_values_keep_their_look_where_they_can() {
        let cases = [
            ("pool01.contoso.com", "pool01.contoso.com"),
            (r"\\fs01\LyncShare", r"`\\fs01\LyncShare`"),
            ("Name: a\nExpiration: b", "Name: a / Expiration: b"),
        ];
        for (text, expected) in cases {
            assert_eq!(Pen::Markdown.value(text), expected);
        }
        let piped = Pen::Markdown.value("a|b");
        assert_eq!(piped, r"a\|b");
    }

    #[test]
    fn markup_in_worksheet_text_stays_text() {
        let nasty = "<script>alert(1)</script> `<b>` *x*";
        let plain = Pen::Markdown.escape(nasty).replace(r"\<", "");
        assert!(!plain.contains('<'), "{plain}");
        let message = Pen::Html.message(nasty);
        assert!(!message.contains("<script") && !message.contains("<b>"));
        assert!(message.contains("<code>&lt;b&gt;</code>"), "{message}");
    }

    #[test]
    fn no_mark_turns_the_text_around_it() {
        let text = "moc\u{202e}.fe01";
        let block = [Block::Paragraph(vec![
            Inline::Text(text.to_owned()),
            Inline::Code(text.to_owned()),
        ])];
        for pen in [Pen::Html, Pen::Markdown] {
            let pages = [
                pen.escape(text).into_owned(),
                pen.value(text),
                pen.message("see `moc\u{202e}.fe01`"),
                pen.prose(&block),
            ];
            for page in pages {
                assert!(
                    page.contains("U+202E") && !page.contains('\u{202e}'),
                    "{page}"
                );
            }
        }
    }

    #[test]
    fn a_lonely_backtick_is_text() {
        assert_eq!(inlines("a `b` c`").len(), 3);
        assert_eq!(inlines("``"), [Inline::Text("``".to_owned())]);
    }
}
