//! Text of which parts may be struck out, as runs of one look each.

use super::RawValue;

/// A piece of a cell's text in one look.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Run {
    /// The text.
    pub(super) text: String,
    /// Whether it is struck out; `None` where it looks like its cell.
    pub(super) is_struck: Option<bool>,
}

/// How much of a text is struck out.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Struck {
    /// Nothing.
    Nothing,
    /// All of it.
    Whole,
    /// A part; this is the rest.
    Partly(String),
}

/// How much of these runs is struck out, in a cell that may be struck out itself. Blanks do not count: a line through
/// one is not seen.
pub(super) fn judge(runs: &[Run], is_cell_struck: bool) -> Struck {
    let is_struck = |run: &&Run| run.is_struck.unwrap_or(is_cell_struck);
    let says_something = |run: &&Run| !run.text.trim().is_empty();
    let filled = || runs.iter().filter(says_something);
    if !filled().any(|run| is_struck(&run)) {
        Struck::Nothing
    } else if filled().all(|run| is_struck(&run)) {
        Struck::Whole
    } else {
        let rest = runs.iter().filter(|run| !is_struck(run));
        let rest: String = rest.map(|run| run.text.as_str()).collect();
        Struck::Partly(rest.trim().to_owned())
    }
}

/// A text with the rest that is not struck out; other values as they are.
pub(super) fn partly(value: RawValue, rest: String) -> RawValue {
    match value {
        RawValue::Text(text) => RawValue::PartlyStruck { text, rest },
        value => value,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_through_blanks_is_none_and_one_through_everything_is_whole() {
        let run = |text: &str, is_struck| Run {
            text: text.to_owned(),
            is_struck,
        };
        let old = run("rack A2 ", Some(true));
        let new = run("rack B9", None);
        let judged = |runs: &[Run], cell| judge(runs, cell);
        assert_eq!(
            judged(&[old.clone(), new.clone()], false),
            Struck::Partly("rack B9".into())
        );
        assert_eq!(judged(&[old.clone(), new.clone()], true), Struck::Whole);
        assert_eq!(
            judged(&[new.clone(), run(" ", Some(true))], false),
            Struck::Nothing
        );
        assert_eq!(judged(&[old, run("\n", None)], false), Struck::Whole);
        assert_eq!(judged(&[run("a", Some(false))], true), Struck::Nothing);
    }
}
