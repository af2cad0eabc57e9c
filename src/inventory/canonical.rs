//! What does not count as a change: another order of the rows, and another spelling of the same value.

use super::schema::schema;
use super::{Field, Inventory, date};

/// The same records in an order of their own, so that the order of rows makes no difference to what packets say.
///
/// Packets are printed from the worksheets' own order, which says for example on which Front End commands are
/// typed; they are compared in this one. People stay as written: the first of several is called first.
pub fn sorted(inventory: &Inventory) -> Inventory {
    let mut inventory = inventory.clone();
    inventory.servers.sort_by(|a, b| a.fqdn.cmp(&b.fqdn));
    inventory.pools.sort_by(|a, b| a.fqdn.cmp(&b.fqdn));
    inventory.certificates.sort_by_cached_key(|row| {
        let cells = [&row.subject, &row.serial_number, &row.thumbprint].map(text);
        (row.fqdn.clone(), text(&row.uses), cells)
    });
    inventory.databases.sort_by_cached_key(|row| {
        let whose = [text(&row.server), text(&row.pool), text(&row.instance)];
        (text(&row.database), whose, text(&row.file))
    });
    inventory
        .file_stores
        .sort_by_cached_key(|row| (text(&row.content), text(&row.server), text(&row.share)));
    inventory
        .media
        .sort_by_cached_key(|row| (text(&row.item), text(&row.version), text(&row.location)));
    inventory
}

fn text<T>(field: &Field<T>) -> String {
    field.text.to_lowercase()
}

/// A value of a column in the one spelling by which it is compared: dates as ISO 8601, FQDNs in lower case.
/// Columns the schema does not know are taken as they stand.
pub fn canonical(column: &str, text: &str) -> String {
    let columns = schema().kinds.iter().flat_map(|kind| &kind.columns);
    let is_date = columns
        .filter(|known| known.heading == column)
        .any(|known| known.date)
        || schema()
            .settings
            .iter()
            .any(|known| known.name == column && known.date);
    if is_date {
        return date::read(text).map_or_else(|_| text.to_owned(), |date| date.to_string());
    }
    if column.contains("FQDN") {
        return text.trim_end_matches('.').to_lowercase();
    }
    text.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_value_are_one() {
        let cases = [
            ("Expires", "31 May 2014", "2014-05-31"),
            ("Review due", "2014-05-31", "2014-05-31"),
            ("Expires", "soon", "soon"),
            ("Server FQDN", "FE01.Contoso.com.", "fe01.contoso.com"),
            ("Witness FQDN", "w.contoso.com", "w.contoso.com"),
            ("Location", "Rack B.", "Rack B."),
        ];
        for (column, text, expected) in cases {
            assert_eq!(canonical(column, text), expected, "{column}");
        }
    }
}
