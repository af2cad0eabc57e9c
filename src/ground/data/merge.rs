//! A TOML table and another that says only what differs from it.

use toml::{Table, Value};

/// What tells the entries of a list of tables apart: the first of these that all of them have.
const NAMES: [&str; 5] = ["id", "heading", "name", "mark", "title"];

/// The mark of an entry that is to go.
const GONE: &str = "removed";

/// Puts the differences into a table.
pub(super) fn into_table(base: &mut Table, own: Table) {
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
