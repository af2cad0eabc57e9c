//! What an organization's own table may call the built-in rows: in other languages, too.

use super::row::Row;

/// The row a text of the first column means: the one of this name in any language, else the one whose English name
/// the text begins with, the longest first.
pub(super) fn find<'a>(rows: &'a [Row], text: &str) -> Option<&'a Row> {
    let text = plain(text);
    let named = rows.iter().find(|row| is_named(row, &text));
    named.or_else(|| {
        let begun = rows
            .iter()
            .filter(|row| text.starts_with(&plain(&row.if_this_failed)));
        begun.max_by_key(|row| row.if_this_failed.len())
    })
}

fn is_named(row: &Row, text: &str) -> bool {
    let translated = row.also.values().flatten();
    std::iter::once(&row.if_this_failed)
        .chain(translated)
        .any(|name| plain(name) == text)
}

/// Letters and digits alone: translators and typists disagree about everything else.
fn plain(text: &str) -> String {
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
                let found = find(&table.rows, text).map(|row| row.id.as_str());
                assert_eq!(found, Some(row.id.as_str()), "{text}");
            }
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
            let found = find(&table.rows, text).map(|row| row.id.as_str());
            assert_eq!(found, id, "{text}");
        }
    }
}
