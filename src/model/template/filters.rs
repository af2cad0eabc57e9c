//! What a template can do with a slot.
//!
//! | in a template | gives |
//! |---|---|
//! | `{{ slot \| ps }}`, `{{ slot \| ps(prefix="Registrar:") }}` | a quoted value of a command |
//! | `{{ slot \| path }}` | a quoted path of a command |
//! | `{{ slot \| program }}`, `{{ slot \| program(prefix="/x:") }}` | a quoted argument of a program that is no cmdlet |
//! | `{{ slot \| sql }}`, `{{ slot \| sql_name }}`, `{{ slot \| sql_number }}` | a text, a name and a number of a T-SQL statement; a text with `prefix` and `suffix` |
//! | `{{ slot \| md }}` | prose; a list of slots as "a, b and c" |
//! | `{{ slot \| mdcode }}` | inline code |
//! | `{{ slot \| advice }}` | prose; what is missing is a line to fill in by hand and costs nothing |
//! | `slot \| file_name` | the last part of a path, a slot again |
//! | `path \| folder` | the folder it lies in, a slot again |
//! | `folder \| child(name="x.txt")` | a file in a folder, a slot again |
//! | `file \| moved_to(folder=slot)` | a file of the same name in another folder, a slot again |
//! | `store \| sql_server` | server and instance as SQL Server's tools take them: the server alone for a default instance |
//! | `slot \| joined(by="=", with=slot)` | two values as one, a slot again |
//! | `path \| within_backup` | a path below the share of the backup cycle, relative to it; for any other a gap |
//! | `slot is known` | whether there is a value |
//! | `missing(what="…", cure="…")` | a gap that no worksheet value stands behind |
//! | `{{ text \| escape_md }}` | plain text of this program, escaped for Markdown |

use tera::{Error, Kwargs, State, Tera, TeraResult, Value};

use crate::finding::words;
use crate::text::seal::{self, Piece, Purpose, SEALED};
use crate::text::slot::Slot;

/// What a filter says of a value that does not exist; the engine then finds out its name.
pub(super) const UNDEFINED: &str = "there is no value of this name here";

/// The filters that [`register`] adds.
pub(super) const NAMES: [&str; 17] = [
    "advice",
    "child",
    "escape_md",
    "file_name",
    "folder",
    "joined",
    "md",
    "mdcode",
    "moved_to",
    "path",
    "program",
    "ps",
    "sql",
    "sql_name",
    "sql_number",
    "sql_server",
    "within_backup",
];
/// The test it adds.
pub(super) const TEST: &str = "known";
/// The function it adds.
pub(super) const FUNCTION: &str = "missing";

/// Registers all of it.
pub(super) fn register(tera: &mut Tera) {
    tera.register_filter("ps", |value: &Value, kwargs: Kwargs, _: &State| {
        command(value, &kwargs, Purpose::Command)
    });
    tera.register_filter("program", |value: &Value, kwargs: Kwargs, _: &State| {
        command(value, &kwargs, Purpose::Program)
    });
    tera.register_filter("sql", |value: &Value, kwargs: Kwargs, _: &State| {
        let [prefix, suffix] = [kwargs.get::<&str>("prefix")?, kwargs.get::<&str>("suffix")?];
        statement(value, Purpose::SqlText, [prefix, suffix])
    });
    tera.register_filter("sql_name", |value: &Value, _: Kwargs, _: &State| {
        statement(value, Purpose::SqlName, [None, None])
    });
    tera.register_filter("sql_number", |value: &Value, _: Kwargs, _: &State| {
        statement(value, Purpose::SqlNumber, [None, None])
    });
    tera.register_filter("path", |value: &Value, _: Kwargs, _: &State| {
        Ok::<_, Error>(seal::close(Purpose::Path, &slot(value)?))
    });
    tera.register_filter("md", |value: &Value, _: Kwargs, _: &State| {
        listed(value, Purpose::Prose)
    });
    tera.register_filter("advice", |value: &Value, _: Kwargs, _: &State| {
        listed(value, Purpose::Advice)
    });
    tera.register_filter("mdcode", |value: &Value, _: Kwargs, _: &State| {
        listed(value, Purpose::Code)
    });
    tera.register_filter("file_name", |value: &Value, _: Kwargs, _: &State| {
        Ok::<_, Error>(Value::from_serializable(&slot(value)?.file_name()))
    });
    tera.register_filter("folder", |value: &Value, _: Kwargs, _: &State| {
        Ok::<_, Error>(Value::from_serializable(&slot(value)?.folder()))
    });
    tera.register_filter("child", |value: &Value, kwargs: Kwargs, _: &State| {
        let child = slot(value)?.child(kwargs.must_get::<&str>("name")?);
        Ok::<_, Error>(Value::from_serializable(&child))
    });
    tera.register_filter("moved_to", |value: &Value, kwargs: Kwargs, _: &State| {
        moved_to(value, &kwargs)
    });
    tera.register_filter("sql_server", |value: &Value, _: Kwargs, _: &State| {
        sql_server(value)
    });
    tera.register_filter("joined", |value: &Value, kwargs: Kwargs, _: &State| {
        joined(value, &kwargs)
    });
    tera.register_filter("within_backup", |value: &Value, _: Kwargs, _: &State| {
        Ok::<_, Error>(Value::from_serializable(&slot(value)?.within_backup()))
    });
    tera.register_filter("escape_md", |text: &str, _: Kwargs, _: &State| {
        crate::text::markdown::escape(text)
    });
    tera.register_test(TEST, |value: &Value, _: Kwargs, _: &State| {
        Ok::<_, Error>(slot(value)?.is_known())
    });
    tera.register_function(FUNCTION, |kwargs: Kwargs, _: &State| missing(&kwargs));
}

/// Opens a slot as templates hold it.
fn slot(value: &Value) -> TeraResult<Slot> {
    if value.is_undefined() {
        return Err(Error::message(UNDEFINED));
    }
    let sealed = value.get_from_path(SEALED).and_then(Value::as_bytes);
    let text = sealed.and_then(|bytes| std::str::from_utf8(bytes).ok());
    match text.map(seal::open) {
        Some(Ok(pieces)) => match pieces.as_slice() {
            [Piece::Sealed(Purpose::Unread, slot)] => Ok(slot.clone()),
            _ => Err(not_a_slot()),
        },
        _ => Err(not_a_slot()),
    }
}

fn not_a_slot() -> Error {
    Error::message("this is no worksheet value, and only worksheet values are printed this way")
}

fn command(value: &Value, kwargs: &Kwargs, purpose: Purpose) -> TeraResult<String> {
    let slot = match (slot(value)?, kwargs.get::<&str>("prefix")?) {
        (Slot::Text(text), Some(prefix)) => Slot::Text(format!("{prefix}{text}")),
        (Slot::UnderBackup(_), Some(_)) => {
            return Err(Error::message("a path takes no prefix"));
        }
        (slot, _) => slot,
    };
    Ok(seal::close(purpose, &slot))
}

/// SQL Server and its query window know no `$Backup`: a file comes to a local folder first.
fn statement(value: &Value, purpose: Purpose, around: [Option<&str>; 2]) -> TeraResult<String> {
    let [prefix, suffix] = around.map(Option::unwrap_or_default);
    match slot(value)? {
        Slot::Text(text) => {
            let whole = Slot::Text(format!("{prefix}{text}{suffix}"));
            Ok(seal::close(purpose, &whole))
        }
        Slot::UnderBackup(_) => Err(Error::message(
            "T-SQL knows no `$Backup`: print the file where a step before has copied it to, `file | moved_to(folder=…)`",
        )),
        gap @ Slot::Gap(_) => Ok(seal::close(purpose, &gap)),
    }
}

/// Server and instance of a store as one name; whichever is missing first is the gap.
fn sql_server(store: &Value) -> TeraResult<Value> {
    let part = |path| store.get_from_path(path).ok_or_else(not_a_slot);
    let server = slot(part("fqdn")?)?;
    let is_default = part("instance.is_default")?.as_bool().unwrap_or_default();
    let name = match (server, slot(part("instance.name")?)?) {
        (gap @ Slot::Gap(_), _) => gap,
        (server, _) if is_default => server,
        (Slot::Text(server), Slot::Text(instance)) => Slot::Text(format!(r"{server}\{instance}")),
        (_, other) => other,
    };
    Ok(Value::from_serializable(&name))
}

/// Two values as one; whichever is missing first is the gap.
fn joined(value: &Value, kwargs: &Kwargs) -> TeraResult<Value> {
    let by = kwargs.must_get::<&str>("by")?;
    let joined = match (slot(value)?, slot(&kwargs.must_get::<Value>("with")?)?) {
        (Slot::Text(first), Slot::Text(second)) => Slot::Text(format!("{first}{by}{second}")),
        (gap @ Slot::Gap(_), _) | (_, gap @ Slot::Gap(_)) => gap,
        _ => {
            return Err(Error::message(
                "a path under the backup is joined with nothing",
            ));
        }
    };
    Ok(Value::from_serializable(&joined))
}

fn listed(value: &Value, purpose: Purpose) -> TeraResult<String> {
    let Some(values) = value.as_array() else {
        return Ok(seal::close(purpose, &slot(value)?));
    };
    let seals = values
        .iter()
        .map(|value| Ok(seal::close(purpose, &slot(value)?)))
        .collect::<TeraResult<Vec<_>>>()?;
    Ok(words::list(seals))
}

/// Where the file ends up; whichever of file and folder is missing first is the gap.
fn moved_to(value: &Value, kwargs: &Kwargs) -> TeraResult<Value> {
    let folder = slot(&kwargs.must_get::<Value>("folder")?)?;
    let moved = match slot(value)?.file_name() {
        Slot::Text(name) => folder.child(&name),
        gap => gap,
    };
    Ok(Value::from_serializable(&moved))
}

fn missing(kwargs: &Kwargs) -> TeraResult<Value> {
    let what = kwargs.must_get::<&str>("what")?;
    let cure = kwargs.must_get::<&str>("cure")?;
    Ok(Value::from_serializable(&Slot::gap(what, cure)))
}
