//! What the columns of the product are held to.

use super::*;
use crate::product::Product;
use crate::{data, template};

fn schema() -> &'static Schema {
    &Product::built_in().schema
}

#[test]
fn every_name_of_every_column_finds_that_column_and_no_other() {
    for kind in &schema().kinds {
        for column in &kind.columns {
            for name in std::iter::once(&column.heading).chain(&column.names) {
                let found = kind.column(name).map(|found| found.heading.as_str());
                assert_eq!(found, Some(column.heading.as_str()), "{}: {name}", kind.id);
            }
        }
    }
}

#[test]
fn no_column_is_named_twice() {
    for kind in &schema().kinds {
        for column in &kind.columns {
            let mut names: Vec<_> = column.names.iter().map(|name| normalise(name)).collect();
            names.push(normalise(&column.heading));
            names.sort();
            let repeated = names.windows(2).find(|pair| pair[0] == pair[1]);
            assert_eq!(repeated, None, "{}: {}", kind.id, column.heading);
        }
    }
}

#[test]
fn the_kinds_and_their_keys_are_those_of_the_interface() {
    let kinds: Vec<_> = schema()
        .kinds
        .iter()
        .map(|kind| {
            let keys: Vec<_> = kind.keys().map(|column| column.heading.as_str()).collect();
            (kind.id.as_str(), kind.columns.len(), keys.join(" + "))
        })
        .collect();
    let expected = [
        (SERVERS, 29, "Server FQDN + Role"),
        (POOLS, 35, "Pool FQDN + Pool type"),
        (CERTIFICATES, 14, "FQDN + Certificate use"),
        (
            DATABASE_BACKUPS,
            12,
            "Database + Server name (FQDN) + Database backup tool",
        ),
        (
            FILE_STORE_BACKUPS,
            12,
            "Content + Server name (FQDN) + File system backup tool",
        ),
        (
            SETTINGS_BACKUPS,
            10,
            "Database + Server name (FQDN) + Configuration file (.xml) name",
        ),
        (DEPLOYMENT, 2, "Setting + Value"),
        (CONTACTS, 6, "Responsibility + Name"),
        (MEDIA, 4, "Item + Location"),
        (DECISION_TABLE, 7, "If this failed + See this section"),
    ];
    assert_eq!(
        kinds,
        expected.map(|(id, n, keys)| (id, n, keys.to_owned()))
    );
}

#[test]
fn headings_are_found_as_people_and_translators_write_them() {
    let cases = [
        (SERVERS, "  server\u{a0} FQDN : ", "Server FQDN"),
        (SERVERS, "Operating\nsystem", "Operating system"),
        (SERVERS, "ServerFqdn", "Server FQDN"),
        (SERVERS, "Role (required) *", "Role"),
        (CERTIFICATES, "Expires (YYYY-MM-DD)", "Expires"),
        (SETTINGS_BACKUPS, "データベース", "Database"),
        (DECISION_TABLE, "Si ce n'est pas le cas", "If this failed"),
        (DATABASE_BACKUPS, "サーバー名（FQDN）", "Server name (FQDN)"),
        (CERTIFICATES, "Thumb\u{200b}print*", "Thumbprint"),
        (
            FILE_STORE_BACKUPS,
            "File share to be backed up \\*",
            "File share to be backed up",
        ),
        (
            FILE_STORE_BACKUPS,
            "要备份的文件共享 *",
            "File share to be backed up",
        ),
        (DATABASE_BACKUPS, "SICHERUNGSSATZ", "Backup set"),
        (
            SETTINGS_BACKUPS,
            "Имя файла конфигурации (XML)",
            "Configuration file (.xml) name",
        ),
        (DECISION_TABLE, "请参阅此节：", "See this section"),
        (DECISION_TABLE, "See this section:", "See this section"),
    ];
    for (kind, typed, heading) in cases {
        let column = schema().kind(kind).and_then(|kind| kind.column(typed));
        assert_eq!(
            column.map(|c| c.heading.as_str()),
            Some(heading),
            "{kind}: {typed}"
        );
    }
    for typed in ["Colour", "SQL edition (old)", "("] {
        let kind = schema().kind(SERVERS).unwrap();
        assert!(kind.column(typed).is_none(), "{typed}");
    }
}

#[test]
fn every_translation_belongs_to_a_column() {
    let text = &template::builtin()[NAMES];
    let translations: Translations = data::parse(text).unwrap();
    for (kind, columns) in &translations {
        for heading in columns.keys() {
            let known = schema().kind(kind).and_then(|kind| kind.column(heading));
            assert!(
                known.is_some_and(|c| c.heading == *heading),
                "{kind}: {heading}"
            );
        }
    }
}

#[test]
fn of_what_is_required_it_is_said_what_none_means() {
    for kind in &schema().kinds {
        let required = kind.columns.iter().filter(|column| column.required);
        for column in required {
            assert!(column.none.is_some(), "{}: {}", kind.id, column.heading);
        }
    }
}

#[test]
fn settings_are_found_by_name_and_alias() {
    assert_eq!(schema().settings.len(), 23);
    for setting in &schema().settings {
        for name in std::iter::once(&setting.name).chain(&setting.aliases) {
            let found = schema().setting(name).map(|found| found.name.as_str());
            assert_eq!(found, Some(setting.name.as_str()), "{name}");
        }
    }
    assert!(schema().setting("Colour").is_none());
}
