//! What Microsoft's three published worksheets say before anybody fills them in, in every language they exist in.
//! The texts are data, in `published.toml`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::schema::normalise;

/// Language, then the texts.
type ByLanguage = BTreeMap<String, Vec<String>>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    database: BTreeMap<String, ByLanguage>,
    export: ByLanguage,
    undecided: Undecided,
    label: Labels,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Undecided {
    tool: ByLanguage,
    share: ByLanguage,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Labels {
    name: ByLanguage,
    expiration: ByLanguage,
}

/// The texts as they are compared.
struct Published {
    databases: BTreeMap<String, String>,
    exports: Vec<String>,
    undecided: Vec<String>,
    labels: BTreeMap<String, Label>,
}

/// The two labels of a `Backup set` cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Label {
    /// What the set is called.
    Name,
    /// Until when it is kept.
    Expiration,
}

static PUBLISHED: LazyLock<Published> = LazyLock::new(|| {
    let file: File = crate::data::parse(include_str!("published.toml"))
        .expect("published.toml is part of the program");
    let rows = file.database.iter().flat_map(|(id, texts)| {
        let texts = texts.values().flatten();
        texts.map(move |text| (normalise(text), id.clone()))
    });
    let undecided = [file.undecided.tool, file.undecided.share];
    let labels = [
        (file.label.name, Label::Name),
        (file.label.expiration, Label::Expiration),
    ];
    Published {
        databases: rows.collect(),
        exports: normalised(&file.export).collect(),
        undecided: undecided.iter().flat_map(normalised).collect(),
        labels: labels
            .iter()
            .flat_map(|(texts, label)| normalised(texts).map(|text| (text, *label)))
            .collect(),
    }
});

fn normalised(texts: &ByLanguage) -> impl Iterator<Item = String> {
    texts.values().flatten().map(|text| normalise(text))
}

/// The id of the database whose row has this name.
pub(super) fn database(text: &str) -> Option<&'static str> {
    PUBLISHED
        .databases
        .get(&normalise(text))
        .map(String::as_str)
}

/// Whether a tool cell names one of the cmdlets that export.
pub(super) fn is_export(text: &str) -> bool {
    let text = normalise(text);
    PUBLISHED.exports.iter().any(|export| text.contains(export))
}

/// How much of a sentence must be left for it to be Microsoft's and not somebody's own, in characters.
const SENTENCE: usize = 12;

/// Whether a cell still holds a sentence of the published worksheet, or its beginning.
pub(super) fn is_undecided(text: &str) -> bool {
    let text = normalise(text);
    let mut known = PUBLISHED.undecided.iter();
    known.any(|known| {
        *known == text || (text.chars().count() >= SENTENCE && known.starts_with(&text))
    })
}

/// The label of a `Backup set` cell a text is.
pub(super) fn label(text: &str) -> Option<Label> {
    PUBLISHED.labels.get(&normalise(text)).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inventory::names;

    fn file() -> File {
        crate::data::parse(include_str!("published.toml")).unwrap()
    }

    #[test]
    fn every_row_name_leads_to_its_database_in_every_language() {
        let file = file();
        assert_eq!(file.database.len(), 8);
        for (id, texts) in &file.database {
            assert_eq!(texts.len(), 8, "{id}: English and seven languages");
            for text in texts.values().flatten() {
                let found = names::find_database(text).map(|name| name.id);
                assert_eq!(found, Some(id.as_str()), "{text}");
                assert!(names::databases_named(text).len() <= 1, "{text}");
            }
        }
    }

    #[test]
    fn no_text_has_two_meanings() {
        let file = file();
        let rows: usize = file
            .database
            .values()
            .map(|texts| {
                normalised(texts)
                    .collect::<std::collections::BTreeSet<_>>()
                    .len()
            })
            .sum();
        assert_eq!(PUBLISHED.databases.len(), rows);
        for text in normalised(&file.label.name) {
            assert_eq!(label(&text), Some(Label::Name), "{text}");
        }
    }

    #[test]
    fn sentences_left_standing_are_told_from_ones_own() {
        assert!(is_undecided("On file server for Enterprise Edition."));
        assert!(is_undecided("标准备份工具，例如 Robocopy"));
        assert!(!is_undecided("Robocopy"));
        assert!(!is_undecided(r"\\fs01\LyncShare"));
        assert!(!is_undecided("On"));
    }
}
