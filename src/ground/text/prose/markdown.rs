//! Prose as Markdown that also reads well as plain text.

use super::{Block, Inline};
use crate::text::markdown::{code, escape, escape_run};

/// The blocks as Markdown, a blank line between them, without a final line break.
pub fn to_markdown(blocks: &[Block]) -> String {
    let mut parts: Vec<String> = Vec::new();
    let mut bullet = '*';
    for block in blocks {
        // Two lists in a row stay two only if their bullets differ.
        bullet = match block {
            Block::List(_) if bullet == '-' => '*',
            Block::List(_) => '-',
            _ => '*',
        };
        parts.push(self::block(block, bullet));
    }
    parts.join("\n\n")
}

fn block(block: &Block, bullet: char) -> String {
    match block {
        Block::Paragraph(text) => inlines(text),
        Block::List(items) => {
            let items: Vec<String> = items.iter().map(|item| list_item(item, bullet)).collect();
            items.join("\n")
        }
        Block::Alert(kind, blocks) => {
            let text = format!("[!{}]\n{}", kind.word().to_uppercase(), to_markdown(blocks));
            prefix(&text, "> ", "> ")
        }
    }
}

/// An item that holds one paragraph, or a paragraph and a list, stays tight.
fn list_item(blocks: &[Block], bullet: char) -> String {
    let text = match blocks {
        [first @ Block::Paragraph(_), rest @ Block::List(_)] => {
            format!("{}\n{}", block(first, '-'), block(rest, '-'))
        }
        _ => to_markdown(blocks),
    };
    prefix(&text, &format!("{bullet} "), "  ")
}

/// Puts `first` before the first line and `others` before the others; blank lines get no trailing space.
fn prefix(text: &str, first: &str, others: &str) -> String {
    let lines = text.lines().enumerate().map(|(index, line)| {
        let prefix = if index == 0 { first } else { others };
        format!("{prefix}{line}").trim_end().to_owned()
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn inlines(text: &[Inline]) -> String {
    let written = text
        .iter()
        .enumerate()
        .map(|(index, part)| inline(part, index == 0));
    written.collect()
}

fn inline(inline: &Inline, at_start: bool) -> String {
    match inline {
        Inline::Text(text) => escape_run(text, at_start),
        Inline::Code(text) => code(text),
        Inline::Strong(text) => format!("**{}**", inlines(text)),
        Inline::Emphasis(text) => format!("*{}*", inlines(text)),
        Inline::Blank(label) => format!("[{}: ____________]", escape(label)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::prose::parse;

    #[test]
    fn what_is_written_parses_back_to_the_same_prose() {
        let cases = [
            "Do *this* **now** with `a\\b`.",
            "- a\n- b\n  - c\n\n* other list",
            "- a\n\n  second paragraph\n\n  - nested\n- b",
            "> [!IMPORTANT]\n> one\n>\n> - two\n\nafter",
            r"\- no list, 1\. no number, \`no code\`, C:\x, \\\\fs01\\y",
        ];
        for markdown in cases {
            let (blocks, _) = parse(markdown).expect(markdown);
            let written = to_markdown(&blocks);
            assert_eq!(parse(&written).expect(&written).0, blocks, "{written}");
        }
    }

    #[test]
    fn a_blank_reads_as_a_blank_and_is_no_markup() {
        let blank = Inline::Blank("SQL instance".to_owned());
        let blocks = [Block::Paragraph(vec![
            blank.clone(),
            Inline::Text(" and ".to_owned()),
            blank,
        ])];
        let written = "[SQL instance: ____________] and [SQL instance: ____________]";
        assert_eq!(to_markdown(&blocks), written);
        let (parsed, _) = parse(written).expect("text");
        let text = Inline::Text(written.to_owned());
        assert_eq!(parsed, [Block::Paragraph(vec![text])]);
    }
}
