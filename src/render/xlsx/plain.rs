//! Prose as plain text, for cells. A stand-in until the common writer of plain text is there.

use crate::text::prose::{AlertKind, Block, Inline};

/// Blocks as lines of plain text.
pub(super) fn plain(blocks: &[Block]) -> String {
    let texts: Vec<String> = blocks.iter().map(block).collect();
    texts.join("\n")
}

fn block(block: &Block) -> String {
    match block {
        Block::Paragraph(inlines) => line(inlines),
        Block::List(items) => {
            let items = items.iter().map(|item| format!("• {}", plain(item)));
            items.collect::<Vec<_>>().join("\n")
        }
        Block::Alert(kind, blocks) => format!("{}: {}", word(*kind), plain(blocks)),
    }
}

fn line(inlines: &[Inline]) -> String {
    inlines.iter().map(inline).collect()
}

fn inline(inline: &Inline) -> String {
    match inline {
        Inline::Text(text) | Inline::Code(text) => text.clone(),
        Inline::Strong(inlines) | Inline::Emphasis(inlines) => line(inlines),
        Inline::Blank(label) => format!("________ ({label})"),
    }
}

fn word(kind: AlertKind) -> &'static str {
    match kind {
        AlertKind::Note => "Note",
        AlertKind::Tip => "Tip",
        AlertKind::Important => "IMPORTANT",
        AlertKind::Warning => "WARNING",
        AlertKind::Caution => "CAUTION",
    }
}
