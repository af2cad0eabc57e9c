//! A TOML text and another that says only what differs from it.

use toml::{Table, Value};

use super::{Error, parse};

/// What tells the entries of a list of tables apart: the first of these that all of them have.
const NAMES: [&str; 5] = ["id", "heading", "name", "mark", "title"];

/// The mark of an entry that is to go.
const GONE: &str = "removed";

/// A text with another's differences in it: tables key by key, lists of tables entry by entry where the entries have
/// names, whatever else whole. New entries follow those that are there; one that says `removed = true` is taken out.
///
/// # Errors
/// The place in `own` that is no TOML; `base` has been read before.
pub fn merged(base: &str, own: &str) -> Result<String, Error> {
    let mut table: Table = parse(base)?;
    into_table(&mut table, parse(own)?);
    Ok(table.to_string())
}

fn into_table(base: &mut Table, own: Table) {
    for (key, value) in own {
        match base.get_mut(&key) {
            Some(there) => into(there, value),
            None => {
                base.insert(key, value);
            }
        }
    }
}

fn into(base: &mut Value, own: Value) {
    match (base, own) {
        (Value::Table(base), Value::Table(own)) => into_table(base, own),
        (Value::Array(base), Value::Array(own)) => match name_of(base, &own) {
            Some(name) => into_list(base, own, name),
            None => *base = own,
        },
        (base, own) => *base = own,
    }
}

/// What tells the entries of two lists apart; `None` where they are no tables, or have no name in common.
fn name_of(base: &[Value], own: &[Value]) -> Option<&'static str> {
    let has = |name: &str| {
        let mut both = base.iter().chain(own);
        both.all(|entry| entry.get(name).is_some_and(Value::is_str))
    };
    NAMES.into_iter().find(|name| has(name))
}

fn into_list(base: &mut Vec<Value>, own: Vec<Value>, name: &str) {
    for entry in own {
        let there = base.iter().position(|it| it.get(name) == entry.get(name));
        let is_gone = entry.get(GONE) == Some(&Value::Boolean(true));
        match there {
            Some(at) if is_gone => {
                base.remove(at);
            }
            Some(at) => into(&mut base[at], entry),
            None => base.push(entry),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
        let own = "[[role]]\nid = \"fe\"\nremoved = true\n[[step]]\ntext = \"other\"\n";
        let merged = table(&merged(BASE, own).unwrap());
        let roles = merged["role"].as_array().unwrap();
        assert_eq!(roles.len(), 1);
        assert_eq!(roles[0]["id"].as_str(), Some("be"));
        assert_eq!(merged["step"].as_array().unwrap().len(), 1);
    }

    #[test]
    fn an_error_has_the_line_of_the_text_that_differs() {
        let error = merged(BASE, "words = [\"c\"]\nbroken\n").unwrap_err();
        assert_eq!(error.line(), 1);
    }
}
