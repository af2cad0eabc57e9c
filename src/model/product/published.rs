//! What Microsoft's three published worksheets say before anybody fills them in, in every language they exist in.
//! The texts are data, in `published.toml`.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::text::plain::normalise;

/// The file.
pub(super) const FILE: &str = "published.toml";

/// Language, then the texts.
type ByLanguage = BTreeMap<String, Vec<String>>;

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    database: BTreeMap<String, ByLanguage>,
    export: ByLanguage,
    undecided: Undecided,
    label: Labels,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Undecided {
    tool: ByLanguage,
    share: ByLanguage,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Labels {
    name: ByLanguage,
    expiration: ByLanguage,
}

/// The texts as they are compared.
#[derive(Debug)]
pub struct Published {
    databases: BTreeMap<String, String>,
    exports: Vec<String>,
    undecided: Vec<String>,
    labels: BTreeMap<String, Label>,
}

/// The two labels of a `Backup set` cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Label {
    /// What the set is called.
    Name,
    /// Until when it is kept.
    Expiration,
}

impl Published {
    pub(super) fn of(file: File) -> Self {
        let rows = file.database.iter().flat_map(|(id, texts)| {
            let texts = texts.values().flatten();
            texts.map(move |text| (normalise(text), id.clone()))
        });
        let undecided = [file.undecided.tool, file.undecided.share];
        let labels = [
            (file.label.name, Label::Name),
            (file.label.expiration, Label::Expiration),
        ];
        Self {
            databases: rows.collect(),
            exports: normalised(&file.export).collect(),
            undecided: undecided.iter().flat_map(normalised).collect(),
            labels: labels
                .iter()
                .flat_map(|(texts, label)| normalised(texts).map(|text| (text, *label)))
                .collect(),
        }
    }

    /// The id of the database whose row has this name.
    pub fn database(&self, text: &str) -> Option<&str> {
        self.databases.get(&normalise(text)).map(String::as_str)
    }

    /// Whether a tool cell names one of the cmdlets that export.
    pub fn is_export(&self, text: &str) -> bool {
        let text = normalise(text);
        self.exports.iter().any(|export| text.contains(export))
    }

    /// Whether a cell still holds a sentence of the published worksheet, or its beginning.
    pub fn is_undecided(&self, text: &str) -> bool {
        let text = normalise(text);
        let mut known = self.undecided.iter();
        known.any(|known| {
            *known == text || (text.chars().count() >= SENTENCE && known.starts_with(&text))
        })
    }

    /// The label of a `Backup set` cell a text is.
    pub fn label(&self, text: &str) -> Option<Label> {
        self.labels.get(&normalise(text)).copied()
    }
}

fn normalised(texts: &ByLanguage) -> impl Iterator<Item = String> {
    texts.values().flatten().map(|text| normalise(text))
}

/// How much of a sentence must be left for it to be Microsoft's and not somebody's own, in characters.
const SENTENCE: usize = 12;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::product::Product;

    fn file() -> File {
        crate::data::parse(&crate::template::builtin()[FILE]).unwrap()
    }

    #[test]
    fn every_row_name_leads_to_its_database_in_every_language() {
        let file = file();
        let product = Product::built_in();
        assert_eq!(file.database.len(), 8);
        for (id, texts) in &file.database {
            assert_eq!(texts.len(), 8, "{id}: English and seven languages");
            for text in texts.values().flatten() {
                let found = product.find_database(text).map(|name| name.id);
                assert_eq!(found, Some(id.as_str()), "{text}");
                assert!(product.databases_named(text).len() <= 1, "{text}");
            }
        }
    }

    #[test]
    fn no_text_has_two_meanings() {
        let file = file();
        let product = Product::built_in();
        let rows: usize = file
            .database
            .values()
            .map(|texts| {
                normalised(texts)
                    .collect::<std::collections::BTreeSet<_>>()
                    .len()
            })
            .sum();
        assert_eq!(product.published.databases.len(), rows);
        for text in normalised(&file.label.name) {
            assert_eq!(product.published.label(&text), Some(Label::Name), "{text}");
        }
    }

    #[test]
    fn sentences_left_standing_are_told_from_ones_own() {
        let published = &Product::built_in().published;
        assert!(published.is_undecided("On file server for Enterprise Edition."));
        assert!(published.is_undecided("标准备份工具，例如 Robocopy"));
        assert!(!published.is_undecided("Robocopy"));
        assert!(!published.is_undecided(r"\\fs01\LyncShare"));
        assert!(!published.is_undecided("On"));
    }
}
