//! The field's own names: roles, pool types, certificate uses, databases and answers, and what people
//! write for them. The lists are data, in `names.toml`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

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

struct Known {
    by_text: BTreeMap<(List, String), Name>,
    printed: BTreeMap<List, Vec<Name>>,
}

static KNOWN: LazyLock<Known> = LazyLock::new(|| {
    let file: BTreeMap<String, Vec<Entry>> =
        crate::data::parse(include_str!("names.toml")).expect("names.toml is part of the program");
    let mut known = Known {
        by_text: BTreeMap::new(),
        printed: BTreeMap::new(),
    };
    for (key, entries) in file {
        let list = match key.as_str() {
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
                known.by_text.insert((list, plain(text)), name);
            }
        }
    }
    known
});

/// Finds the name people mean by `text`.
pub fn find(list: List, text: &str) -> Option<Name> {
    KNOWN.by_text.get(&(list, plain(text))).copied()
}

/// Finds the database a cell means: by its whole text, or by a name that stands in it as a word of its
/// own, as in the published "Rtc database on Back End Server for user data". The first word that is a
/// name decides.
pub fn find_database(text: &str) -> Option<Name> {
    find(List::Database, text).or_else(|| {
        text.split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .find_map(|word| find(List::Database, word))
            .or_else(|| {
                let text = plain(text);
                let phrases = KNOWN.by_text.iter().filter(|((list, phrase), _)| {
                    *list == List::Database
                        && phrase.contains(' ')
                        && text.contains(phrase.as_str())
                });
                phrases.map(|(_, name)| *name).next()
            })
    })
}

/// The name with this id. Ids are literals of this program; an unknown one is a bug a test catches.
pub fn by_id(list: List, id: &str) -> Option<Name> {
    printed(list).iter().copied().find(|name| name.id == id)
}

/// Every name of a list, in the order of `names.toml`.
pub fn printed(list: List) -> &'static [Name] {
    KNOWN.printed.get(&list).map_or(&[], Vec::as_slice)
}

/// The form names are compared in: lower case, single blanks, without a trailing "server", "role" or
/// "pool", which people add and leave out at will.
fn plain(text: &str) -> String {
    let lower = text.to_lowercase().replace('\u{a0}', " ");
    let words: Vec<&str> = lower.split_whitespace().collect();
    let end = match words.as_slice() {
        [_, .., "server" | "role" | "pool" | "servers"] => words.len() - 1,
        _ => words.len(),
    };
    words[..end].join(" ")
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
    fn published_row_names_lead_to_their_databases() {
        let cases = [
            ("Rtc database on Back End Server for user data", "rtc"),
            (
                "LcsLog (default name) database on Archiving database server",
                "lcslog",
            ),
            (
                "LcsCdr database on Monitoring database server for call detail records (CDRs)",
                "lcscdr",
            ),
            (
                "QoEMetrics database on Monitoring database server for Quality of Experience (QoE) data",
                "qoemetrics",
            ),
            ("Persistent Chat Database", "mgc"),
            (
                "Xds database in Central Management store for topology configuration (global)",
                "xds",
            ),
            (
                "Lis database in Central Management store for E9-1-1 location information (global)",
                "lis",
            ),
            (
                "RgsConfig database on Back End Server for Response Group configuration (pool)",
                "rgsconfig",
            ),
        ];
        for (text, id) in cases {
            assert_eq!(find_database(text).map(|name| name.id), Some(id), "{text}");
        }
        assert_eq!(find_database("Accounting"), None);
    }

    #[test]
    fn no_two_names_of_a_list_are_alike() {
        let file: BTreeMap<String, Vec<Entry>> =
            crate::data::parse(include_str!("names.toml")).unwrap();
        for (list, entries) in file {
            let mut owner = BTreeMap::new();
            for entry in entries {
                for name in entry.names {
                    let before = owner.insert(plain(&name), entry.id.clone());
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
