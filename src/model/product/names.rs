//! The field's own names: roles, pool types, certificate uses, databases and answers, and what people
//! write for them. The lists are data, in the files of each.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::Product;
use crate::text::plain::{is_unspaced, plain};

/// A name of the field: its stable id, and the form it is printed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name {
    /// For example `front-end`.
    pub id: &'static str,
    /// The field's own form, for example `Front End Server`.
    pub printed: &'static str,
}

/// The file of the answers, which all products share.
pub(super) const ANSWERS: &str = "shared/answers.toml";

/// The lists of names.
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

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Databases {
    pub(super) database: Vec<Entry>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Answers {
    pub(super) answer: Vec<Entry>,
}

/// An id and what people write for it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Entry {
    pub(super) id: String,
    pub(super) names: Vec<String>,
    /// Of a database: the cmdlet that exports it.
    #[serde(default)]
    pub(super) export: Option<String>,
}

/// Lists of names, as texts are looked up in them.
#[derive(Debug, Default)]
pub(super) struct Lists {
    by_text: BTreeMap<(List, String), Name>,
    printed: BTreeMap<List, Vec<Name>>,
    /// The databases' names of several words.
    phrases: Vec<(String, Name)>,
    /// The cmdlets that export databases, in small letters, by the databases' ids.
    pub(super) exports: BTreeMap<String, String>,
}

impl Lists {
    /// Adds a name; the first of its forms is the one printed.
    pub(super) fn add(&mut self, list: List, id: &str, forms: &[String]) {
        // The lists live as long as the program does.
        let name = Name {
            id: id.to_owned().leak(),
            printed: forms.first().map_or(id, String::as_str).to_owned().leak(),
        };
        self.printed.entry(list).or_default().push(name);
        for text in forms {
            self.by_text.insert((list, key(text)), name);
            if list == List::Database && text.contains(' ') {
                self.phrases.push((plain(text), name));
            }
        }
    }
}

impl Product {
    /// The name people mean by `text`.
    pub fn find(&self, list: List, text: &str) -> Option<Name> {
        self.lists.by_text.get(&(list, key(text))).copied()
    }

    /// The database a cell means: by its whole text, by Microsoft's name of the row in any language, or by a name that
    /// stands in it as words of its own. The first word that is a name decides.
    pub fn find_database(&self, text: &str) -> Option<Name> {
        let row = || self.name(List::Database, self.published.database(text)?);
        self.find(List::Database, text)
            .or_else(row)
            .or_else(|| words(text).find_map(|word| self.find(List::Database, word)))
            .or_else(|| self.phrase(text))
    }

    /// Every database that a text names by its own name, not by a description, each once.
    pub fn databases_named(&self, text: &str) -> BTreeSet<Name> {
        let is_proper = |word: &str, name: &Name| plain(name.printed) == plain(word);
        let found = |word| {
            let name = self.find(List::Database, word);
            name.filter(|name| is_proper(word, name))
        };
        words(text).filter_map(found).collect()
    }

    /// The databases whose cmdlets of export a text names, by their ids.
    pub fn exports_named(&self, text: &str) -> impl Iterator<Item = &str> {
        let lower = text.to_lowercase();
        let words: BTreeSet<String> = lower
            .split(|c: char| !c.is_ascii_alphanumeric() && c != '-')
            .map(str::to_owned)
            .collect();
        let exports = self.lists.exports.iter();
        let named = exports.filter(move |(_, cmdlet)| words.contains(*cmdlet));
        named.map(|(id, _)| id.as_str())
    }

    /// The databases that the name of a file or a set speaks of, by their ids: by their own names, or by what their cmdlets
    /// of export are called after, with or without the beginning that all of these have.
    pub fn databases_meant(&self, text: &str) -> BTreeSet<&str> {
        // A shorter word is in too many names.
        const LONG: usize = 6;
        let proper = self.databases_named(text).into_iter().map(|name| name.id);
        let mut meant: BTreeSet<&str> = proper.collect();
        for word in words(text).map(str::to_lowercase) {
            let exports = self.lists.exports.iter();
            let named = exports.filter(|(_, cmdlet)| word.len() >= LONG && cmdlet.ends_with(&word));
            meant.extend(named.map(|(id, _)| id.as_str()));
        }
        meant
    }

    /// The name of several words that stands first in the text.
    fn phrase(&self, text: &str) -> Option<Name> {
        let lower = plain(text);
        let found = self.lists.phrases.iter().filter_map(|(phrase, name)| {
            let at = lower.find(phrase.as_str())?;
            Some((at, *name))
        });
        found.min().map(|(_, name)| name)
    }

    /// The name with this id.
    pub fn name(&self, list: List, id: &str) -> Option<Name> {
        self.printed(list)
            .iter()
            .copied()
            .find(|name| name.id == id)
    }

    /// How the name with this id is printed.
    pub fn printed_as<'a>(&self, list: List, id: &'a str) -> &'a str {
        self.name(list, id).map_or(id, |name| name.printed)
    }

    /// Every name of a list, in the order of its file.
    pub fn printed(&self, list: List) -> &[Name] {
        self.lists.printed.get(&list).map_or(&[], Vec::as_slice)
    }
}

/// The words of a text; a word ends where the script changes to one without blanks.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() || is_unspaced(c))
        .filter(|word| !word.is_empty())
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

    fn product() -> &'static Product {
        Product::built_in()
    }

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
                product().find(List::Role, text).map(|name| name.id),
                Some(id),
                "{text}"
            );
        }
        assert_eq!(product().find(List::Role, "Frond End"), None);
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
            assert_eq!(
                product().find_database(text).map(|name| name.id),
                Some(id),
                "{text}"
            );
        }
        assert_eq!(product().find_database("Accounting"), None);
    }

    #[test]
    fn only_proper_names_make_a_cell_name_several_databases() {
        assert_eq!(product().databases_named("LcsCDR / QoEMetrics").len(), 2);
        assert_eq!(
            product()
                .databases_named("LcsLog database on Archiving server")
                .len(),
            1
        );
        assert_eq!(
            product()
                .databases_named("LcsCdr for call detail records (CDR)")
                .len(),
            1
        );
    }

    #[test]
    fn no_two_names_of_a_list_are_alike() {
        let mut forms: Vec<(List, &str, &[String])> = Vec::new();
        let product = product();
        forms.extend(
            product
                .roles
                .iter()
                .map(|it| (List::Role, &*it.id, &*it.names)),
        );
        forms.extend(
            product
                .pools
                .iter()
                .map(|it| (List::Pool, &*it.id, &*it.names)),
        );
        forms.extend(
            product
                .uses
                .iter()
                .map(|it| (List::Use, &*it.id, &*it.names)),
        );
        let texts = crate::template::builtin();
        let databases: Databases = crate::data::parse(&texts["databases.toml"]).unwrap();
        let answers: Answers = crate::data::parse(&texts["shared/answers.toml"]).unwrap();
        let entry = |list| move |it: &'static Entry| (list, &*it.id, &*it.names);
        forms.extend(databases.database.leak().iter().map(entry(List::Database)));
        forms.extend(answers.answer.leak().iter().map(entry(List::Answer)));
        for (list, id, names) in forms {
            for name in names {
                // Of two with one form, the second would be found for both.
                let found = product.find(list, name).map(|name| name.id);
                assert_eq!(found, Some(id), "{name}");
            }
        }
    }
}
