//! What an organization's own table may call the built-in rows: in other languages, too.

use super::row::Row;

/// The row that an organization's row means: the one of its words in any language, else the one of its id, else the one
/// whose English name its words begin with, the longest first. Ids are names that anybody may give, so words come first.
pub(super) fn find<'a>(rows: &'a [Row], words: &str, id: &str) -> Option<&'a Row> {
    let (words, id) = (key(words), key(id));
    let named = rows.iter().find(|row| is_named(row, &words));
    let of_id = || rows.iter().find(|row| key(&row.id) == id);
    named.or_else(of_id).or_else(|| {
        let begun = rows
            .iter()
            .filter(|row| words.starts_with(&key(&row.if_this_failed)));
        begun.max_by_key(|row| row.if_this_failed.len())
    })
}

fn is_named(row: &Row, text: &str) -> bool {
    let translated = row.also.values().flatten();
    std::iter::once(&row.if_this_failed)
        .chain(translated)
        .any(|name| key(name) == text)
}

/// Letters and digits alone: translators and typists disagree about everything else.
pub(super) fn key(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decisions::{FILE, Table};

    #[test]
    fn every_row_is_found_by_its_name_in_every_language() {
        let (table, _) = Table::read(
            crate::product::Product::built_in(),
            &crate::template::builtin()[FILE],
        );
        for row in &table.rows {
            let languages = if row.id == "standard-edition-server" {
                6
            } else {
                7
            };
            assert_eq!(row.also.len(), languages, "{}", row.id);
            for text in row.also.values().flatten() {
                let found = find(&table.rows, text, "").map(|row| row.id.as_str());
                assert_eq!(found, Some(row.id.as_str()), "{text}");
            }
        }
    }

    #[test]
    fn words_come_before_ids_and_ids_before_beginnings() {
        let product = crate::product::Product::built_in();
        let (table, _) = Table::read(product, &crate::template::builtin()[FILE]);
        let cases = [
            (
                ("Central Management store", "pool"),
                "central-management-store",
            ),
            (("What we call it", "Back_End Server"), "back-end-server"),
            (("Enterprise Edition Back End (SQL01)", "pool"), "pool"),
        ];
        for ((words, id), expected) in cases {
            let found = find(&table.rows, words, id).map(|row| row.id.as_str());
            assert_eq!(found, Some(expected), "{words}, {id}");
        }
    }

    #[test]
    fn more_may_be_said_behind_an_english_name() {
        let (table, _) = Table::read(
            crate::product::Product::built_in(),
            &crate::template::builtin()[FILE],
        );
        let cases = [
            ("Stand-alone Persistent Chat database in Redmond", None),
            (
                "Enterprise Edition Back End (SQL01)",
                Some("back-end-server"),
            ),
            ("CENTRAL MANAGEMENT STORE", Some("central-management-store")),
            ("Everything", None),
        ];
        for (text, id) in cases {
            let found = find(&table.rows, text, "").map(|row| row.id.as_str());
            assert_eq!(found, id, "{text}");
        }
    }
}
