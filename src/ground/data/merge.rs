//! A TOML table and another that says only what differs from it.

use toml::{Table, Value};

/// What tells the entries of a list of tables apart: the first of these that all of them have.
const NAMES: [&str; 5] = ["id", "heading", "name", "mark", "title"];

/// The mark of an entry, or of a table, that is to go.
const GONE: &str = "removed";

/// What an entry is called from now on, in place of what tells it apart.
const CALLED: &str = "called";

/// Puts the differences into a table.
pub(super) fn into_table(base: &mut Table, own: Table) {
    for (key, value) in own {
        let is_gone = value.get(GONE) == Some(&Value::Boolean(true));
        match base.get_mut(&key) {
            _ if is_gone => {
                base.remove(&key);
            }
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
            Some(at) => {
                into(&mut base[at], entry);
                call(&mut base[at], name);
            }
            None => base.push(entry),
        }
    }
}

/// Gives an entry the name that its differences give it.
fn call(entry: &mut Value, name: &str) {
    if let Some(table) = entry.as_table_mut()
        && let Some(called) = table.remove(CALLED)
    {
        table.insert(name.to_owned(), called);
    }
}
