//! Prose as HTML: every text escaped here, nothing passed through.

use crate::text::visible::acting;
use std::fmt::Write;

use super::{Block, Inline};

/// The blocks as HTML, one element per line.
///
/// A blank is `<span class="blank"><span class="label">what belongs there</span></span>`; an alert is
/// `<div class="alert warning">`, its word in `<p class="alert-word">`.
pub fn to_html(blocks: &[Block]) -> String {
    let mut html = String::new();
    for block in blocks {
        write_block(&mut html, block);
    }
    html
}

fn write_block(html: &mut String, block: &Block) {
    match block {
        Block::Paragraph(text) => {
            html.push_str("<p>");
            write_inlines(html, text);
            html.push_str("</p>\n");
        }
        Block::List(items) => {
            html.push_str("<ul>\n");
            for item in items {
                write_item(html, item);
            }
            html.push_str("</ul>\n");
        }
        Block::Alert(kind, blocks) => {
            let word = kind.word();
            let class = word.to_lowercase();
            append(
                html,
                format_args!("<div class=\"alert {class}\">\n<p class=\"alert-word\">{word}</p>\n"),
            );
            html.push_str(&to_html(blocks));
            html.push_str("</div>\n");
        }
    }
}

/// An item of one paragraph needs no `<p>`.
fn write_item(html: &mut String, blocks: &[Block]) {
    html.push_str("<li>");
    match blocks {
        [Block::Paragraph(text)] => write_inlines(html, text),
        blocks => html.push_str(&to_html(blocks)),
    }
    html.push_str("</li>\n");
}

fn write_inlines(html: &mut String, text: &[Inline]) {
    for inline in text {
        write_inline(html, inline);
    }
}

fn write_inline(html: &mut String, inline: &Inline) {
    let (open, close) = match inline {
        Inline::Text(text) => return push_escaped(html, text),
        Inline::Code(_) => ("<code>", "</code>"),
        Inline::Strong(_) => ("<strong>", "</strong>"),
        Inline::Emphasis(_) => ("<em>", "</em>"),
        Inline::Blank(_) => (
            "<span class=\"blank\"><span class=\"label\">",
            "</span></span>",
        ),
    };
    html.push_str(open);
    match inline {
        Inline::Text(text) | Inline::Code(text) | Inline::Blank(text) => push_escaped(html, text),
        Inline::Strong(text) | Inline::Emphasis(text) => write_inlines(html, text),
    }
    html.push_str(close);
}

/// The text, escaped. A long word may be broken behind its dots and slashes and, with a style that says so, nowhere
/// else: `sqlmon01.contoso.com` is cut between its labels.
pub fn push_escaped(html: &mut String, text: &str) {
    for word in acting(text).split_inclusive(char::is_whitespace) {
        let is_long = word.chars().nth(SHORT_WORD).is_some();
        let mut characters = word.chars().peekable();
        while let Some(character) = characters.next() {
            push_character(html, character);
            let goes_on = characters.peek().is_some_and(|next| next.is_alphanumeric());
            if is_long && goes_on && matches!(character, '.' | '\\' | '/') {
                html.push_str("<wbr>");
            }
        }
    }
}

/// A word of so many letters needs no place to be broken at.
const SHORT_WORD: usize = 14;

fn push_character(html: &mut String, character: char) {
    match character {
        '&' => html.push_str("&amp;"),
        '<' => html.push_str("&lt;"),
        '>' => html.push_str("&gt;"),
        '"' => html.push_str("&quot;"),
        '\'' => html.push_str("&#39;"),
        _ if character.is_control() && !character.is_whitespace() => html.push('\u{FFFD}'),
        _ => html.push(character),
    }
}

fn append(html: &mut String, text: std::fmt::Arguments<'_>) {
    // Writing to a String cannot fail.
    let _ = html.write_fmt(text);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::prose::AlertKind;

    #[test]
    fn every_text_is_escaped() {
        let hostile = || "<script>\"&'".to_owned();
        let escaped = "&lt;script&gt;&quot;&amp;&#39;";
        let block = Block::Paragraph(vec![
            Inline::Text(hostile()),
            Inline::Code(hostile()),
            Inline::Blank(hostile()),
        ]);
        assert_eq!(
            to_html(&[block]),
            format!(
                "<p>{escaped}<code>{escaped}</code><span class=\"blank\"><span class=\"label\">{escaped}</span></span></p>\n"
            )
        );
    }

    #[test]
    fn a_long_name_is_broken_between_its_labels() {
        let of = |text: &str| {
            let mut html = String::new();
            push_escaped(&mut html, text);
            html
        };
        assert_eq!(
            of("on sqlmon01.contoso.com."),
            "on sqlmon01.<wbr>contoso.<wbr>com."
        );
        assert_eq!(
            of(r"\\fs01.contoso.com\Share"),
            r"\\<wbr>fs01.<wbr>contoso.<wbr>com\<wbr>Share"
        );
        assert_eq!(of("5.0.8308.577 e.g."), "5.0.8308.577 e.g.");
    }

    #[test]
    fn lists_and_alerts_are_elements_of_their_own() {
        let paragraph = || Block::Paragraph(vec![Inline::Text("x".to_owned())]);
        let blocks = [
            Block::List(vec![vec![paragraph()], vec![paragraph(), paragraph()]]),
            Block::Alert(AlertKind::Caution, vec![paragraph()]),
        ];
        assert_eq!(
            to_html(&blocks),
            "<ul>\n<li>x</li>\n<li><p>x</p>\n<p>x</p>\n</li>\n</ul>\n\
             <div class=\"alert caution\">\n<p class=\"alert-word\">Caution</p>\n<p>x</p>\n</div>\n"
        );
    }
}
