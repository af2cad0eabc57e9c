//! Words in cells and headings that are no values: that there is none, that it is not known, ditto, a total, a secret.
//!
//! The words are data, in `cell_words.toml`, in the eight languages the headings are known in. Entry points: [`of`] for
//! what a cell says instead of a value; [`begins`], [`ends`] and [`mentions`] for words within a text,
//! [`without`] for what is left beside them.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use serde::Deserialize;

use crate::product::Product;
use crate::text::plain::{is_unspaced, plain};

/// What such words mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Meaning {
    /// There is none.
    None,
    /// It is not known yet.
    Unknown,
    /// What stands in the cell above.
    Ditto,
    /// The row holds sums.
    Total,
    /// A secret stands behind the word, wherever it is in a heading.
    Secret,
    /// A secret stands behind the word where it is the heading's head.
    SecretHead,
    /// The same in languages whose heads come first, where a heading begins with it.
    SecretFirst,
    /// A secret number stands behind the word without a sign.
    Pin,
    /// What is about a secret and is none, behind the word for the secret.
    AboutSecret,
    /// The same in front of it.
    AboutSecretOf,
    /// What sounds like a secret and is none.
    NoSecret,
    /// What binds a word to those behind it.
    BoundTo,
    /// What stands between the things a heading names.
    And,
    /// What binds a remark to the name in front of it.
    Then,
    /// What backups are kept on or made by, as a word of its own.
    Keeping,
    /// What no folder is on.
    OffLine,
    /// What closes a remark.
    Closes,
    /// What only sentences have.
    Sentence,
    /// What sends the reader to another row.
    See,
    /// What stands between a word for a password and a new password.
    SetTo,
    /// The name of an account that has a password.
    Account,
    /// What is said of a thing that a password opens.
    Opened,
    /// What stands in front of a name and its password.
    Login,
    /// A password that computers come with.
    Factory,
    /// A way in, whose password may stand where its account is asked for.
    Access,
    /// A program that takes a password behind `-p`.
    AsksPassword,
    /// The whole label of a number that opens something.
    Code,
    /// Who has a secret.
    Keeper,
    /// Where a secret is kept.
    Pointer,
    /// What only somebody does who may start a restore.
    Declares,
    /// That something is no longer kept.
    Over,
    /// A program that keeps backups in a store of its own.
    OwnStore,
    /// Who is to be asked in place of a name.
    Asks,
    /// How PowerShell prints what is no text.
    Object,
}

/// What stands in place of a withheld cell. It counts as blank.
pub const WITHHELD: &str = "(withheld: looked like a secret)";

/// The meanings a cell can have instead of a value.
const INSTEAD: [Meaning; 3] = [Meaning::Ditto, Meaning::Unknown, Meaning::None];

/// The words of one meaning, as they are compared.
#[derive(Default)]
struct Words {
    /// All of them: they mean this where they are the whole cell.
    whole: BTreeSet<String>,
    /// Those that mean it as a clause in front of another.
    clauses: BTreeSet<String>,
    /// Those that mean it however the cell goes on.
    opens: Vec<String>,
    /// Those that are looked for within a text.
    within: Vec<String>,
}

static WORDS: LazyLock<BTreeMap<Meaning, Words>> = LazyLock::new(|| {
    let mut file: BTreeMap<Meaning, BTreeMap<String, Vec<String>>> =
        crate::data::parse(include_str!("cell_words.toml"))
            .expect("cell_words.toml is part of the program");
    let objects = file.entry(Meaning::Object).or_default();
    // Cells are looked at for objects before it is known which product they are of.
    let types = Product::built_in().schema.objects.iter().cloned();
    objects.entry("opens".to_owned()).or_default().extend(types);
    let meanings = file.into_iter();
    meanings
        .map(|(meaning, lists)| (meaning, Words::of(lists)))
        .collect()
});

impl Words {
    fn of(lists: BTreeMap<String, Vec<String>>) -> Self {
        let mut words = Self::default();
        for (list, texts) in lists {
            let texts: Vec<String> = texts.iter().map(|text| plain(text)).collect();
            words.whole.extend(texts.iter().map(|text| key(text)));
            match list.as_str() {
                "alone" => {}
                "opens" => words.opens.extend(texts),
                _ => {
                    words.clauses.extend(texts.iter().map(|text| key(text)));
                    words.within.extend(texts);
                }
            }
        }
        words
    }
}

/// Whether a cell says that there is nothing to say.
pub fn says_nothing(text: &str) -> bool {
    text.is_empty() || text == WITHHELD || of(text).is_some()
}

/// What a cell says instead of a value: by its whole text, its first clause, or how it opens. "None?" is not known.
pub fn of(text: &str) -> Option<Meaning> {
    match said(text) {
        Some(Meaning::None) if plain(text).ends_with('?') => Some(Meaning::Unknown),
        meaning => meaning,
    }
}

fn said(text: &str) -> Option<Meaning> {
    let plain = plain(text);
    let is_opened = |meaning: &Meaning| {
        has(*meaning, |words| {
            words.opens.iter().any(|word| starts(&plain, word))
        })
    };
    let clause = first_clause(text, &plain).map(|clause| key(&clause));
    let is_clause = |meaning: &Meaning| {
        let clause = clause.as_ref();
        clause.is_some_and(|clause| has(*meaning, |words| words.clauses.contains(clause)))
    };
    whole_plain(&plain)
        .or_else(|| INSTEAD.into_iter().find(is_opened))
        .or_else(|| INSTEAD.into_iter().find(is_clause))
}

/// What a cell says instead of a value if it says nothing else: for remarks, whose clauses are prose.
pub fn whole(text: &str) -> Option<Meaning> {
    whole_plain(&plain(text))
}

fn whole_plain(plain: &str) -> Option<Meaning> {
    let key = key(plain);
    let mut meanings = INSTEAD.into_iter();
    meanings.find(|meaning| has(*meaning, |words| words.whole.contains(&key)))
}

/// Whether a text is a word of this meaning and nothing else.
pub fn is(meaning: Meaning, text: &str) -> bool {
    let key = key(&plain(text));
    has(meaning, |words| words.whole.contains(&key))
}

/// Whether a text opens with words that have this meaning however it goes on.
pub fn opens(meaning: Meaning, text: &str) -> bool {
    let text = plain(text);
    has(meaning, |words| {
        words.opens.iter().any(|word| starts(&text, word))
    })
}

/// Whether a text begins with a word of this meaning; the word is a whole one.
pub fn begins(meaning: Meaning, text: &str) -> bool {
    let text = plain(text);
    has(meaning, |words| {
        words.within.iter().any(|word| starts(&text, word))
    })
}

/// Whether a text ends with a word of this meaning; the word is a whole one.
pub fn ends(meaning: Meaning, text: &str) -> bool {
    let text = plain(text);
    has(meaning, |words| {
        let mut within = words.within.iter();
        within.any(|word| {
            let before = text.strip_suffix(word.as_str());
            before.is_some_and(|before| is_parted(before.chars().next_back(), word.chars().next()))
        })
    })
}

/// Whether a text ends with a long word of this meaning, even where it is written together with others.
pub fn closes(meaning: Meaning, text: &str) -> bool {
    let text = plain(text);
    let is_long = |word: &&String| word.chars().count() >= 7;
    has(meaning, |words| {
        let mut within = words.within.iter().filter(is_long);
        within.any(|word| text.ends_with(word.as_str()))
    })
}

/// What stands in a text behind each word of this meaning of a script without blanks, plain.
pub fn behind_unspaced(meaning: Meaning, text: &str) -> Vec<String> {
    let text = plain(text);
    // Most texts are of a script with blanks.
    let words = WORDS
        .get(&meaning)
        .filter(|_| text.contains(is_unspaced))
        .into_iter();
    let words = words.flat_map(|words| &words.within);
    let unspaced = words.filter(|word| word.ends_with(is_unspaced));
    let found = unspaced.flat_map(|word| {
        let places = text.match_indices(word.as_str());
        places.map(|(at, word)| text[at + word.len()..].to_owned())
    });
    found.collect()
}

/// Whether a word of this meaning stands in a text, as a whole word.
pub fn mentions(meaning: Meaning, text: &str) -> bool {
    let text = plain(text);
    has(meaning, |words| {
        let mut within = words.within.iter();
        within.any(|word| place_of(word, &text).is_some())
    })
}

/// A text, plain, without the words of this meaning that stand in it as whole words.
pub fn without(meaning: Meaning, text: &str) -> String {
    let mut text = plain(text);
    for word in WORDS.get(&meaning).iter().flat_map(|words| &words.within) {
        while let Some(at) = place_of(word, &text) {
            text.replace_range(at..at + word.len(), " ");
        }
    }
    text.trim().to_owned()
}

/// Where a word stands in a plain text as a whole word.
fn place_of(word: &str, text: &str) -> Option<usize> {
    let mut places = text.match_indices(word);
    let is_whole = |at: usize| {
        is_parted(text[..at].chars().next_back(), word.chars().next()) && starts(&text[at..], word)
    };
    places.find(|(at, _)| is_whole(*at)).map(|(at, _)| at)
}

fn has(meaning: Meaning, test: impl FnOnce(&Words) -> bool) -> bool {
    WORDS.get(&meaning).is_some_and(test)
}

/// Whether a text starts with a word and the word ends there.
fn starts(text: &str, word: &str) -> bool {
    let rest = text.strip_prefix(word);
    rest.is_some_and(|rest| is_parted(word.chars().next_back(), rest.chars().next()))
}

/// Whether a word ends between two neighbours: at a blank or a sign, or where the script has no blanks.
fn is_parted(left: Option<char>, right: Option<char>) -> bool {
    let (Some(left), Some(right)) = (left, right) else {
        return true;
    };
    let goes_on = |c: char| c.is_alphanumeric() && !is_unspaced(c);
    !(goes_on(left) && goes_on(right))
}

/// What stands in front of the first mark between clauses, plain, if there is such a mark. `whole` is the plain text.
fn first_clause(text: &str, whole: &str) -> Option<String> {
    let mut lines = text.trim().lines();
    let (first, more) = (lines.next()?, lines.next().is_some());
    let line = if more {
        Cow::Owned(plain(first))
    } else {
        Cow::Borrowed(whole)
    };
    let end = line.char_indices().find(|(at, c)| match c {
        '(' | ',' | ';' | ':' | '?' | '\u{3001}' | '\u{3002}' => true,
        ' ' => line[*at..].starts_with(" - ") || line[*at..].starts_with(" / "),
        '.' => line[*at..].starts_with(". "),
        _ => false,
    });
    let end = end
        .map(|(at, _)| at)
        .or_else(|| more.then_some(line.len()))?;
    let clause = &line[..end];
    (!clause.is_empty()).then(|| clause.to_owned())
}

/// The form whole cells are compared in, of a plain text: words without blanks, hyphens and what stands around them;
/// signs once.
fn key(plain: &str) -> String {
    let inner = unwrapped(plain);
    if has_letters(inner) {
        let mut words = inner.trim_end_matches(['.', ':', '!', ',']).to_owned();
        words.retain(|c| !matches!(c, ' ' | '-' | '_'));
        return words;
    }
    let mut signs = plain.replace(' ', "").replace("''", "\"");
    let inner = signs.trim_matches(['(', ')', '[', ']', '{', '}']);
    if !inner.is_empty() {
        signs = inner.to_owned();
    }
    let mut signs: Vec<char> = signs.chars().collect();
    // One slash stands for nothing, two for ditto.
    signs.dedup_by(|next, last| next == last && !matches!(next, '/' | ','));
    signs.into_iter().collect()
}

/// A text without the brackets, quotation marks and stars around it, as long as words are left.
fn unwrapped(text: &str) -> &str {
    const AROUND: [char; 11] = ['(', ')', '[', ']', '<', '>', '{', '}', '"', '\'', '*'];
    let inner = text.trim_matches(AROUND).trim();
    if has_letters(inner) { inner } else { text }
}

fn has_letters(text: &str) -> bool {
    text.contains(char::is_alphanumeric)
}

#[cfg(test)]
mod tests;
