//! What printed texts have in common when they are compared: white space and marks are no difference.

use crate::editions::EditionStep;

/// What stands before the title of a step that cannot be taken back.
pub(super) const NO_RETURN: &str = "POINT OF NO RETURN. ";

/// Whether a title is that of a step.
pub(super) fn is_title(title: &str, said: &EditionStep) -> bool {
    plain(title) == plain(&said.title)
}

/// A text on one line, with one blank between words, and without the backticks that set names apart.
pub(super) fn plain(text: &str) -> String {
    text.replace('`', "")
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}
