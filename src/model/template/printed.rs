//! What a layout can do with a text beyond printing it, which escapes it for its page.
//!
//! | in a layout | gives |
//! |---|---|
//! | `{{ text \| message }}` | what stands between backticks as code |
//! | `{{ blocks \| prose }}` | paragraphs, lists and alerts |
//! | `{{ text \| value }}` | a value to copy: in HTML broken at dots and slashes alone, in Markdown a code span where an escape would alter it |
//! | `{{ path \| link }}` | a link of this program's making, as it is |
//! | `{{ command \| fenced }}` | a fenced block of Markdown; `language="sql"` for another than `powershell` |
//! | `command \| lines` | its lines, each a list of words with `text` and `long` |
//! | `{{ source \| cell }}` | a place in short: `pools.xlsx:Pools!D3` |
//! | `{{ number \| hours }}`, `{{ seconds \| took }}` | "1.5 h", "1 h 05 min" |
//! | `{{ texts \| listed }}` | "a, b and c" |
//! | `{{ numbers \| spans }}` | numbers of steps: "3.1 to 3.29 and 4.2" |
//! | `{{ id \| anchor }}` | an id that can stand in a link |
//! | `{{ text \| differing(other=…) }}` | the lines that the other text lacks, in one |

use tera::{Error, Kwargs, State, Tera, TeraResult, Value};

use super::command;
use super::pen::Pen;
use crate::finding::words;
use crate::text::prose::Block;
use crate::text::{duration, spans};

/// The filters that [`register`] adds.
pub(super) const NAMES: [&str; 13] = [
    "anchor",
    "cell",
    "differing",
    "fenced",
    "hours",
    "lines",
    "link",
    "listed",
    "message",
    "prose",
    "spans",
    "took",
    "value",
];

/// How much of a differing text is shown: a report is skimmed, and the packet has all of it.
const SHOWN: usize = 400;

/// Registers all of it, for the pages of one pen.
pub(super) fn register(tera: &mut Tera, pen: Pen) {
    tera.register_filter("message", move |text: &str, _: Kwargs, _: &State| {
        Value::safe_string(&pen.message(text))
    });
    tera.register_filter("prose", move |blocks: &Value, _: Kwargs, _: &State| {
        let blocks: Vec<Block> = read(blocks)?;
        Ok::<_, Error>(Value::safe_string(&pen.prose(&blocks)))
    });
    tera.register_filter("value", move |text: &str, _: Kwargs, _: &State| {
        Value::safe_string(&pen.value(text))
    });
    tera.register_filter("link", |path: &str, _: Kwargs, _: &State| {
        Value::safe_string(&link(path))
    });
    tera.register_filter("fenced", |text: &str, kwargs: Kwargs, _: &State| {
        let language = kwargs.get::<&str>("language")?.unwrap_or("powershell");
        Ok::<_, Error>(Value::safe_string(&command::fenced(text, language)))
    });
    tera.register_filter("lines", |text: &str, _: Kwargs, _: &State| {
        Value::from_serializable(&command::lines(text))
    });
    register_words(tera);
}

/// The filters that give plain text, whatever the page.
fn register_words(tera: &mut Tera) {
    tera.register_filter("cell", |source: &Value, _: Kwargs, _: &State| cell(source));
    tera.register_filter("hours", |hours: f64, _: Kwargs, _: &State| {
        duration::hours(hours)
    });
    tera.register_filter("took", |seconds: i64, _: Kwargs, _: &State| {
        duration::took(seconds)
    });
    tera.register_filter("listed", |texts: &Value, _: Kwargs, _: &State| {
        Ok::<_, Error>(words::list(read::<Vec<String>>(texts)?))
    });
    tera.register_filter("spans", |numbers: &Value, _: Kwargs, _: &State| {
        Ok::<_, Error>(spans::spans(&read::<Vec<String>>(numbers)?))
    });
    tera.register_filter("anchor", |id: &str, _: Kwargs, _: &State| anchor(id));
    tera.register_filter("differing", |text: &str, kwargs: Kwargs, _: &State| {
        let other = kwargs.get::<&str>("other")?.unwrap_or_default();
        Ok::<_, Error>(differing(text, other))
    });
}

/// What a layout holds, as what it was.
fn read<T: serde::de::DeserializeOwned>(value: &Value) -> TeraResult<T> {
    let value = serde_json::to_value(value).map_err(|error| Error::message(error.to_string()))?;
    serde_json::from_value(value).map_err(|error| Error::message(error.to_string()))
}

/// A link without anything that could end it: links are made of names that need no escape.
fn link(path: &str) -> String {
    let is_plain = |c: &char| c.is_ascii_alphanumeric() || "-._~/#".contains(*c);
    path.chars().filter(is_plain).collect()
}

/// An id that can stand in a link: letters, digits and hyphens.
fn anchor(id: &str) -> String {
    let safe = |c: char| if c.is_ascii_alphanumeric() { c } else { '-' };
    id.chars().map(safe).collect()
}

/// The short form of a place: `pools.xlsx:Pools!D3`, `pools.csv:3` for a row, `layout/brand.html:3:7` in a text.
fn cell(source: &Value) -> TeraResult<String> {
    let part = |name| source.get_from_path(name).and_then(Value::as_str);
    let path = part("path").ok_or_else(|| Error::message("this is no place"))?;
    let address = part("cell").map(|it| {
        let number = it.strip_prefix("row ").or_else(|| it.strip_prefix("line "));
        number.unwrap_or(it).replace(", column ", ":")
    });
    Ok(match (part("sheet"), address) {
        (Some(sheet), Some(address)) => format!("{path}:{sheet}!{address}"),
        (Some(sheet), None) => format!("{path}:{sheet}"),
        (None, Some(address)) => format!("{path}:{address}"),
        (None, None) => path.to_owned(),
    })
}

/// The lines of a text that the other lacks, in one; what is long is cut.
fn differing(text: &str, other: &str) -> String {
    let others: Vec<&str> = other.lines().collect();
    let own = text.lines().filter(|line| !others.contains(line));
    let text = own.collect::<Vec<_>>().join(" / ");
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Place;

    #[test]
    fn a_cell_reads_as_places_do() {
        let sheet = Place::file("pools.xlsx").sheet("Pools");
        let places = [
            sheet.clone().cell(2, 3),
            sheet.clone().row(2),
            sheet,
            Place::file("p.csv").row(2),
            Place::file("p.csv"),
            Place::file("layout/brand.html").character(2, 6),
            Place::file("layout/brand.html").line(2),
        ];
        for place in places {
            let source = serde_json::json!({
                "path": &*place.path, "sheet": place.in_sheet(), "cell": place.address(),
            });
            let source = Value::from_serializable(&source);
            assert_eq!(cell(&source).unwrap(), place.short());
        }
    }

    #[test]
    fn of_a_long_text_the_lines_that_differ_are_shown() {
        assert_eq!(differing("a\nb\nc", "b"), "a / c");
        assert_eq!(differing(&"x".repeat(500), "").chars().count(), SHOWN + 1);
    }
}
