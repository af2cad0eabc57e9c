//! What does not count as a change: another spelling of the same value.

use super::date;
use crate::product::Schema;

/// A value of a column in the one spelling by which it is compared: dates as ISO 8601, FQDNs in lower case.
/// Columns the schema does not know are taken as they stand.
pub fn canonical(schema: &Schema, column: &str, text: &str) -> String {
    let columns = schema.kinds.iter().flat_map(|kind| &kind.columns);
    let is_date = columns
        .filter(|known| known.heading == column)
        .any(|known| known.date)
        || schema
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
        let schema = &crate::product::Product::built_in().schema;
        let cases = [
            ("Expires", "31 May 2014", "2014-05-31"),
            ("Review due", "2014-05-31", "2014-05-31"),
            ("Expires", "soon", "soon"),
            ("Server FQDN", "FE01.Contoso.com.", "fe01.contoso.com"),
            ("Witness FQDN", "w.contoso.com", "w.contoso.com"),
            ("Location", "Rack B.", "Rack B."),
        ];
        for (column, text, expected) in cases {
            assert_eq!(canonical(schema, column, text), expected, "{column}");
        }
    }
}
