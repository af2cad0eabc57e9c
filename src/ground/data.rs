//! Data files embedded in the program or given by the organization: the only place that names `toml`.

mod merge;

use std::fmt;

use serde::de::DeserializeOwned;

/// A TOML text that does not say what was expected.
#[derive(Clone, Debug)]
pub struct Error {
    error: toml::de::Error,
    line: usize,
}

impl Error {
    /// What is wrong, in one line.
    pub fn message(&self) -> &str {
        self.error.message().lines().next().unwrap_or_default()
    }

    /// The line, from zero.
    pub fn line(&self) -> usize {
        self.line
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.error.fmt(f)
    }
}

impl std::error::Error for Error {}

/// A TOML value of any type.
pub type Value = toml::Value;

/// Reads a TOML text.
///
/// # Errors
///
/// Where the text is no TOML or does not fit the type; the message points at line and column.
pub fn parse<T: DeserializeOwned>(text: &str) -> Result<T, Error> {
    toml::from_str(text).map_err(|error| {
        let before = error.span().and_then(|span| text.get(..span.start));
        let line = before.map_or(0, |before| before.matches('\n').count());
        Error { error, line }
    })
}

/// A text with another's differences in it: tables key by key, lists of tables entry by entry where the entries have
/// names, whatever else whole. New entries follow those that are there; one that says `removed = true` is taken out, and
/// `called` gives one another name.
///
/// # Errors
/// The place in `own` that is no TOML; `base` has been read before.
pub fn merged(base: &str, own: &str) -> Result<String, Error> {
    let mut table: toml::Table = parse(base)?;
    merge::into_table(&mut table, parse(own)?);
    Ok(table.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use toml::Table;

    const BASE: &str = r#"
name = "one"
words = ["a", "b"]
[[role]]
id = "fe"
names = ["Front"]
services = true
[[role]]
id = "be"
names = ["Back"]
[[step]]
text = "first"
"#;

    fn table(text: &str) -> Table {
        parse(text).unwrap()
    }

    #[test]
    fn what_is_not_said_stays() {
        let own = "words = [\"c\"]\n[[role]]\nid = \"be\"\nservices = true\n[[role]]\nid = \"new\"\nnames = []\n";
        let merged = table(&merged(BASE, own).unwrap());
        let expected = table(
            r#"
name = "one"
words = ["c"]
role = [
  { id = "fe", names = ["Front"], services = true },
  { id = "be", names = ["Back"], services = true },
  { id = "new", names = [] },
]
step = [{ text = "first" }]
"#,
        );
        assert_eq!(merged, expected);
    }

    #[test]
    fn an_entry_can_be_taken_out_and_a_list_without_names_is_replaced() {
        let own = "[[role]]\nid = \"fe\"\nremoved = true\n[[role]]\nid = \"be\"\ncalled = \"back\"\n[[step]]\ntext = \"other\"\n";
        let merged = table(&merged(BASE, own).unwrap());
        let roles = merged["role"].as_array().unwrap();
        assert_eq!(roles.len(), 1);
        assert_eq!(roles[0]["id"].as_str(), Some("back"));
        assert_eq!(merged["step"].as_array().unwrap().len(), 1);
    }

    #[test]
    fn an_error_has_the_line_of_the_text_that_differs() {
        let error = merged(BASE, "words = [\"c\"]\nbroken\n").unwrap_err();
        assert_eq!(error.line(), 1);
    }
}
