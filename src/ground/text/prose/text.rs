//! Prose as plain text, for spreadsheets and JSON.

use super::{Block, Inline};

/// The blocks as plain text: one line per paragraph, lists with bullets, alerts with their word.
pub fn to_text(blocks: &[Block]) -> String {
    let blocks: Vec<String> = blocks.iter().map(block).collect();
    blocks.join("\n")
}

fn block(block: &Block) -> String {
    match block {
        Block::Paragraph(text) => line(text),
        Block::List(items) => {
            let items: Vec<String> = items
                .iter()
                .map(|item| format!("• {}", to_text(item).replace('\n', "\n  ")))
                .collect();
            items.join("\n")
        }
        Block::Alert(kind, blocks) => {
            format!("{}: {}", kind.word().to_uppercase(), to_text(blocks))
        }
    }
}

/// Running text without its markup.
pub fn line(text: &[Inline]) -> String {
    text.iter().map(inline).collect()
}

fn inline(inline: &Inline) -> String {
    match inline {
        // Where a path ends and the sentence goes on must be seen.
        Inline::Code(text) if text.contains('\\') => format!("“{text}”"),
        Inline::Text(text) | Inline::Code(text) => text.clone(),
        Inline::Strong(text) | Inline::Emphasis(text) => line(text),
        Inline::Blank(label) => format!("[{label}: ____________]"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::prose::parse;

    #[test]
    fn markup_goes_and_structure_stays() {
        let markdown = "Do **this** `now` in `C:\\x`:\n\n- a\n  - b\n\n> [!NOTE]\n> c";
        let (blocks, _) = parse(markdown).expect("the dialect");
        assert_eq!(
            to_text(&blocks),
            "Do this now in “C:\\x”:\n• a\n  • b\nNOTE: c"
        );
    }
}
