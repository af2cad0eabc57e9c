//! The field's own names: roles, pool types, certificate uses, databases and answers, and what people
//! write for them. The lists are data, in `names.toml`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use serde::Deserialize;

use super::plain::{is_unspaced, plain};
use super::published;

/// A name of the field: its stable id, and the form it is printed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name {
    /// The id of `names.toml`, for example `front-end`.
    pub id: &'static str,
    /// The field's own form, for example `Front End Server`.
    pub printed: &'static str,
}

/// The lists of `names.toml`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum List {
    /// Server roles.
    Role,
    /// Pool types.
    Pool,
    /// Certificate uses.
    Use,
    /// Databases and settings stores.
    Database,
    /// Yes and no.
    Answer,
}

#[derive(Deserialize)]
struct Entry {
    id: String,
    names: Vec<String>,
}

#[derive(Default)]
struct Known {
    by_text: BTreeMap<(List, String), Name>,
    printed: BTreeMap<List, Vec<Name>>,
    /// The databases' names of several words.
    phrases: Vec<(String, Name)>,
}

static KNOWN: LazyLock<Known> = LazyLock::new(|| {
    let file: BTreeMap<String, Vec<Entry>> =
        crate::data::parse(include_str!("names.toml")).expect("names.toml is part of the program");
    let mut known = Known::default();
    for (kind, entries) in file {
        let list = match kind.as_str() {
            "role" => List::Role,
            "pool" => List::Pool,
            "use" => List::Use,
            "database" => List::Database,
            _ => List::Answer,
        };
        for Entry { id, names } in entries {
            // The lists live as long as the program does.
            let name = Name {
                id: id.leak(),
                printed: names[0].clone().leak(),
            };
            known.printed.entry(list).or_default().push(name);
            for text in &names {
                known.by_text.insert((list, key(text)), name);
                if list == List::Database && text.contains(' ') {
                    known.phrases.push((plain(text), name));
                }
            }
        }
    }
    known
});

/// Finds the name people mean by `text`.
pub fn find(list: List, text: &str) -> Option<Name> {
    KNOWN.by_text.get(&(list, key(text))).copied()
}

/// Finds the database a cell means: by its whole text, by Microsoft's name of the row in any language, or by a name
/// that stands in it as words of its own. The first word that is a name decides.
pub fn find_database(text: &str) -> Option<Name> {
    let row = || by_id(List::Database, published::database(text)?);
    find(List::Database, text)
        .or_else(row)
        .or_else(|| words(text).find_map(|word| find(List::Database, word)))
        .or_else(|| phrase(text))
}

/// Every database that a text names by its own name, not by a description, each once.
pub fn databases_named(text: &str) -> BTreeSet<Name> {
    let is_proper = |word: &str, name: &Name| plain(name.printed) == plain(word);
    words(text)
        .filter_map(|word| find(List::Database, word).filter(|name| is_proper(word, name)))
        .collect()
}

/// The words of a text; a word ends where the script changes to one without blanks.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() || is_unspaced(c))
        .filter(|word| !word.is_empty())
}

/// The name of several words that stands first in the text.
fn phrase(text: &str) -> Option<Name> {
    let lower = plain(text);
    let found = KNOWN.phrases.iter().filter_map(|(phrase, name)| {
        let at = lower.find(phrase.as_str())?;
        Some((at, *name))
    });
    found.min().map(|(_, name)| name)
}

/// The name with this id. Ids are literals of this program; an unknown one is a bug a test catches.
pub fn by_id(list: List, id: &str) -> Option<Name> {
    printed(list).iter().copied().find(|name| name.id == id)
}

/// Every name of a list, in the order of `names.toml`.
pub fn printed(list: List) -> &'static [Name] {
    KNOWN.printed.get(&list).map_or(&[], Vec::as_slice)
}

/// The form names are compared in: without blanks and hyphens, and without a trailing "server", "role" or "pool",
/// which people add and leave out at will.
fn key(text: &str) -> String {
    let plain = plain(text);
    let words: Vec<&str> = plain
        .split([' ', '-', '_'])
        .filter(|word| !word.is_empty())
        .collect();
    match words.as_slice() {
        [most @ .., "server" | "servers" | "role" | "pool"] if !most.is_empty() => most.concat(),
        [] => plain,
        all => all.concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_are_found_under_the_names_people_use() {
        let cases = [
            ("Front End Server", "front-end"),
            ("front  end", "front-end"),
            ("EDGE", "edge"),
            ("Standard Edition Server", "standard-edition"),
            ("SQL Server", "sql"),
            ("File server", "file"),
            ("Front-End-Server", "front-end"),
            ("FRONT\u{2011}END", "front-end"),
        ];
        for (text, id) in cases {
            assert_eq!(
                find(List::Role, text).map(|name| name.id),
                Some(id),
                "{text}"
            );
        }
        assert_eq!(find(List::Role, "Frond End"), None);
    }

    #[test]
    fn a_cell_may_say_more_than_the_name_of_its_database() {
        let cases = [
            ("Rtc-Datenbank (Benutzer)", "rtc"),
            ("监控数据库服务器上的LcsCdr数据库", "lcscdr"),
            ("The Persistent Chat data of pool 7", "mgc"),
            ("Topology configuration", "xds"),
        ];
        for (text, id) in cases {
            assert_eq!(find_database(text).map(|name| name.id), Some(id), "{text}");
        }
        assert_eq!(find_database("Accounting"), None);
    }

    #[test]
    fn only_proper_names_make_a_cell_name_several_databases() {
        assert_eq!(databases_named("LcsCDR / QoEMetrics").len(), 2);
        assert_eq!(
            databases_named("LcsLog database on Archiving server").len(),
            1
        );
        assert_eq!(
            databases_named("LcsCdr for call detail records (CDR)").len(),
            1
        );
    }

    #[test]
    fn no_two_names_of_a_list_are_alike() {
        let file: BTreeMap<String, Vec<Entry>> =
            crate::data::parse(include_str!("names.toml")).unwrap();
        for (list, entries) in file {
            let mut owner = BTreeMap::new();
            for entry in entries {
                for name in entry.names {
                    let before = owner.insert(key(&name), entry.id.clone());
                    assert!(
                        before.as_ref().is_none_or(|id| *id == entry.id),
                        "{list}: `{name}` stands for {before:?} and {}",
                        entry.id
                    );
                }
            }
        }
    }
}
