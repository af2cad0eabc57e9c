//! Secrets that are known by the heading above them, whatever they look like, and those under headings that name a way in.

use super::super::cell_words::{self, Meaning};
use super::label::{head, is_access, is_named, split_behind};

/// Whether every cell under a heading, and the value of a setting of this name, is a secret.
///
/// Of the things a heading names, one that holds a secret is enough, unless its head and those of all behind it are only
/// about the secret: `Password policy and owner`, not `Password date and value`.
pub(super) fn is_heading(heading: &str) -> bool {
    let heading = head(heading.trim_end_matches(['*', ':', ' ']));
    let things = things(&cell_words::without(Meaning::NoSecret, &heading));
    let is_behind = |thing: &String| cell_words::ends(Meaning::AboutSecret, thing);
    let mut numbered = things.iter().enumerate();
    numbered.any(|(at, thing)| {
        holds_secret(thing) && !(is_about(thing) && things[at + 1..].iter().all(is_behind))
    })
}

/// Whether a cell under a heading that names a way in (`iLO login`, `SNMP`) holds a password and not an account, an address
/// or where the password is.
pub(super) fn is_under_access(heading: &str, value: &str) -> bool {
    cell_words::mentions(
        Meaning::Access,
        &head(heading.trim_end_matches(['*', ':', ' '])),
    ) && is_access(value)
}

/// The parts of a heading between `and`, `or` and signs like them.
fn things(heading: &str) -> Vec<String> {
    let spaced = heading.replace('/', " / ").replace('&', " & ");
    let spaced = spaced.replace('+', " + ").replace([',', ';'], " / ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let things = words.split(|word| cell_words::is(Meaning::And, word));
    things.map(|words| words.join(" ")).collect()
}

fn holds_secret(thing: &str) -> bool {
    cell_words::mentions(Meaning::Secret, thing)
        || is_named(thing)
        || cell_words::ends(Meaning::SecretHead, thing)
        || cell_words::begins(Meaning::SecretFirst, thing)
}

/// Whether the head is a word about the secret: the last word (`Password owner`), if nothing binds it to the secret
/// (`Password of the owner`), or the first (`Politique de mot de passe`).
fn is_about(thing: &str) -> bool {
    let is_bound = || {
        // The last word may belong to the head itself: `Password known by`.
        split_behind(thing).is_some_and(|(_, behind)| {
            let inner = &behind[..behind.len() - 1];
            inner.iter().any(|it| cell_words::is(Meaning::BoundTo, it))
        })
    };
    cell_words::begins(Meaning::AboutSecretOf, thing)
        || (cell_words::ends(Meaning::AboutSecret, thing) && !is_bound())
}
