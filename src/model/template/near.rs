//! What was probably meant: the nearest of the names a template can use, for one that it cannot.

use serde_json::Value;

use super::{filters, printed};
use crate::finding::{suggest, words};

/// The engine's own filters, besides those of this program.
const FILTERS: [&str; 36] = [
    "abs",
    "capitalize",
    "default",
    "escape",
    "escape_html",
    "escape_xml",
    "first",
    "float",
    "get",
    "group_by",
    "indent",
    "int",
    "join",
    "keys",
    "last",
    "length",
    "lower",
    "newlines_to_br",
    "nth",
    "pairs",
    "pluralize",
    "replace",
    "reverse",
    "round",
    "safe",
    "sort",
    "split",
    "str",
    "title",
    "trim",
    "trim_end",
    "trim_start",
    "truncate",
    "unique",
    "upper",
    "values",
];

/// The engine's own tests, besides that of this program.
const TESTS: [&str; 16] = [
    "array",
    "bool",
    "containing",
    "defined",
    "divisible_by",
    "ending_with",
    "even",
    "float",
    "integer",
    "iterable",
    "map",
    "none",
    "number",
    "odd",
    "starting_with",
    "undefined",
];

/// The engine's message in plain words, and what was probably meant. `templates` are the names there are.
pub(super) fn plainly(message: &str, templates: &[&str]) -> (String, Option<String>) {
    if let Some(named) = listed(
        message,
        "Field `",
        "` is not defined. Available fields: ",
        "field",
    ) {
        return named;
    }
    let variable = "` is not defined. Available variables: ";
    if let Some(named) = listed(message, "Variable `", variable, "value") {
        return named;
    }
    let unknown = |what: &str| {
        message
            .strip_prefix(&format!("Unknown {what} `"))?
            .strip_suffix('`')
    };
    let lists: [(&str, &str, Vec<&str>); 4] = [
        ("template", "file", templates.to_vec()),
        (
            "filter",
            "filter",
            [&FILTERS[..], &filters::NAMES[..], &printed::NAMES[..]].concat(),
        ),
        ("test", "test", [&TESTS[..], &[filters::TEST]].concat()),
        (
            "function",
            "function",
            vec!["range", "throw", filters::FUNCTION],
        ),
    ];
    for (engine, ours, known) in lists {
        if let Some(name) = unknown(engine) {
            let said = format!("there is no {ours} `{name}`");
            let help = match engine {
                "template" => suggest::did_you_mean_file(name, known),
                _ => help(name, &known, known.len() < FEW),
            };
            return (said, help);
        }
    }
    (message.to_owned(), None)
}

/// A name the engine does not know, with the names it knows in its place.
fn listed(
    message: &str,
    start: &str,
    middle: &str,
    what: &str,
) -> Option<(String, Option<String>)> {
    let (name, known) = message.strip_prefix(start)?.split_once(middle)?;
    let known: Vec<&str> = known
        .split(", ")
        .filter(|it| !it.starts_with("__"))
        .collect();
    Some((
        format!("there is no {what} `{name}` here"),
        help(name, &known, known.len() < FEW),
    ))
}

/// The nearest of the names; where none is near, all of them if there is `room`.
pub(super) fn help(name: &str, known: &[&str], room: bool) -> Option<String> {
    let near = suggest::did_you_mean(name, known.iter().copied());
    near.or_else(|| {
        (room && !known.is_empty()).then(|| format!("there are {}", words::quoted(known)))
    })
}

/// The name in front of a filter, and what was probably meant: for a value that does not exist. `column` is where the
/// filter stands in the line, from zero; `values` is what the template sees.
pub(super) fn undefined(
    line: &str,
    column: usize,
    values: &Value,
) -> Option<(String, Option<String>)> {
    let before: String = line.chars().take(column).collect();
    let expression = before.trim_end().trim_end_matches('|').trim_end();
    let is_name = |c: char| c.is_alphanumeric() || c == '_' || c == '.';
    let start = expression.rfind(|c| !is_name(c)).map_or(0, |at| {
        at + expression[at..].chars().next().map_or(0, char::len_utf8)
    });
    let path = &expression[start..];
    if path.is_empty() || path.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let (known, name) = siblings(path, values);
    let names: Vec<&str> = known.iter().map(String::as_str).collect();
    Some((
        format!("there is no value `{path}` here"),
        help(&name, &names, true),
    ))
}

/// The last name of a path, and the names there are in its place. Behind a name of the template's own, such as that
/// of a loop, every field there is anywhere may be meant.
fn siblings(path: &str, values: &Value) -> (Vec<String>, String) {
    let mut here = values;
    let mut names = path.split('.').peekable();
    while let Some(name) = names.next() {
        match here.get(name) {
            Some(next) if names.peek().is_some() => here = next,
            _ if names.peek().is_none() && here.is_object() => {
                return (fields(here), name.to_owned());
            }
            _ => break,
        }
    }
    let last = path.rsplit('.').next().unwrap_or(path);
    (all_fields(values), last.to_owned())
}

/// How many names a help line lists at most.
pub(super) const FEW: usize = 32;

/// The names a map gives to its values.
pub(super) fn fields(value: &Value) -> Vec<String> {
    let fields = value.as_object();
    fields.map_or_else(Vec::new, |it| it.keys().cloned().collect())
}

/// The same, with those of the maps in it, however deep.
pub(super) fn all_fields(value: &Value) -> Vec<String> {
    let mut all = Vec::new();
    collect(value, &mut all);
    all.sort();
    all.dedup();
    all
}

fn collect(value: &Value, names: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                names.push(name.clone());
                collect(value, names);
            }
        }
        Value::Array(values) => values.iter().for_each(|value| collect(value, names)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_name_leads_to_the_one_that_is_meant() {
        let field = "Field `fqnd` is not defined. Available fields: fqdn, sql";
        let cases = [
            (
                field,
                "there is no field `fqnd` here",
                Some("did you mean `fqdn`?"),
            ),
            (
                "Field `x` is not defined. Available fields: fqdn, sql",
                "there is no field `x` here",
                Some("there are `fqdn` and `sql`"),
            ),
            (
                "Variable `pol` is not defined. Available variables: pool, this",
                "there is no value `pol` here",
                Some("did you mean `pool`?"),
            ),
            (
                "Unknown filter `mdcod`",
                "there is no filter `mdcod`",
                Some("did you mean `mdcode`?"),
            ),
            (
                "Unknown template `layout/brnd.html`",
                "there is no file `layout/brnd.html`",
                Some("did you mean `layout/brand.html`?"),
            ),
            ("Unexpected end", "Unexpected end", None),
        ];
        for (text, message, help) in cases {
            let found = plainly(text, &["layout/brand.html", "layout/page.html"]);
            assert_eq!((found.0.as_str(), found.1.as_deref()), (message, help));
        }
    }

    #[test]
    fn the_value_in_front_of_a_filter_is_named() {
        let values =
            serde_json::json!({"this": {"fqdn": 1, "owner": 1}, "pools": [{"witness": 1}]});
        let cases = [
            (
                "a {{ this.fqnd | md }}",
                "this.fqnd",
                "did you mean `fqdn`?",
            ),
            (
                "a {{ pool.witnes | md }}",
                "pool.witnes",
                "did you mean `witness`?",
            ),
            ("a {{ thiss | md }}", "thiss", "did you mean `this`?"),
        ];
        for (line, name, help) in cases {
            let column = line.find("md }}").unwrap();
            let found = undefined(line, column, &values).unwrap();
            assert_eq!(found.0, format!("there is no value `{name}` here"));
            assert_eq!(found.1.as_deref(), Some(help));
        }
    }
}
