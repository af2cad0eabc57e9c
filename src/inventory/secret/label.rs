//! Secrets that are known by the word in front of them: `pw: …`, `password is …`, `sa pwd …`, `ClientSecret=…`.

use super::super::cell_words::{self, Meaning};
use super::super::parse;

/// Signs that stand between a label and its value.
const SIGNS: [char; 3] = [':', '=', '\u{ff1a}'];

/// Words that do.
const VERBS: [&str; 8] = [
    " is ",
    " was ",
    " ist ",
    " lautet ",
    " est ",
    " es ",
    " \u{e9} ",
    " \u{2192} ",
];

/// Whether a secret stands in a line behind a word for one.
pub(super) fn is_in(line: &str) -> bool {
    let mut parts = line.split([';', ',', '|']);
    parts.any(|part| labelled(part) || follows(part))
}

fn labelled(part: &str) -> bool {
    let signs = part
        .match_indices(SIGNS)
        .map(|(at, sign)| (at, at + sign.len()));
    let verbs = VERBS
        .iter()
        .flat_map(|verb| part.match_indices(verb).map(|(at, it)| (at, at + it.len())));
    signs
        .chain(verbs)
        .any(|(end, start)| is_pair(&part[..end], &part[start..]))
}

fn is_pair(label: &str, value: &str) -> bool {
    let label = head(label);
    let value = value.trim().trim_matches(['"', '\'', '`']);
    if cell_words::ends(Meaning::AboutSecret, &label) {
        return false;
    }
    if cell_words::ends(Meaning::SecretHead, &label) {
        return is_weak_value(value);
    }
    is_named(&label) && is_value(value)
}

/// Whether a label ends with a word for a secret, written together with others or not: `Administratorkennwort`.
fn is_named(label: &str) -> bool {
    cell_words::ends(Meaning::Secret, label) || cell_words::closes(Meaning::Secret, label)
}

/// Whether every cell under a heading, and the value of a setting of this name, is a secret.
pub(super) fn is_heading(heading: &str) -> bool {
    let heading = head(heading.trim_end_matches(['*', ':', ' ']));
    !cell_words::mentions(Meaning::AboutSecret, &heading)
        && (cell_words::mentions(Meaning::Secret, &heading)
            || is_named(&heading)
            || cell_words::ends(Meaning::SecretHead, &heading))
}

/// The label without what stands in brackets behind it, its words parted: `ClientSecret`, `api_key`.
fn head(label: &str) -> String {
    let label = label.trim_end();
    let label = match label.strip_suffix([')', ']']) {
        Some(inner) => inner.rfind(['(', '[']).map_or(label, |at| &inner[..at]),
        None => label,
    };
    parted(label.trim_end())
}

/// Words that are written together, parted.
fn parted(text: &str) -> String {
    let mut parted = String::with_capacity(text.len() + 8);
    let mut last = ' ';
    for symbol in text.chars() {
        if symbol.is_uppercase() && last.is_lowercase() {
            parted.push(' ');
        }
        parted.push(if symbol == '_' { ' ' } else { symbol });
        last = symbol;
    }
    parted
}

/// Anything but a pointer to where the secret is kept, and words that say there is none.
pub(super) fn is_value(value: &str) -> bool {
    let bare = value.trim_matches(|c: char| "\"'`()[]<>*. ".contains(c));
    let says_nothing =
        value.is_empty() || parse::says_nothing(value) || cell_words::of(value).is_some();
    !says_nothing && !bare.is_empty() && !cell_words::begins(Meaning::Pointer, bare)
}

/// Behind a word with other meanings (`key`, `PIN`): one word with digits, or a long mixed one.
fn is_weak_value(value: &str) -> bool {
    let is_one = !value.contains(char::is_whitespace);
    let digits = value.chars().filter(char::is_ascii_digit).count();
    is_one && is_value(value) && digits > 0 && value.chars().count() >= 3
}

/// A word for a password, and directly behind it one that looks like it: `sa pwd Winter2014`, `password "…"`.
fn follows(part: &str) -> bool {
    let words: Vec<&str> = part.split_whitespace().collect();
    words.windows(2).any(|pair| {
        let is_label = cell_words::is(Meaning::Secret, pair[0].trim_matches(['(', ')', '"']));
        is_label && (is_quoted(pair[1]) || looks_chosen(pair[1])) && is_value(pair[1])
    })
}

fn is_quoted(word: &str) -> bool {
    let is_mark = |c: char| "\"'`\u{201c}\u{201e}".contains(c);
    word.starts_with(is_mark) && word.chars().count() > 4
}

/// Letters and digits without what hosts and paths have.
fn looks_chosen(word: &str) -> bool {
    let has = |test: fn(char) -> bool| word.chars().any(test);
    word.chars().count() >= 6
        && has(char::is_alphabetic)
        && has(|c| c.is_ascii_digit())
        && !word.contains(['.', '\\', '/'])
}
