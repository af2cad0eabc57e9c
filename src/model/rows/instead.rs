//! What stands in a cell instead of a value: that there is none, that it is not known, ditto, the name of an object.
//!
//! Entry points: `of` for a column the tool knows, `of_extra` for the others. The words are data
//! (`cell_words.toml`), and so is what a column makes of them (`columns.toml`).

use crate::finding::{Code, words};

use super::cell_words::WITHHELD;
use super::cell_words::{self, Meaning};
use super::problem::Problem;
use crate::product::schema::Column;
use crate::product::{List, Product};

/// A cell without a value.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Instead {
    /// There is none: as good as blank, but in some columns worth a word.
    Blank(Option<Problem>),
    /// A value is meant, but it does not stand there.
    Missing(Problem),
    /// What stood there was a secret, which has its own finding.
    Withheld,
}

/// What stands in a cell of a known column instead of a value; `above` tells the text that ditto would repeat.
pub(super) fn of(
    product: &Product,
    column: &Column,
    text: &str,
    above: impl FnOnce() -> Option<String>,
) -> Option<Instead> {
    let heading = &column.heading;
    if text == WITHHELD {
        return (!column.prose).then_some(Instead::Withheld);
    }
    if is_object(text, column.prose) {
        return Some(Instead::Missing(object(text)));
    }
    let meaning = if column.prose {
        cell_words::whole(text)
    } else {
        cell_words::of(text)
    };
    match meaning {
        Some(Meaning::None) => Some(Instead::Blank(none(heading, text, column.none.as_deref()))),
        Some(meaning) => missing(meaning, heading, text, above).map(Instead::Missing),
        None if !column.prose && sends_elsewhere(text) => {
            missing(Meaning::Ditto, heading, text, || None).map(Instead::Missing)
        }
        None if column.optional && is_no(product, text) => Some(Instead::Blank(None)),
        None => None,
    }
}

/// The same under a heading the tool does not know. What "none" means there only its reader can tell, so it stays.
pub(super) fn of_extra(
    heading: &str,
    text: &str,
    above: impl FnOnce() -> Option<String>,
) -> Option<Problem> {
    if is_object(text, false) {
        return Some(object(text));
    }
    // A longer text is a remark of some kind.
    let is_short = text.split_whitespace().nth(4).is_none();
    let meaning = cell_words::whole(text);
    let meaning = meaning.or_else(|| cell_words::of(text).filter(|_| is_short));
    missing(meaning?, heading, text, above)
}

/// What is wrong with a part of a cell that says what is no value, such as the text behind a label.
pub fn in_part(heading: &str, text: &str) -> Option<Problem> {
    missing(cell_words::of(text)?, heading, text, || None)
}

/// The finding that a column or a setting makes of "none", where it means more than a blank.
pub(super) fn none(heading: &str, text: &str, means: Option<&str>) -> Option<Problem> {
    let message = format!(
        "`{}` in `{heading}` says that {}",
        words::excerpt(text),
        means?
    );
    let help = format!("fill in `{heading}`; if it is so, delete the row and say why in `Notes`");
    Some(Problem::new(Code::NoneGiven, message, help))
}

fn missing(
    meaning: Meaning,
    heading: &str,
    text: &str,
    above: impl FnOnce() -> Option<String>,
) -> Option<Problem> {
    let typed = words::excerpt(text);
    match meaning {
        Meaning::Unknown => Some(Problem::new(
            Code::NotKnown,
            format!("`{typed}` says that `{heading}` is not known yet"),
            "find it out and write it here; where there is none, write `none`",
        )),
        Meaning::Ditto => Some(Problem::new(
            Code::Ditto,
            format!(
                "`{typed}` in `{heading}` points at another cell; nothing was taken from there"
            ),
            match above() {
                Some(above) => format!(
                    "write the value itself, since a packet stands alone; the cell above holds `{}`",
                    words::excerpt(&above)
                ),
                None => "write the value itself, since a packet stands alone".to_owned(),
            },
        )),
        _ => None,
    }
}

/// Whether a cell only sends its reader to the row of a name: `see fe01`, `siehe pool01.contoso.com`. What is not called
/// as a computer is may be a place.
fn sends_elsewhere(text: &str) -> bool {
    let Some((see, name)) = text.trim().split_once(char::is_whitespace) else {
        return false;
    };
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_');
    let is_name = name.chars().all(is_part)
        && name.contains(char::is_alphabetic)
        && (name.contains('.') || name.ends_with(|c: char| c.is_ascii_digit()));
    is_name && cell_words::is(Meaning::See, see)
}

fn is_no(product: &Product, text: &str) -> bool {
    product
        .find(List::Answer, text)
        .is_some_and(|answer| answer.id == "no")
}

/// Whether a text is what PowerShell prints for an object or a list: a type's name, a hash table, a list that was cut.
/// A remark may speak of such things.
fn is_object(text: &str, prose: bool) -> bool {
    let names_object = |word: &str| cell_words::opens(Meaning::Object, word);
    let within = |c: char| c.is_whitespace() || matches!(c, ',' | ';' | '{' | '(' | '=');
    names_object(text)
        || is_cut(text, prose)
        || (!prose && (text.contains("@{") || text.split(within).any(names_object)))
}

/// Whether PowerShell cut a text: it shows the first members of a list, or what fits a line, and dots.
fn is_cut(text: &str, prose: bool) -> bool {
    let is_list = text.starts_with('{');
    let inner = text.trim_matches(['{', '}', ' ']);
    let Some(kept) = ["...", "\u{2026}"]
        .iter()
        .find_map(|dots| inner.strip_suffix(dots))
    else {
        return false;
    };
    let is_value = !prose && (kept.contains('=') || !kept.contains(char::is_whitespace));
    kept.contains(char::is_alphanumeric) && (is_list || is_value)
}

fn object(text: &str) -> Problem {
    let typed = words::excerpt(text);
    if is_cut(text, false) {
        return Problem::new(
            Code::ObjectText,
            format!("`{typed}` was cut off when it was exported; the rest of it is missing"),
            "write the whole value; `$FormatEnumerationLimit = -1` keeps PowerShell from cutting lists",
        );
    }
    Problem::new(
        Code::ObjectText,
        format!(
            "`{typed}` is what PowerShell prints in place of an object; the value itself is missing"
        ),
        "write the value; in an export join the members of a list, for example `$_.Roles -join '; '`",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn objects_and_cut_lists_are_no_values() {
        for text in [
            "System.Object[]",
            "{System.Object[], System.Object[]}",
            "System.Collections.Generic.List`1[System.String]",
            "Microsoft.Rtc.Management.WritableConfig.Settings",
            "@{Name=fe01; Roles=System.Object[]}",
            "{fe01.contoso.com, fe02.contoso.com...}",
            "{fe01.contoso.com, fe02.contoso.com\u{2026}}",
            "{fe01.contoso.com, fe02...",
            "CN=fe01.contoso.com, OU=IT, O=Con...",
            "fe01.conto...",
        ] {
            assert!(is_object(text, false), "{text}");
        }
        for text in [
            "system.contoso.com",
            "microsoft.com",
            "{fe01, fe02}",
            "...",
            "daily, and so on ...",
            "{0}",
            "$Backup\\System.Object",
        ] {
            assert!(!is_object(text, false), "{text}");
        }
        assert!(!is_object("The export said System.Object[] here ...", true));
        assert!(is_object("System.Object[]", true));
    }
}
